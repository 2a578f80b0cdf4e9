import type { DirectiveName } from "../catalog/catalog.ts";
import { effective } from "../security/effective.ts";
import { splitWords } from "../syntax/words.ts";
import { latest, remembered } from "../units/once.ts";
import { mergedAssignments, type Unit, valuesInForce } from "../units/unit.ts";
import { simplifyPath } from "../values/path.ts";
import { hasOwnRoot } from "./effective.ts";
import { ENOUGH } from "./settings.ts";

/** The setting that covers a directory, as a message names it, and where. */
export interface Cover {
  readonly by: DirectiveName;
  /** With its value, such as `ProtectHome=yes`. */
  readonly setting: string;
  readonly at: string;
}

/** What a service sees of the file system where settings hide parts of it. */
export interface View {
  /** Directories below which nothing is left, whatever other settings say. */
  readonly closed: ReadonlyMap<string, Cover>;
  /** Directories with something else mounted on them: an empty file system, or files again. */
  readonly mounted: ReadonlyMap<string, Cover | "files">;
}

/** The directories of ProtectHome=. */
export const HOMES = ["/home", "/root", "/run/user"] as const;

/** Where the *Directory= settings of a system unit put their directories. */
export const ROOTS = {
  StateDirectory: "/var/lib",
  CacheDirectory: "/var/cache",
  LogsDirectory: "/var/log",
  RuntimeDirectory: "/run",
  ConfigurationDirectory: "/etc",
} as const;

/** What a path of a unit names, as far as it shows: specifiers of directories and two old links are followed. */
export function plainPath(path: string, scope: "system" | "user"): string {
  return scope === "system" ? systemPath(path) : userPath(path);
}

const SPECIFIERS: Readonly<Record<string, string>> = {
  S: "/var/lib",
  C: "/var/cache",
  L: "/var/log",
  E: "/etc",
  t: "/run",
  T: "/tmp",
  V: "/var/tmp",
  h: "/root",
};

const systemPath = remembered((path) => plain(path.replace(/^%([SCLEtTVh])/, (_, it: string) => SPECIFIERS[it] ?? "")));
const userPath = remembered((path) => plain(path.replace(/^%h/, "/home/%u").replace(/^%t/, "/run/user/%U")));

const plain = (path: string): string =>
  path.startsWith("/") ? simplifyPath(path).replace(/^\/var\/(run|lock)(?=\/|$)/, (_, it) => PLACES[it] ?? "") : path;
const PLACES: Readonly<Record<string, string>> = { run: "/run", lock: "/run/lock" };

/** The words of a list. */
export const wordsOf: (value: string) => readonly string[] = remembered((value) =>
  splitWords(value, "quotes")
    .words.slice(0, ENOUGH)
    .map((it) => it.value),
);

/** The path of a word in ReadWritePaths= and its kin, without its prefixes. */
export const listedPath = (word: string, scope: "system" | "user"): string =>
  plainPath(word.replace(/^[-+]+/, ""), scope);

/** Where a word of BindPaths= or BindReadOnlyPaths= mounts something; undefined where it is written with escapes. */
export function bindTarget(word: string, scope: "system" | "user"): string | undefined {
  if (word.includes("\\")) return undefined;
  const [source = "", target] = word.replace(/^-/, "").split(":");
  return plainPath(target || source, scope);
}

/** The view of a service; undefined where nothing is hidden, or where a root or an extension of its own brings other files. */
export function viewOf(unit: Unit): View | undefined {
  if (unit.path.kind !== "service" || hasOwnFiles(unit)) return undefined;
  const { protectHome, privateTmp, dynamicUser } = effective(unit).settings;
  const joins = mergedAssignments(unit, "Unit", "JoinsNamespaceOf").length > 0;
  const made = build(
    unit.path.scope,
    protectHome === "yes" || protectHome === "tmpfs" ? protectHome : "no",
    privateTmp === "no" || joins ? "no" : dynamicUser ? "DynamicUser=yes" : `PrivateTmp=${privateTmp}`,
    ...LISTS.map((name) => valuesInForce(unit, "Service", name)),
  );
  return made.closed.size > 0 || [...made.mounted.values()].some((it) => it !== "files") ? made : undefined;
}

/** What hides a path from the commands of a service; undefined where it is there. */
export function hiding({ closed, mounted }: View, path: string): Cover | undefined {
  if (!path.startsWith("/") || path === "/") return undefined;
  const above = ancestors(path);
  for (const it of above) {
    const cover = closed.get(it);
    if (cover) return cover;
  }
  if (mounted.has(path)) return undefined;
  for (const it of above) {
    const cover = mounted.get(it);
    if (cover) return cover === "files" ? undefined : cover;
  }
  return undefined;
}

/** The directories above a path, from the nearest to the root. */
export const ancestors: (path: string) => readonly string[] = remembered((path) => {
  const above: string[] = [];
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) above.push(path.slice(0, at));
  return [...above, "/"];
});

/** Whether the files that a service sees are not those of the host. */
export function hasOwnFiles(unit: Unit): boolean {
  const { settings } = effective(unit);
  const { present } = settings;
  if (settings.mountImages > 0 || present.has("ExtensionImages") || present.has("ExtensionDirectories")) return true;
  return hasOwnRoot(unit);
}

const LISTS = [
  "InaccessiblePaths",
  "InaccessibleDirectories",
  "TemporaryFileSystem",
  "BindPaths",
  "BindReadOnlyPaths",
  "StateDirectory",
  "CacheDirectory",
  "LogsDirectory",
  "RuntimeDirectory",
  "ConfigurationDirectory",
] as const satisfies readonly DirectiveName[];

const build = latest(
  (scope: "system" | "user", home: string, tmp: string, ...lists: readonly (readonly string[])[]): View => {
    const closed = new Map<string, Cover>();
    const mounted = new Map<string, Cover | "files">();
    for (const at of HOMES) {
      const cover = { by: "ProtectHome", setting: `ProtectHome=${home}`, at } as const;
      if (home === "yes") closed.set(at, cover);
      if (home === "tmpfs") mounted.set(at, cover);
    }
    if (tmp !== "no") {
      const by = tmp.startsWith("D") ? "DynamicUser" : "PrivateTmp";
      for (const at of ["/tmp", "/var/tmp"]) mounted.set(at, { by, setting: tmp, at });
    }
    for (const [i, name] of LISTS.entries()) {
      for (const word of lists[i]?.flatMap(wordsOf) ?? []) add(name, word, scope, closed, mounted);
    }
    return { closed, mounted };
  },
);

function add(
  name: (typeof LISTS)[number],
  word: string,
  scope: "system" | "user",
  closed: Map<string, Cover>,
  mounted: Map<string, Cover | "files">,
): void {
  if (name === "InaccessiblePaths" || name === "InaccessibleDirectories") {
    const at = listedPath(word, scope);
    if (at !== "/") closed.set(at, { by: name, setting: `${name}=${at}`, at });
  } else if (name === "TemporaryFileSystem") {
    const at = plainPath(word.replace(/:.*$/, ""), scope);
    // Where it has an effect at / there is no such view.
    if (at !== "/") mounted.set(at, { by: name, setting: `${name}=${at}`, at });
  } else if (name === "BindPaths" || name === "BindReadOnlyPaths") {
    const at = bindTarget(word, scope);
    if (at !== undefined) mounted.set(at, "files");
  } else if (scope === "system") {
    for (const at of madeBy(name, word)) mounted.set(at, "files");
  }
}

/** The directories that a word of StateDirectory= and its kin makes in a system unit: its own and the links to it. */
export function madeBy(name: keyof typeof ROOTS, word: string): readonly string[] {
  const [own = "", ...links] = word.split(":");
  return [own, ...links].filter((it) => it !== "" && it !== "ro").map((it) => simplifyPath(`${ROOTS[name]}/${it}`));
}
