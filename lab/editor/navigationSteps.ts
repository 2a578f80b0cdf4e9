import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, readlink, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { closeOthers, command } from "./views.ts";
import { changed, hover, INPUT, leave, openFile, placeOf, type Step, TIMEOUT } from "./workbench.ts";

const API =
  "[Unit]\nDescription=Accounts over HTTP\nRequires=ledger.service\nAfter=ledger.service\n\n[Service]\nExecStart=/usr/bin/accounts\n";
const TIMER = "[Timer]\nOnCalendar=daily\nUnit=ledger.service\n";

/** Units that name each other. */
export const FLEET: Readonly<Record<string, string>> = {
  "fleet/accounts.service": API,
  "fleet/ledger.service": "[Unit]\nDescription=Ledger\n\n[Service]\nExecStart=/usr/bin/ledger\n",
  "fleet/nightly.timer": TIMER,
};

const PEEK = ".reference-zone-widget";

async function click(page: Page, line: string, word: string): Promise<void> {
  await leave(page);
  const { x, y } = await placeOf(page, line, word);
  await page.mouse.click(x, y);
}

async function activeTab(page: Page, name: string): Promise<void> {
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: TIMEOUT });
}

/** Goes from unit to unit, and renames one in several files. */
export const NAVIGATION_STEPS: readonly Step[] = [
  {
    name: "tells of a unit on its name, and links it to its file",
    async run(scene) {
      const { page, workspace } = scene;
      await mkdir(join(workspace, "fleet/multi-user.target.wants"));
      await symlink("../ledger.service", join(workspace, "fleet/multi-user.target.wants/ledger.service"));
      await page.keyboard.press("Control+s");
      await closeOthers(page);
      await openFile(scene, "fleet/accounts.service");
      const shown = await hover(page, "Requires=ledger.service", "ledger.service", "Ledger");
      await shown.getByText("multi-user.target.wants").first().waitFor({ timeout: TIMEOUT });
      await shown.locator('a[data-href$="fleet/ledger.service"]').first().waitFor({ timeout: TIMEOUT });
      await page.locator(".detected-link", { hasText: "ledger.service" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("30-unit-hover");
    },
  },
  {
    name: "goes to the definition of a unit",
    async run({ page }) {
      await click(page, "Requires=ledger.service", "ledger.service");
      await page.keyboard.press("F12");
      await activeTab(page, "ledger.service");
    },
  },
  {
    name: "finds all references to a unit",
    async run(scene) {
      const { page } = scene;
      await click(page, "[Unit]", "Unit");
      await page.keyboard.press("Shift+F12");
      const peek = page.locator(PEEK);
      await peek.locator(".monaco-list-row", { hasText: "nightly.timer" }).first().waitFor({ timeout: TIMEOUT });
      await peek.getByText(/References \(5\)/).waitFor({ timeout: TIMEOUT });
      await peek.locator(".monaco-list-row", { hasText: "accounts.service" }).first().click();
      const line = peek.locator(".monaco-list-row", { hasText: "Requires=ledger.service" }).first();
      await line.click();
      await peek.locator(".view-line", { hasText: "Accounts over HTTP" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("31-references");
      await page.keyboard.press("Escape");
      await peek.waitFor({ state: "detached", timeout: TIMEOUT });
    },
  },
  {
    name: "shows who names a unit as a tree",
    async run(scene) {
      const { page } = scene;
      await click(page, "[Unit]", "Unit");
      await command(page, "Peek Call Hierarchy");
      const tree = page.locator(".call-hierarchy");
      await tree.locator(".monaco-list-row", { hasText: "Requires, After" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("32-hierarchy");
      await page.keyboard.press("Escape");
      await tree.waitFor({ state: "detached", timeout: TIMEOUT });
    },
  },
  {
    name: "finds a unit by the letters of its name",
    async run({ page }) {
      await page.keyboard.press("Control+t");
      await page.locator(INPUT).fill("#nightly");
      const row = page.locator(".quick-input-list .monaco-list-row", { hasText: "nightly.timer" }).first();
      await row.waitFor({ timeout: TIMEOUT });
      await page.keyboard.press("Enter");
      await activeTab(page, "nightly.timer");
    },
  },
  {
    name: "renames a unit in all files, its own file and the links to it included",
    async run(scene) {
      const { page, workspace } = scene;
      await click(page, "Unit=ledger.service", "ledger.service");
      await page.keyboard.press("F2");
      const input = page.locator(".rename-box input, .rename-input").first();
      await input.waitFor({ timeout: TIMEOUT });
      await input.fill("books.service");
      await page.keyboard.press("Enter");
      const fleet = (name: string): string => join(workspace, "fleet", name);
      assert.equal(await changed(fleet("nightly.timer"), TIMER), TIMER.replace("ledger", "books"));
      assert.equal(await changed(fleet("accounts.service"), API), API.replaceAll("ledger.service", "books.service"));
      assert.ok(!existsSync(fleet("ledger.service")));
      assert.equal(await readFile(fleet("books.service"), "utf8"), FLEET["fleet/ledger.service"]);
      assert.equal(await readlink(fleet("multi-user.target.wants/books.service")), "../ledger.service");
      await page
        .locator(".notification-toast", { hasText: "multi-user.target.wants/books.service" })
        .waitFor({ timeout: TIMEOUT });
      await scene.shot("33-renamed");
      await command(page, "Notifications: Clear All Notifications");
      await closeOthers(page);
    },
  },
];
