import type { DirectiveName } from "../catalog/catalog.ts";
import type { AssignedLine, Assignment } from "../syntax/tree.ts";
import { lazy } from "../text/tables.ts";
import { DIRECTORY_SETTINGS, DIRECTORY_SPECIFIERS, type DirectorySetting } from "../units/directories.ts";
import { asQuestion } from "../units/lasting.ts";
import { firstLines, type OnLine, onLines } from "../units/lineLists.ts";
import { memo } from "../units/memo.ts";
import { assignmentsOf, linesInForce, mergedAssignments, sinceReset, type Unit } from "../units/unit.ts";
import { SYSTEM_SPECIFIERS, USER_SPECIFIERS } from "../values/resolve.ts";
import { COMMAND_SETTINGS } from "./program.ts";

/** Where a setting makes its directories: as people write it, and the specifier for it. */
interface Root {
  readonly setting: DirectorySetting;
  readonly specifier: string;
  readonly written: readonly string[];
}

/** In user units the specifiers lead into the home and the runtime folder of the user (seen with 257). */
const ROOTS: Readonly<Record<"system" | "user", () => readonly Root[]>> = {
  system: () => DIRECTORY_SETTINGS.map((it) => rootOf(it, SYSTEM_SPECIFIERS)),
  // The folder of logs lies in that of states.
  user: () => DIRECTORY_SETTINGS.toSorted().map((it) => rootOf(it, USER_SPECIFIERS)),
};

function rootOf(setting: DirectorySetting, folders: Readonly<Record<string, string>>): Root {
  const specifier = DIRECTORY_SPECIFIERS[setting];
  const folder = (folders[specifier.slice(1)] ?? "")
    .replace("/home/user", "%h")
    .replace("/run/user/1000", "/run/user/%U");
  return { setting, specifier, written: folder === "/run" ? ["/run", "/var/run"] : [folder] };
}

/** A path in a value that lies below one of the roots; offsets count in the text of the value. */
interface Found {
  readonly root: Root;
  readonly from: number;
  /** Where the root ends. */
  readonly rootTo: number;
  readonly to: number;
  /** The names after the root; the last one only where it is complete. */
  readonly parts: readonly string[];
  /** Whether the last one is surely a directory. */
  readonly open: boolean;
  /** Whether the root is the specifier already. */
  readonly short: boolean;
}

/** Where something stands: in which of the values in force of a setting. */
export interface InValue {
  readonly setting: DirectiveName;
  readonly at: number;
}

/** The same with its place. */
export interface Use extends Found, InValue {}

const LINES = [...COMMAND_SETTINGS, "Environment", "PIDFile", "WorkingDirectory"] as const;

/** As many lines of a setting as are looked at: more than anyone writes. */
const MAX_LINES = 300;

/**
 * What a function finds in the values in force of a setting, drop-ins included. As long as none of the lines is touched it is
 * the same list, so that a keystroke elsewhere costs nothing.
 */
export function inValues<T>(
  setting: DirectiveName,
  find: (line: AssignedLine) => readonly T[],
): (unit: Unit) => readonly (T & InValue)[] {
  const all = onLines(memo(find));
  const placed = memo((each: readonly OnLine<T>[]): readonly (T & InValue)[] =>
    each.map(({ at, found }) => ({ ...found, setting, at })),
  );
  return (unit) => placed(all(firstLines(linesInForce(unit, "Service", setting), MAX_LINES)));
}

/** The line of the file itself that something stands in; undefined where it stands in a drop-in. */
export function lineOf(unit: Unit, { setting, at }: InValue): Assignment | undefined {
  const line = sinceReset(mergedAssignments(unit, "Service", setting))[at];
  if (!line || unit.dropIns.length === 0) return line;
  return assignmentsOf(unit, "Service", setting).includes(line) ? line : undefined;
}

/**
 * The paths that a unit writes out in commands, environment, PIDFile= and WorkingDirectory=. Not those of StandardOutput=,
 * as systemd opens these before it makes the directory.
 */
export const usesOf: (unit: Unit) => readonly Use[] = asQuestion((unit) =>
  unit.memory.query(
    "uses of paths",
    readers[unit.path.scope]().map((read) => read(unit)),
    (...lists) => lists.flat(),
  ),
);

/** A path begins where a word does, after an option's `=`, or after the scheme of a socket; `host:/path` is elsewhere. */
const scanner = (roots: readonly Root[]): ((text: string) => readonly (Found & { readonly complete: boolean })[]) => {
  const written = roots.flatMap((root) => [...root.written, root.specifier].map((text) => ({ root, text })));
  const names = written.map((it) => it.text.replace(/[.]/g, "\\.")).join("|");
  const path = new RegExp(
    `(^|[\\s=,;"'(>]|\\b(?:unix|unixgram|unixpacket|file|local|ipc|fastcgi):)(${names})((?:/[^\\s"',;:|<>()&\\\\$\`*?{}[\\]/]+)+)(/?)([$\`*?{[\\\\]?)`,
    "g",
  );
  return (text) => {
    if (!/[/%]/.test(text)) return NONE;
    return [...text.matchAll(path)].flatMap((match) => {
      const [, before = "", start = "", rest = "", slash = "", partial = ""] = match;
      const root = written.find((it) => it.text === start)?.root;
      if (!root) return [];
      const from = match.index + before.length;
      const rootTo = from + start.length;
      const whole = rest.slice(1).split("/");
      const complete = partial === "" || slash !== "";
      const parts = complete ? whole : whole.slice(0, -1);
      const open =
        slash !== "" ||
        !complete ||
        isOfDirectories(root, parts) ||
        DIRECTORY_OPTION.test(text.slice(Math.max(0, from - NEAR), from));
      const short = start === root.specifier;
      return [{ root, from, rootTo, to: rootTo + rest.length, parts, open, short, complete }];
    });
  };
};

const NONE: readonly never[] = [];

/** Whether a path is that of a directory by where it lies: files without a folder of their own are found in other places. */
const isOfDirectories = ({ setting }: Root, parts: readonly string[]): boolean =>
  (setting === "StateDirectory" || setting === "CacheDirectory") &&
  parts.length === 1 &&
  !/\.[A-Za-z]\w{0,7}$/.test(parts[0] ?? "");

/** What stands before a path that is a directory. */
const DIRECTORY_OPTION =
  /(?:(?:dir|directory|home|root|base|data|folder|workdir|chdir|logs)[-_.]?(?:dir|path)?["']?[=\s]\s*|\bmkdir(?:\s+-\S+)*\s+)["']?$/i;
const NEAR = 40;

const readersOf = (roots: readonly Root[]): readonly ((unit: Unit) => readonly Use[])[] => {
  const scan = scanner(roots);
  return LINES.map((name) =>
    inValues(name, ({ value: { text } }) =>
      name === "WorkingDirectory" ? scan(text).map((it) => ({ ...it, open: it.open || it.complete })) : scan(text),
    ),
  );
};

const readers = { system: lazy(() => readersOf(ROOTS.system())), user: lazy(() => readersOf(ROOTS.user())) };
