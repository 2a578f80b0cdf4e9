import type { FileReading, ProgramForm, ProgramReading, ProgramSign } from "../program/reading.ts";
import { readsScripts } from "../program/script/interpreters.ts";
import type { SignName } from "../program/sign.ts";
import { isPlainTool } from "../service/visible.ts";
import { NEEDS_IN_PROGRAMS, type NeedInProgram } from "./programSigns.ts";
import type { NeedName } from "./vocabulary.ts";

/** What the files of a program say of a need. */
export type ReadNeed =
  /** Nothing in them speaks of it; a proof where that holds for all libraries, too, and nothing else can be loaded or started. */
  | { readonly says: "no"; readonly proof: boolean }
  /** A script does not speak of it, which shows little. */
  | { readonly says: "silent" }
  /** Something in them speaks of it. */
  | { readonly says: "may"; readonly sign: ProgramSign; readonly path: string }
  /** Something could not be read, the end of a sentence: `zorbd loads plugins`. */
  | { readonly says: "open"; readonly why: string };

/** Forms that are read whole: that others are silent is a hint. */
const WHOLE: ReadonlySet<ProgramForm> = new Set(["native", "go", "configuration"]);

/**
 * Whether all files are read whole. A shell script does nothing but what its commands do, which are followed, or named as what could
 * not be read; where it leads to no other program, that may be because one was not seen.
 */
const isWhole = (files: readonly FileReading[]): boolean =>
  files.every((it) => WHOLE.has(it.form) || it.form === "shell") &&
  files.some((it) => it.form === "native" || it.form === "go");

/** Signs of calls that stand in machine code, whatever words the program is told. */
const BY_CALLS: ReadonlySet<SignName> = new Set([
  ...([
    "administration",
    "bpf",
    "chroot",
    "compiles",
    "hostName",
    "mayCompile",
    "modules",
    "mount",
    "namespaces",
  ] as const),
  ...(["personality", "realtime", "setuidMode", "trace"] as const),
]);

/** What a reading says of a need; undefined where programs do not show it. */
export function readNeed(reading: ProgramReading, need: NeedName, isPrivileged: boolean): ReadNeed | undefined {
  const row = NEEDS_IN_PROGRAMS[need];
  const read = row && readSigns(reading, row, isPrivileged);
  const isShown = read?.says === "silent" && !row?.isOfRuntime && isWholeScript(reading);
  return isShown ? { says: "no", proof: false } : read;
}

/** Languages whose scripts name all that they do, where they load no code that is not read. */
const SCRIPTS: ReadonlySet<ProgramForm> = new Set([
  ...(["python", "perl", "ruby", "node", "php", "lua", "java"] as const),
  "shell",
]);

/** Whether it is a script of a language, or of a shell that leads to no machine code. */
export const isScripted = ({ files }: ProgramReading): boolean => {
  const forms = files.flatMap(({ own, form }) => (own ? form : []));
  return forms.some((it) => SCRIPTS.has(it) && (it !== "shell" || !forms.some((other) => MACHINE_CODE.has(other))));
};

const MACHINE_CODE: ReadonlySet<ProgramForm> = new Set(["native", "go"]);

/**
 * Whether a script loads only what is its own or comes with its language, and starts nothing but tools that do what their words say:
 * then its silence is that of its own code.
 */
export function isWholeScript(reading: ProgramReading): boolean {
  const own = reading.files.filter((it) => it.own);
  const isRead = ({ form, foreign }: FileReading): boolean =>
    WHOLE.has(form) || (SCRIPTS.has(form) && foreign === undefined);
  const isOpen = (it: ProgramSign): boolean => it.sign === "plugins" || startsOthers(it);
  return isScripted(reading) && own.every((it) => isRead(it) && !it.signs.some(isOpen));
}

/** A file that starts what leaves a need open. */
function startingIn(own: readonly FileReading[], { opensWhere }: NeedInProgram): FileReading | undefined {
  if (opensWhere === undefined) return undefined;
  const isStart = opensWhere === "starts" ? (it: ProgramSign) => it.sign === "exec" : startsOthers;
  return own.find((it) => it.signs.some(isStart));
}

/** Whether a program is started whose code is not read with it, and which does more than its words say. */
const startsOthers = ({ sign, form, what }: ProgramSign): boolean =>
  sign === "exec" && !(form === "command" && (isPlainTool(what) || readsScripts(what)));

/** The same of any signs; undefined where nothing was read. Root that starts programs of any name keeps all open, as those have its rights. */
export function readSigns(
  { files, unread }: ProgramReading,
  row: NeedInProgram,
  isPrivileged: boolean,
): ReadNeed | undefined {
  if (files.length === 0) return undefined;
  const own = files.filter((it) => it.own);
  const found = signIn(own, row.signs);
  if (found) return { says: "may", ...found };
  if (row.isHintOnly) return undefined;
  const hiding = own.find((it) => it.hides.length > 0);
  if (hiding) return { says: "open", why: `${lastPartOf(hiding.path)} ${hiding.hides[0]}` };
  const scripted = signIn(own, ["interpreter"]);
  if (scripted) return { says: "open", why: `${lastPartOf(scripted.path)} runs scripts` };
  const isCalled = row.signs.every((it) => BY_CALLS.has(it)) && isWhole(own) && !own.some((it) => it.form === "shell");
  const missing = unread.find((it) => !it.isLibrary && !(it.isArgument && isCalled));
  if (missing) return { says: "open", why: `${missing.path} ${missing.why}` };
  const opening = startingIn(own, row) ?? (isPrivileged && !row.opensWhere ? startingAnything(own) : undefined);
  if (opening) return { says: "open", why: `${lastPartOf(opening.path)} starts programs` };
  if (!isWhole(own)) return { says: "silent" };
  const isClosed = unread.length === 0 && !signIn(own, ["exec", "plugins"]);
  return { says: "no", proof: isClosed && !signIn(files, row.signs) };
}

function signIn(
  files: readonly FileReading[],
  names: readonly SignName[],
): { readonly sign: ProgramSign; readonly path: string } | undefined {
  for (const { path, signs } of files) {
    const sign = signs.find((it) => names.includes(it.sign));
    if (sign) return { sign, path };
  }
  return undefined;
}

/**
 * What of root may start programs that stand nowhere in its own code: those that its configuration names, and any at all where it
 * asks PAM about the users for whom it starts them. Hooks in other daemons need none of what they would lose, as far as was measured.
 */
function startingAnything(own: readonly FileReading[]): { readonly path: string } | undefined {
  const configuration = own.filter((it) => it.form === "configuration");
  return signIn(configuration, ["exec"]) ?? (signIn(own, ["exec"]) && signIn(own, ["pam"]));
}

/** The last part of a path, as a reason names files. */
export const lastPartOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The name of what a service runs: of its first program, and of the shell only where it runs nothing else. */
export function programName({ files }: ProgramReading): string {
  const own = files.filter((it) => it.own && it.form !== "configuration");
  return lastPartOf((own.find((it) => it.form !== "shell") ?? own[0] ?? files[0])?.path ?? "");
}
