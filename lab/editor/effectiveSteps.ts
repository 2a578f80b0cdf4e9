import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { VIEWPORT } from "./rig.ts";
import { closeOthers, command, viewWith } from "./views.ts";
import { changed, hover, INPUT, leave, lineIs, openFile, pick, type Step, TIMEOUT } from "./workbench.ts";

const UNIT = `[Unit]
Description=Wiki
After=network.target

[Service]
User=wiki
ExecStart=/usr/bin/gotosocial --listen 8080
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths=/var/lib/wiki
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
MemoryMax=512M
`;

/** A service with a drop-in. */
export const WIKI: Readonly<Record<string, string>> = {
  "wiki.service": UNIT,
  "wiki.service.d/10-local.conf": "[Service]\nExecStart=\nExecStart=/usr/bin/gotosocial --listen 80\nMemoryMax=1G\n",
};

const JOURNAL = `Nov 24 22:01:42 box (wiki)[812]: wiki.service: Failed to set up mount namespacing: /var/lib/wiki: No such file or directory
Nov 24 22:01:42 box (wiki)[812]: wiki.service: Failed at step NAMESPACE spawning /usr/bin/wiki: No such file or directory
Nov 24 22:01:42 box systemd[1]: wiki.service: Main process exited, code=exited, status=226/NAMESPACE
Nov 24 22:01:42 box systemd[1]: wiki.service: Failed with result 'exit-code'.
`;

const NIX = `systemd.services.wiki.serviceConfig = {
  # File system
  ProtectSystem = "strict";
  ReadWritePaths = "-/var/lib/wiki";
  # Privileges
  NoNewPrivileges = true;
  # System calls
  SystemCallFilter = [ "@system-service" "~@privileged @resources" ];
};
`;

const EXPLAIN = "Unit Warden: Explain a failure";
const LOOSEN = "Change to ReadWritePaths=-/var/lib/wiki";

const EFFECTIVE = ".editor-group-container:has(.tab[data-resource-name^='Effective ']) .view-line";

/** Puts the cursor on a line of the unit as it was. */
async function goTo(page: Page, line: string): Promise<void> {
  const number = UNIT.split("\n").indexOf(line) + 1;
  await page.keyboard.press("Control+g");
  await page.locator(INPUT).fill(`:${number}`);
  await page.keyboard.press("Enter");
  await position(page, number);
}

async function position(page: Page, line: number): Promise<void> {
  await page.locator('[id="status.editor.selection"]', { hasText: `Ln ${line},` }).waitFor({ timeout: TIMEOUT });
}

async function activeTab(page: Page, name: string): Promise<void> {
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: TIMEOUT });
}

/** Waits until this is said next to a line of the effective unit: it is drawn by a style and no text of the page. */
async function remarkIs(page: Page, line: string, remark: string): Promise<void> {
  await page.waitForFunction(
    (want) =>
      [...document.querySelectorAll(want.lines)]
        .filter((it) => it.textContent?.replaceAll("\u00a0", " ") === want.line)
        .flatMap((it) => [...it.querySelectorAll("span")])
        .flatMap((it) => ["::before", "::after"].map((side) => getComputedStyle(it, side).content))
        // The places stand in a column.
        .some((content) => content.replace(/\u00a0+"$/, '"').replaceAll("\u00a0", " ") === JSON.stringify(want.remark)),
    { lines: EFFECTIVE, line, remark },
    { timeout: TIMEOUT },
  );
}

const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** Shows the effective unit, explains a failure and copies for NixOS. */
export const EFFECTIVE_STEPS: readonly Step[] = [
  {
    name: "shows the effective unit, with where its lines come from",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, "wiki.service");
      await command(page, "Unit Warden: Show effective unit");
      await lineIs(page, "# wiki.service as systemd reads it");
      await remarkIs(page, "ExecStart=/usr/bin/gotosocial --listen 80", "10-local.conf:3");
      await page.locator(".codelens-decoration a", { hasText: "MEDIUM" }).first().waitFor({ timeout: TIMEOUT });
      await remarkIs(page, "# MemoryMax=512M", "wiki.service:13");
      await remarkIs(page, "# MemoryMax=512M", "overridden by 10-local.conf:4");
      await page.setViewportSize({ width: 1800, height: 640 }); // all remarks fit
      try {
        await scene.shot("40-effective");
      } finally {
        await page.setViewportSize(VIEWPORT);
      }
      await hover(page, "# MemoryMax=512M", "MemoryMax", "wiki.service:13, overridden by 10-local.conf:4");
      await leave(page);
    },
  },
  {
    name: "follows an edit of the unit, and one that only moves its lines",
    async run({ page }) {
      await goTo(page, "User=wiki");
      await page.keyboard.press("End");
      await page.keyboard.type("pedia");
      await page.keyboard.press("Escape");
      await page.locator(EFFECTIVE, { hasText: "User=wikipedia" }).waitFor({ timeout: TIMEOUT });
      await page.keyboard.press("Home");
      await page.keyboard.type("# Not root");
      await page.keyboard.press("Enter");
      await remarkIs(page, "User=wikipedia", "wiki.service:7");
    },
  },
  {
    name: "goes from an effective line to where it is written, by keyboard",
    async run({ page }) {
      await page.locator(EFFECTIVE, { hasText: "MemoryMax=1G" }).click();
      await page.keyboard.press("F12");
      await activeTab(page, "10-local.conf");
      await position(page, 4);
    },
  },
  {
    name: "explains a failure from the clipboard, and goes to the setting",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, "wiki.service");
      await page.evaluate((text) => navigator.clipboard.writeText(text), JOURNAL);
      await command(page, EXPLAIN);
      await pick(page, "Lines in the clipboard");
      const view = await viewWith(page, ".failures h1");
      await view.locator("a", { hasText: "ReadWritePaths=/var/lib/wiki" }).click();
      await activeTab(page, "wiki.service");
      await position(page, 10);
    },
  },
  {
    name: "explains a failure from selected lines of the journal, and applies the change",
    async run(scene) {
      const { page, workspace } = scene;
      await page.evaluate((text) => navigator.clipboard.writeText(text), JOURNAL);
      await command(page, "File: New Untitled Text File");
      await page.locator('.tab.active[data-resource-name^="Untitled"]').waitFor({ timeout: TIMEOUT });
      await page.keyboard.press("Control+v");
      await page.locator(".view-line", { hasText: "NAMESPACE" }).first().waitFor({ timeout: TIMEOUT });
      await page.keyboard.press("Control+a");
      await command(page, EXPLAIN);
      const view = await viewWith(page, ".failures h1");
      await view.locator("h1", { hasText: "Why wiki.service failed" }).waitFor({ timeout: TIMEOUT });
      await scene.shot("41-failure");
      await view.locator("button", { hasText: LOOSEN }).click();
      await lineIs(page, "ReadWritePaths=-/var/lib/wiki");
      await view.locator(".done", { hasText: LOOSEN }).waitFor({ timeout: TIMEOUT });
      await page.locator(".view-line", { hasText: "ReadWritePaths=-/var/lib/wiki" }).first().click();
      await position(page, 10);
      await page.keyboard.press("Control+s");
      const text = await changed(join(workspace, "wiki.service"), UNIT);
      await leave(page);
      await scene.shot("42-failure-fixed");
      assert.equal(text, UNIT.replace("=/var/lib/wiki", "=-/var/lib/wiki"));
    },
  },
  {
    name: "copies the sandbox as a NixOS serviceConfig",
    async run({ page }) {
      await command(page, "Unit Warden: Copy as NixOS serviceConfig");
      await page
        .locator(".statusbar", { hasText: "Copied the serviceConfig of wiki.service" })
        .waitFor({ timeout: TIMEOUT });
      assert.equal(await copied(page), NIX);
    },
  },
];
