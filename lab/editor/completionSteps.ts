import assert from "node:assert/strict";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { typedBeginnings } from "../../build/typedBeginnings.ts";
import { KEYSTROKES, SEVEN_LINES } from "./keystrokes.ts";
import {
  appears,
  hover,
  languageIs,
  leave,
  lineIs,
  openFile,
  type Scene,
  type Step,
  SUGGESTION,
  suggestion,
  TIMEOUT,
} from "./workbench.ts";

/** The file in which the first letters of a section's directives are typed. */
const lettersIn = (section: string): string => `letters-${section.toLowerCase()}.service`;

const WORDS = "[Unit]\nDescription=The application of a company\nDocumentation=man:application(8)\n\n";

/** Files to complete in, and one whose words must not come into others. */
export const COMPLETION_FILES: Readonly<Record<string, string>> = {
  "words.service": WORDS,
  "blank.service": "",
  "shop.service": "",
  "begun.service": "[Unit]\nDescription=Begun\n\n",
  "tools.service": "[Service]\n",
  "lists.service": "[Service]\nEnvironment=PORT=8080\n",
  ...Object.fromEntries(typedBeginnings().map(({ section }) => [lettersIn(section), `[${section}]\n`])),
  "nightly.timer": "[Unit]\nDescription=Nightly\n\n[Timer]\nOnCalendar=daily\n\n",
};

const FOCUSED = `${SUGGESTION}.focused`;

/** Waits until the first entry of the list is this one, and has the focus; asks for the list where a busy machine lost it. */
async function firstIs(page: Page, label: RegExp): Promise<void> {
  const row = page.locator(SUGGESTION).first().filter({ hasText: label }).and(page.locator(".focused"));
  if (!(await appears(row, TIMEOUT / 3))) await page.keyboard.press("Control+Space");
  await row.waitFor({ timeout: TIMEOUT });
}

/** Presses keys, counts them, and waits for what each is meant to bring about. */
function counting(page: Page): { keys: (text: string, then?: RegExp) => Promise<void>; count: () => number } {
  let count = 0;
  return {
    async keys(text, then) {
      for (const key of text) {
        await page.keyboard.press(key === "\n" ? "Enter" : key === " " ? "Space" : key);
        count++;
      }
      if (then) await page.locator(FOCUSED, { hasText: then }).first().waitFor({ timeout: TIMEOUT });
    },
    count: () => count,
  };
}

/** The lines of the file that is open. */
async function textIs(page: Page, text: string): Promise<void> {
  for (const line of text.split("\n").filter((it) => it !== "")) await lineIs(page, line);
  const shown = await page.locator(".monaco-editor .view-line").allInnerTexts();
  const lines = shown.map((it) => it.replaceAll("\u00a0", " ").trimEnd());
  assert.deepEqual(
    lines.filter((it) => it !== "").toSorted(),
    text
      .split("\n")
      .filter((it) => it !== "")
      .toSorted(),
  );
}

async function openAtEnd(scene: Scene, name: string): Promise<void> {
  await openFile(scene, name);
  await languageIs(scene.page, "systemd unit");
  // The list closes when the focus moves: until then the box at the top may still have it.
  await scene.page.locator(".quick-input-widget").waitFor({ state: "hidden", timeout: TIMEOUT });
  await scene.page.keyboard.press("Control+End");
  const lines = (COMPLETION_FILES[name] ?? "").split("\n").length;
  const place = scene.page.locator('[id="status.editor.selection"]', { hasText: `Ln ${lines},` });
  await place.waitFor({ timeout: TIMEOUT });
}

/** Whether the list is closed. */
const closed = (page: Page): Promise<void> =>
  page.locator(SUGGESTION).first().waitFor({ state: "hidden", timeout: TIMEOUT });

/** Types units as a newcomer does, with the editor's own settings for suggestions. */
export const COMPLETION_STEPS: readonly Step[] = [
  {
    name: "offers services first in an empty .service, and nothing of other files",
    async run(scene) {
      const { page } = scene;
      await openAtEnd(scene, "words.service");
      await hover(page, "Description=The", "Description", "Description="); // the server has started then
      await leave(page);
      await openAtEnd(scene, "blank.service");
      await page.keyboard.type("s");
      await firstIs(page, /^service/);
      const labels = await page.locator(SUGGESTION).allInnerTexts();
      assert.ok(
        !labels.some((it) => /application|company|timer\b(?!-)|^path/.test(it.split("\n")[0] ?? "")),
        labels.join("|"),
      );
      await scene.shot("60-empty-service");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Backspace");
    },
  },
  {
    name: "keeps what is typed: a description, a time, a word that is whole",
    async run(scene) {
      const { page } = scene;
      await openAtEnd(scene, "words.service");
      await page.keyboard.type("Description=My app");
      await page.waitForTimeout(1000); // a list would come by now
      await page.keyboard.press("Enter");
      await lineIs(page, "Description=My app");
      await page.keyboard.type("Description=A service");
      await page.waitForTimeout(1000);
      await page.keyboard.press("Enter");
      await lineIs(page, "Description=A service");
      await page.keyboard.type("[Service]");
      await page.keyboard.press("Enter");
      await page.keyboard.type("RestartSec=5");
      await page.waitForTimeout(1000);
      await page.keyboard.press("Enter");
      await lineIs(page, "RestartSec=5");
      await page.keyboard.type("Restart=no");
      await closed(page);
      await page.keyboard.press("Enter");
      await lineIs(page, "Restart=no");
      await page.keyboard.type("Type=notify");
      await firstIs(page, /^notify(?!-)/);
      await suggestion(page, /^notify-reload/);
      await scene.shot("60-whole");
      await page.keyboard.press("Enter");
      await closed(page);
      await lineIs(page, "Type=notify");
    },
  },
  {
    name: "writes a seven-line service from empty with few keys",
    async run(scene) {
      const { page } = scene;
      await openAtEnd(scene, "shop.service");
      const { keys, count } = counting(page);
      await keys("[", /^\[Unit\]/);
      await keys("\n", /^Description/);
      await keys("\n");
      await lineIs(page, "Description=");
      await keys("My app\n[", /^\[Service\]/);
      await keys("\n", /^ExecStart/);
      await keys("\n", /./);
      const node = page.locator(FOCUSED, { hasText: /^node/ }).first();
      if (!(await appears(node, TIMEOUT / 3))) {
        // A busy machine had not read its programs yet.
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+Space");
        await node.waitFor({ timeout: TIMEOUT });
      }
      await scene.shot("61-exec-start");
      await keys("\n");
      await lineIs(page, "ExecStart=/usr/bin/node");
      await keys("\nU", /^User/);
      await keys("\n", /^shop/);
      await scene.shot("62-user");
      await keys("\n\nR", /^Restart/);
      await keys("\n", /^on-failure/);
      await keys("\n\n[", /^\[Install\]/);
      await keys("\n", /^WantedBy/);
      await keys("\n", /^multi-user\.target/);
      await scene.shot("63-wanted-by");
      await keys("\n");
      await textIs(page, SEVEN_LINES);
      await page.locator(".codelens-decoration", { hasText: "9.0 UNSAFE" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("64-seven-lines");
      console.log(`    ${count()} keystrokes for a seven-line service`);
      assert.equal(count(), KEYSTROKES.practised);
    },
  },
  {
    name: "offers the sections that are missing first, and timers.target to a timer",
    async run(scene) {
      const { page } = scene;
      await openAtEnd(scene, "begun.service");
      await page.keyboard.type("[");
      await firstIs(page, /^\[Service\]/);
      await scene.shot("65-sections");
      await page.keyboard.press("Escape");
      await openAtEnd(scene, "nightly.timer");
      await page.keyboard.type("[");
      await firstIs(page, /^\[Install\]/);
      await page.keyboard.press("Enter");
      await firstIs(page, /^WantedBy/);
      await page.keyboard.press("Enter");
      await firstIs(page, /^timers\.target/);
      await page.keyboard.press("Enter");
      await lineIs(page, "WantedBy=timers.target");
    },
  },
  {
    name: "completes a program by its folders, and leaves out what nobody can execute",
    async run(scene) {
      const { page, workspace } = scene;
      const folder = join(workspace, "tools");
      await mkdir(folder, { recursive: true });
      for (const name of ["run", "notes"]) await writeFile(join(folder, name), "#!/bin/sh\n");
      await chmod(join(folder, "run"), 0o755);
      await openAtEnd(scene, "tools.service");
      await page.keyboard.type(`ExecStart=${workspace}/to`);
      await suggestion(page, /^tools\//, { focused: true, ask: true });
      await page.keyboard.press("Enter");
      await suggestion(page, /^run/, { focused: true });
      const labels = await page.locator(SUGGESTION).allInnerTexts();
      assert.equal(labels.length, 1, labels.join("|"));
      await scene.shot("66-folder");
      await page.keyboard.press("Enter");
      await lineIs(page, `ExecStart=${folder}/run`);
      await closed(page);
    },
  },
  {
    name: "has what is meant first for the first letters of a directive",
    async run(scene) {
      const { page } = scene;
      let open = "";
      for (const { section, typed, meant } of typedBeginnings()) {
        if (section !== open) await openAtEnd(scene, lettersIn(section));
        open = section;
        await page.keyboard.type(typed);
        await firstIs(page, new RegExp(`^${meant}`));
        // The text of a row goes on with its summary.
        const first = page.locator(SUGGESTION).first().locator(".label-name");
        await first.filter({ hasText: new RegExp(`^${meant}$`) }).waitFor({ timeout: TIMEOUT });
        if (typed === "mem" || typed === "std") await scene.shot(`67-letters-${typed}`);
        await page.keyboard.press("Escape");
        for (const _ of typed) await page.keyboard.press("Backspace");
        await lineIs(page, `[${section}]`);
        await closed(page);
      }
    },
  },
  {
    name: "has what is meant first in values: a deny list, accounts, variables, plain programs",
    async run(scene) {
      const { page, workspace } = scene;
      const folder = join(workspace, "py");
      await mkdir(folder, { recursive: true });
      for (const name of ["python3.13", "python-argcomplete", "python3-config", "python3"])
        await writeFile(join(folder, name), "#!/bin/sh\n", { mode: 0o755 });
      await openAtEnd(scene, "lists.service");
      const line = async (text: string, first: RegExp, shot: string): Promise<void> => {
        await page.keyboard.type(text);
        await firstIs(page, first);
        await scene.shot(shot);
        await page.keyboard.press("Escape");
        await closed(page);
        await page.keyboard.press("Enter");
      };
      await line("SystemCallFilter=~", /^@privileged/, "68-deny-list");
      await line("User=", /^lists/, "69-accounts");
      await line("ExecReload=/bin/kill -HUP $", /^MAINPID/, "70-variables");
      await line(`ExecStartPre=${folder}/pyth`, /^python3(?![.-])/, "71-plain-program");
      await line("BusName=", /./, "72-bus-names");
      await line("LoadCredential=", /./, "73-credentials");
    },
  },
];
