import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Frame, Locator, Page } from "playwright-core";
import { newServer, noServer, serverLog, serverOtherThan, servers } from "./serverProcess.ts";
import { closeOthers, command, reloadWindow, viewWith } from "./views.ts";
import { appears, FIX, HOVER, INPUT, openFile, pick, type Scene, type Step, SUGGESTION, TIMEOUT } from "./workbench.ts";

const REST = `[Unit]
Description=Rest

[Service]
ExecStart=/usr/bin/rest
Restart=allways
ProtectSystem=full
KillMode=
`;

const DROP_IN = "[Service]\nNice=5\n";

/** A service with something wrong, one whose file goes, and one for the explorer. */
export const RESTART_FILES: Readonly<Record<string, string>> = {
  "rest.service": REST,
  "gone.service": "[Service]\nExecStart=/usr/bin/gone\n",
  "rest.service.d/nice.conf": DROP_IN,
};

const RESTART = "Unit Warden: Restart server";
const REPORT = "Unit Warden: Open the exposure report of this unit";
const OVERVIEW = "Unit Warden: Open the exposure overview of all services";
const WORLD = "Unit Warden: Show the service's world";
const EFFECTIVE = "Unit Warden: Show effective unit";
const TOAST = ".notification-toast";
const TIMES = 20;

/** Something that the server says, as text; empty where it says nothing yet. */
type Answer = (scene: Scene) => Promise<string>;

/** Puts the cursor into a line, and does something there that opens a list or a hover. */
async function at({ page }: Scene, place: string, keys: readonly string[], shows: string): Promise<Locator> {
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+g");
  await page.locator(INPUT).fill(`:${place}`);
  await page.keyboard.press("Enter");
  await page.locator(INPUT).waitFor({ state: "hidden", timeout: TIMEOUT });
  for (const key of keys) await page.keyboard.press(key);
  const shown = page.locator(shows);
  await appears(shown.first(), TIMEOUT / 3);
  return shown;
}

const texts = async (shown: Locator): Promise<string> => (await shown.allInnerTexts()).join("\n").trim();

const ANSWERS: Readonly<Record<string, Answer>> = {
  hover: async (scene) => texts(await at(scene, "7:3", ["Control+k", "Control+i"], HOVER)),
  completion: async (scene) => texts(await at(scene, "8:10", ["Control+Space"], `${SUGGESTION} .label-name`)),
  "code actions": async (scene) => texts(await at(scene, "4:3", ["Control+."], FIX)),
  diagnostics: ({ page }) => texts(page.locator(".markers-panel .monaco-list-row")),
  report: async ({ page }) => texts((await viewWith(page, ".report .score .number")).locator(".report")),
};

/** An answer once it is the same twice. */
async function settled(scene: Scene, answer: Answer): Promise<string> {
  let last = "";
  for (const deadline = Date.now() + 4 * TIMEOUT; Date.now() < deadline; await sleep(100)) {
    const now = await answer(scene);
    if (now !== "" && now === last) return now;
    last = now;
  }
  throw new Error(`There is no steady answer, the last one was: ${last}`);
}

async function allAnswers(scene: Scene): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const [name, answer] of Object.entries(ANSWERS)) all[name] = await settled(scene, answer);
  await scene.page.keyboard.press("Escape");
  return all;
}

/** Waits until everything is answered as it was before. */
async function answersAre(scene: Scene, before: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, answer] of Object.entries(ANSWERS)) {
    let now = "";
    for (const deadline = Date.now() + 3 * TIMEOUT; Date.now() < deadline && now !== before[name]; await sleep(100))
      now = await answer(scene);
    assert.equal(now, before[name], name);
  }
  await scene.page.keyboard.press("Escape");
}

/** Takes away what the report shows, so that only a new answer brings it back. */
const emptyReport = async (page: Page): Promise<void> =>
  (await viewWith(page, ".report")).evaluate(() => document.body.replaceChildren());

let before: Readonly<Record<string, string>> = {};

async function kill(scene: Scene): Promise<number> {
  const pid = await serverOtherThan(scene, []);
  process.kill(pid, "SIGKILL");
  return pid;
}

const tab = (page: Page, title: string): Locator => page.locator(`.tab[aria-label^="${title}"]`);

/** The page of a view, once its tab was chosen, which may be scrolled away, and it shows something. */
async function shownIn(page: Page, title: string, selector: string): Promise<Frame> {
  await page.keyboard.press("Control+p");
  await page.locator(INPUT).fill(`edt ${title}`);
  await pick(page, title);
  return viewWith(page, selector);
}

/** The server crashes and is started again, and the window is loaded again: afterwards everything is as before. */
export const RESTART_STEPS: readonly Step[] = [
  {
    name: "answers before anything happens",
    vital: true,
    async run(scene) {
      const { page } = scene;
      await openFile(scene, "rest.service");
      await page
        .locator(".codelens-decoration a", { hasText: /UNSAFE/ })
        .first()
        .waitFor({ timeout: 60_000 });
      await command(page, REPORT);
      await command(page, "Problems: Focus on Problems View");
      await tab(page, "rest.service").click();
      before = await allAnswers(scene);
      assert.match(before.hover ?? "", /ProtectSystem/);
      assert.match(before.completion ?? "", /control-group/);
      assert.match(before["code actions"] ?? "", /Add ProtectHome=/);
      assert.match(before.diagnostics ?? "", /Restart=/);
      assert.match(before.report ?? "", /rest\.service/);
      await scene.shot("90-before");
    },
  },
  {
    name: `answers the same after each of ${TIMES} restarts`,
    async run(scene) {
      const { page } = scene;
      const known: number[] = [];
      for (let time = 1; time <= TIMES; time++) {
        known.push(await serverOtherThan(scene, known));
        await emptyReport(page);
        await command(page, RESTART);
        await serverOtherThan(scene, known);
        await answersAre(scene, before);
      }
      assert.equal(new Set(known).size, TIMES);
      assert.deepEqual(await page.locator(TOAST).allInnerTexts(), []);
      await scene.shot("91-after-restarts");
    },
  },
  {
    name: "is told of edits after a restart, in the editor and on disk, and the report follows them",
    async run(scene) {
      const { page, workspace } = scene;
      const view = await viewWith(page, ".report .score .number");
      const number = (await view.locator(".score .number").textContent()) ?? "";
      await at(scene, "7:19", [], ".monaco-editor.focused");
      await page.keyboard.press("Enter");
      await page.keyboard.type("PrivateNetwork=yes");
      await view.locator(".score .number", { hasNotText: number }).waitFor({ timeout: TIMEOUT });
      await command(page, "File: Revert File");
      await view.locator(".score .number", { hasText: number }).waitFor({ timeout: TIMEOUT });
      const dropIn = join(workspace, "rest.service.d/nice.conf");
      await writeFile(dropIn, "[Service]\nPrivateNetwork=yes\n");
      await view.locator(".score .number", { hasNotText: number }).waitFor({ timeout: TIMEOUT });
      await writeFile(dropIn, DROP_IN);
      await view.locator(".score .number", { hasText: number }).waitFor({ timeout: TIMEOUT });
    },
  },
  {
    name: "shows the log",
    async run(scene) {
      const { page } = scene;
      await command(page, "Unit Warden: Show log");
      await page
        .locator(".output-view .view-line", { hasText: "The server is started again" })
        .first()
        .waitFor({ timeout: TIMEOUT });
      await scene.shot("92-log");
      assert.doesNotMatch(await serverLog(scene), /textDocument\/hover/);
    },
  },
  {
    name: "silently starts a server again that crashed",
    async run(scene) {
      const { page } = scene;
      await command(page, "Problems: Focus on Problems View");
      await tab(page, "rest.service").click();
      await emptyReport(page);
      const dead = await kill(scene);
      await serverOtherThan(scene, [dead]);
      await answersAre(scene, before);
      assert.deepEqual(await page.locator(TOAST).allInnerTexts(), []);
    },
  },
  {
    name: "waits after five crashes in a short time, and says so once",
    async run(scene) {
      const { page } = scene;
      const dead: number[] = [];
      for (let time = 2; time <= 5; time++) {
        const pid = await serverOtherThan(scene, dead);
        process.kill(pid, "SIGKILL");
        dead.push(pid);
      }
      await noServer(scene);
      const toast = page.locator(TOAST);
      await toast.filter({ hasText: "Unit Warden's server keeps crashing" }).waitFor({ timeout: TIMEOUT });
      await page.locator(TOAST, { hasText: "Restart now" }).filter({ hasText: "Show log" }).waitFor();
      await page.locator('[id="status.languageStatus"] a').click();
      await page
        .locator(".hover-language-status", { hasText: "Unit Warden is not running" })
        .waitFor({ timeout: TIMEOUT });
      assert.equal(await toast.count(), 1);
      await scene.shot("93-waits");
      assert.deepEqual(await servers(scene), []);
      await page.keyboard.press("Escape");
      await command(page, "Notifications: Clear All Notifications");
    },
  },
  {
    name: "comes back by itself, and answers as before",
    async run(scene) {
      await serverOtherThan(scene, [], 60_000);
      await answersAre(scene, before);
      await scene.shot("94-back");
    },
  },
  {
    name: "waits longer after the next crash without saying it again, and starts at once when asked",
    async run(scene) {
      const { page } = scene;
      const dead = await kill(scene);
      await noServer(scene);
      await sleep(2000);
      assert.deepEqual(await servers(scene), []);
      assert.deepEqual(await page.locator(TOAST).allInnerTexts(), []);
      assert.match(await serverLog(scene), /started again in 30 seconds/);
      await command(page, RESTART);
      await serverOtherThan(scene, [dead]);
      await answersAre(scene, before);
    },
  },
  {
    name: "offers both commands in the status item",
    async run(scene) {
      const { page } = scene;
      await command(page, "Unit Warden: Change hardening profile or systemd version");
      const rows = page.locator(".quick-input-list .monaco-list-row");
      await rows.filter({ hasText: "Restart server" }).waitFor({ timeout: TIMEOUT });
      await rows.filter({ hasText: "Show log" }).waitFor({ timeout: TIMEOUT });
      await scene.shot("95-status-list");
      const dead = await servers(scene);
      await pick(page, "Restart server");
      await serverOtherThan(scene, dead);
      await answersAre(scene, before);
    },
  },
  {
    name: "traces messages into the log once the setting says so",
    async run(scene) {
      const { page, workspace } = scene;
      await mkdir(join(workspace, ".vscode"), { recursive: true });
      await writeFile(join(workspace, ".vscode/settings.json"), '{ "unitWarden.trace.server": "messages" }\n');
      for (const deadline = Date.now() + 2 * TIMEOUT; Date.now() < deadline; await sleep(200)) {
        await at(scene, "7:3", ["Control+k", "Control+i"], HOVER);
        if ((await serverLog(scene)).includes("textDocument/hover")) return page.keyboard.press("Escape");
      }
      throw new Error("There is no trace of a hover in the log");
    },
  },
  {
    name: "waits in a view that was open when the window is loaded again, until the server is there",
    async run(scene) {
      const { page, workspace } = scene;
      await openViews(scene);
      await scene.shot("96-before-loading");
      const old = await servers(scene);
      await rm(join(workspace, "gone.service"));
      await reloadWindow(page);
      const pid = await newServer(scene, old);
      process.kill(pid, "SIGSTOP");
      try {
        await viewWith(page, '.notice:has-text("Waiting for the server")', 4 * TIMEOUT);
        await scene.shot("97-waiting-view");
      } finally {
        process.kill(pid, "SIGCONT");
      }
      const report = await viewWith(page, ".report .score .number", 4 * TIMEOUT);
      // What the reader chose is there again, too.
      assert.equal(await report.locator("#filter-passed").getAttribute("aria-pressed"), "true");
      await scene.shot("98-report-again");
    },
  },
  {
    name: "shows all views again, and says of a file that it is gone",
    async run(scene) {
      const { page } = scene;
      await shownIn(page, "World of rest.service", '[role="tree"]');
      await shownIn(page, "Exposure of all services", ".overview table");
      await shownIn(page, "systemd.exec(5)", '.entry.target[id="ProtectSystem="]');
      await scene.shot("99-manual-again");
      await shownIn(page, "Why rest.service failed", 'strong:has-text("226/NAMESPACE")');
      await scene.shot("99-failure-again");
      await shownIn(page, "Exposure of gone.service", '.notice:has-text("gone.service no longer exists.")');
      await scene.shot("99-gone");
    },
  },
  {
    name: "follows the documents in a view that is there again",
    async run(scene) {
      const { page } = scene;
      const view = await shownIn(page, "Exposure of rest.service", ".report .score .number");
      const number = (await view.locator(".score .number").textContent()) ?? "";
      await openFile(scene, "rest.service");
      await at(scene, "7:19", [], ".monaco-editor.focused");
      await page.keyboard.press("Enter");
      await page.keyboard.type("PrivateNetwork=yes");
      await page.keyboard.press("Escape");
      const again = await shownIn(page, "Exposure of rest.service", ".report .score .number");
      await again.locator(".score .number", { hasNotText: number }).waitFor({ timeout: TIMEOUT });
    },
  },
  {
    name: "follows edits in the effective unit after a crash",
    async run(scene) {
      const { page } = scene;
      await closeOthers(page);
      await openFile(scene, "rest.service");
      await command(page, EFFECTIVE);
      const line = page.locator(".view-line", { hasText: "Nice=5" }).first();
      await line.waitFor({ timeout: TIMEOUT });
      await serverOtherThan(scene, [await kill(scene)]);
      await openFile(scene, "rest.service.d/nice.conf");
      await page.keyboard.press("Control+Home");
      await page.keyboard.press("Control+End");
      await page.keyboard.type("CPUWeight=20");
      await page.keyboard.press("Escape");
      await page.locator(".view-line", { hasText: "CPUWeight=20" }).nth(1).waitFor({ timeout: TIMEOUT });
      await scene.shot("99-effective-follows");
    },
  },
];

const VIEWS = [
  [WORLD, '[role="tree"]'],
  [OVERVIEW, ".overview table"],
  [REPORT, ".report .score .number"],
] as const;

/** Opens a view of each type in one column, with no unit file left in an editor. */
async function openViews(scene: Scene): Promise<void> {
  const { page } = scene;
  await command(page, "View: Toggle Panel Visibility");
  await closeOthers(page);
  await openFile(scene, "gone.service");
  await command(page, REPORT);
  await viewWith(page, ".report .score .number");
  await openFile(scene, "rest.service");
  // A page that is covered before its script has run has kept nothing.
  for (const [title, selector] of VIEWS) {
    await command(page, title);
    await viewWith(page, selector);
  }
  await explain(page);
  await command(page, "Unit Warden: Find directive");
  await page.locator(".quick-input-list .monaco-list-row").first().waitFor({ timeout: TIMEOUT });
  await page.locator(INPUT).fill("ProtectSystem");
  await page
    .locator(".quick-input-list .monaco-list-row.focused", { hasText: "systemd.exec(5)" })
    .waitFor({ timeout: TIMEOUT });
  await page.keyboard.press("Enter");
  await viewWith(page, '.entry.target[id="ProtectSystem="]');
  const report = await shownIn(page, "Exposure of rest.service", ".report .score .number");
  await report.locator("#filter-passed").click();
  await page.locator('.tab[data-resource-name="rest.service"]').first().click();
  await command(page, "View: Close Editor");
}

async function explain(page: Page): Promise<void> {
  await command(page, "Unit Warden: Explain a failure");
  const asks = page.locator(".quick-input-widget input[placeholder^='226']");
  const choice = page.locator(".quick-input-list .monaco-list-row", { hasText: "Enter a status or a message" });
  await asks.or(choice).first().waitFor({ timeout: TIMEOUT });
  if (await choice.isVisible()) await pick(page, "Enter a status or a message");
  await asks.fill("226/NAMESPACE");
  await page.keyboard.press("Enter");
  await tab(page, "Why rest.service failed").waitFor({ timeout: TIMEOUT });
  await viewWith(page, 'strong:has-text("226/NAMESPACE")');
  await page.keyboard.press("Escape");
}
