import type { DirectiveName } from "../../catalog/catalog.ts";
import type { SectionName } from "../../catalog/sections.ts";
import { hasCome, type SystemdVersion } from "../../facts/version.ts";
import { removeLines } from "../../findings/edits.ts";
import type { Fix, Severity } from "../../findings/finding.ts";
import { type Named, namedIn, ownerOf } from "../../findings/named.ts";
import type { Rule } from "../../findings/rule.ts";
import { sourceSpan } from "../../syntax/joinedText.ts";
import { splitWords } from "../../syntax/words.ts";
import { nearestTree } from "../../units/index/nearestTree.ts";
import { ownFile, type Unit } from "../../units/unit.ts";

interface Gone {
  /** The first version without it; missing where no version that we know has it. */
  readonly since?: SystemdVersion;
  /** Why nobody needs it, or what it was another name of. */
  readonly instead: string;
  /** The unit that it was another name of. */
  readonly now?: string;
}

const alias = (now: string): Gone => ({ since: 258, instead: `it was another name of ${now}`, now });

/** Units of systemd itself that are gone, by its release notes and its manual. */
const GONE: ReadonlyMap<string, Gone> = new Map<string, Gone>([
  ["syslog.target", { instead: "logging works from the start of the system, without any order" }],
  ["dbus.target", { instead: "every service with default dependencies starts after dbus.socket" }],
  ["runlevel0.target", alias("poweroff.target")],
  ["runlevel1.target", alias("rescue.target")],
  ["runlevel2.target", alias("multi-user.target")],
  ["runlevel3.target", alias("multi-user.target")],
  ["runlevel4.target", alias("multi-user.target")],
  ["runlevel5.target", alias("graphical.target")],
  ["runlevel6.target", alias("reboot.target")],
]);

/** What is known of a unit that systemd itself had, undefined of any other and where this version still has it. */
function goneIn(name: string, version: SystemdVersion): Gone | undefined {
  const gone = GONE.get(name);
  return gone && hasCome(gone, version) ? gone : undefined;
}

/** Whether systemd had the unit itself and has it no more. */
export const isGone = (name: string, version: SystemdVersion): boolean => goneIn(name, version) !== undefined;

interface List {
  readonly section: SectionName;
  readonly name: DirectiveName;
  readonly what: string;
  readonly severity: Severity;
  /** Whether the name can be taken out without any change. */
  readonly idle?: true;
}

const REFUSED = { what: "systemd refuses to start this unit", severity: "warning" } as const;
const IDLE = { what: "the name has no effect", severity: "info", idle: true } as const;
const NOT_WANTED = { what: "nothing starts this unit through it", severity: "warning" } as const;

/** Seen with 257: the service starts, but for Requires=. */
const LISTS: readonly List[] = [
  { section: "Unit", name: "After", ...IDLE },
  { section: "Unit", name: "Before", ...IDLE },
  { section: "Unit", name: "Wants", ...IDLE },
  { section: "Unit", name: "Requires", ...REFUSED },
  { section: "Unit", name: "Requisite", ...REFUSED },
  { section: "Unit", name: "BindsTo", ...REFUSED },
  { section: "Install", name: "WantedBy", ...NOT_WANTED },
  { section: "Install", name: "RequiredBy", ...NOT_WANTED },
];

/** Follows the release notes of systemd, to 262. */
export const goneUnit: Rule = {
  code: "reference/gone-unit",
  needs: LISTS.map((it) => it.name),
  *check(unit, context) {
    const owner = (context && ownerOf(context)) ?? unit.path.name;
    if (owner === undefined) return;
    const wanted = (it: string): boolean => isGone(it, unit.version);
    for (const { section, name: directive, what, severity, idle } of LISTS) {
      for (const named of namedIn(unit, owner, section, directive, { wanted })) {
        const gone = goneIn(named.name, unit.version);
        if (!gone || (context && nearestTree(context.index, named.name, context.path))) continue;
        const { start, end } = named;
        const message = `${directive}= names ${named.written}, which systemd no longer has: ${what}; ${gone.instead}`;
        const fixes = gone.now === undefined ? removal(unit, named, idle === true) : [replacement(named, gone.now)];
        yield { start, end, severity, message, directive, ...(idle ? { tag: "unnecessary" } : {}), fixes };
      }
    }
  },
};

const replacement = ({ start, end }: Named, newText: string): Fix => ({
  title: `Change to ${newText}`,
  safe: false,
  edits: () => [{ start, end, newText }],
});

/** Takes the name out, its line with it where it is the only one. */
function removal(unit: Unit, { node, start, end, written }: Named, safe: boolean): readonly Fix[] {
  const { words } = splitWords(node.text, "relaxed");
  if (words.length === 1) return [{ title: "Remove the line", safe, edits: () => [removeLines(ownFile(unit), node)] }];
  const at = words.findIndex(({ from, to }) => sourceSpan(node.value, from, to).start === start);
  const [next, before] = [words[at + 1], words[at - 1]];
  const from = next || !before ? start : sourceSpan(node.value, before.from, before.to).end;
  const to = next ? sourceSpan(node.value, next.from, next.to).start : end;
  return [{ title: `Remove ${written}`, safe, edits: () => [{ start: from, end: to, newText: "" }] }];
}
