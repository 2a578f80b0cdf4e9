import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { readLearnt } from "../../server/src/learn/learntFile.ts";
import { needsPath } from "../../server/src/units/learntText.ts";
import { ASK, SERVER, type SshBox, SUDO_PASSWORD, startSshBox } from "../../test/kit/sshBox.ts";
import { closeOthers, command, viewWith } from "./views.ts";
import { INPUT, openFile, openFirst, pick, type Scene, type Step, TIMEOUT } from "./workbench.ts";

const UNIT = "served.service";

/** How long observing and proving may take on a busy machine. */
const LEARNING = 240_000;

export const SSH_FILES = { [UNIT]: SERVER };

let server: SshBox | undefined;

/** Boots a systemd with the service and a real sshd, which a program reaches by the names in its configuration of ssh. */
export function openSsh() {
  const booted = startSshBox();
  booted.box.put(`/etc/systemd/system/${UNIT}`, SERVER);
  booted.box.run("systemctl", "daemon-reload");
  booted.box.run("systemctl", "start", UNIT);
  server = booted;
  return { before: booted.clientHere, stop: booted.stop };
}

/** How the service is now on the server, without times and process ids. */
function state(): string {
  assert.ok(server);
  const shown = server.box.run("systemctl", "show", "-p", "ActiveState,DropInPaths,ExecStart", UNIT);
  return shown.output.replace(/start_time=.*/, "");
}

const rows = (page: Page) => page.locator(".terminal-wrapper.active .xterm-rows");

/** The terminal that a command brought to the front, where the reader types. */
const focused = (page: Page) => page.locator(".terminal-wrapper.active .xterm-rows.xterm-focus");

/** Waits until the terminal shows a text, which it may break into lines. */
async function terminalShows(page: Page, text: RegExp, timeout = TIMEOUT): Promise<void> {
  for (const deadline = Date.now() + timeout; Date.now() < deadline; await page.waitForTimeout(100)) {
    const shown = (await rows(page).allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
    if (text.test(shown) || text.test(shown.replace(/\n/g, ""))) return;
  }
  throw new Error(`The terminal does not show ${text}`);
}

/** From the command to the question whether to start: the host, the exercise, and the bundle that is kept. */
async function askFor({ page, workspace }: Scene, host: string, bundle = `${UNIT}.learn.tar.gz`): Promise<void> {
  await command(page, "Unit Warden: Learn a service of another machine… (unit-warden learn --ssh)");
  const input = page.locator(INPUT);
  for (const [placeholder, text] of [
    ["user@host", host],
    ["curl -fsS http://localhost/", ASK],
  ] as const) {
    await page.locator(`.quick-input-widget input[placeholder="${placeholder}"]`).waitFor({ timeout: TIMEOUT });
    await input.fill(text);
    await page.keyboard.press("Enter");
  }
  await pick(page, "Keep a bundle, and open it next to the unit");
  // The dialog for files offers a name next to the unit, once it has listed that folder.
  await page.locator(".quick-input-list .monaco-list-row", { hasText: ".." }).first().waitFor({ timeout: TIMEOUT });
  assert.equal(await input.inputValue(), join(workspace, `${UNIT}.learn.tar.gz`));
  await input.fill(join(workspace, bundle));
  await page.keyboard.press("Enter");
}

/** Learns a service that runs on another machine, from its unit in the editor to the review of what was learnt. */
export const SSH_STEPS: readonly Step[] = [
  {
    name: "asks for the machine, and says what is going to happen there before anything does",
    vital: true,
    async run(scene) {
      const { page } = scene;
      await openFirst(scene, UNIT);
      const before = state();
      await askFor(scene, "server");
      const question = page.locator(".monaco-dialog-box");
      await question.waitFor({ timeout: 4 * TIMEOUT });
      const text = (await question.allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
      assert.match(text, /Learn what served\.service on server needs\?/);
      assert.match(text, /served\.service is restarted (?:at least )?\d+ times if all goes well/);
      assert.match(text, /unit-warden learn --ssh server served\.service --verify --save/);
      await scene.shot("70-ssh-question");
      assert.equal(state(), before);
      await question.locator(".monaco-button", { hasText: /^Start$/ }).click();
    },
  },
  {
    name: "observes and proves the service on the server, in a terminal",
    vital: true,
    async run(scene) {
      const { page } = scene;
      const before = state();
      await terminalShows(page, /connected to server: what follows happens there/, 4 * TIMEOUT);
      await terminalShows(page, /\[y\/N\]/, 4 * TIMEOUT);
      await focused(page).waitFor({ timeout: TIMEOUT });
      await page.keyboard.type("y\n");
      await viewWith(page, ".group.learnt", LEARNING);
      const ended = (await rows(page).allInnerTexts()).join("").replaceAll("\u00a0", " ");
      assert.doesNotMatch(ended, /exit code/);
      await scene.shot("71-ssh-learnt");
      assert.equal(state(), before);
    },
  },
  {
    name: "opens what was learnt next to the unit, with what the proof has shown",
    async run({ page, workspace }) {
      const view = await viewWith(page, ".group.learnt");
      await view.locator(".group.learnt", { hasText: /Add all \d+ proven settings/ }).waitFor({ timeout: TIMEOUT });
      const target = join(workspace, `${UNIT}.learnt.json`);
      assert.ok(!existsSync(target));
      await page.locator(".notification-toast .monaco-button", { hasText: `Save ${UNIT}.learnt.json` }).click();
      const isSaved = (): boolean => existsSync(needsPath(target)) && existsSync(target);
      for (let i = 0; i < 100 && !isSaved(); i++) await page.waitForTimeout(100);
      const read = readLearnt(await readFile(target, "utf8"), await readFile(needsPath(target), "utf8"));
      assert.ok("learnt" in read);
      const strict = read.learnt.settings.find((it) => it.key === "ProtectSystem");
      assert.deepEqual([strict?.value, strict?.grade], ["strict", "proven"]);
    },
  },
  {
    name: "takes the password for sudo in the terminal, and leaves the service as it was",
    async run(scene) {
      const { page, workspace } = scene;
      await closeOthers(page);
      await openFile(scene, UNIT);
      const before = state();
      await askFor(scene, "typed", "typed.tar.gz");
      const question = page.locator(".monaco-dialog-box");
      await question.waitFor({ timeout: 4 * TIMEOUT });
      await question.locator(".monaco-button", { hasText: /^Start$/ }).click();
      await terminalShows(page, /password for sudo on typed/, 4 * TIMEOUT);
      await focused(page).waitFor({ timeout: TIMEOUT });
      await page.keyboard.type(`${SUDO_PASSWORD}\n`);
      await terminalShows(page, /\[y\/N\]/, 4 * TIMEOUT);
      await page.keyboard.type("y\n");
      await terminalShows(page, /served\.service is as it was/, LEARNING);
      await viewWith(page, ".group.learnt", LEARNING);
      assert.ok(existsSync(join(workspace, "typed.tar.gz")));
      const shown = (await rows(page).allInnerTexts()).join("");
      assert.ok(!shown.includes(SUDO_PASSWORD));
      assert.equal(state(), before);
      await scene.shot("72-ssh-sudo");
    },
  },
];
