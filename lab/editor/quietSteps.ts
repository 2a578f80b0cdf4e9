import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { viewWith } from "./views.ts";
import {
  FIX,
  fix,
  HEADER,
  hover,
  INPUT,
  languageIs,
  leave,
  lineIs,
  openFile,
  placeOf,
  type Step,
  suggestion,
  TIMEOUT,
} from "./workbench.ts";

const ORDINARY = `[Unit]
Description=Guest book
After=network.target

[Service]
User=guestbook
ExecStart=/usr/bin/gotosocial --listen 8080
StateDirectory=guestbook

[Install]
WantedBy=multi-user.target
`;

/** What each wrong line says first, so that a narrow list shows it. */
const MISTAKES: Readonly<Record<string, RegExp>> = {
  "Restart=allways": /^"allways" is no value of Restart=; did you mean always\?/,
  "ProtectHoem=yes": /^Unknown directive ProtectHoem= in \[Service\]; did you mean ProtectHome=\?/,
  "SystemCallFilter=@system-service ~@privileged": /^"~@privileged" in SystemCallFilter= begins with ~/,
  "[Sevice]": /^Unknown section \[Sevice\]; did you mean \[Service\]\?/,
};

/** One of whose program nobody knows what it reads. */
const UNKNOWN = `[Unit]
Description=Orders

[Service]
User=orders
ExecStart=/opt/orders/bin/orders --port 8080
Restart=allways

[Install]
WantedBy=multi-user.target
`;

/** One of which nothing is known but its user. */
const STRANGE = ORDINARY.replace("Guest book", "Zorb")
  .replaceAll(/guestbook|gotosocial/g, "zorb")
  .replace(/ --listen.*|StateDirectory=.*\n/g, "");

/** Services as people write them, with nothing that protects them, one with slips, and some to type in. */
export const QUIET_FILES: Readonly<Record<string, string>> = {
  "guestbook.service": ORDINARY,
  "orders.service": UNKNOWN,
  "zorb.service": STRANGE,
  "typed.service": ORDINARY.replace(/ExecStart=.*/, "ExecStart="),
  "backup.timer": "[Unit]\nDescription=Backup\n\n[Timer]\nOnCalendar=daily\n\n[Install]\nWantedBy=timers.target\n",
  "backup.service": "[Unit]\nDescription=Backup\n\n[Service]\nType=oneshot\nExecStart=/usr/bin/backup\n",
  "slips.service": ["[Service]", "ExecStart=/usr/bin/slips", ...Object.keys(MISTAKES), ""].join("\n"),
};

/** The button that applies a preview stands in the title of the editor. */
export const QUIET_SETTINGS: Readonly<Record<string, unknown>> = {
  "workbench.editor.editorActionsLocation": "default",
  "workbench.colorTheme": "Default Light Modern",
};

/** What Ctrl+. on the header lists first, in this order. */
const FIRST_FIXES = [
  /^Add all \d+ safe settings \(\d\.\d → \d\.\d\)$/,
  /^Add ProtectSystem=strict/,
  /^Add ProtectHome=tmpfs/,
  /^Add \w+=/,
  /^Preview…$/,
  /^Tell what it does…$/,
  /^More settings…$/,
  /^Ignore all hardening advice/,
];

/** Typing, a key every so many milliseconds. */
const KEY = { delay: 90 };

/** What an editor shows of findings while a line is typed. */
const TYPING_STEPS: readonly Step[] = [
  {
    name: "brings no finding while a command is typed, and the summary once typing rests",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "typed.service");
      await placeOf(page, HEADER, "Service", ".squiggly-error", 60_000);
      await goToEnd(page, "ExecStart=", 7);
      const changes = await watchFindings(page);
      await page.keyboard.type("/usr/bin/python3 /usr/lib/guest", KEY);
      await scene.shot("79-typing");
      await placeOf(page, HEADER, "Service", ".squiggly-warning");
      await scene.shot("79-typed");
      const all = await changes();
      console.log(`    ${all.length - 1} changes: ${all.map(({ drawn, quiet }) => `${drawn} ${quiet} ms`).join(", ")}`);
      comeAtRest(all);
    },
  },
  {
    name: "shows no finding for a second OnCalendar= that was accepted from the list",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "backup.timer");
      await goToEnd(page, "OnCalendar=daily", 5);
      await page.keyboard.press("Enter");
      const changes = await watchFindings(page);
      await page.keyboard.type("OnCal", KEY);
      await suggestion(page, /^OnCalendar/, { focused: true });
      await page.keyboard.press("Enter");
      await page.keyboard.type("Mon..Fri 08:00", KEY);
      await lineIs(page, "OnCalendar=Mon..Fri 08:00");
      await scene.shot("79-second-calendar");
      comeAtRest(await changes());
    },
  },
];

/** What the Problems panel, Ctrl+. and the hover on [Service] show of an ordinary service, and what one click does. */
export const QUIET_STEPS: readonly Step[] = [
  {
    name: "opens an ordinary service with at most three rows in the Problems panel",
    vital: true,
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "guestbook.service");
      await languageIs(page, "systemd unit");
      await placeOf(page, HEADER, "Service", ".squiggly-warning", 60_000); // the server has just been started
      await levelIs(page, "9.0 UNSAFE");
      await scene.shot("70-first-open");
      await page.keyboard.press("Control+Shift+m");
      const rows = page.locator(".markers-panel .monaco-list-row");
      await rows.filter({ hasText: "safe settings are missing" }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("71-problems");
      const problems = (await rows.allInnerTexts()).filter((it) => !it.includes("guestbook.service"));
      assert.ok(problems.length <= 3, problems.join("\n"));
      await page.keyboard.press("Control+Shift+m");
      await rows.first().waitFor({ state: "hidden", timeout: TIMEOUT });
    },
  },
  {
    name: "says on hover what buys most, in at most 15 lines",
    async run(scene) {
      const { page } = scene;
      const shown = await hover(page, HEADER, "Service", "safe settings are missing");
      await scene.shot("72-hover-service");
      const [text = ""] = await shown.locator(".hover-contents").filter({ hasText: "is the exposure" }).allInnerTexts();
      const lines = text.split("\n").filter((it) => it.trim() !== "");
      assert.ok(lines.length <= 15, text);
      await leave(page);
    },
  },
  {
    name: "offers at most eight fixes first, the best on top",
    async run(scene) {
      const { page } = scene;
      await openActions(page);
      await scene.shot("73-fixes");
      const fixes = await firstGroup(page);
      assert.equal(fixes.length, FIRST_FIXES.length, fixes.join("\n"));
      for (const [i, wanted] of FIRST_FIXES.entries()) assert.match(fixes[i] ?? "", wanted);
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "offers the same as refactorings on a line in the middle of the section",
    async run(scene) {
      const { page } = scene;
      await openActions(page, "ExecStart=/usr/bin/gotosocial", "ExecStart");
      await scene.shot("73-middle-line");
      const all = await page.locator(FIX).allInnerTexts();
      for (const wanted of ["Harden this service: basic", "Add ProtectHome=tmpfs", "Preview…", "More settings…"])
        assert.ok(
          all.some((it) => it.includes(wanted)),
          all.join("\n"),
        );
      await (await fix(page, "Harden this service: basic")).click();
      await lineIs(page, "ProtectHome=tmpfs");
      await page.keyboard.press("Control+z");
      await gone(page.locator(".view-line", { hasText: "ProtectHome=tmpfs" }));
    },
  },
  {
    name: "hardens the service with one choice, and one undo takes it back",
    async run(scene) {
      const { page } = scene;
      await openActions(page);
      await (await fix(page, "Harden this service: strict")).click();
      await lineIs(page, "ProtectHome=tmpfs");
      await levelIs(page, "1.7 OK");
      await scene.shot("74-hardened");
      await page.keyboard.press("Control+z");
      await lineIs(page, "StateDirectory=guestbook");
      await gone(page.locator(".view-line", { hasText: "ProtectHome=tmpfs" }));
      await levelIs(page, "9.0 UNSAFE");
      await scene.shot("75-undone");
    },
  },
  {
    name: "shows a preview as a diff, and applies it from there",
    async run(scene) {
      const { page } = scene;
      await openActions(page);
      await (await fix(page, "Preview")).click();
      const rows = page.locator(".quick-input-list .monaco-list-row");
      await rows.filter({ hasText: "Harden this service: basic" }).first().waitFor({ timeout: TIMEOUT });
      await page.locator(INPUT).press("Enter");
      const diff = page.locator(".monaco-diff-editor");
      await diff
        .locator(".modified .view-line", { hasText: "ProtectHome=tmpfs" })
        .first()
        .waitFor({ timeout: TIMEOUT });
      await scene.shot("76-preview");
      await page.locator('.editor-actions a.action-label[aria-label^="Apply"]').first().click();
      await gone(diff);
      await lineIs(page, "ProtectHome=tmpfs");
      await levelIs(page, "4.7 OK");
      await page.locator(".view-line", { hasText: "ProtectHome=tmpfs" }).first().click();
      await page.keyboard.press("Control+z");
      await gone(page.locator(".view-line", { hasText: "ProtectHome=tmpfs" }));
      await levelIs(page, "9.0 UNSAFE");
    },
  },
  {
    name: "asks what the service does, and states a no to each question in it",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "zorb.service");
      const lens = page.locator(".codelens-decoration a", { hasText: "safe settings are missing" }).first();
      const after = async (): Promise<number> => Number(/→ (\d\.\d)\)/.exec((await lens.textContent()) ?? "")?.[1]);
      await lens.waitFor({ timeout: TIMEOUT });
      const before = await after();
      await openActions(page);
      await (await fix(page, "Tell what it does")).click();
      const statement = page.locator(".view-line", { hasText: "# unit-warden: no " }).first();
      const questions = new Set<string>();
      for (const end = Date.now() + TIMEOUT; Date.now() < end && !(await statement.isVisible()); ) {
        const input = page.locator(INPUT);
        const question = (await input.isVisible()) ? ((await input.getAttribute("placeholder")) ?? "") : "";
        if (question.endsWith("?") && !questions.has(question)) {
          questions.add(question);
          await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "No" }).waitFor();
          await scene.shot(`76-question-${questions.size}`);
          await page.keyboard.press("Enter");
        }
        await page.waitForTimeout(100);
      }
      assert.ok(await statement.isVisible());
      assert.ok(questions.size > 0 && questions.size <= 8, [...questions].join("\n"));
      await page.waitForTimeout(2000);
      await scene.shot("76-stated");
      assert.ok((await after()) < before - 1, `${before} ${await after()}`);
      await page.keyboard.press("Control+z");
      await gone(statement);
      await openFile(scene, "guestbook.service");
    },
  },
  {
    name: "lists more settings with what they buy and may break",
    async run(scene) {
      const { page } = scene;
      await openActions(page);
      await (await fix(page, "More settings")).click();
      const row = page.locator(".quick-input-list .monaco-list-row", { hasText: "Add LockPersonality=yes" }).first();
      await page.locator(INPUT).waitFor({ timeout: TIMEOUT });
      await scene.shot("77-more-settings");
      await page.locator(INPUT).fill("LockPersonality");
      await row.waitFor({ timeout: TIMEOUT });
      await page.locator(INPUT).press("Enter");
      await lineIs(page, "LockPersonality=yes");
    },
  },
  {
    name: "silences all advice for a service with one comment",
    async run(scene) {
      const { page } = scene;
      await openActions(page);
      await (await fix(page, "Ignore")).click();
      await lineIs(page, "# unit-warden: ignore hardening");
      await gone(page.locator(".squiggly-warning"));
      await gone(page.locator(".codelens-decoration", { hasText: /missing|open decisions/ }));
      await scene.shot("78-ignored");
    },
  },
  ...TYPING_STEPS,
  {
    name: "begins each row of the Problems panel with what is wrong",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "slips.service");
      await placeOf(page, "ProtectHoem=yes", "ProtectHoem", ".squiggly-error", 30_000);
      await page.keyboard.press("Control+Shift+m");
      const rows = page.locator(".markers-panel .monaco-list-row");
      for (const wanted of Object.values(MISTAKES))
        await rows
          .locator(".marker-message-details-container", { hasText: new RegExp(wanted.source.slice(1)) })
          .first()
          .waitFor({ timeout: TIMEOUT });
      await scene.shot("79-wrong-word-first");
      const messages = (await rows.locator(".marker-message-details-container").allInnerTexts()).map((it) => it.trim());
      for (const wanted of Object.values(MISTAKES))
        assert.ok(
          messages.some((it) => wanted.test(it)),
          messages.join("\n"),
        );
      await page.keyboard.press("Control+Shift+m");
    },
  },
];

/** Puts the cursor at the end of a line. */
async function goToEnd(page: Page, text: string, line: number): Promise<void> {
  await leave(page);
  await lineIs(page, text);
  await page.keyboard.press("Control+g");
  await page.locator(INPUT).fill(`:${line}`);
  await page.keyboard.press("Enter");
  await page.locator(INPUT).waitFor({ state: "hidden", timeout: TIMEOUT });
  await page.keyboard.press("End");
  const place = `Ln ${line}, Col ${text.length + 1}`;
  await page.locator('[id="status.editor.selection"]', { hasText: place }).waitFor({ timeout: TIMEOUT });
}

/** What was drawn from some moment on, and how long after the last key, in milliseconds. */
interface Drawn {
  readonly drawn: string;
  readonly count: number;
  readonly quiet: number;
}

/** Records from now on which findings are drawn: one entry for each change, the first for what there is now. */
async function watchFindings(page: Page): Promise<() => Promise<readonly Drawn[]>> {
  // Runs in the page. No named function within: tsx would wrap it in a helper that the page does not have.
  await page.evaluate(() => {
    const { dataset } = document.body;
    dataset.findings = "[]";
    dataset.key = `${performance.now()}`;
    window.addEventListener("keydown", (event) => Object.assign(dataset, { key: `${event.timeStamp}` }), true);
    setInterval(() => {
      const counts = ["error", "warning", "info", "hint"].map((kind) => ({
        kind,
        count: document.querySelectorAll(`.monaco-editor .squiggly-${kind}`).length,
      }));
      const shown = counts.filter((it) => it.count > 0);
      const drawn = shown.map(({ kind, count }) => `${count} ${kind}`).join(" and ") || "no finding";
      const all = JSON.parse(dataset.findings ?? "[]") as { drawn: string }[];
      if (all.at(-1)?.drawn === drawn) return;
      const quiet = Math.round(performance.now() - Number(dataset.key));
      const count = shown.reduce((sum, it) => sum + it.count, 0);
      dataset.findings = JSON.stringify([...all, { drawn, count, quiet }]);
    }, 10);
  });
  return async () => JSON.parse(await page.evaluate(() => document.body.dataset.findings ?? "[]"));
}

/** Whether findings came only where no key had been pressed for a second, which a busy machine may bring about, too. */
function comeAtRest(all: readonly Drawn[]): void {
  const early = all.filter(({ count, quiet }, i) => count > (all[i - 1]?.count ?? count) && quiet < 1000);
  assert.deepEqual(early, []);
}
/** What is shown of a service that bears less. */
export const UNKNOWN_STEPS: readonly Step[] = [
  {
    name: "lists the fix of a line before what hardens the service, with ProtectHome=tmpfs and what it may break",
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "orders.service");
      await placeOf(page, "Restart=allways", "allways", ".squiggly-error", 60_000);
      await levelIs(page, "9.0 UNSAFE"); // the lens moves the lines below it
      await openActions(page, "Restart=allways", "allways");
      await scene.shot("79-line-with-fix");
      const [first = ""] = await firstGroup(page);
      assert.match(first, /^Change to always/);
      const all = await page.locator(FIX).allInnerTexts();
      assert.ok(
        all.some((it) => /Add ProtectHome=tmpfs \(.*\); may break: /.test(it)),
        all.join("\n"),
      );
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "has one sentence for what is missing in lens, hover and report",
    async run(scene) {
      const { page } = scene;
      const lens = page.locator(".codelens-decoration a", { hasText: /safe settings are missing/ }).first();
      const [sentence = ""] = /\d+ safe settings are missing \(.*\)/.exec((await lens.textContent()) ?? "") ?? [];
      assert.notEqual(sentence, "");
      await hover(page, HEADER, "Service", sentence.replace(/ \(.*/, ""));
      await scene.shot("79-hover");
      await leave(page);
      await page
        .locator(".codelens-decoration a", { hasText: /UNSAFE|EXPOSED/ })
        .first()
        .click();
      const view = await viewWith(page, ".score .number");
      await view.locator("h2", { hasText: sentence }).first().waitFor({ timeout: TIMEOUT });
      await scene.shot("79-report");
    },
  },
];

/** Waits until the lens above the header says so. */
async function levelIs(page: Page, level: string): Promise<void> {
  await page.locator(".codelens-decoration", { hasText: level }).first().waitFor({ timeout: TIMEOUT });
}

/** Opens the list of actions on a word of a line, or on the header of the service. */
async function openActions(page: Page, line = HEADER, word = "Service"): Promise<void> {
  const { x, y } = await placeOf(page, line, word, "", TIMEOUT);
  await page.mouse.click(x, y);
  await leave(page);
  for (let tries = 0; tries < 3; tries++) {
    await page.keyboard.press("Control+.");
    const shown = await page
      .locator(FIX)
      .first()
      .waitFor({ timeout: TIMEOUT / 3 })
      .then(
        () => true,
        () => false,
      );
    if (shown) return;
  }
  throw new Error("Ctrl+. shows no actions");
}

/** The rows of the menu before the heading of the next kind of actions. */
async function firstGroup(page: Page): Promise<string[]> {
  const rows = page.locator(FIX);
  const all: string[] = [];
  const texts = await rows.allInnerTexts();
  for (const [i, row] of (await rows.all()).entries()) {
    const isHeading = await row.evaluate((it) => it.classList.contains("group-header"));
    const text = texts[i]?.trim() ?? "";
    if (isHeading && all.length > 0) break;
    if (!isHeading && text !== "") all.push(text);
  }
  return all;
}

async function gone(locator: Locator): Promise<void> {
  await locator.first().waitFor({ state: "detached", timeout: TIMEOUT });
}
