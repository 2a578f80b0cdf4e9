import type { DirectiveName } from "../catalog/catalog.ts";
import { effective } from "../security/effective.ts";
import { hiddenBy } from "../security/world/access.ts";
import { normalPath } from "../service/paths.ts";
import { NEW_NAMES } from "../units/oldNames.ts";
import type { Unit } from "../units/unit.ts";
import { listWords } from "../units/words.ts";
import { type CausingSetting, cause, LIKELY, linesToBlame, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence } from "./evidence.ts";
import { changeWord, fixes, removeWord, setTo } from "./fixes.ts";
import { declaration } from "./places.ts";

/** Lists of paths that have to be there, unless a `-` stands before them; and what brings them back from an empty file system. */
const LISTS = [
  ["ReadWritePaths", "BindPaths"],
  ["ReadOnlyPaths", "BindReadOnlyPaths"],
  ["InaccessiblePaths", undefined],
  ["ExecPaths", "BindReadOnlyPaths"],
  ["NoExecPaths", undefined],
  ["BindPaths", undefined],
  ["BindReadOnlyPaths", undefined],
  ["TemporaryFileSystem", undefined],
  ["RootDirectory", undefined],
  ["RootImage", undefined],
  ["ExtensionDirectories", undefined],
  ["ExtensionImages", undefined],
  ["MountImages", undefined],
  ...[...NEW_NAMES].map(
    ([old, name]) =>
      [
        old,
        name === "ReadWritePaths" ? "BindPaths" : name === "ReadOnlyPaths" ? "BindReadOnlyPaths" : undefined,
      ] as const,
  ),
] as const satisfies readonly (readonly [DirectiveName, DirectiveName | undefined])[];

const NO_DASH = new Set<DirectiveName>(["TemporaryFileSystem", "RootDirectory", "RootImage"]);

/** What stops systemd from building the view of the file system (226/NAMESPACE, 210/CHROOT). */
export function* mountCauses(unit: Unit, { statuses, messages }: Evidence): Iterable<CausingSetting> {
  if (!statuses.includes(226) && !statuses.includes(210) && !messages.some((it) => SET_UP.test(it.text))) return;
  const reported = messages.flatMap(({ text, error }) => {
    const path = SET_UP.exec(text)?.[1];
    return path === undefined ? [] : [{ path: path.replace(UNIT_ROOT, ""), isClosed: error === "EACCES" }];
  });
  const named = reported.map((it) => it.path);
  let found = false;
  for (const { path, isClosed } of reported) {
    for (const it of ofPath(unit, path, isClosed)) {
      found = true;
      yield it;
    }
  }
  if (!found) yield* unnamed(unit, named);
}

/** The message of the executor; the path may itself stand below the root that is being built. */
const SET_UP = /Failed to set up (?:mount namespacing|namespace)(?:: (\/[^:]*))?/;

/** Where the root of the unit is built. */
const UNIT_ROOT = /^\/run\/systemd\/(?:unit-root|mount-rootfs)(?=\/)/;

/** What names a path that is missing, or `isClosed` even to root, as a file system of another user or machine may be. */
function* ofPath(unit: Unit, path: string, isClosed: boolean): Iterable<CausingSetting> {
  if (/^\/(?:var\/)?tmp$/.test(path) && linesToBlame(unit, "PrivateTmp").length > 0)
    yield cause(unit, "PrivateTmp", LIKELY, `PrivateTmp= mounts a private directory over ${path}, which must exist`, [
      setTo(unit, "PrivateTmp", "no"),
    ]);
  const wanted = normalPath(unit, path);
  for (const [name, instead] of LISTS) {
    for (const line of linesToBlame(unit, name)) {
      for (const word of listWords(line.text)) {
        const [source = "", target = ""] = word.replace(/^[-+]+/, "").split(":");
        if (![source, target].some((it) => it !== "" && normalPath(unit, it) === wanted)) continue;
        const cover = hiddenBy(unit, source);
        const optional = /^\+?-/.test(word);
        if (isClosed) {
          const why = `${name}= names ${path}, which exists and which even root may not enter, as on FUSE or NFS; a \`-\` before it does not help`;
          yield cause(unit, name, SURE, why, fixes(removeWord(unit, line, word)), line);
          continue;
        }
        const dash =
          optional || NO_DASH.has(name) ? undefined : changeWord(unit, line, word, word.replace(/^\+?/, "$&-"));
        const brought =
          cover && instead && !word.startsWith("+") ? removeWord(unit, line, word, `${instead}=${source}`) : undefined;
        const made = cover ? undefined : declaration(unit, path, { text: "mkdir", error: "ENOENT", paths: [path] });
        const why = cover
          ? `${name}= names ${path}, which is missing because ${cover.setting} hides it`
          : `${name}= names ${path}, which is missing: without a \`-\` before it the path must exist`;
        yield cause(unit, name, 100, why, fixes(brought, dash, made), line);
        if (cover)
          yield cause(unit, cover.by.directive, LIKELY, `${cover.setting} hides ${path}, which ${name}= needs`);
      }
    }
  }
}

/** The settings that need a namespace at all, where the message names no path of the unit. */
function* unnamed(unit: Unit, named: readonly string[]): Iterable<CausingSetting> {
  const about = named.length > 0 ? ` (the log names ${named.join(", ")})` : "";
  for (const [name] of LISTS) {
    const line = linesToBlame(unit, name).at(-1);
    if (!line) continue;
    const missing = NO_DASH.has(name) ? [] : listWords(line.text).filter((it) => !/^\+?-/.test(it));
    const dashes = missing.slice(0, 3).map((it) => changeWord(unit, line, it, it.replace(/^\+?/, "$&-")));
    const reason = NO_DASH.has(name)
      ? `${name}= must be set up before the first command runs${about}`
      : `${name}= names paths that must exist, unless a \`-\` stands before them${about}`;
    yield cause(
      unit,
      name,
      missing.length > 0 || NO_DASH.has(name) ? LIKELY : POSSIBLE,
      reason,
      fixes(...dashes),
      line,
    );
  }
  yield* needing(unit);
}

/** Switches that need a mount namespace or mount something, and the value that needs none. */
const SWITCHES = [
  ["ProtectProc", "default"],
  ["ProcSubset", "all"],
  ["PrivatePIDs", "no"],
  ["PrivateDevices", "no"],
  ["PrivateTmp", "no"],
  ["PrivateIPC", "no"],
  ["PrivateBPF", "no"],
  ["PrivateNetwork", "no"],
  ["PrivateMounts", "no"],
  ["ProtectSystem", "no"],
  ["ProtectHome", "no"],
  ["ProtectKernelTunables", "no"],
  ["ProtectKernelModules", "no"],
  ["ProtectKernelLogs", "no"],
  ["ProtectControlGroups", "no"],
  ["MountAPIVFS", "no"],
  ["BindLogSockets", "no"],
  ["DynamicUser", "no"],
] as const satisfies readonly (readonly [DirectiveName, string])[];

/** What needs a namespace that a container may forbid; one setting alone is as good as named. */
function* needing(unit: Unit): Iterable<CausingSetting> {
  if (effective(unit).settings.privateUsers !== "no" && linesToBlame(unit, "PrivateUsers").length > 0)
    yield cause(
      unit,
      "PrivateUsers",
      POSSIBLE,
      "PrivateUsers= needs user namespaces, which a container may not allow",
      [setTo(unit, "PrivateUsers", "no")],
    );
  for (const [name, off] of SWITCHES) {
    const line = linesToBlame(unit, name).at(-1);
    if (!line || line.text === off || /^(?:no|false|off|0)$/i.test(line.text)) continue;
    yield cause(
      unit,
      name,
      POSSIBLE - 10,
      `${name}= needs a mount namespace, which a container may not allow`,
      name === "DynamicUser" ? [] : [setTo(unit, name, off)],
      line,
    );
  }
}
