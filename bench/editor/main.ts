/**
 * The time to activation and to the first finding in a real VS Code, ours against an empty extension of the same run: one
 * with the same languages and a server that does nothing but say one thing.
 * Usage: node --import=tsx bench/editor/main.ts [--vsix FILE] [--rounds N]
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { packagedExtension } from "../../lab/editor/install.ts";
import { type Rig, startRig } from "../../lab/editor/rig.ts";
import { appears, INPUT, openFile, pick, SHOP, TIMEOUT } from "../../lab/editor/workbench.ts";
import { median } from "../numbers.ts";
import { EMPTY_ID, emptyExtension } from "./emptyExtension.ts";

const { values } = parseArgs({
  options: { vsix: { type: "string" }, rounds: { type: "string", default: "4" } },
});

/** What one round takes, in milliseconds. */
interface Taken {
  /** What the editor itself says of the extension. */
  readonly activation: number;
  /** From choosing the file to the first line under a finding. */
  readonly finding: number;
  /** What the editor says of the extension where the file has nothing to do with it: ours waits, the empty one starts. */
  readonly waiting: number;
}

const FINDING = ".squiggly-error, .squiggly-warning, .squiggly-info, .squiggly-hint";

const FILES = { "shop.service": SHOP, "compose.yaml": "services:\n  shop:\n    image: docker.io/library/nginx\n" };

const SETTINGS = {
  // The list of running extensions is an editor among others, and not a dialog over them that takes all keys.
  "workbench.editor.useModal": "off",
  // What was open, even if just closed, would come back with the window and be the first to have a finding.
  "workbench.editor.restoreEditors": false,
};

/** Reloads the window, so that the extension host starts again, opens YAML, then a service in the same way, and looks at the clock. */
async function measure(rig: Rig, id: string): Promise<Taken> {
  const { page } = rig;
  await again(page);
  await openFile({ ...rig, shot: () => Promise.resolve() }, "compose.yaml");
  const waiting = await activationOf(page, id);
  await again(page);
  await watch(page);
  await openFile({ ...rig, shot: () => Promise.resolve() }, "shop.service");
  const finding = await page.waitForFunction(() => Number(document.body.dataset.taken), undefined, {
    timeout: 60_000,
    polling: 50,
  });
  return { finding: await finding.jsonValue(), activation: await activationOf(page, id), waiting };
}

/** A new extension host, with nothing open. */
async function again(page: Page): Promise<void> {
  await page.reload();
  await page.locator(EMPTY).first().waitFor({ timeout: 60_000 });
  await settled(page);
}

const EMPTY = ".monaco-workbench .editor-group-container.empty";

/** Runs a command by its title, again where the workbench is not ready for keys yet. */
async function run(page: Page, title: string): Promise<void> {
  for (let tries = 0; tries < 10; tries++) {
    await page.keyboard.press("Control+p");
    if (!(await appears(page.locator(INPUT), TIMEOUT / 5))) continue;
    await page.locator(INPUT).fill(`>${title}`);
    await pick(page, title);
    return;
  }
  throw new Error(`The command ${title} cannot be run`);
}

/** Waits until the extension host answers, so that its own start does not count. */
async function settled(page: Page): Promise<void> {
  await run(page, "Developer: Show Running Extensions");
  await page.locator(".runtime-extensions-editor .monaco-list-row").first().waitFor({ timeout: 60_000 });
  await run(page, "View: Close All Editors");
  await page.locator(EMPTY).first().waitFor({ timeout: TIMEOUT });
}

/** Takes the time from the return key to the first finding. Runs in the page, and has no named functions for that. */
async function watch(page: Page): Promise<void> {
  await page.evaluate((selector) => {
    const { dataset } = document.body;
    dataset.taken = "";
    let begun = 0;
    document.addEventListener(
      "keydown",
      ({ key }) => {
        if (key === "Enter") begun = performance.now();
      },
      true,
    );
    new MutationObserver((_, observer) => {
      if (!document.querySelector(`.monaco-editor :is(${selector})`)) return;
      dataset.taken = String(performance.now() - begun);
      observer.disconnect();
    }).observe(document.body, { childList: true, subtree: true });
  }, FINDING);
}

/** What the editor's own table says of an extension: to load it, to call it, and to wait until it is done. */
async function activationOf(page: Page, id: string): Promise<number> {
  await run(page, "Developer: Startup Performance");
  const row = new RegExp(`${id}\\s*\\|[^|]*\\|\\s*(\\d+)\\s*\\|\\s*(\\d+)\\s*\\|\\s*(\\d+)\\s*\\|`);
  let text = "";
  for (let tries = 0; tries < 20; tries++) {
    await page.locator(".monaco-editor .view-line").first().click();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+c");
    text = await page.evaluate(() => navigator.clipboard.readText());
    const found = row.exec(text);
    if (found) return found.slice(1).reduce((sum, it) => sum + Number(it), 0);
    await page.waitForTimeout(500);
  }
  throw new Error(`The editor says nothing of ${id}:\n${text}`);
}

/** Both in turns, one editor at a time: two would share the processor. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "uw-empty-"));
  const rounds = Number(values.rounds);
  const taken: Record<"ours" | "empty", Taken[]> = { ours: [], empty: [] };
  try {
    const packages = [
      { of: "ours", id: "unit-warden.unit-warden", vsix: resolve(values.vsix ?? packagedExtension(console.log)) },
      { of: "empty", id: EMPTY_ID, vsix: await emptyExtension(folder) },
    ] as const;
    for (let turn = 0; turn < TURNS; turn++) {
      for (const { of, id, vsix } of packages) {
        const rig = await startRig({ host: "process", vsix }, FILES, console.log, { settings: SETTINGS });
        try {
          // The first time fills the caches of a new profile and does not count.
          await measure(rig, id);
          for (let round = 0; round < rounds; round++) taken[of].push(await measure(rig, id));
        } finally {
          await rig.stop();
        }
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  console.log(`a service is opened in VS Code, ours / an empty extension, median of ${TURNS * rounds} rounds`);
  print("activation", taken.ours, taken.empty, (it) => it.activation);
  print("activation by YAML without units", taken.ours, taken.empty, (it) => it.waiting);
  print("first finding", taken.ours, taken.empty, (it) => it.finding);
}

const TURNS = 2;

function print(what: string, ours: readonly Taken[], empty: readonly Taken[], of: (it: Taken) => number): void {
  const [own, base] = [median(ours.map(of)), median(empty.map(of))];
  const all = (taken: readonly Taken[]): string => taken.map((it) => of(it).toFixed(0)).join(" ");
  console.log(`  ${what} ${own.toFixed(0)} ms / ${base.toFixed(0)} ms = ${(own / base).toFixed(2)}`);
  console.log(`    ours ${all(ours)}; empty ${all(empty)}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
