import { DATA_DIRECTORY_SETTINGS, DIRECTORY_SETTINGS, type DirectorySetting } from "../units/directories.ts";
import { memo } from "../units/memo.ts";
import { mergedAssignments, type Unit } from "../units/unit.ts";
import { hasOwnRoot } from "./effective.ts";
import { type Facts, factsOf, undeclaredWrites, unitWords } from "./facts.ts";
import type { Kind } from "./kinds.ts";
import { type DirectoryOwner, directoryOwnerOf, expandNames, ownDirectory } from "./owner.ts";
import { type Use, usesOf } from "./pathUses.ts";
import { isBelow, setting, textOf, words } from "./settings.ts";

/** A directory of the service that the unit writes out and does not declare. */
export interface UndeclaredDirectory {
  readonly setting: DirectorySetting;
  /** As the setting takes it. */
  readonly name: string;
  readonly root: Use["root"];
  /** Where the unit writes it out. */
  readonly uses: readonly Use[];
}

/** The lines that declare the directories of a service, but for those of its configuration. */
export function directoryLines(unit: Unit): string[] {
  return DATA_DIRECTORY_SETTINGS.flatMap((name) => {
    const names = directoriesOf(unit).flatMap((it) => (it.setting === name ? [it.name] : []));
    return names.length > 0 ? [`${name}=${names.join(" ")}`] : [];
  });
}

/** The lines that make room for what a service writes: its own directories declared, those of others opened by a list. */
export function roomFor(facts: Facts, list: "ReadWritePaths" | "BindPaths"): readonly string[] {
  const others = otherWrites(facts).map((it) => `-${it}`);
  return [...directoryLines(facts.unit), ...(others.length > 0 ? [`${list}=${others.join(" ")}`] : [])];
}

/**
 * The places that a service shows to write and that are not its own to declare: a *Directory= setting would give them to
 * its user, and take away at a stop what lies below /run.
 */
export function otherWrites(facts: Facts): readonly string[] {
  if (facts.unit.path.scope === "user") return [];
  const own = new Set(directoriesOf(facts.unit).map(({ root, name }) => `${root.written[0]}/${name}`));
  const writes = undeclaredWrites(facts).filter((it) => !isBelow(it, own));
  return placesOf(writes, facts.programPaths, textOf(facts.unit, "WorkingDirectory") ?? "");
}

/** Where these paths lie; not where programs do, but for a directory that the service works in. */
function placesOf(writes: readonly string[], programs: readonly string[], directory: string): readonly string[] {
  const places = writes.flatMap((path) => {
    const place =
      /^\/(?:run\/(?:lock\/|(?!lock\/))|var\/(?:lib|cache|log)\/)[^/]+(?=\/)/.exec(path)?.[0] ?? whole(path);
    if (place === undefined || NO_PLACE.test(place)) return [];
    return place !== directory && programs.some((it) => it.startsWith(`${place}/`)) ? [] : [place];
  });
  const all = new Set(places);
  return [...all].filter((it) => !isBelow(it.slice(0, it.lastIndexOf("/")) || it, all));
}

/** A path that may be written as a whole: not a file that is yet to be made, nor one of settings. */
function whole(path: string): string | undefined {
  if (/\.(?:conf|cfg|cnf|ya?ml|toml|ini|json|xml|env|pem|crt|key)$/.test(path)) return undefined;
  const folder = path.slice(0, path.lastIndexOf("/"));
  // A log that is rotated is another file, which is not writable with the old one.
  if (path.endsWith(".log") && NO_PLACE.test(folder)) return path;
  return /\.(?:pid|sock|socket|lock|log)$/.test(path) ? folder : path;
}

/** Directories of all programs, the private ones of others, and what a list of paths cannot hold as it is. */
const NO_PLACE =
  /^\/(?:run|srv|mnt|media|data|opt|var(?:\/(?:run|lock|lib|cache|log|spool|opt|mail))?)$|^\/(?:var\/tmp|run\/(?:systemd|credentials))(?:\/|$)|[^\w/.@+%-]|%(?![pNniIjJ])/;

/** The directories that are the service's own, that it names, and that it does not declare. */
export const directoriesOf = memo((unit: Unit): readonly UndeclaredDirectory[] => {
  const facts = factsOf(unit);
  if (hasOwnRoot(unit) || NOT_FOR.some((it) => facts.kinds.has(it)) || changesUser(facts)) return [];
  const owner = directoryOwnerOf(unit);
  const named = unit.memory.query("own directories", [usesOf(unit), owner], namedBy);
  if (named.length === 0) return [];
  const lists = DIRECTORY_SETTINGS.map((it) => words(unit, it));
  const scope = unit.path.scope;
  const inputs = [named, owner, scope, facts.declared, facts.declaredRuntime, ...lists] as const;
  const open = unit.memory.query("undeclared directories", inputs, undeclared);
  return open.filter((it) => !isLeftAlone(it.setting, facts));
});

/** All directories that are the service's own, with their uses. */
function namedBy(uses: readonly Use[], owner: DirectoryOwner): readonly UndeclaredDirectory[] {
  const found = new Map<string, UndeclaredDirectory & { readonly uses: Use[] }>();
  for (const use of uses) {
    const name = ownDirectory(owner, use);
    if (name === undefined) continue;
    const key = `${use.root.setting}=${name}`;
    const known = found.get(key);
    if (known) known.uses.push(use);
    else found.set(key, { setting: use.root.setting, name, root: use.root, uses: [use] });
  }
  return [...found.values()];
}

/** Those of them with uses that no setting covers. */
const undeclared = (
  named: readonly UndeclaredDirectory[],
  owner: DirectoryOwner,
  scope: "system" | "user",
  declared: ReadonlySet<string>,
  declaredRuntime: ReadonlySet<string>,
  ...lists: readonly (readonly string[])[]
): readonly UndeclaredDirectory[] =>
  named.flatMap((it) => {
    const own = lists[DIRECTORY_SETTINGS.indexOf(it.setting)] ?? [];
    const made = new Set(own.map((word) => expandNames(owner, word.replace(/:.*$/s, "")).replace(/(?<!\/)\/+$/, "")));
    if (made.has(expandNames(owner, it.name))) return [];
    const elsewhere = scope === "system" && it.setting !== "ConfigurationDirectory";
    const uses = it.uses.filter(({ parts, root }) => {
      const path = expandNames(owner, parts.join("/"));
      const whole = `${root.written[0]}/${path}`;
      return !isBelow(path, made) && !(elsewhere && (isBelow(whole, declared) || isBelow(whole, declaredRuntime)));
    });
    return uses.length > 0 ? [{ ...it, uses }] : [];
  });

/** Programs whose paths are those of their guests, or that run before the file systems are there. */
const NOT_FOR: readonly Kind[] = ["containers", "early", "boot"];

/** Whether a service of root hands its rights to another user, to whom its directories belong. */
export function changesUser({ privileged, programs }: Facts): boolean {
  return (
    privileged &&
    programs.some(
      ({ names, args }) =>
        names.some((it) =>
          /^(?:su|sudo|runuser|setpriv|chpst|setuidgid|softlimit|start-stop-daemon|s6-.*)$/.test(it),
        ) || args.some((it, i) => CHANGES_USER.test(`${it} ${args[i + 1] ?? ""}`)),
    )
  );
}

const CHANGES_USER =
  /^(?:-[uU]|--?(?:user|uid|setuid|username|run-?as|chuid|drop-privileges)(?:[-_]?name)?)[= ]+[A-Za-z_$]/;

/** What a setting would take away, or what is not this service's alone. */
function isLeftAlone(name: DirectorySetting, { unit, kinds }: Facts): boolean {
  if (name === "ConfigurationDirectory") return kinds.has("settings") || words(unit, "ReadWritePaths").some(inEtc);
  if (name !== "RuntimeDirectory") return false;
  // The directory goes when the job is done, and with it the socket file that another unit listens on.
  return (
    (setting(unit, "Type")?.value === "oneshot" && setting(unit, "RemainAfterExit")?.value !== "yes") ||
    unitWords(unit).some((it) => it.endsWith(".socket")) ||
    [...mergedAssignments(unit, "Service", "Sockets"), ...mergedAssignments(unit, "Install", "Also")].some((it) =>
      it.text.includes(".socket"),
    )
  );
}

const inEtc = (word: string): boolean => /^[-+]*(?:\/etc|%E)(?:\/|$)/.test(word);
