/**
 * What a person does in Helix, in a terminal that tmux keeps: node --import=tsx helix.ts FOLDER, with unit-warden on the PATH.
 * Prints "ok" or "not ok" for each step and the counts at the end. Works from Helix 25.01 on.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runMain } from "../../test/kit/runMain.ts";

const [folder = ""] = process.argv.slice(2);
const PATIENCE = 20_000;
const SOCKET = join(folder, "tmux");
const FILE = join(folder, "shop.service");

let passed = 0;
let failed = 0;

function tmux(...argv: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("tmux", ["-S", SOCKET, "-f", "/dev/null", ...argv], {
    encoding: "utf8",
  });
  assert.equal(status, 0, `tmux ${argv.join(" ")}: ${stderr}`);
  return stdout;
}

const screen = (): string => tmux("capture-pane", "-p");

/** Presses keys, by the names that tmux gives them. */
const press = (...keys: readonly string[]): string => tmux("send-keys", ...keys);

/** Types a text letter by letter. */
const write = (text: string): string => tmux("send-keys", "-l", text);

/** Presses Escape by a sequence of its own: the plain one, read together with the next key, is Alt and that key. */
const pressEscape = (): string => write("\u001b[27u");

async function until(what: string, ready: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!ready()) {
    if (Date.now() > end) throw new Error(`nothing came of ${what}\n${screen()}`);
    await new Promise((later) => setTimeout(later, 50));
  }
}

const shows = (text: string): Promise<void> => until(text, () => screen().includes(text));

async function step(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    passed++;
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${name}\n    ${error instanceof Error ? error.message.replaceAll("\n", "\n    ") : error}`);
  }
}

/** Goes to the first character of a line. */
function toLine(number: number): void {
  pressEscape();
  pressEscape();
  write(`${number}Ggh`);
}

async function main(): Promise<number> {
  // What docs/editors.md tells a reader to do.
  const guide = readFileSync("docs/editors.md", "utf8");
  const languages = /helix\.ts\. -->\n```toml\n(.*?)^```/ms.exec(guide)?.[1];
  assert.ok(languages, "the guide has no set-up for Helix");
  mkdirSync(join(folder, "helix"));
  writeFileSync(join(folder, "helix/languages.toml"), languages);
  tmux("new-session", "-d", "-x", "160", "-y", "40", "hx", FILE);
  await step("Helix opens a service and shows what is wrong with a misspelt directive", async () => {
    await shows("ExecStrat");
    toLine(6);
    await shows("Unknown directive ExecStrat=");
  });
  await step("Helix shows what a directive means", async () => {
    toLine(7);
    write(" k");
    await shows("systemd.service(5)");
  });
  await step("Helix completes a directive", async () => {
    toLine(7);
    write("oProtectKernelT");
    await shows("ProtectKernelTunables");
    pressEscape();
    write("u");
    await until("the line to go", () => !screen().includes("ProtectKernelT"));
  });
  await step("Helix applies the fix of a finding", async () => {
    toLine(6);
    write(" a");
    await shows("Change to ExecStart=");
    press("Enter");
    await shows("ExecStart=/usr/bin/shop");
  });
  await step("Helix formats a document on saving", async () => {
    pressEscape();
    pressEscape();
    write(":write");
    press("Enter");
    const wanted =
      "[Unit]\nDescription=Web shop\n\n[Service]\nType=exec\nExecStart=/usr/bin/shop\nRestart=on-failure\n";
    await until("the file", () => readFileSync(FILE, "utf8") === wanted);
  });
  await step("Helix stops the server", async () => {
    write(":quit!");
    press("Enter");
    await until("the end", () => spawnSync("tmux", ["-S", SOCKET, "has-session"]).status !== 0);
  });
  spawnSync("tmux", ["-S", SOCKET, "kill-server"]);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

runMain(main);
