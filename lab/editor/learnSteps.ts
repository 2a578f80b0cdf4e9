import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Learnt } from "../../server/src/learn/learnt.ts";
import { readLearnt, writeLearnt } from "../../server/src/learn/learntFile.ts";
import { proven, settingsToProve } from "../../server/src/learn/proof.ts";
import { unitTexts } from "../../server/src/learn/readBundle.ts";
import { needsPath } from "../../server/src/units/learntText.ts";
import { observedFile } from "../../test/kit/observedRuns.ts";
import { recordedBundle } from "../../test/kit/recordedBundle.ts";
import { closeOthers, command, viewWith } from "./views.ts";
import {
  appears,
  FIX,
  fix,
  HEADER,
  hover,
  INPUT,
  leave,
  openActions,
  openFile,
  type Step,
  TIMEOUT,
} from "./workbench.ts";

const NAME = "nginx";
const UNIT = `${NAME}.service`;
const BUNDLE = `${UNIT}.learn.tar`;
const LEARNT = `${UNIT}.learnt.json`;

export const LEARN_FILES = {
  [UNIT]: unitTexts(observedFile(NAME, "unit.txt").toString())[0]?.text ?? "",
  [BUNDLE]: recordedBundle(NAME),
};

const SECTION = ".group.learnt";

/** As a proof leaves it in which every setting held. */
function allProven(learnt: Learnt): Learnt {
  const tried = settingsToProve(learnt.settings, {});
  const held = tried.map(({ lines }) => ({ outcome: "held", lines, reason: undefined }) as const);
  const result = { setup: tried.map((it) => it.lines), settings: held, tries: 1 };
  return { ...learnt, settings: proven(learnt.settings, tried, result) };
}

/** Opens a bundle next to its service, takes what was learnt into the unit, and contradicts it. */
export const LEARN_STEPS: readonly Step[] = [
  {
    name: "opens a learnt bundle beside the service",
    vital: true,
    async run(scene) {
      const { page, workspace } = scene;
      await openFile(scene, UNIT);
      await page
        .locator(".codelens-decoration a", { hasText: /^\s*9\.\d/ })
        .first()
        .waitFor({ timeout: 30_000 });
      await command(page, "Unit Warden: Open a learnt bundle…");
      const input = page.locator(INPUT);
      await input.waitFor({ timeout: TIMEOUT });
      // Until it has listed the folder, the dialog puts its own text in the place of what is typed.
      const row = page.locator(".quick-input-list .monaco-list-row", { hasText: BUNDLE });
      await row.first().waitFor({ timeout: TIMEOUT });
      await input.fill(join(workspace, BUNDLE));
      await row.first().waitFor({ timeout: TIMEOUT });
      await page.keyboard.press("Enter");
      const view = await viewWith(page, SECTION);
      assert.match((await view.locator(SECTION).textContent()) ?? "", /Observed in a run, 580 system calls/);
      await scene.shot("60-learnt-report");
    },
  },
  {
    name: "keeps what was learnt next to the unit",
    async run({ page, workspace }) {
      const save = page.locator(".notification-toast .monaco-button", { hasText: `Save ${LEARNT}` });
      await save.click({ timeout: TIMEOUT });
      for (const deadline = Date.now() + TIMEOUT; Date.now() < deadline; await page.waitForTimeout(50)) {
        const text = await readFile(join(workspace, LEARNT), "utf8").catch(() => "");
        if (text !== "" && "learnt" in readLearnt(text)) return;
      }
      throw new Error("The file was not saved");
    },
  },
  {
    name: "marks as proven what a second run has shown to hold",
    async run({ page, workspace }) {
      const path = join(workspace, LEARNT);
      const read = readLearnt(await readFile(path, "utf8"), await readFile(needsPath(path), "utf8"));
      assert.ok("learnt" in read);
      await writeFile(path, writeLearnt(allProven(read.learnt)));
      const view = await viewWith(page, SECTION);
      await view.locator(SECTION, { hasText: /Add all \d+ proven settings/ }).waitFor({ timeout: TIMEOUT });
    },
  },
  {
    name: "names the evidence of each setting, and what was refused",
    async run(scene) {
      const view = await viewWith(scene.page, SECTION);
      await view.locator("#learnt-single > summary").click();
      await view.locator("#learnt-single", { hasText: "no path below /home" }).waitFor({ timeout: TIMEOUT });
      await view.locator("#learnt-refused > summary").click();
      await view.locator("#learnt-refused .refused").first().waitFor({ timeout: TIMEOUT });
      await scene.shot("61-learnt-evidence");
    },
  },
  {
    name: "offers learnt settings among the fixes of [Service]",
    async run(scene) {
      const { page } = scene;
      await page.locator(".view-line", { hasText: HEADER }).first().click();
      for (let tries = 0; tries < 3; tries++) {
        await openActions(page);
        if (await appears(page.locator(FIX).first(), TIMEOUT / 3)) break;
      }
      const all = await fix(page, "Add all \\d+ proven settings \\(9\\.4 → 2\\.\\d\\)");
      await scene.shot("62-learnt-fixes");
      await all.click();
      await page.locator(".view-line", { hasText: "ProtectSystem=strict" }).first().waitFor({ timeout: TIMEOUT });
    },
  },
  {
    name: "shows the line of the log on hover",
    async run(scene) {
      const { page } = scene;
      await leave(page);
      await hover(page, "ProtectHome=read-only", "ProtectHome", "no path below /home");
      await scene.shot("63-learnt-hover");
      await leave(page);
    },
  },
  {
    name: "underlines a setting that contradicts the run",
    async run(scene) {
      const { page } = scene;
      await page.locator(".view-line", { hasText: "KillMode=mixed" }).first().click();
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await page.keyboard.type("InaccessiblePaths=/var/lib/nginx");
      await page.keyboard.press("Escape");
      await page.locator(".squiggly-warning").first().waitFor({ timeout: TIMEOUT });
      await hover(page, "InaccessiblePaths=/var/lib/nginx", "InaccessiblePaths", "which a run used");
      await scene.shot("64-learnt-contradiction");
      await leave(page);
      await page.keyboard.press("Control+s");
    },
  },
  {
    name: "marks in the service's world what was used",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, UNIT);
      await command(page, "Unit Warden: Show the service's world");
      const view = await viewWith(page, '[role="tree"]');
      const row = view.locator('[id="path-/var/log/nginx"] > .row');
      await row.locator(".used.written").waitFor({ timeout: TIMEOUT });
      await scene.shot("65-learnt-world");
    },
  },
];
