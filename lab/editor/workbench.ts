import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";
import { type Rig, VIEWPORT } from "./rig.ts";

/** A service of a web shop with little hardening. */
export const SHOP = `[Unit]
Description=Web shop
Documentation=man:shop(8)
Wants=network-online.target
After=network-online.target

[Service]
User=shop
ExecStart=/usr/bin/gotosocial --listen 8080
Restart=on-failure
ProtectSystem=full
PrivateTmp=yes

[Install]
WantedBy=multi-user.target
`;

/** The line that findings about the whole service point at. */
export const HEADER = "[Service]";

/** What the steps use: the rig, and a camera. */
export interface Scene extends Rig {
  shot(name: string): Promise<void>;
}

/** One thing that a person does and sees. */
export interface Step {
  readonly name: string;
  /** When this step fails, the ones after it cannot be tried. */
  readonly vital?: boolean;
  run(scene: Scene): Promise<void>;
}

export const TIMEOUT = 15_000;
export const HOVER = ".monaco-hover:not(.hidden)";
export const INPUT = ".quick-input-widget input[type=text]";
export const SUGGESTION = ".suggest-widget.visible .monaco-list-row";
export const FIX = ".action-widget .monaco-list-row";

export async function openFile({ page, workspace }: Scene, path: string): Promise<void> {
  const name = path.replace(/^.*\//, "");
  await page.keyboard.press("Control+p");
  await page.locator(INPUT).fill(join(workspace, path));
  await pick(page, name);
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: TIMEOUT });
  await page.locator(".monaco-editor.focused .view-line").first().waitFor({ timeout: TIMEOUT });
}

/** Opens a file as the first one: a busy workbench takes its time until it lists any. */
export async function openFirst(scene: Scene, file: string): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const opened = await openFile(scene, file).then(
      () => true,
      () => false,
    );
    if (opened) return;
    await scene.page.keyboard.press("Escape");
  }
  await openFile(scene, file);
}

/** The entry with this label and no other of the list at the top. */
export const rowOf = (page: Page, label: string): Locator =>
  page.locator(".quick-input-list .monaco-list-row", {
    has: page.locator(".label-name").getByText(label, { exact: true }),
  });

/** Chooses the entry with this label and no other from the list at the top, wherever it stands there. */
export async function pick(page: Page, label: string): Promise<void> {
  const row = rowOf(page, label);
  await row.first().waitFor({ timeout: TIMEOUT });
  const focused = row.and(page.locator(".focused"));
  for (let tries = 0; tries < 20 && !(await focused.isVisible()); tries++) await page.keyboard.press("ArrowDown");
  await focused.waitFor({ timeout: TIMEOUT });
  await page.keyboard.press("Enter");
}

export async function languageIs(page: Page, name: string): Promise<void> {
  const entry = page.locator('[id="status.editor.mode"]');
  await entry.filter({ hasText: new RegExp(`^${name}$`) }).waitFor({ timeout: TIMEOUT });
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The middle of a word in a line of the editor, once they are shown and `mark`, if given, is drawn on the word. */
export async function placeOf(page: Page, line: string, word: string, mark = "", timeout = TIMEOUT): Promise<Place> {
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

/** Rests the mouse on a word until a hover with this text shows; again where a code lens has moved the line meanwhile. */
export async function hover(page: Page, line: string, word: string, text: string): Promise<Locator> {
  const shown = page.locator(HOVER, { hasText: text }).first();
  for (const deadline = Date.now() + 2 * TIMEOUT; Date.now() < deadline; await leave(page)) {
    const { x, y } = await placeOf(page, line, word);
    await page.mouse.move(x, y);
    for (const patience = Date.now() + TIMEOUT / 3; Date.now() < patience; await sleep(50)) {
      if (await shown.isVisible()) return shown;
      const now = await placeOf(page, line, word);
      if (now.x !== x || now.y !== y) break;
    }
  }
  throw new Error(`No hover of ${word} in ${line} says ${text}`);
}

export async function appears(element: Locator, timeout: number): Promise<boolean> {
  return await element.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

/** Takes the mouse off the text, to where the status bar is empty, and waits until no hover is left. */
export async function leave(page: Page): Promise<void> {
  const { width, height } = page.viewportSize() ?? VIEWPORT;
  await page.mouse.move(width / 2, height - 8);
  await page.waitForFunction((selector) => document.querySelector(selector) === null, HOVER, { timeout: TIMEOUT });
}

/** Puts the cursor at the end of a line of shop.service as it was: nothing is ever added above it. */
export async function goToLine(page: Page, line: string): Promise<void> {
  const number = SHOP.split("\n").indexOf(line) + 1;
  await leave(page);
  await page.keyboard.press("Control+g");
  await page.locator(INPUT).fill(`:${number}`);
  await page.keyboard.press("Enter");
  await page.locator('[id="status.editor.selection"]', { hasText: `Ln ${number},` }).waitFor({ timeout: TIMEOUT });
  await page.keyboard.press("End");
}

/** Waits until the editor has a line with this text and no more. */
export async function lineIs(page: Page, text: string): Promise<void> {
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
export async function suggestion(page: Page, label: RegExp, { focused = false, ask = false } = {}): Promise<void> {
  const row = page.locator(focused ? `${SUGGESTION}.focused` : SUGGESTION, { hasText: label }).first();
  if (ask && !(await appears(row, 1500))) await page.keyboard.press("Control+Space");
  await row.waitFor({ timeout: TIMEOUT });
}

/** Opens the actions at the cursor: again where a change of the window has closed them. */
export async function openActions(page: Page): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    await page.keyboard.press("Control+.");
    if (await appears(page.locator(FIX).first(), TIMEOUT / 3)) break;
  }
}

/** Opens the quick fixes of the [Service] header. */
export async function openFixes(page: Page): Promise<void> {
  await goToLine(page, HEADER);
  await openActions(page);
  await fix(page, "Add ProtectHome=");
}

/** The entry of the open quick-fix menu that starts so. A long menu only has rows for what is scrolled into view. */
export async function fix(page: Page, start: string): Promise<Locator> {
  const rows = page.locator(FIX);
  await rows.first().waitFor({ timeout: TIMEOUT });
  const wanted = rows.filter({ hasText: new RegExp(`^\\s*${start}`) }).first();
  for (let tries = 0; tries < 60 && !(await wanted.isVisible()); tries++) await page.keyboard.press("ArrowDown");
  await wanted.waitFor({ timeout: TIMEOUT });
  return wanted;
}

/** The text of a file once it is another one, read twice: what is read while it is written may end early. */
export async function changed(file: string, before: string): Promise<string> {
  let last = before;
  for (const deadline = Date.now() + TIMEOUT; Date.now() < deadline; await sleep(50)) {
    const text = await readFile(file, "utf8");
    if (text !== before && text !== "" && text === last) return text;
    last = text;
  }
  throw new Error(`${file} did not change`);
}

/** Clicks on a word of a line, with nothing open that may lie over it. */
export async function clickOn(page: Page, line: string, word: string): Promise<void> {
  await leave(page);
  const { x, y } = await placeOf(page, line, word);
  await page.mouse.click(x, y);
}
