import type { DirectiveName } from "../catalog/catalog.ts";
import { callsFor } from "../security/callSet.ts";
import { effective } from "../security/effective.ts";
import { hiddenBy, noexecBy } from "../security/world/access.ts";
import { isLoaderClosed, LIBRARIES, needsLoader } from "../service/loader.ts";
import { listedPath, normalPath } from "../service/paths.ts";
import { programsOf } from "../service/program.ts";
import type { Assignment } from "../syntax/tree.ts";
import type { Unit } from "../units/unit.ts";
import { listWords } from "../units/words.ts";
import { type CausingSetting, cause, LIKELY, linesToBlame, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence, Message } from "./evidence.ts";
import { addSettings, addWord, changeTo, fixes, removeWord } from "./fixes.ts";
import { hidersOf } from "./hidden.ts";
import { blamedPaths, declaration, isOfSystemd } from "./places.ts";

/** Why a program could not be run (203/EXEC) or its directory not be entered (200/CHDIR). */
export function* programCauses(unit: Unit, evidence: Evidence): Iterable<CausingSetting> {
  if (evidence.statuses.includes(203)) yield* execCauses(unit, evidence.messages);
  if (evidence.statuses.includes(200)) yield* directoryCauses(unit, evidence.messages);
  yield* loaderCauses(unit, evidence.messages);
  yield* childCauses(unit, evidence);
}

function* execCauses(unit: Unit, messages: readonly Message[]): Iterable<CausingSetting> {
  const spoken = messages.filter((it) => /at step EXEC|execut/i.test(it.text));
  const named = spoken.map((it) => /(?:spawning|executable|execute) '?(\/[^:']+)/.exec(it.text)?.[1]);
  const error = spoken.findLast((it) => it.error !== undefined)?.error;
  const programs = programsOf(unit);
  const paths = new Set(named.filter((it) => it !== undefined));
  if (paths.size === 0) for (const { path } of programs) if (path.startsWith("/")) paths.add(path);
  for (const path of [...paths].slice(0, 10)) yield* ofProgram(unit, normalPath(unit, path) ?? path, error);
  if (filtersExecve(unit))
    yield cause(
      unit,
      "SystemCallFilter",
      error === "EPERM" || error === "ENOSYS" ? SURE : LIKELY,
      "SystemCallFilter= denies execve, which systemd needs to run the program",
      [addWord(unit, "SystemCallFilter", "execve")],
      refusing(unit, "execve"),
    );
}

function* ofProgram(unit: Unit, path: string, error: string | undefined): Iterable<CausingSetting> {
  yield* hidersOf(unit, path);
  const closed = noExecOver(unit, path);
  const refused = error === undefined || error === "EACCES";
  if (closed && refused) {
    const words = isLoaderClosed(unit) ? `${path} ${LIBRARIES}` : path;
    yield cause(
      unit,
      "NoExecPaths",
      error === undefined ? SURE - 10 : SURE,
      `NoExecPaths= covers ${path}, so that it cannot be executed`,
      [addWord(unit, "ExecPaths", words)],
      closed.line,
    );
  } else if (refused) yield* loaderOf(unit, path, error);
  const command = programsOf(unit).find((it) => normalPath(unit, it.path) === path);
  const setting: DirectiveName = command?.setting ?? "ExecStart";
  const line = linesToBlame(unit, setting).find((it) => it.text.includes(command?.path ?? path));
  const { user, dynamicUser } = effective(unit).settings;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: `${setting}= runs ${path}: the file, or the interpreter in its first line, is missing`,
    EACCES: `${setting}= runs ${path}, which is not executable, or is in a directory that the user of the unit cannot access`,
    ENOEXEC: `${setting}= runs ${path}, a script without a \`#!\` line or a program for another architecture`,
  };
  const shell =
    error === "ENOEXEC" && line && command && !/[@:!|]/.test(command.prefixes)
      ? changeTo(unit, line, line.text.replace(command.path, `/bin/sh ${command.path}`))
      : undefined;
  if (closed || filtersExecve(unit)) return;
  yield cause(
    unit,
    setting,
    error === undefined ? POSSIBLE : LIKELY,
    reasons[error ?? ""] ?? `${setting}= runs ${path}, which could not be executed`,
    fixes(shell),
    line,
  );
  if (error === "EACCES" && (user !== "" || dynamicUser)) {
    const by = dynamicUser ? "DynamicUser" : "User";
    yield cause(unit, by, LIKELY - 5, `${by}= needs access to ${path} and the permission to execute it`);
  }
}

/** What a program is run together with, and what NoExecPaths= covers where it covers the program not. */
function* loaderOf(unit: Unit, path: string, error: string | undefined): Iterable<CausingSetting> {
  const line = linesToBlame(unit, "NoExecPaths").at(-1);
  if (!line) return;
  const closed = isLoaderClosed(unit);
  const script = /\.\w+$/.test(path);
  // Debian has it in the one place, Fedora in the other.
  const partly = closed || ["/usr/lib", "/usr/lib64"].some((it) => noexecBy(unit, it));
  const interpreters = script && noexecBy(unit, "/usr/bin") !== undefined;
  if (!partly && !interpreters) return;
  const surely = closed && needsLoader(unit, path) === "surely";
  const weight = error === undefined ? (surely ? LIKELY + 10 : LIKELY) : surely ? SURE : LIKELY + 10;
  const what = [
    ...(partly ? ["the loader of dynamically linked programs"] : []),
    ...(interpreters ? ["the interpreters of scripts"] : []),
  ].join(" and ");
  const words = [...(interpreters ? ["/usr/bin"] : []), ...(partly ? [LIBRARIES] : [])].join(" ");
  yield cause(
    unit,
    "NoExecPaths",
    weight,
    `NoExecPaths= allows ${path}, but covers ${what}, which it needs`,
    fixes(...reopened(unit), addWord(unit, "ExecPaths", words)),
    line,
  );
}

/** What both lists name stays closed: the place of libraries has to leave the one. */
function reopened(unit: Unit) {
  return linesToBlame(unit, "NoExecPaths").flatMap((line) =>
    listWords(line.text)
      .filter((word) => /^(?:\/usr)?\/lib(?:64)?$/.test(listedPath(unit, word) ?? ""))
      .map((word) => removeWord(unit, line, word)),
  );
}

/** What a program could not run in its turn: a shell says so with status 126. */
function* childCauses(unit: Unit, { messages, text }: Evidence): Iterable<CausingSetting> {
  for (const { text: line } of messages) {
    const command = /\bsh: (?:line )?\d+: ([\w.+-]+): (?:Permission denied|(?:command )?not found)/.exec(line)?.[1];
    if (command !== undefined) yield* hidersOf(unit, `/usr/bin/${command}`);
  }
  if (linesToBlame(unit, "NoExecPaths").length === 0) return;
  for (const message of messages) {
    if (message.error !== "EACCES" || isOfSystemd(message)) continue;
    for (const path of blamedPaths(message)) {
      const closed = noExecOver(unit, path);
      const run = /\/(?:s?bin|libexec)\/|\.(?:sh|py|pl|rb)$/.test(path) || /exec|spawn|subprocess/i.test(text);
      if (closed)
        yield cause(
          unit,
          "NoExecPaths",
          /\bsh: |exec|spawn/i.test(message.text) ? SURE : run ? LIKELY + 5 : POSSIBLE,
          `NoExecPaths= covers ${path}, so that the program cannot execute it`,
          [addWord(unit, "ExecPaths", path)],
          closed.line,
        );
    }
  }
}

/** NoExecPaths= with the line that closes a path; undefined where something else does, or nothing. */
function noExecOver(unit: Unit, path: string) {
  const by = noexecBy(unit, path);
  return by?.directive === "NoExecPaths" ? { line: by.node } : undefined;
}

function filtersExecve(unit: Unit): boolean {
  return filters(unit, "execve");
}

/** Whether SystemCallFilter= stops a call, whatever it answers then. */
export function filters(unit: Unit, call: string): boolean {
  const { systemCalls, version } = effective(unit).settings;
  const bits = callsFor(call, version);
  if (!systemCalls || !bits) return false;
  const listed = bits.every((it, i) => (it & (systemCalls.members[i] ?? 0)) === it);
  return systemCalls.allow ? !listed : bits.some((it, i) => (it & (systemCalls.members[i] ?? 0)) !== 0);
}

/** The line of SystemCallFilter= that refuses a call: the last one that takes it out, else the first of what is allowed. */
export function refusing(unit: Unit, call: string): Assignment | undefined {
  const bits = callsFor(call, effective(unit).settings.version);
  const holds = (word: string): boolean => {
    const others = callsFor(word.split(":", 1)[0] ?? "", effective(unit).settings.version);
    return bits?.some((it, i) => (it & (others?.[i] ?? 0)) !== 0) ?? false;
  };
  const lines = linesToBlame(unit, "SystemCallFilter");
  return (
    lines.findLast((it) => it.text.startsWith("~") && listWords(it.text.slice(1)).some(holds)) ??
    lines.find((it) => !it.text.startsWith("~")) ??
    lines.at(-1)
  );
}

function* directoryCauses(unit: Unit, messages: readonly Message[]): Iterable<CausingSetting> {
  const line = linesToBlame(unit, "WorkingDirectory").at(-1);
  const error = messages.findLast((it) => /working directory|at step CHDIR/i.test(it.text))?.error;
  const { user, dynamicUser } = effective(unit).settings;
  if (!line) return;
  const path = normalPath(unit, line.text.replace(/^-/, "")) ?? "";
  const hidden = hiddenBy(unit, path) !== undefined;
  if (path !== "") yield* hidersOf(unit, path);
  const dash = /^[-~]/.test(line.text) ? undefined : changeTo(unit, line, `-${line.text}`);
  const made = declaration(unit, path, { text: "mkdir", error: "ENOENT", paths: [path] });
  const reason =
    error === "EACCES"
      ? `WorkingDirectory= is ${line.text}, which the user of the unit may not enter`
      : hidden
        ? `WorkingDirectory= is ${line.text}, which is hidden from the unit`
        : error === "ENOENT"
          ? `WorkingDirectory= is ${line.text}, which is missing`
          : error === undefined
            ? `WorkingDirectory= is ${line.text}, which is missing, or which the user of the unit may not enter`
            : `WorkingDirectory= is ${line.text}, which could not be entered`;
  const weight = hidden ? LIKELY : error === undefined ? LIKELY + 10 : SURE - 5;
  yield cause(unit, "WorkingDirectory", weight, reason, fixes(made, dash), line);
  if ((error === "EACCES" || (error === undefined && !hidden)) && (user !== "" || dynamicUser))
    yield cause(
      unit,
      dynamicUser ? "DynamicUser" : "User",
      error === undefined ? POSSIBLE : LIKELY,
      `The user of the unit needs permission to enter ${path}`,
    );
}

/** Libraries that cannot be found or mapped. */
function* loaderCauses(unit: Unit, messages: readonly Message[]): Iterable<CausingSetting> {
  for (const { text, paths } of messages) {
    if (!/shared object|shared librar|map segment/.test(text)) continue;
    const library = paths.find((it) => /\.so(?:\.|$)/.test(it));
    const closed = library === undefined ? undefined : noExecOver(unit, library);
    const all = linesToBlame(unit, "NoExecPaths").at(-1);
    if (/map segment/.test(text) && all)
      yield cause(
        unit,
        "NoExecPaths",
        SURE,
        "NoExecPaths= covers libraries of the program, whose code then cannot be mapped",
        [addSettings(unit, `ExecPaths=${closed && library ? library.slice(0, library.lastIndexOf("/")) : "/usr/lib"}`)],
        closed?.line ?? all,
      );
    else if (/executable stack/.test(text) && effective(unit).settings.memoryDenyWriteExecute) continue;
    else if (library !== undefined) yield* hidersOf(unit, library);
  }
}
