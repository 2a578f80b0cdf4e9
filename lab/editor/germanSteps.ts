import assert from "node:assert/strict";
import { closeOthers, command, viewWith } from "./views.ts";
import { INPUT, openFile, pick, SHOP, type Step, TIMEOUT } from "./workbench.ts";

export const GERMAN_FILES: Readonly<Record<string, string>> = { "shop.service": SHOP };

const ROW = ".quick-input-list .monaco-list-row";

export const GERMAN_STEPS: readonly Step[] = [
  {
    name: "lists the commands in German, with their English titles below",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "shop.service");
      await page.keyboard.press("F1");
      await page.locator(INPUT).fill(">Unit Warden");
      for (const title of ["Direktive suchen", "Erste Schritte", "Exposure-Bericht dieser Unit öffnen"])
        await page.locator(ROW, { hasText: title }).first().waitFor({ timeout: TIMEOUT });
      await page.locator(ROW, { hasText: "Find directive" }).waitFor({ timeout: TIMEOUT });
      await scene.shot("german-1-commands");
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "asks in German, with the values of a setting as the manifest explains them",
    async run(scene) {
      const { page } = scene;
      await command(page, "Unit Warden: Härtungsprofil oder systemd-Version ändern");
      await page.locator(".quick-input-title", { hasText: "Unit Warden: Einstellungen ändern" }).waitFor();
      await pick(page, "Härtungsprofil");
      await page.locator(ROW, { hasText: "Keine Befunde zur Härtung." }).waitFor({ timeout: TIMEOUT });
      await scene.shot("german-2-profile");
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "shows the report with German headings, and the server's sentences in English",
    async run(scene) {
      const { page } = scene;
      await command(page, "Unit Warden: Exposure-Bericht dieser Unit öffnen");
      await page.locator(".tab", { hasText: "Exposure von shop.service" }).waitFor({ timeout: TIMEOUT });
      const view = await viewWith(page, "main.report");
      await view.locator("h2", { hasText: /^\d+ sichere Einstellungen fehlen/ }).waitFor({ timeout: TIMEOUT });
      assert.equal(await view.locator("html").getAttribute("lang"), "de");
      await scene.shot("german-3-report");
      await closeOthers(page);
    },
  },
  {
    name: "shows what was read of the programs under a German title",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "shop.service");
      await command(page, "Unit Warden: Anzeigen, was vom Programm gelesen wurde");
      await page.locator(".tab", { hasText: "Programme von shop.service" }).waitFor({ timeout: TIMEOUT });
      const view = await viewWith(page, "h1");
      assert.equal(await view.locator("h1").textContent(), "Programs of shop.service");
      await scene.shot("german-3-programs");
      await closeOthers(page);
    },
  },
  {
    name: "explains the settings in German, and says nothing of errors",
    async run(scene) {
      const { page, hostErrors } = scene;
      await command(page, "Preferences: Open Settings (UI)");
      await page.locator(".settings-editor .suggest-input-container").click();
      await page.keyboard.type("unitWarden.hardening");
      await page.locator(".settings-editor", { hasText: "Wie viel Härtung" }).waitFor({ timeout: TIMEOUT });
      await scene.shot("german-4-settings");
      assert.deepEqual(await page.locator(".notification-toast").allInnerTexts(), []);
      assert.deepEqual(
        (await hostErrors()).filter((it) => /unit.?warden/i.test(it)),
        [],
      );
    },
  },
];
