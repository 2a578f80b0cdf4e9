import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { closeOthers, command, lightTheme, viewWith } from "./views.ts";
import { openFile, type Step, TIMEOUT } from "./workbench.ts";

/** Opens the report and the overview, applies a fix from the report, and takes pictures in a dark and a light theme. */
export const REPORT_STEPS: readonly Step[] = [
  {
    name: "shows the exposure above [Service], and opens the report from there",
    async run(scene) {
      const { page } = scene;
      await page.keyboard.press("Control+s");
      await closeOthers(page);
      await openFile(scene, "report.service");
      const lens = page.locator(".codelens-decoration a", { hasText: /^\s*9\.\d UNSAFE/ }).first();
      await lens.waitFor({ timeout: TIMEOUT });
      await lens.click();
      const view = await viewWith(page, ".score .number");
      assert.match((await view.locator(".score .number").textContent()) ?? "", /^9\.\d$/);
      assert.match((await view.locator(".score .level").textContent()) ?? "", /UNSAFE/);
      await scene.shot("10-report-dark");
    },
  },
  {
    name: "applies a fix from the report, which follows the document",
    async run({ page, workspace }) {
      const view = await viewWith(page, ".score .number");
      const before = await view.locator(".score .number").textContent();
      await view.locator('button[id="fix-PrivateDevices"]').click();
      await view.locator(".score .number", { hasNotText: before ?? "" }).waitFor({ timeout: TIMEOUT });
      await page.locator(".view-line", { hasText: "PrivateDevices=yes" }).first().click();
      await page.keyboard.press("Control+s");
      for (const deadline = Date.now() + TIMEOUT; Date.now() < deadline; await page.waitForTimeout(50)) {
        if ((await readFile(join(workspace, "report.service"), "utf8")).includes("PrivateDevices=yes\n")) return;
      }
      throw new Error("The fix did not reach the file");
    },
  },
  {
    name: "lists the checks that passed, by keyboard",
    async run({ page }) {
      const view = await viewWith(page, ".score .number");
      await view.locator("#filter-passed").focus();
      await page.keyboard.press("Enter");
      await view.locator("tr.good", { hasText: "PrivateDevices=" }).waitFor({ timeout: TIMEOUT });
      assert.equal(await view.locator("#filter-passed").getAttribute("aria-pressed"), "true");
      await view.locator("#filter-failed").click();
    },
  },
  {
    name: "opens the overview of all services, and a service from it",
    async run(scene) {
      const { page } = scene;
      await page.locator(".view-line", { hasText: "PrivateDevices=yes" }).first().click();
      await command(page, "Unit Warden: Open the exposure overview of all services");
      const view = await viewWith(page, ".overview table");
      const names = await view.locator(".overview td.unit").allInnerTexts();
      assert.deepEqual([...names].sort(), [
        "accounts.service",
        "books.service",
        "empty.service",
        "hardened.service",
        "manual.service",
        "report.service",
        "shop.service",
        "wiki.service",
      ]);
      await scene.shot("11-overview-dark");
      await view.locator(".overview td.unit a", { hasText: "hardened.service" }).click();
      await page.locator('.tab[data-resource-name="hardened.service"]').waitFor({ timeout: TIMEOUT });
    },
  },
  {
    name: "looks right in a light theme",
    async run(scene) {
      const { page } = scene;
      await lightTheme(page);
      await command(page, "Unit Warden: Open the exposure overview of all services");
      const overview = await viewWith(page, ".overview table");
      await scene.shot("12-overview-light");
      await overview.locator("tr", { hasText: "report.service" }).locator("button").click();
      const view = await viewWith(page, ".score .number");
      const colour = await view.evaluate(() => getComputedStyle(document.body).getPropertyValue("--vscode-foreground"));
      assert.notEqual(colour.trim(), "");
      await scene.shot("13-report-light");
    },
  },
];
