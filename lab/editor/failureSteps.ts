import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { closeOthers, command, lightTheme, viewWith } from "./views.ts";
import { changed, INPUT, lineIs, openFile, pick, type Scene, type Step, TIMEOUT } from "./workbench.ts";

const LOOP = `[Unit]
Description=Loop

[Service]
ExecStart=/usr/bin/loop
ProtectSystem=strict
Restart=on-failure
`;

/** Units, and what a real systemd 257 logged of them: three failures of one, and a restart loop of one that runs now. */
export const FAILURE_FILES: Readonly<Record<string, string>> = {
  "shop.service": `[Unit]
Description=Shop of things

[Service]
Type=exec
ExecStart=/usr/bin/shop
SystemCallFilter=@system-service
SystemCallFilter=~unshare
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
`,
  "shop.service.d/10-sandbox.conf": "[Service]\nProtectSystem=strict\n",
  "shop.log": readFileSync("test/failures/logs/shop-three-failures.log", "utf8"),
  "loop.service": LOOP,
  "loop.log": readFileSync("test/failures/logs/loop-then-running.log", "utf8"),
};

const CHANGE = "Add SystemCallErrorNumber=EPERM";
const EXPLAIN = "Unit Warden: Explain a failure";

/** Explains a log of which all lines are selected, for the unit that is open. */
async function explainLog(scene: Scene, unit: string, log: string): Promise<Frame> {
  const { page } = scene;
  await closeOthers(page);
  await openFile(scene, unit);
  await openFile(scene, log);
  await page.keyboard.press("Control+a");
  await command(page, EXPLAIN);
  return viewWith(page, ".failures h1");
}

const titles = (view: Frame): Promise<string[]> => view.locator(".failure h2").allInnerTexts();

const tab = (page: Page, name: string) =>
  page.locator(`.tab[data-resource-name="${name}"]`).first().waitFor({ timeout: TIMEOUT });

/** Explains the failures of a log in a page. */
export const FAILURE_STEPS: readonly Step[] = [
  {
    name: "asks which unit failed where none is open: Enter gives the best one, and says why an empty status explains nothing",
    async run(scene) {
      const { page } = scene;
      await command(page, EXPLAIN);
      await page.locator(".quick-input-title", { hasText: "Which unit failed?" }).waitFor({ timeout: TIMEOUT });
      await page.keyboard.type("loop");
      const row = page.locator(".quick-input-list .monaco-list-row", { hasText: "loop.service" }).first();
      await row.and(page.locator(".focused")).waitFor({ timeout: TIMEOUT });
      await page.keyboard.press("Enter");
      await tab(page, "loop.service");
      await page.locator(".quick-input-widget input[placeholder^='226']").waitFor({ timeout: TIMEOUT });
      await page.keyboard.press("Enter");
      const message = page.locator(".quick-input-message", { hasText: "Enter a status, or lines of the journal" });
      await message.waitFor({ timeout: TIMEOUT });
      await scene.shot("139-which-unit");
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "explains each failure of a log in a block of its own, the last start first",
    vital: true,
    async run(scene) {
      const view = await explainLog(scene, "shop.service", "shop.log");
      assert.equal(await view.locator("h1").textContent(), "Why shop.service failed");
      assert.deepEqual(await titles(view), [
        "Last failure · Nov 30 13:24:43",
        "Earlier failure · Nov 30 13:24:42",
        "Earlier failure · Nov 30 13:24:41",
      ]);
      const blocks = await view.locator(".failure").allInnerTexts();
      const settings = ["SystemCallFilter=~unshare", "Address already in use", "ProtectSystem=strict"];
      for (const [i, mine] of settings.entries())
        for (const [k, block] of blocks.entries()) assert.equal(block.includes(mine), i === k, `${mine} in ${k}`);
      assert.doesNotMatch(blocks[0] ?? "", /Capabilit/);
      await scene.shot("140-failures");
    },
  },
  {
    name: "applies a change by keyboard, says so, and follows the text when it is undone",
    async run(scene) {
      const { page } = scene;
      const view = await viewWith(page, ".failures h1");
      await view.locator("h1").click();
      const focused = (): Promise<string> => view.evaluate(() => document.activeElement?.textContent ?? "");
      for (let i = 0; i < 8 && (await focused()) !== CHANGE; i++) await page.keyboard.press("Tab");
      assert.equal(await focused(), CHANGE);
      await page.keyboard.press("Enter");
      await view.locator(".done", { hasText: CHANGE }).waitFor({ timeout: TIMEOUT });
      await tab(page, "shop.service");
      await lineIs(page, "SystemCallErrorNumber=EPERM");
      await scene.shot("141-failure-applied");
      await page.locator(".view-line", { hasText: "SystemCallErrorNumber=EPERM" }).first().click();
      await page.keyboard.press("Control+z");
      await view.locator(".done").waitFor({ state: "detached", timeout: TIMEOUT });
      await view.locator("button", { hasText: CHANGE }).waitFor({ timeout: TIMEOUT });
    },
  },
  {
    name: "goes to the line of a setting, and changes the drop-in in which it stands",
    async run(scene) {
      const { page } = scene;
      const view = await viewWith(page, ".failures h1");
      const setting = view.locator("a", { hasText: "ProtectSystem=strict" });
      await setting.click();
      await page.locator('.tab.active[data-resource-name="10-sandbox.conf"]').waitFor({ timeout: TIMEOUT });
      await view.locator("button", { hasText: "Change to ProtectSystem=full, in the drop-in" }).click();
      await lineIs(page, "ProtectSystem=full");
      await view.locator(".done", { hasText: "10-sandbox.conf" }).waitFor({ timeout: TIMEOUT });
      await page.locator(".view-line", { hasText: "ProtectSystem=full" }).first().click();
      await page.keyboard.press("Control+s");
      const before = FAILURE_FILES["shop.service.d/10-sandbox.conf"] ?? "";
      const text = await changed(join(scene.workspace, "shop.service.d/10-sandbox.conf"), before);
      assert.equal(text, before.replace("strict", "full"));
    },
  },
  {
    name: "says of a unit that runs again that its failures are past, and counts equal ones",
    async run(scene) {
      const view = await explainLog(scene, "loop.service", "loop.log");
      await view.locator("h1", { hasText: "loop.service is running" }).waitFor({ timeout: TIMEOUT });
      const said = "Since Nov 30 13:28:06. What is below failed earlier.";
      assert.equal(await view.locator("header .notes").textContent(), said);
      assert.deepEqual(await titles(view), ["Earlier failure · 5 times · Nov 30 13:28:02 to Nov 30 13:28:05"]);
      await scene.shot("142-failure-past");
    },
  },
  {
    name: "opens from the context menu of the editor and of the explorer",
    async run(scene) {
      const { page } = scene;
      const menu = page.locator(".monaco-menu .action-label", { hasText: "Explain a failure" });
      // The editor ignores a click right after the menu came.
      const choose = async (): Promise<void> => {
        for (let tries = 0; tries < 5 && (await menu.isVisible()); tries++) {
          await menu.click();
          await menu.waitFor({ state: "hidden", timeout: TIMEOUT / 3 }).catch(() => undefined);
        }
      };
      const typed = page.locator(".quick-input-widget input[placeholder^='226']");
      const choice = page.locator(".quick-input-list .monaco-list-row", { hasText: "Enter a status or a message" });
      const answer = async (status: string): Promise<void> => {
        await typed.or(choice).first().waitFor({ timeout: TIMEOUT });
        if (await choice.isVisible()) await pick(page, "Enter a status or a message");
        await page.locator(INPUT).fill(status);
        await page.keyboard.press("Enter");
        await viewWith(page, `.failures .status:text("${status}")`);
      };
      await closeOthers(page);
      await openFile(scene, "loop.service");
      await page.locator(".view-line", { hasText: "ProtectSystem" }).first().click({ button: "right" });
      await menu.waitFor({ timeout: TIMEOUT });
      await scene.shot("143-failure-menu");
      await choose();
      await answer("226/NAMESPACE");
      await closeOthers(page);
      await command(page, "File: Reveal Active File in Explorer View").catch(() => undefined);
      await page.keyboard.press("Escape");
      await command(page, "View: Show Explorer");
      await page
        .locator(".explorer-folders-view [role=treeitem]", { hasText: "loop.service" })
        .first()
        .click({ button: "right" });
      await menu.waitFor({ timeout: TIMEOUT });
      await choose();
      await answer("203/EXEC");
      await page.keyboard.press("Control+b");
    },
  },
  {
    name: "is readable in a light theme and in high contrast",
    async run(scene) {
      const { page } = scene;
      await lightTheme(page);
      const view = await explainLog(scene, "shop.service", "shop.log");
      await view.locator(".failure h2").first().waitFor({ timeout: TIMEOUT });
      await scene.shot("144-failures-light");
      await command(page, "Preferences: Color Theme");
      await page.locator(INPUT).fill("Dark High Contrast");
      await pick(page, "Dark High Contrast");
      await page.locator(".monaco-workbench.hc-black").waitFor({ timeout: TIMEOUT });
      await viewWith(page, "body.vscode-high-contrast .failures h1");
      await scene.shot("145-failures-contrast");
    },
  },
];
