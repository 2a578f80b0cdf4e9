import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { TYPED_FILES } from "./typedFiles.ts";
import { closeOthers } from "./views.ts";
import {
  changed,
  hover,
  leave,
  openFile,
  type Scene,
  type Step,
  SUGGESTION,
  suggestion,
  TIMEOUT,
} from "./workbench.ts";

/** From a typist of 400 letters a minute to one who rolls over the keys. */
const INTERVALS = [240, 90, 30] as const;

const KINDS = Object.keys(TYPED_FILES) as readonly (keyof typeof TYPED_FILES)[];
const SERVICE = "shop.service";
const STARTED = "started.service";

/** A file for each speed, with a name that no other one has: the editor finds files by their names. */
const pathOf = (kind: string, interval: number): string => kind.replace(/[^/]*$/, `at-${interval}-$&`);

/** Empty files to type into, for each speed its own, and one to see that the server has started. */
const emptyFiles = (kinds: readonly string[]): Readonly<Record<string, string>> => ({
  [STARTED]: "[Service]\nExecStart=/usr/bin/true\n",
  ...Object.fromEntries(INTERVALS.flatMap((it) => kinds.map((kind) => [pathOf(kind, it), ""]))),
});

/** The files of the round that types all kinds. */
export const TYPING_FILES = emptyFiles(KINDS);

/** The files of the rounds that type the service only. */
export const SERVICE_TYPING_FILES = emptyFiles([SERVICE]);

/** Presses a key each so many milliseconds, as people do: without a look at what came of the one before. */
async function typeAt(page: Page, text: string, interval: number): Promise<void> {
  const begun = performance.now();
  const presses: Promise<void>[] = [];
  for (const [i, key] of [...text].entries()) {
    const wait = begun + i * interval - performance.now();
    if (wait > 0) await sleep(wait);
    presses.push(page.keyboard.press(key === "\n" ? "Enter" : key === " " ? "Space" : key));
  }
  await Promise.all(presses);
}

/** The lines of a text that are not in another one, where each counts once. */
function missing(text: string, other: string): string[] {
  const rest = other.split("\n");
  return text.split("\n").filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

/** Types a file from empty, saves it and compares it, letter by letter, with what was typed. */
async function typeFile(scene: Scene, kind: keyof typeof TYPED_FILES, interval: number): Promise<void> {
  const { page, workspace } = scene;
  const path = pathOf(kind, interval);
  const typed = TYPED_FILES[kind];
  await openFile(scene, path);
  await page.locator(".quick-input-widget").waitFor({ state: "hidden", timeout: TIMEOUT });
  await typeAt(page, typed, interval);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+s");
  const saved = await changed(join(workspace, path), "");
  const lost = missing(typed, saved);
  console.log(`    ${path}: ${lost.length} of ${typed.trimEnd().split("\n").length} lines lost`);
  if (interval === 90) await scene.shot(`typed-${kind.replaceAll("/", "-")}`);
  await closeOthers(page);
  assert.equal(saved, typed);
}

const start: Step = {
  name: "has started the server",
  vital: true,
  async run(scene) {
    // A busy machine may take long for the first list at the top.
    for (let tries = 1; ; tries++) {
      try {
        await openFile(scene, STARTED);
        break;
      } catch (error) {
        if (tries === 4) throw error;
        await scene.page.keyboard.press("Escape");
      }
    }
    await hover(scene.page, "ExecStart=", "ExecStart", "ExecStart=");
    await leave(scene.page);
  },
};

const typing = (kinds: readonly (keyof typeof TYPED_FILES)[], intervals: readonly number[]): readonly Step[] => [
  start,
  ...intervals.flatMap((interval) =>
    kinds.map((kind) => ({
      name: `keeps each letter of ${kind}, a key each ${interval} ms`,
      run: (scene: Scene) => typeFile(scene, kind, interval),
    })),
  ),
];

/** Types five whole files key by key. */
export const TYPING_STEPS = typing(KINDS, INTERVALS);

/** Types a service key by key. */
export const SERVICE_TYPING_STEPS = typing([SERVICE], [90]);

const BEGUN = "[Service]\nRestart=on-f";

/** Files of the round in which Enter accepts nothing. */
export const OFF_FILES = { [STARTED]: "[Service]\nExecStart=/usr/bin/true\n", "off.service": "" };

/** Sees that the user's own wish goes before the defaults of our languages. */
export const OFF_STEPS: readonly Step[] = [
  start,
  {
    name: "ends the line where the list has more",
    async run(scene) {
      const { page, workspace } = scene;
      await openFile(scene, "off.service");
      await page.keyboard.type(BEGUN, { delay: 60 });
      await suggestion(page, /^on-failure/, { focused: true, ask: true });
      await page.keyboard.press("Enter");
      await page.locator(SUGGESTION).first().waitFor({ state: "hidden", timeout: TIMEOUT });
      await page.keyboard.press("Control+s");
      assert.equal(await changed(join(workspace, "off.service"), ""), `${BEGUN}\n`);
    },
  },
];
