/**
 * The packaged extension in a real VS Code (code-server in Chromium): what a user sees, step by step.
 * Usage: node --import=tsx test/editor/main.ts [--vsix FILE] [--shots DIR]
 */
import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs, stripVTControlCharacters } from "node:util";
import type { Locator, Page } from "playwright-core";
import { packagedExtension } from "./install.ts";
import { type Rig, startRig, VIEWPORT } from "./rig.ts";

const SHOP = `[Unit]
Description=Web shop
Documentation=man:shop(8)
Wants=network-online.target
After=network-online.target

[Service]
User=shop
ExecStart=/usr/bin/shop --listen 8080
Restart=on-failure
ProtectSystem=full
PrivateTmp=yes

[Install]
WantedBy=multi-user.target
`;

const FILES = {
  "shop.service": SHOP,
  "empty.service": "",
  "web.service.d/override.conf": "[Service]\nNice=5\n",
};

const HEADER = "[Service]";
const LANGUAGE = "systemd unit";
const MANUAL = /^https:\/\/(www\.)?freedesktop\.org\/.*systemd\.exec\.html#ProtectSystem=$/;

/** What the steps use: the rig, and a camera. */
interface Scene extends Rig {
  shot(name: string): Promise<void>;
}

interface Step {
  readonly name: string;
  /** When this step fails, the ones after it cannot be tried. */
  readonly vital?: boolean;
  run(scene: Scene): Promise<void>;
}

const STEPS: readonly Step[] = [
  {
    name: `opens a service as "${LANGUAGE}"`,
    vital: true,
    async run(scene) {
      await openFile(scene, "shop.service");
      await languageIs(scene.page, LANGUAGE);
    },
  },
  {
    name: "underlines the [Service] header, and its hover names ProtectHome=",
    async run(scene) {
      await placeOf(scene.page, HEADER, "Service", ".squiggly-warning", 30_000); // the server has just been started
      await scene.shot("1-squiggle");
      await hover(scene.page, HEADER, "Service", "ProtectHome=");
      await scene.shot("2-finding");
    },
  },
  {
    name: "documents ProtectSystem= on hover, with a link to the manual",
    async run(scene) {
      await leave(scene.page);
      const shown = await hover(scene.page, "ProtectSystem=full", "ProtectSystem", "ProtectSystem=");
      const link = shown.locator('a[data-href*="ProtectSystem"]').first();
      await link.waitFor({ timeout: TIMEOUT });
      await scene.shot("3-hover");
      assert.match(decodeURIComponent((await link.getAttribute("data-href")) ?? ""), MANUAL);
    },
  },
  {
    name: "offers its fixes on the [Service] header (the picture for the README)",
    async run(scene) {
      const { page } = scene;
      await leave(page);
      await page.setViewportSize({ ...VIEWPORT, height: 720 });
      try {
        await openFixes(page);
        await scene.shot("hero");
        await page.keyboard.press("Escape");
      } finally {
        await page.setViewportSize(VIEWPORT);
      }
    },
  },
  {
    name: "completes ProtectKernelTunables= and its value",
    async run(scene) {
      const { page } = scene;
      await goToLine(page, "PrivateTmp=yes");
      await page.keyboard.press("Enter");
      await page.keyboard.type("ProtectKernelT");
      await suggestion(page, /^ProtectKernelTunables/, { focused: true });
      await scene.shot("4-completion");
      await page.keyboard.press("Enter");
      await lineIs(page, "ProtectKernelTunables=");
      await suggestion(page, /^yes/, { ask: true });
      await scene.shot("5-value");
      await page.keyboard.type("yes");
      await suggestion(page, /^yes/, { focused: true });
      await page.keyboard.press("Enter");
      await lineIs(page, "ProtectKernelTunables=yes");
    },
  },
  {
    name: "offers Add ProtectHome=tmpfs and Add all ..., and applies the first",
    async run(scene) {
      const { page } = scene;
      await openFixes(page);
      await scene.shot("6-fixes");
      await fix(page, "Add all");
      await (await fix(page, "Add ProtectHome=tmpfs")).click();
      await lineIs(page, "ProtectHome=tmpfs");
      await scene.shot("7-fixed");
    },
  },
  {
    name: "saves exactly the two new lines",
    async run({ page, workspace }) {
      const added = ["ProtectHome=tmpfs", "ProtectKernelTunables=yes"];
      await page.keyboard.press("Control+s");
      const text = await changed(join(workspace, "shop.service"), SHOP);
      const lines = text.split("\n");
      assert.equal(lines.filter((line) => !added.includes(line)).join("\n"), SHOP);
      const section = lines.slice(lines.indexOf(HEADER), lines.indexOf("[Install]"));
      assert.deepEqual(section.filter((line) => added.includes(line)).sort(), added, text);
      assert.equal(lines.length, SHOP.split("\n").length + added.length, text);
    },
  },
  {
    name: "completes section headers in an empty file",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "empty.service");
      await languageIs(page, LANGUAGE);
      await page.keyboard.type("["); // the editor closes the bracket by itself
      for (const section of ["Unit", "Service", "Install"]) await suggestion(page, new RegExp(`^\\[?${section}\\b`));
      await scene.shot("8-sections");
      await page.keyboard.type("Serv");
      await suggestion(page, /^\[?Service\b/, { focused: true });
      await page.keyboard.press("Enter");
      await lineIs(page, HEADER);
    },
  },
  {
    name: `opens a drop-in as "${LANGUAGE}"`,
    async run(scene) {
      await openFile(scene, "web.service.d/override.conf");
      await languageIs(scene.page, LANGUAGE);
      await scene.shot("9-drop-in");
    },
  },
  {
    name: "asked nothing of other hosts and logged no error",
    async run({ page, foreignRequests, pageErrors, hostErrors }) {
      assert.deepEqual(foreignRequests, []);
      assert.deepEqual(await hostErrors(), []);
      const ours = pageErrors.filter((error) => /unit.?warden|extension host/i.test(error)); // VS Code has its own
      assert.deepEqual(ours, []);
      assert.deepEqual(await page.locator(".notification-toast").allInnerTexts(), []);
    },
  },
];

// --- The parts of the workbench that the steps touch ---

const TIMEOUT = 15_000;
const HOVER = ".monaco-hover:not(.hidden)";
const INPUT = ".quick-input-widget input[type=text]";
const SUGGESTION = ".suggest-widget.visible .monaco-list-row";
const FIX = ".action-widget .monaco-list-row";

async function openFile({ page, workspace }: Scene, path: string): Promise<void> {
  const name = path.replace(/^.*\//, "");
  await page.keyboard.press("Control+p");
  await page.locator(INPUT).fill(join(workspace, path));
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor({ timeout: TIMEOUT });
  await page.keyboard.press("Enter");
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: TIMEOUT });
  await page.locator(".monaco-editor.focused .view-line").first().waitFor({ timeout: TIMEOUT });
}

async function languageIs(page: Page, name: string): Promise<void> {
  const entry = page.locator('[id="status.editor.mode"]');
  await entry.filter({ hasText: new RegExp(`^${name}$`) }).waitFor({ timeout: TIMEOUT });
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The middle of a word in a line of the editor, once they are shown and `mark`, if given, is drawn on the word. */
async function placeOf(page: Page, line: string, word: string, mark = "", timeout = TIMEOUT): Promise<Place> {
  // Runs in the page. No named function within: tsx would wrap it in a helper that the page does not have.
  const found = await page.waitForFunction(
    (want) => {
      const lines = [...document.querySelectorAll(".monaco-editor .view-line")];
      const element = lines.find((one) => one.textContent?.replaceAll("\u00a0", " ").startsWith(want.line));
      if (element === undefined) return false;
      const range = document.createRange();
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const start = want.line.indexOf(want.word);
      const end = start + want.word.length;
      for (let at = 0, node = texts.nextNode(); node !== null; node = texts.nextNode()) {
        const length = node.textContent?.length ?? 0;
        if (at <= start && start < at + length) range.setStart(node, start - at);
        if (at < end && end <= at + length) range.setEnd(node, end - at);
        at += length;
      }
      const { x, y, width, height } = range.getBoundingClientRect();
      const place = { x: x + width / 2, y: y + height / 2 };
      const marks = want.mark === "" ? [] : [...document.querySelectorAll(`.monaco-editor ${want.mark}`)];
      const marked = marks.some((one) => {
        const box = one.getBoundingClientRect();
        return box.left <= place.x && place.x <= box.right && box.top <= y + height && y <= box.bottom;
      });
      return (want.mark === "" || marked) && place;
    },
    { line, word, mark },
    { timeout },
  );
  const place = await found.jsonValue();
  assert.ok(place);
  return place;
}

/** Rests the mouse on a word until a hover with this text shows; again where a late code lens has moved the line. */
async function hover(page: Page, line: string, word: string, text: string): Promise<Locator> {
  const shown = page.locator(HOVER, { hasText: text }).first();
  for (let tries = 0; tries < 3; tries++) {
    const { x, y } = await placeOf(page, line, word);
    await page.mouse.move(x, y);
    if (await appears(shown, TIMEOUT / 3)) return shown;
    if (tries < 2) await leave(page);
  }
  throw new Error(`No hover of ${word} in ${line} says ${text}`);
}

async function appears(element: Locator, timeout: number): Promise<boolean> {
  return await element.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

/** Takes the mouse off the text and waits until no hover is left. */
async function leave(page: Page): Promise<void> {
  await page.mouse.move(1100, 600);
  await page.waitForFunction((selector) => document.querySelector(selector) === null, HOVER, { timeout: TIMEOUT });
}

/** Puts the cursor at the end of a line of shop.service as it was: nothing is ever added above it. */
async function goToLine(page: Page, line: string): Promise<void> {
  const number = SHOP.split("\n").indexOf(line) + 1;
  await leave(page);
  await page.keyboard.press("Control+g");
  await page.locator(INPUT).fill(`:${number}`);
  await page.keyboard.press("Enter");
  await page.locator('[id="status.editor.selection"]', { hasText: `Ln ${number},` }).waitFor({ timeout: TIMEOUT });
  await page.keyboard.press("End");
}

/** Waits until the editor has a line with this text and no more. */
async function lineIs(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (want) =>
      [...document.querySelectorAll(".monaco-editor .view-line")].some(
        (line) => line.textContent?.replaceAll("\u00a0", " ") === want,
      ),
    text,
    { timeout: TIMEOUT },
  );
}

/** Waits for an entry of the suggest widget, asking for suggestions if they do not come by themselves and it may. */
async function suggestion(page: Page, label: RegExp, { focused = false, ask = false } = {}): Promise<void> {
  const row = page.locator(focused ? `${SUGGESTION}.focused` : SUGGESTION, { hasText: label }).first();
  if (ask && !(await appears(row, 1500))) await page.keyboard.press("Control+Space");
  await row.waitFor({ timeout: TIMEOUT });
}

async function openFixes(page: Page): Promise<void> {
  await goToLine(page, HEADER);
  await page.keyboard.press("Control+.");
  await fix(page, "Add ProtectHome=");
}

/** The entry of the open quick-fix menu that starts so. A long menu only has rows for what is scrolled into view. */
async function fix(page: Page, start: string): Promise<Locator> {
  const rows = page.locator(FIX);
  await rows.first().waitFor({ timeout: TIMEOUT });
  const wanted = rows.filter({ hasText: new RegExp(`^\\s*${start}`) }).first();
  for (let tries = 0; tries < 60 && !(await wanted.isVisible()); tries++) await page.keyboard.press("ArrowDown");
  await wanted.waitFor({ timeout: TIMEOUT });
  return wanted;
}

async function changed(file: string, before: string): Promise<string> {
  for (const deadline = Date.now() + TIMEOUT; Date.now() < deadline; await sleep(50)) {
    const text = await readFile(file, "utf8");
    if (text !== before && text !== "") return text;
  }
  throw new Error(`${file} did not change`);
}

// --- Running them ---

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { vsix: { type: "string" }, shots: { type: "string" } } });
  const vsix = resolve(values.vsix ?? packagedExtension(console.log));
  const shots = resolve(values.shots ?? "coverage/editor");
  await mkdir(shots, { recursive: true });
  for (const old of await readdir(shots)) if (old.startsWith("failure")) await rm(join(shots, old));

  const begun = performance.now();
  const start = "1 starts VS Code with the extension installed";
  const rig = await startRig(vsix, FILES, console.log).catch((error: unknown) => notOk(start, begun, error));
  if (rig) ok(start, begun);
  const passed = rig ? 1 + (await runSteps(rig, shots)) : 0;
  const failed = 1 + STEPS.length - passed;
  console.log(`Pictures in ${shots}; ${seconds(begun)} in all`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** Runs the steps, stops the rig and returns how many steps passed. */
async function runSteps(rig: Rig, shots: string): Promise<number> {
  const { page } = rig;
  const shot = async (name: string) => {
    await page.screenshot({ path: join(shots, `${name}.png`), animations: "disabled" });
  };
  let passed = 0;
  try {
    for (const [index, step] of STEPS.entries()) {
      const title = `${index + 2} ${step.name}`;
      const begun = performance.now();
      try {
        await step.run({ ...rig, shot });
        ok(title, begun);
        passed++;
      } catch (error) {
        notOk(title, begun, error);
        console.log(indented(await visibleText(page)));
        await shot(passed === index ? "failure" : `failure-${index + 2}`);
        if (step.vital) break;
        await page.keyboard.press("Escape");
      }
    }
  } finally {
    await rig.stop();
  }
  return passed;
}

const ok = (title: string, begun: number): void => console.log(`ok ${title} (${seconds(begun)})`);

function notOk(title: string, begun: number, error: unknown): void {
  console.log(`not ok ${title} (${seconds(begun)})`);
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.log(indented(stripVTControlCharacters(told)));
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const indented = (text: string): string => text.replace(/^/gm, "    ");

/** What the editor and the widgets over it say: it tells more of a failure than its stack. */
async function visibleText(page: Page): Promise<string> {
  const found = [];
  for (const [name, selector] of Object.entries(VISIBLE)) {
    const texts = await page.locator(selector).allInnerTexts();
    found.push(`${name}: ${texts.length === 0 ? "none" : JSON.stringify(texts)}`);
  }
  return found.join("\n");
}

const VISIBLE = {
  lines: ".monaco-editor .view-line",
  hover: HOVER,
  suggestions: SUGGESTION,
  fixes: FIX,
  notifications: ".notification-toast",
};

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
