import { code, type Prose, plainProse, proseParagraphs, sentence } from "../reports/markup.ts";
import { encryptCommand, encryptedPath } from "../service/encryptedCredential.ts";
import { parseExec } from "../syntax/commandLine.ts";
import type { Assignment } from "../syntax/tree.ts";
import { expandSpecifiers } from "../units/specifiers.ts";
import { assignmentsOf, type Unit } from "../units/unit.ts";
import { whereOf } from "../units/where.ts";
import { describeProgram } from "./programHover.ts";
import { describePath, type PathNote } from "./sandboxHover.ts";
import type { FileKind, World } from "./world.ts";

/**
 * What is known of the file under the cursor: whether this machine has it, what systemd does where it is missing, and what the
 * sandbox makes of it.
 */
export function describeFile(
  unit: Unit,
  section: string,
  node: Assignment,
  at: number,
  world: World,
): PathNote | undefined {
  if (section === "Unit") return isPathCondition(node.key) ? anyPath(unit, node, at, world) : undefined;
  if (section !== "Service") return undefined;
  if (node.key.startsWith("Exec") && !/Paths?$/.test(node.key)) {
    const program = programAt(unit, node, at, world);
    if (program) return program;
  }
  if (node.key === "EnvironmentFile") return environmentFile(unit, node, at, world);
  return anyPath(unit, node, at, world);
}

const isPathCondition = (key: string): boolean => /^(?:Condition|Assert)(?:Path|File|Directory)/.test(key);

/** The program of a command. A plain name is looked for as systemd does. */
function programAt(unit: Unit, node: Assignment, at: number, world: World): PathNote | undefined {
  const { commands } = parseExec(node.text);
  const command = commands.find(({ path }) => path.from <= at && at <= path.to);
  if (!command || command.path.value === "") return undefined;
  const { prefixes, path } = command;
  const written = expandSpecifiers(unit, path.value);
  if (written === undefined) return undefined;
  const isPath = written.startsWith("/");
  const found = isPath ? undefined : world.programs().find((it) => it.home === "machine" && it.name === written);
  const ignored = prefixes.includes("-") ? ", which the - turns into success" : "";
  const kind = isPath && !hasOwnRoot(unit) ? world.kind(written) : undefined;
  const sandbox = isPath ? describePath(unit, node, at)?.prose : undefined;
  const prose = proseParagraphs(
    found ? sentence(code(written), plainProse("is"), code(found.path), plainProse("on this machine.")) : code(written),
    kind && plainProse(PROGRAMS[kind](ignored)),
    prefixes.includes("+")
      ? plainProse("It runs outside the sandbox and as the user of the manager, because of the +.")
      : (sandbox ?? (isPath && !hasOwnRoot(unit) ? plainProse("The sandbox does not affect this path.") : undefined)),
    describeProgram(unit, node.key, path.value),
  );
  return kind || found || sandbox || isPath ? { prose, from: path.from, to: path.to } : undefined;
}

const PROGRAMS: Readonly<Record<FileKind, (ignored: string) => string>> = {
  program: () => "It exists on this machine and can be executed.",
  file: (ignored) => `Not executable on this machine: the command would fail with status 203/EXEC${ignored}.`,
  folder: (ignored) => `A directory on this machine: the command would fail with status 203/EXEC${ignored}.`,
  missing: (ignored) => `Not on this machine: the command would fail with status 203/EXEC${ignored}.`,
};

/** A file with variables, which systemd itself reads. */
function environmentFile(unit: Unit, { text: value }: Assignment, at: number, world: World): PathNote | undefined {
  const optional = value.startsWith("-");
  const from = optional ? 1 : 0;
  if (at < from || !/^(?:\/|%)/.test(value.slice(from))) return undefined;
  const path = expandSpecifiers(unit, value.slice(from));
  const kind = path?.startsWith("/") && !/[*?[]/.test(path) ? world.kind(path) : undefined;
  const reader = whereOf(unit).scope === "system" ? ", as root" : "";
  const prose = proseParagraphs(
    code(path ?? value.slice(from)),
    kind && plainProse(environmentState(kind, optional)),
    plainProse(
      `The service manager reads it${reader}, before the sandbox is set up, independently of User= and the sandbox.`,
    ),
    plainProse("A variable of the file takes precedence over the same one of Environment=."),
  );
  return { prose, from, to: value.length };
}

function environmentState(kind: FileKind, optional: boolean): string {
  if (kind === "folder") return "A directory on this machine: the service cannot start with it.";
  if (kind !== "missing") return "It exists on this machine.";
  return optional
    ? "Not on this machine: because of the -, the service starts without it."
    : "Not on this machine: the service cannot start without it. With a - before the path it could.";
}

/** Any other path, where the machine or the sandbox has something to say of it. */
function anyPath(unit: Unit, node: Assignment, at: number, world: World): PathNote | undefined {
  const sandbox = describePath(unit, node, at);
  const found = absoluteAt(node.text, at);
  const path = found && !hasOwnRoot(unit) ? expandSpecifiers(unit, found.path) : undefined;
  const kind = path === undefined || GLOB.test(path) ? undefined : world.kind(path);
  const credential = found && credentialSource(unit, node);
  if (!found || !(kind || credential)) return sandbox;
  const place = kind && plainProse(`${PLACES[kind]} on this machine.`);
  const prose = proseParagraphs(place, credential, sandbox?.prose);
  return { prose, from: sandbox?.from ?? found.from, to: sandbox?.to ?? found.from + found.path.length };
}

/** How the file of a credential is read, and how one is made that only this machine can decrypt. */
function credentialSource(unit: Unit, { key, text }: Assignment): Prose | undefined {
  const [, name = "", path = ""] = /^([^:%\\]{1,255}):(\/[^%]*)$/.exec(text) ?? [];
  if (!/^LoadCredential(?:Encrypted)?$/.test(key) || name === "") return undefined;
  const isUser = whereOf(unit).scope === "user";
  const reader = plainProse(`The service manager reads it${isUser ? "" : " as root"}, and the service gets a copy.`);
  if (key === "LoadCredential") {
    const encrypted = encryptedPath(name);
    const command = code(encryptCommand(name, path));
    const line = code(`LoadCredentialEncrypted=${name}:${encrypted}`);
    const advice = sentence(plainProse("Encrypted for this machine:"), command, plainProse("and"), line);
    return isUser ? reader : proseParagraphs(reader, advice);
  }
  const command = code(encryptCommand(name, "FILE", path, isUser ? "--user " : ""));
  const made = sentence(plainProse("Made by"), command);
  return proseParagraphs(reader, made, plainProse("With another name the start fails with 243/CREDENTIALS."));
}

const GLOB = /[*?[\]]/;
const PLACES: Readonly<Record<FileKind, string>> = {
  program: "A program",
  file: "A file",
  folder: "A directory",
  missing: "Missing",
};

const PATH = /(?<=^|[\s"'=:,+\-!@|])\/[^\s"':,;=]*/g;

/** The absolute path under the cursor. */
function absoluteAt(value: string, at: number): { readonly path: string; readonly from: number } | undefined {
  for (const { 0: path, index } of value.matchAll(PATH))
    if (index <= at && at <= index + path.length) return path.length > 1 ? { path, from: index } : undefined;
  return undefined;
}

/** Whether the paths of the service are those of another root than the machine's. */
const hasOwnRoot = (unit: Unit): boolean =>
  (["RootDirectory", "RootImage", "RootMStack"] as const).some((key) =>
    assignmentsOf(unit, "Service", key).some((it) => it.text !== ""),
  );
