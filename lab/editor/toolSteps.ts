import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { closeOthers, command } from "./views.ts";
import { changed, INPUT, openFile, placeOf, type Step, suggestion, TIMEOUT } from "./workbench.ts";

/** Formatted and verified by these steps. */
export const LOOSE_TIMER = "[Timer]\nOnCalendar = daily \nFrobnicate=1\n\n\n[Install]\nWantedBy = timers.target";

const TIDY_TIMER = "[Timer]\nOnCalendar=daily\nFrobnicate=1\n\n[Install]\nWantedBy=timers.target\n";
const VERIFY = "Verify this file with systemd (systemd-analyze verify)";

/** Formats a timer, and lets the systemd of this machine judge it in a terminal, where there is one. */
export const TOOL_STEPS: readonly Step[] = [
  {
    name: "completes the codes of rules in the settings",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, ".vscode/settings.json");
      await page.locator(".view-line", { hasText: "unitWarden.rules" }).click();
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.type('"value/pat');
      await suggestion(page, /^"?value\/path/, { ask: true });
      await scene.shot("50-rules");
      await page.keyboard.press("Escape");
      await command(page, "File: Revert File");
    },
  },
  {
    name: "formats a document",
    async run(scene) {
      const { page, workspace } = scene;
      await openFile(scene, "loose.timer");
      await placeOf(page, "Frobnicate=1", "Frobnicate", ".squiggly-error");
      await command(page, "Format Document");
      await page.locator(".view-line", { hasText: /^OnCalendar=daily$/ }).waitFor({ timeout: TIMEOUT });
      await page.locator(".view-line", { hasText: "OnCalendar=daily" }).click();
      await page.keyboard.press("Control+s");
      assert.equal(await changed(join(workspace, "loose.timer"), LOOSE_TIMER), TIDY_TIMER);
    },
  },
  {
    name: "offers systemd's own tools where they can run, and no others",
    async run({ page }) {
      const titles = async (typed: string): Promise<string[]> => {
        await page.keyboard.press("F1");
        await page.locator(INPUT).fill(`>Unit Warden: ${typed}`);
        const rows = page.locator(".quick-input-list .monaco-list-row");
        await rows.first().waitFor({ timeout: TIMEOUT });
        const found = await rows.allInnerTexts();
        await page.keyboard.press("Escape");
        return found.filter((it) => it.includes("Unit Warden: "));
      };
      const isRunning = existsSync("/run/systemd/system");
      const hasAnalyze = existsSync("/usr/bin/systemd-analyze");
      assert.equal(
        (await titles(VERIFY)).some((it) => it.includes(VERIFY)),
        hasAnalyze,
      );
      assert.equal(
        (await titles("Show this unit")).some((it) => it.includes("systemctl cat")),
        isRunning,
      );
      // A timer has no main process.
      assert.ok(!(await titles("Show the mounts")).some((it) => it.includes("findmnt")));
    },
  },
  {
    name: "lets systemd verify the file in a terminal, where it is installed",
    async run(scene) {
      if (!existsSync("/usr/bin/systemd-analyze")) return;
      await command(scene.page, `Unit Warden: ${VERIFY}`);
      const terminal = scene.page.locator(".terminal-wrapper.active .xterm-rows");
      await terminal.filter({ hasText: "Frobnicate" }).waitFor({ timeout: TIMEOUT });
      await scene.shot("51-verify");
    },
  },
];
