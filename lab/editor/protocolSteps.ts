import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { command } from "./views.ts";
import { changed, lineIs, openFile, placeOf, type Step, TIMEOUT } from "./workbench.ts";

const SLIPS = "[Service]\nExecStart=/usr/bin/books 100\\d\nPIDFile=/var/run/books.pid\n";
const NAMING = "[Unit]\nDescription=Front\nAfter=ledger.service\n\n[Service]\nExecStart=/usr/bin/front\n";
const LEDGER = "[Service]\nExecStart=/usr/bin/ledger\n";
const LEDGER_DROP_IN = "[Service]\nNice=5\n";

const SETTINGS = {
  "editor.codeActionsOnSave": { "source.fixAll.unitWarden": "explicit" },
  "unitWarden.hardening.profile": "off",
};

/** Files to write, to mend, and to rename. */
export const PROTOCOL_FILES: Readonly<Record<string, string>> = {
  ".vscode/settings.json": JSON.stringify(SETTINGS),
  "far/away.service": "[Service]\nExecStart=/usr/bin/away\nNice=fast\nStandardOutput=syslog\n",
  "whole.service": "",
  "half.service": "",
  "once.service": "[Service]\nExecStart=/usr/bin/once\nProtectHoem=yes\n",
  "slips.service": SLIPS,
  "front.service": NAMING,
  "ledger.service": LEDGER,
  "ledger.service.d/nice.conf": LEDGER_DROP_IN,
};

const ERROR = ".squiggly-error";

/** Counts from now on all errors that are drawn, however shortly. */
async function watchErrors(page: Page): Promise<() => Promise<number>> {
  // Runs in the page. No named function within: tsx would wrap it in a helper that the page does not have.
  await page.evaluate((selector) => {
    const { dataset } = document.body;
    dataset.errors = "0";
    new MutationObserver(() => {
      const shown = document.querySelectorAll(`.monaco-editor ${selector}`).length;
      if (shown > 0) dataset.errors = String(Number(dataset.errors) + shown);
    }).observe(document.querySelector(".monaco-editor") ?? document.body, { childList: true, subtree: true });
  }, ERROR);
  return async () => Number(await page.evaluate(() => document.body.dataset.errors));
}

/** Types lines as a person does; lists of suggestions are dismissed before the return key. */
async function typeLines(page: Page, lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    await page.keyboard.type(line, { delay: 40 });
    await lineIs(page, line);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
  }
}

/** What the status bar counts: errors and warnings of all files. */
async function problemsAre(page: Page, errors: number, warnings: number): Promise<void> {
  const label = new RegExp(`^\\s*${errors}\\s+${warnings}\\s*$`);
  await page.locator('[id="status.problems"]', { hasText: label }).waitFor({ timeout: TIMEOUT });
}

/** Types, saves and renames: what comes of requests that a person never sees. */
export const PROTOCOL_STEPS: readonly Step[] = [
  {
    name: "shows each finding once",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "once.service");
      await placeOf(page, "ProtectHoem=yes", "ProtectHoem", ERROR, 30_000); // the server has just been started
      await problemsAre(page, 1, 0);
      await page.keyboard.press("Control+Shift+m");
      const rows = page.locator(".markers-panel .monaco-list-row", { hasText: "ProtectHoem" });
      await rows.first().waitFor({ timeout: TIMEOUT });
      assert.equal(await rows.count(), 1);
      await scene.shot("60-once");
      await page.keyboard.press("Control+Shift+m");
    },
  },
  {
    name: "shows no error while a new service is typed",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "whole.service");
      const errors = await watchErrors(page);
      await typeLines(page, ["[Unit]", "Description=Whole", "", "[Service]", "Type=exec", "Restart=on-failure"]);
      await typeLines(page, ["ExecStart=/usr/bin/whole"]);
      await page.keyboard.type("Nic", { delay: 40 });
      await scene.shot("61-typing");
      assert.equal(await errors(), 0);
    },
  },
  {
    name: "says what is half a name once typing rests",
    async run(scene) {
      await placeOf(scene.page, "Nic", "Nic", ERROR);
      await scene.shot("62-rested");
    },
  },
  {
    name: "says that a new service has no command once it is saved",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "half.service");
      await typeLines(page, ["[Service]", "Type=oneshot"]);
      assert.equal(await page.locator(`.monaco-editor ${ERROR}`).count(), 0);
      await page.keyboard.press("Control+s");
      await placeOf(page, "[Service]", "Service", ERROR);
      await scene.shot("63-saved");
    },
  },
  {
    name: "applies the safe fixes on saving",
    async run(scene) {
      const { page, workspace } = scene;
      await openFile(scene, "slips.service");
      await page.keyboard.press("Control+End");
      await page.keyboard.type("Nice=1");
      await lineIs(page, "Nice=1");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+s");
      const text = await changed(join(workspace, "slips.service"), SLIPS);
      assert.equal(text, "[Service]\nExecStart=/usr/bin/books 100\\\\d\nPIDFile=/run/books.pid\nNice=1\n");
      await scene.shot("64-fixed");
    },
  },
  {
    name: "changes the names in other units when a file is renamed in the explorer",
    async run(scene) {
      const { page, workspace } = scene;
      await openFile(scene, "ledger.service");
      await command(page, "File: Reveal Active File in Explorer View");
      const row = page.locator(".explorer-folders-view .monaco-list-row.focused", { hasText: "ledger.service" });
      await row.waitFor({ timeout: TIMEOUT });
      await page.keyboard.press("F2");
      const input = page.locator(".explorer-item-edited input");
      await input.fill("books.service");
      await page.keyboard.press("Enter");
      // The editor itself asks whether the extension may change other files, too.
      const ok = page.locator(".monaco-dialog-box .monaco-button", { hasText: "OK" });
      await ok.waitFor({ timeout: TIMEOUT });
      await scene.shot("65-asked");
      await ok.click();
      const dirty = page.locator('.tab.dirty[data-resource-name="front.service"]');
      await dirty.waitFor({ timeout: TIMEOUT });
      await openFile(scene, "front.service");
      await page.keyboard.press("Control+s");
      const text = await changed(join(workspace, "front.service"), NAMING);
      assert.equal(text, NAMING.replace("ledger", "books"));
      assert.equal(await readFile(join(workspace, "books.service"), "utf8"), LEDGER);
      assert.equal(await readFile(join(workspace, "books.service.d/nice.conf"), "utf8"), LEDGER_DROP_IN);
      for (const old of ["ledger.service", "ledger.service.d"]) assert.ok(!existsSync(join(workspace, old)), old);
      await scene.shot("66-renamed");
      await page.keyboard.press("Control+b");
    },
  },
  {
    name: "lists the errors of files that are not open where the reader wants them, and once when they are",
    async run(scene) {
      const { page, workspace } = scene;
      const settings = { ...SETTINGS, "unitWarden.workspaceDiagnostics": "errors" };
      await writeFile(join(workspace, ".vscode/settings.json"), JSON.stringify(settings));
      await page.keyboard.press("Control+Shift+m");
      const row = page.locator(".markers-panel .monaco-list-row", { hasText: "Nice=" });
      const old = page.locator(".markers-panel .monaco-list-row", { hasText: "StandardOutput=" });
      await row.waitFor({ timeout: TIMEOUT });
      assert.equal(await old.count(), 0);
      await scene.shot("67-workspace");
      await openFile(scene, "far/away.service");
      await old.waitFor({ timeout: TIMEOUT });
      assert.equal(await row.count(), 1);
      await command(page, "View: Close Editor");
      await old.waitFor({ state: "detached", timeout: TIMEOUT });
      assert.equal(await row.count(), 1);
      await scene.shot("68-closed");
    },
  },
];
