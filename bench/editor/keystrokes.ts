/**
 * How many keys a service of seven lines takes from an empty file in a real VS Code, for whoever looks at the list after each
 * key and accepts the focused entry wherever that saves more than one.
 * Usage: node --import=tsx bench/editor/keystrokes.ts [--vsix FILE]
 */
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { packagedExtension } from "../../lab/editor/install.ts";
import { SEVEN_LINES } from "../../lab/editor/keystrokes.ts";
import { startRig } from "../../lab/editor/rig.ts";
import { languageIs, openFile, SUGGESTION } from "../../lab/editor/workbench.ts";

const { values } = parseArgs({ options: { vsix: { type: "string" } } });

/** How long a list may take to show and to settle, in milliseconds. */
const LOOK = 900;
/** More keys than the text has. */
const MOST = 2 * SEVEN_LINES.length;

const FOCUSED = `${SUGGESTION}.focused`;

/** What stands before the cursor. */
async function typed(page: Page): Promise<string> {
  const lines = await page
    .locator(".monaco-editor .view-line")
    .evaluateAll((all) =>
      (all as HTMLElement[])
        .sort((a, b) => Number.parseFloat(a.style.top) - Number.parseFloat(b.style.top))
        .map((it) => it.textContent?.replaceAll("\u00a0", " ") ?? ""),
    );
  const [place = ""] = await page.locator('[id="status.editor.selection"]').allInnerTexts();
  const [, line, column] = /Ln (\d+), Col (\d+)/.exec(place) ?? [];
  return [...lines.slice(0, Number(line) - 1), (lines[Number(line) - 1] ?? "").slice(0, Number(column) - 1)].join("\n");
}

/** The next key: Enter where the focused entry saves keys, Escape where it would be taken by Enter, else what comes next. */
async function nextKey(page: Page, text: string): Promise<string> {
  const rest = SEVEN_LINES.slice(text.length);
  const [label = ""] = await page.locator(`${FOCUSED} .label-name`).allInnerTexts();
  const [program = ""] = await page.locator(`${FOCUSED} .details-label`).allInnerTexts();
  const saved = Math.max(...[label, program].map((it) => savedBy(it.trim(), text, rest)));
  if (saved > 1 || (saved > 0 && label.startsWith("["))) return "\n";
  const isOpen = label !== "";
  return isOpen && rest.startsWith("\n") ? "Escape" : (rest[0] ?? "");
}

/** How many characters of the rest an entry brings, wherever on the line it begins. */
function savedBy(entry: string, text: string, rest: string): number {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  let saved = 0;
  for (let at = 0; at <= line.length && entry !== ""; at++) {
    const brings = at + entry.length - line.length;
    // A program is typed by its name and stands there with its folder.
    const fits =
      (line + rest).slice(at).startsWith(entry) || (entry.endsWith(line.slice(at)) && rest.startsWith(entry));
    if (fits) saved = Math.max(saved, brings);
  }
  return saved;
}

async function main(): Promise<void> {
  const vsix = values.vsix ?? packagedExtension(console.error);
  const settings = { "editor.wordBasedSuggestions": undefined };
  const rig = await startRig({ host: "process", vsix }, { "shop.service": "" }, console.error, { settings });
  const { page } = rig;
  try {
    await openFile({ ...rig, shot: () => Promise.resolve() }, "shop.service");
    await languageIs(page, "systemd unit");
    const keys: string[] = [];
    for (;;) {
      await page.waitForTimeout(LOOK);
      const text = await typed(page);
      if (text === SEVEN_LINES) break;
      if (!SEVEN_LINES.startsWith(text) || keys.length > MOST) throw new Error(`led astray: ${JSON.stringify(text)}`);
      const key = await nextKey(page, text);
      await page.keyboard.press(key === "\n" ? "Enter" : key === " " ? "Space" : key);
      keys.push(key);
    }
    const shown = keys.map((it) => (it === "\n" ? "⏎" : it === "Escape" ? "␛" : it)).join("");
    console.log(`${keys.length} keystrokes for a seven-line service: ${shown}`);
  } finally {
    await rig.stop();
  }
}

void main();
