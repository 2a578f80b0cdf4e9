import assert from "node:assert/strict";
import type { Frame, Page } from "playwright-core";
import { closeOthers, command, lightTheme, viewWith } from "./views.ts";
import { hover, INPUT, leave, openFile, placeOf, type Step, TIMEOUT } from "./workbench.ts";

/** A service whose lines lead to the manual. */
export const MANUAL_SERVICE = `[Unit]
Description=Guest book
Documentation=man:systemd.service(5) https://www.example.org/

[Service]
Type=notify
ExecStart=/usr/bin/gotosocial --listen 8080
ProtectHome=tmpfs
`;

const TARGET = ".entry.target";
const SOURCE = /systemd\.exec\(5\) of systemd \d+/;

/** Waits until the view marks the entry with this id. */
async function entryIs(page: Page, id: string): Promise<Frame> {
  return viewWith(page, `${TARGET}[id="${id}"]`);
}

async function hoverOnEntry(page: Page): Promise<ReturnType<typeof hover>> {
  await leave(page);
  const shown = await hover(page, "ProtectHome=", "ProtectHome", "of systemd");
  assert.match((await shown.textContent()) ?? "", SOURCE);
  return shown;
}

/** Reads the manual in hovers and in the view, in the dark theme. */
export const MANUAL_STEPS: readonly Step[] = [
  {
    name: "shows the manual's entry in the hover of a directive",
    async run(scene) {
      const { page } = scene;
      await page.keyboard.press("Control+s");
      await closeOthers(page);
      await openFile(scene, "manual.service");
      await hoverOnEntry(page);
      await scene.shot("14-manual-hover-dark");
    },
  },
  {
    name: "opens the entry beside the editor from the hover",
    async run(scene) {
      const { page } = scene;
      const shown = await hoverOnEntry(page);
      await shown.locator("a", { hasText: /in the manual$/ }).click();
      await entryIs(page, "ProtectHome=");
      await leave(page);
      await scene.shot("15-manual-view-dark");
    },
  },
  {
    name: "follows a link of the manual, and goes back and forward by keyboard and button",
    async run({ page }) {
      const view = await entryIs(page, "ProtectHome=");
      await view.locator(`${TARGET} a`, { hasText: "BindReadOnlyPaths=" }).first().click();
      await entryIs(page, "BindPaths=");
      await page.keyboard.press("Alt+ArrowLeft");
      await entryIs(page, "ProtectHome=");
      await page.keyboard.press("Alt+ArrowRight");
      await entryIs(page, "BindPaths=");
      await view.locator("#back").click();
      await entryIs(page, "ProtectHome=");
    },
  },
  {
    name: "searches the page",
    async run(scene) {
      const { page } = scene;
      const view = await entryIs(page, "ProtectHome=");
      await view.locator("#find").fill("mount namespace");
      await view.locator(".count", { hasText: /^\d+ of \d+$/ }).waitFor({ timeout: TIMEOUT });
      const [at = 0, all = 0] = ((await view.locator(".count").textContent()) ?? "").split(" of ").map(Number);
      assert.ok(all > 2);
      await page.keyboard.press("Enter");
      await view.locator(".count", { hasText: `${(at % all) + 1} of ${all}` }).waitFor({ timeout: TIMEOUT });
      await scene.shot("16-manual-search");
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "finds a directive of another kind of file",
    async run(scene) {
      const { page } = scene;
      await command(page, "Unit Warden: Find directive");
      const rows = page.locator(".quick-input-list .monaco-list-row");
      await rows.filter({ hasText: "systemd.unit(5)" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("17-find-all");
      await page.locator(INPUT).fill("IPMasquerade");
      await rows.filter({ hasText: "IPMasquerade=" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("18-find");
      await page.keyboard.press("Enter");
      await entryIs(page, "IPMasquerade=");
      await scene.shot("19-manual-network");
    },
  },
  {
    name: "opens the page that Documentation= names",
    async run(scene) {
      const { page } = scene;
      const { x, y } = await placeOf(page, "Documentation=man:systemd.service(5)", "man:systemd.service(5)");
      await page.keyboard.down("Control");
      await page.mouse.move(x, y);
      await page.locator(".detected-link-active").first().waitFor({ timeout: TIMEOUT });
      await page.mouse.click(x, y);
      await page.keyboard.up("Control");
      const view = await viewWith(page, "article h1");
      await view.locator("h1", { hasText: /^systemd\.service\(5\)$/ }).waitFor({ timeout: TIMEOUT });
      await view.locator("#toggle").click();
      await view.locator(".contents a", { hasText: "Options" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("20-manual-contents");
    },
  },
];

/** The same in the light theme, for the pictures. */
export const LIGHT_MANUAL_STEPS: readonly Step[] = [
  {
    name: "shows the manual in a light theme, too",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await lightTheme(page);
      await openFile(scene, "manual.service");
      const shown = await hoverOnEntry(page);
      await scene.shot("21-manual-hover-light");
      await shown.locator("a", { hasText: /in the manual$/ }).click();
      await entryIs(page, "ProtectHome=");
      await leave(page);
      await scene.shot("22-manual-view-light");
    },
  },
];
