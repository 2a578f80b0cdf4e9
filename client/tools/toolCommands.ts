import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { promisify } from "node:util";
import { commands, type ExtensionContext, l10n, TaskPanelKind, type TextDocument, tasks, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { INSTALLED_REQUEST } from "../../server/src/server/protocol.ts";
import { withoutLinks } from "../../server/src/text/markdown.ts";
import { complain, tell } from "../saying.ts";
import {
  locate,
  mountsOf,
  QUESTIONS,
  type ToolCall,
  type ToolProgram,
  type ToolSubject,
  unitNamed,
  verifyCall,
} from "./commandLines.ts";
import { addLocalCommand, terminalTask } from "./localCommands.ts";

/** The first systemd with `systemd-analyze unit-shell`. */
const UNIT_SHELL = 258;

/**
 * Adds the commands that ask the systemd of this machine, in a terminal. They are shown where their programs are, the
 * workspace is trusted and the file is local; nothing runs before one is chosen.
 */
export function registerTools(context: ExtensionContext): void {
  const add = (name: string, ask: (document: TextDocument, subject: ToolSubject) => Promise<void>): void =>
    addLocalCommand(context, name, async (document, subject) => {
      if (subject) await ask(document, subject);
      else void tell(l10n.t("The name of this file is not a unit name."));
    });
  const aboutUnit = (ask: (scope: ToolSubject["scope"], unit: string) => Promise<void>) => {
    return async (_: TextDocument, subject: ToolSubject): Promise<void> => {
      const unit = await unitFor(subject);
      if (unit !== undefined) await ask(subject.scope, unit);
    };
  };
  for (const name of ["cat", "status", "security", "shell"] as const)
    add(
      name,
      aboutUnit((scope, unit) => inTerminal(QUESTIONS[name](scope, unit))),
    );
  add("mounts", aboutUnit(showMounts));
  add("verify", verifyFile);
}

/** Tells the editor which of the commands this machine can run; called once the server answers. */
export async function showTools(client: BaseLanguageClient): Promise<void> {
  const version = await client.sendRequest<number | null>(INSTALLED_REQUEST);
  const isRunning = existsSync("/run/systemd/system");
  const analyze = version !== null && programPath("systemd-analyze") !== undefined;
  const mayBeRoot = process.getuid?.() === 0 || programPath("sudo") !== undefined;
  const known = {
    systemctl: isRunning && programPath("systemctl") !== undefined,
    analyze,
    security: isRunning && analyze,
    findmnt: isRunning && programPath("systemctl") !== undefined && programPath("findmnt") !== undefined,
    unitShell: isRunning && analyze && version >= UNIT_SHELL,
    learn: isRunning && programPath("systemctl") !== undefined && mayBeRoot,
    ssh: process.platform === "win32" || programPath("ssh") !== undefined,
  };
  for (const [key, value] of Object.entries(known))
    await commands.executeCommand("setContext", `unitWarden.tools.${key}`, value);
}

/** The unit that is meant, asked for where the file does not say it. */
export async function unitFor(subject: ToolSubject): Promise<string | undefined> {
  if (subject.missing === "nothing") return unitNamed(subject, "");
  const isInstance = subject.missing === "instance";
  const input = await window.showInputBox({
    prompt: isInstance
      ? withoutLinks(l10n.t("The instance of {0}, as systemd-escape writes it", subject.name ?? l10n.t("the template")))
      : l10n.t("These settings apply to many units: enter one that ends in .{0}", subject.kind),
    validateInput: (text) =>
      unitNamed(subject, text) === undefined ? l10n.t("Not a valid name of a .{0} unit", subject.kind) : undefined,
  });
  return input === undefined ? undefined : unitNamed(subject, input);
}

async function verifyFile(document: TextDocument, subject: ToolSubject): Promise<void> {
  if (document.isDirty && !(await document.save())) return;
  const about = subject.file ?? (await unitFor(subject));
  if (about === undefined) return;
  const line = verifyCall(subject.scope, about);
  if (line) await inTerminal(line);
  else void tell(l10n.t("A path with {0} in it cannot be passed to a task.", "${"));
}

async function showMounts(scope: ToolSubject["scope"], unit: string): Promise<void> {
  const { program, args } = QUESTIONS.mainProcess(scope, unit);
  const path = programPath(program);
  if (path === undefined) return missing(program);
  try {
    const { stdout } = await promisify(execFile)(path, [...args], { timeout: 10_000 });
    const line = mountsOf(stdout);
    if (line) await inTerminal(line);
    else void tell(l10n.t("{0} has no main process: it is not running.", unit));
  } catch (error) {
    complain(error);
  }
}

async function inTerminal({ program, args }: ToolCall): Promise<void> {
  const path = programPath(program);
  if (path === undefined) return missing(program);
  const shown = { name: `${program} ${args.join(" ")}`, source: "systemd", panel: TaskPanelKind.Shared, clear: true };
  await tasks.executeTask(terminalTask({ program: path, args }, shown));
}

function missing(program: ToolProgram): void {
  void tell(l10n.t("There is no {0} on this machine.", program));
}

/** Where a program of this machine lies; undefined where it has none. */
export function programPath(program: ToolProgram): string | undefined {
  return locate(program, process.env.PATH ?? "", isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
