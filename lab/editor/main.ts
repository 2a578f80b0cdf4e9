/**
 * The packaged extension in a real VS Code (code-server in Chromium): what a user sees, step by step.
 * Usage: node --import=tsx lab/editor/main.ts [--vsix FILE] [--shots DIR] [--only ROUND]…
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";
import type { Page } from "playwright-core";
import { runMain } from "../../test/kit/runMain.ts";
import { NO_SSH_BOX } from "../../test/kit/sshBox.ts";
import { CLIENT_FILES, CLIENT_SETTINGS, CLIENT_STEPS } from "./clientSteps.ts";
import { COMPLETION_FILES, COMPLETION_STEPS } from "./completionSteps.ts";
import { CONFIG_FILES, CONFIG_STEPS } from "./configSteps.ts";
import { CREATE_FILES, CREATE_STEPS } from "./createSteps.ts";
import { EFFECTIVE_STEPS, WIKI } from "./effectiveSteps.ts";
import { FAILURE_FILES, FAILURE_STEPS } from "./failureSteps.ts";
import { GERMAN_FILES, GERMAN_STEPS } from "./germanSteps.ts";
import { HOST_FILES, HOST_STEPS } from "./hostSteps.ts";
import { packagedExtension } from "./install.ts";
import { LEARN_FILES, LEARN_STEPS } from "./learnSteps.ts";
import { LIGHT_MANUAL_STEPS, MANUAL_SERVICE, MANUAL_STEPS } from "./manualSteps.ts";
import { FLEET, NAVIGATION_STEPS } from "./navigationSteps.ts";
import { OTHER_EXTENSIONS, type OtherExtension } from "./otherExtensions.ts";
import { PACKAGE_FILES, PACKAGE_STEPS } from "./packageSteps.ts";
import { PROTOCOL_FILES, PROTOCOL_STEPS } from "./protocolSteps.ts";
import { QUADLET_FILES, QUADLET_STEPS } from "./quadletSteps.ts";
import { QUIET_FILES, QUIET_SETTINGS, QUIET_STEPS, UNKNOWN_STEPS } from "./quietSteps.ts";
import { REPORT_STEPS } from "./reportSteps.ts";
import { RESTART_FILES, RESTART_STEPS } from "./restartSteps.ts";
import { type Extension, type Rig, startRig, VIEWPORT } from "./rig.ts";
import { LIGHT_SANDBOX_STEPS, SANDBOX_STEPS } from "./sandboxSteps.ts";
import { openSsh, SSH_FILES, SSH_STEPS } from "./sshSteps.ts";
import { LOOSE_TIMER, TOOL_STEPS } from "./toolSteps.ts";
import {
  OFF_FILES,
  OFF_STEPS,
  SERVICE_TYPING_FILES,
  SERVICE_TYPING_STEPS,
  TYPING_FILES,
  TYPING_STEPS,
} from "./typingSteps.ts";
import { VIEWS_FILES, VIEWS_STEPS } from "./viewsSteps.ts";
import { WAITING_FILES, WAITING_SETTINGS, WAITING_STEPS } from "./waitingSteps.ts";
import { WEB_FILES, WEB_STEPS } from "./webSteps.ts";
import {
  changed,
  FIX,
  fix,
  goToLine,
  HEADER,
  HOVER,
  hover,
  languageIs,
  leave,
  lineIs,
  openFile,
  openFixes,
  placeOf,
  SHOP,
  type Step,
  SUGGESTION,
  suggestion,
  TIMEOUT,
} from "./workbench.ts";

const FILES = {
  "shop.service": SHOP,
  "manual.service": MANUAL_SERVICE,
  "empty.service": "",
  "report.service": "[Unit]\nDescription=Guest book\n\n[Service]\nExecStart=/usr/bin/gotosocial --listen 8080\n",
  "hardened.service": readFileSync("examples/5-hardened.service", "utf8"),
  ...FLEET,
  ...WIKI,
  "loose.timer": LOOSE_TIMER,
  ".vscode/settings.json": '{\n  "unitWarden.rules": {}\n}\n',
  "web.service.d/override.conf": "[Service]\nNice=5\n",
};

const LANGUAGE = "systemd unit";
const MANUAL = /^https:\/\/(www\.)?freedesktop\.org\/.*systemd\.exec\.html#ProtectSystem=$/;

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
      await page.keyboard.type("ye");
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
      await suggestion(page, /^ExecStart/, { focused: true }); // on the new line below
      await page.keyboard.press("Escape");
      await page.locator(SUGGESTION).first().waitFor({ state: "hidden", timeout: TIMEOUT });
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
  ...MANUAL_STEPS,
  ...SANDBOX_STEPS,
  ...NAVIGATION_STEPS,
  ...EFFECTIVE_STEPS,
  ...REPORT_STEPS,
  ...LIGHT_MANUAL_STEPS,
  ...LIGHT_SANDBOX_STEPS,
  ...TOOL_STEPS,
  {
    name: "asked nothing of other hosts and logged no error",
    async run({ page, foreignRequests, pageErrors, hostErrors }) {
      assert.deepEqual(foreignRequests, []);
      assert.deepEqual(await hostErrors(), []);
      // VS Code has its own, with the name of our cache in their stacks.
      const told = pageErrors.map((it) => it.replaceAll("unit-warden/code-server", "code-server"));
      const ours = told.filter((error) => /unit.?warden|extension host/i.test(error));
      assert.deepEqual(ours, []);
      assert.deepEqual(await page.locator(".notification-toast").allInnerTexts(), []);
    },
  },
];

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      vsix: { type: "string" },
      shots: { type: "string" },
      only: { type: "string", multiple: true, default: [] },
    },
  });
  const wanted = ROUNDS.filter(({ name }) => values.only.length === 0 || values.only.includes(name));
  const rounds = wanted.filter(({ missing }) => missing === undefined);
  for (const { name, missing } of wanted) if (missing !== undefined) console.log(`${name}: skipped, ${missing}`);
  if (wanted.length === 0) throw new Error(`--only takes ${ROUNDS.map((it) => it.name).join(", ")}`);
  const vsix = resolve(values.vsix ?? packagedExtension(console.log));
  const shots = resolve(values.shots ?? "coverage/editor");
  await mkdir(shots, { recursive: true });
  for (const old of await readdir(shots)) if (old.startsWith("failure")) await rm(join(shots, old));

  const begun = performance.now();
  const queue = rounds.toSorted((a, b) => Number(b.slow ?? false) - Number(a.slow ?? false));
  const counts = await Promise.all(Array.from({ length: ROUNDS_AT_ONCE }, () => runRounds(queue, vsix, shots)));
  const passed = counts.reduce((sum, it) => sum + it, 0);
  const all = rounds.reduce((sum, it) => sum + 1 + it.steps.length, 0);
  const failed = all - passed;
  console.log(`Pictures in ${shots}; ${seconds(begun)} in all`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** An editor waits for keys and servers more than it computes: two processors serve three. */
const ROUNDS_AT_ONCE = 3;

/** Takes one round after the other until none is in the queue; how many steps passed. */
async function runRounds(queue: Round[], vsix: string, shots: string): Promise<number> {
  let passed = 0;
  for (let round = queue.shift(); round; round = queue.shift()) {
    let best = 0;
    for (let attempt = 1; attempt <= ATTEMPTS && best <= round.steps.length; attempt++) {
      if (attempt > 1)
        console.log(`${round.name}: once more from the start, as the editor may have lost a key or the focus`);
      best = await attemptAll(round, vsix, shots);
    }
    passed += best;
  }
  return passed;
}

/** A busy machine makes a real editor lose the focus now and then; what is broken fails each time. */
const ATTEMPTS = 3;

/** What is there around an editor while it runs. */
interface Surroundings {
  /** The words before its program. */
  readonly before: readonly string[];
  readonly stop: () => void;
}

/** Steps in an editor of their own. */
interface Round {
  /** What --only takes. */
  readonly name: string;
  readonly start: string;
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  /** What the editor is set to differently from the other rounds. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Extensions of others that are installed, too. */
  readonly others?: readonly OtherExtension[];
  /** The language of the editor, where it is not English. */
  readonly locale?: string;
  /** Whether it takes minutes and is begun first: begun last, it would run alone at the end. */
  readonly slow?: true;
  /** Why it cannot be run here. */
  readonly missing?: string | undefined;
  /** What the editor runs in. */
  readonly surround?: () => Surroundings;
  extension(vsix: string): Extension;
}

const ROUNDS: readonly Round[] = [
  {
    name: "desktop",
    start: "starts VS Code with the extension installed",
    files: FILES,
    steps: STEPS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "quiet",
    start: "starts VS Code with the actions of editors",
    files: QUIET_FILES,
    steps: [...QUIET_STEPS, ...UNKNOWN_STEPS],
    settings: QUIET_SETTINGS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "client",
    start: "starts VS Code with the explorer and the actions of editors",
    files: CLIENT_FILES,
    steps: CLIENT_STEPS,
    settings: CLIENT_SETTINGS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "views",
    start: "starts VS Code for the views",
    files: VIEWS_FILES,
    steps: VIEWS_STEPS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "restart",
    slow: true,
    start: "starts VS Code to restart the server and to load the window again",
    files: RESTART_FILES,
    steps: RESTART_STEPS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "failures",
    start: "starts VS Code with logs of failures",
    files: FAILURE_FILES,
    steps: FAILURE_STEPS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "learn",
    start: "starts VS Code to open what was learnt",
    files: LEARN_FILES,
    steps: LEARN_STEPS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "ssh",
    slow: true,
    start: "starts VS Code where ssh reaches a server without Node.js",
    files: SSH_FILES,
    steps: SSH_STEPS,
    missing: NO_SSH_BOX,
    surround: openSsh,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "create",
    start: "starts VS Code to make unit files",
    files: CREATE_FILES,
    steps: CREATE_STEPS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "completion",
    start: "starts VS Code with its own settings for suggestions",
    files: COMPLETION_FILES,
    steps: COMPLETION_STEPS,
    settings: { "editor.wordBasedSuggestions": undefined },
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "typing",
    slow: true,
    start: "starts VS Code to type whole files, with its own settings for Enter, said once more by the user",
    files: TYPING_FILES,
    steps: TYPING_STEPS,
    settings: { "editor.wordBasedSuggestions": undefined, "editor.acceptSuggestionOnEnter": "on" },
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "typing",
    slow: true,
    start: "starts VS Code to type a service where the user lets Enter accept each suggestion",
    files: SERVICE_TYPING_FILES,
    steps: SERVICE_TYPING_STEPS,
    settings: { "[systemd]": { "editor.acceptSuggestionOnEnter": "on" } },
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "typing",
    slow: true,
    start: "starts VS Code where the user lets Enter accept nothing",
    files: OFF_FILES,
    steps: OFF_STEPS,
    settings: { "editor.acceptSuggestionOnEnter": "off" },
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "hosts",
    start: "starts VS Code with files that hold units",
    files: HOST_FILES,
    steps: HOST_STEPS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "waiting",
    start: "starts VS Code with a folder without unit files",
    files: WAITING_FILES,
    steps: WAITING_STEPS,
    settings: WAITING_SETTINGS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "quadlets",
    start: "starts VS Code with a folder of quadlets",
    files: QUADLET_FILES,
    steps: QUADLET_STEPS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "configs",
    start: "starts VS Code with configuration files of systemd's programs",
    files: CONFIG_FILES,
    steps: CONFIG_STEPS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "protocol",
    start: "starts VS Code to type, save and rename",
    files: PROTOCOL_FILES,
    steps: PROTOCOL_STEPS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "page",
    start: "starts VS Code with the extension in the page",
    files: WEB_FILES,
    steps: WEB_STEPS,
    // What is packaged has just been built here.
    extension: () => ({ host: "worker", folder: resolve(".") }),
  },
  {
    name: "package",
    start: "starts VS Code with the extension and those of others for the same files",
    files: PACKAGE_FILES,
    steps: PACKAGE_STEPS,
    others: OTHER_EXTENSIONS,
    extension: (vsix) => ({ host: "process", vsix }),
  },
  {
    name: "german",
    start: "starts VS Code in German",
    files: GERMAN_FILES,
    steps: GERMAN_STEPS,
    locale: "de",
    extension: (vsix) => ({ host: "process", vsix }),
  },
];

/** Starts the editor and runs all steps of a round; how many passed, the start included. */
async function attemptAll(round: Round, vsix: string, shots: string): Promise<number> {
  const begun = performance.now();
  const { name, files, settings, others, locale } = round;
  const start = `${name} 1 ${round.start}`;
  const around = round.surround?.();
  try {
    const options = { settings, others, locale, before: around?.before };
    const rig = await startRig(round.extension(vsix), files, console.log, options).catch((error: unknown) =>
      notOk(start, begun, error),
    );
    if (!rig) return 0;
    ok(start, begun);
    return 1 + (await runSteps(rig, round, shots));
  } finally {
    around?.stop();
  }
}

/** Runs the steps, stops the rig and returns how many steps passed. */
async function runSteps(rig: Rig, { name, steps }: Round, shots: string): Promise<number> {
  const { page } = rig;
  const shot = async (picture: string) => {
    await page.screenshot({ path: join(shots, `${picture}.png`), animations: "disabled" });
  };
  let passed = 0;
  try {
    for (const [index, step] of steps.entries()) {
      const title = `${name} ${index + 2} ${step.name}`;
      const begun = performance.now();
      try {
        await step.run({ ...rig, shot });
        ok(title, begun);
        passed++;
      } catch (error) {
        notOk(title, begun, error);
        console.log(indented(await visibleText(page)));
        await shot(`failure-${name}-${index + 2}`);
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

runMain(main);
