import { sourceSpan } from "../../syntax/cooked.ts";
import type { TextEdit } from "../../text/span.ts";
import { latest, once } from "../../units/once.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import { insertAfter } from "../edits.ts";
import type { Finding, Fix } from "../finding.ts";
import { hasOwnRoot } from "../hardening/effective.ts";
import { type Facts, factsOf, unitWords } from "../hardening/facts.ts";
import { addLines } from "../hardening/fixes.ts";
import { hardenedSection } from "../hardening/hardening.ts";
import type { Kind } from "../hardening/kinds.ts";
import { isBelow, setting, words } from "../hardening/settings.ts";
import { ownLines } from "../rules/sandbox/paths/place.ts";
import { expanded, type Owner, ownDirectory, ownerOf } from "./owner.ts";
import { DIRECTORY_SETTINGS, type DirectorySetting, lineOf, type Use, usesOf } from "./places.ts";

/** The code of the advice to declare a directory. */
export const DIRECTORY_CODES: Readonly<Record<DirectorySetting, string>> = {
  StateDirectory: "hardening/state-directory",
  CacheDirectory: "hardening/cache-directory",
  LogsDirectory: "hardening/logs-directory",
  RuntimeDirectory: "hardening/runtime-directory",
  ConfigurationDirectory: "hardening/configuration-directory",
};

/** A directory of the service that the unit writes out and does not declare. */
interface Directory {
  readonly setting: DirectorySetting;
  /** As the setting takes it. */
  readonly name: string;
  readonly root: Use["root"];
  /** Where the unit writes it out. */
  readonly uses: readonly Use[];
}

/** One finding for each directory that a service names by its place and that a *Directory= setting should make. */
export function directoryFindings(unit: Unit): Finding[] {
  return directoriesOf(unit).flatMap((it): Finding[] => {
    const use = it.uses.find((use) => lineOf(unit, use) !== undefined);
    const node = use && lineOf(unit, use);
    if (!node) return [];
    const shy = it.setting === "ConfigurationDirectory" || factsOf(unit).privileged || unit.path.scope === "user";
    return [
      {
        ...sourceSpan(node.value, use.from, use.to),
        code: DIRECTORY_CODES[it.setting],
        severity: shy ? "hint" : "info",
        message: messageOf(it, use),
        directive: it.setting,
        fixes: [fixOf(unit, it)],
      },
    ];
  });
}

/** The lines that declare these directories. */
export function directoryLines(unit: Unit): string[] {
  return DIRECTORY_SETTINGS.filter((it) => it !== "ConfigurationDirectory").flatMap((name) => {
    const names = directoriesOf(unit).flatMap((it) => (it.setting === name ? [it.name] : []));
    return names.length > 0 ? [`${name}=${names.join(" ")}`] : [];
  });
}

const directoriesOf = once((unit: Unit): readonly Directory[] => {
  if (!hardenedSection(unit)) return [];
  const facts = factsOf(unit);
  if (hasOwnRoot(unit) || NOT_FOR.some((it) => facts.kinds.has(it)) || changesUser(facts)) return [];
  const owner = ownerOf(unit);
  const named = namedBy(usesOf(unit), owner);
  if (named.length === 0) return [];
  const lists = DIRECTORY_SETTINGS.map((it) => words(unit, it));
  const scope = unit.path.scope;
  const open = undeclared(named, owner, scope, facts.declared, facts.declaredRuntime, ...lists);
  return open.filter((it) => !isLeftAlone(it.setting, facts));
});

/** All directories that are the service's own, with their uses. */
const namedBy = latest((uses: readonly Use[], owner: Owner): readonly Directory[] => {
  const found = new Map<string, Directory & { readonly uses: Use[] }>();
  for (const use of uses) {
    const name = ownDirectory(owner, use);
    if (name === undefined) continue;
    const key = `${use.root.setting}=${name}`;
    const known = found.get(key);
    if (known) known.uses.push(use);
    else found.set(key, { setting: use.root.setting, name, root: use.root, uses: [use] });
  }
  return [...found.values()];
});

/** Those of them with uses that no setting covers. */
const undeclared = latest(
  (
    named: readonly Directory[],
    owner: Owner,
    scope: "system" | "user",
    declared: ReadonlySet<string>,
    declaredRuntime: ReadonlySet<string>,
    ...lists: readonly (readonly string[])[]
  ): readonly Directory[] =>
    named.flatMap((it) => {
      const own = lists[DIRECTORY_SETTINGS.indexOf(it.setting)] ?? [];
      const made = new Set(own.map((word) => expanded(owner, word.replace(/:.*$/, "")).replace(/\/+$/, "")));
      if (made.has(expanded(owner, it.name))) return [];
      const elsewhere = scope === "system" && it.setting !== "ConfigurationDirectory";
      const uses = it.uses.filter(({ parts, root }) => {
        const path = expanded(owner, parts.join("/"));
        const whole = `${root.written[0]}/${path}`;
        return !isBelow(path, made) && !(elsewhere && (isBelow(whole, declared) || isBelow(whole, declaredRuntime)));
      });
      return uses.length > 0 ? [{ ...it, uses }] : [];
    }),
);

/** Programs whose paths are those of their guests, or that run before the file systems are there. */
const NOT_FOR: readonly Kind[] = ["containers", "early", "boot"];

/** Whether a service of root hands its rights to another user, to whom its directories belong. */
function changesUser({ privileged, programs }: Facts): boolean {
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

function messageOf({ setting: name, name: directory, root }: Directory, { setting: user }: Use): string {
  const place = `${user}= names ${root.written[0]}/${directory}`;
  return name === "ConfigurationDirectory"
    ? `${place} by its place: ConfigurationDirectory= declares where the configuration lies, and ${root.specifier}/${directory} stands for it`
    : `${place}, which no ${name}= declares: systemd neither makes it nor opens it in a write-protected system`;
}

function fixOf(unit: Unit, { setting: name, name: directory, root, uses }: Directory): Fix {
  const line = `${name}=${directory}`;
  const written = uses.filter((it) => !it.short);
  const use = written.length > 0 ? ` and use ${root.specifier}/${directory}` : "";
  return {
    title: `Add ${line}${use} (${riskOf(unit, name, `${root.written[0]}/${directory}`)})`,
    safe: false,
    sets: [line],
    edits: (): TextEdit[] => {
      const changes = written.flatMap((it): TextEdit[] => {
        const node = lineOf(unit, it);
        return node ? [{ ...sourceSpan(node.value, it.from, it.rootTo), newText: root.specifier }] : [];
      });
      return [...changes, ...declare(unit, name, line)];
    },
  };
}

/** Behind its own kind, else with the settings that harden the service. */
function declare(unit: Unit, name: DirectorySetting, line: string): TextEdit[] {
  const own = ownLines(unit, name).at(-1);
  const section = hardenedSection(unit);
  if (own) return [insertAfter(unit.file, own, [line])];
  return section ? [addLines(unit, section, [line])] : [];
}

/** What may break, and how it shows: seen with 257. */
function riskOf(unit: Unit, name: DirectorySetting, path: string): string {
  if (name === "ConfigurationDirectory")
    return "what exists stays as it is; files that the program edits are better left alone";
  const { user, dynamic, privileged } = factsOf(unit);
  const gone = name === "RuntimeDirectory" ? "removed at every stop: what others keep there is gone then" : "";
  if (unit.path.scope === "user")
    return gone === "" ? "an existing one gets mode 0755: others may read it then" : `${path} is ${gone}`;
  if (privileged)
    return `${path} goes to root with mode 0755: a program that changes its user gets EACCES${gone && `; it is ${gone}`}`;
  const owner = dynamic ? "the dynamic user" : user;
  return gone === ""
    ? `an existing ${path} goes to ${owner} with mode 0755: others may get EACCES`
    : `${path} is ${gone}`;
}
