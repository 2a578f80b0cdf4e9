import { grammarIn, isRead } from "../../../catalog/catalog.ts";
import type { Assignment, Header, Section } from "../../../syntax/tree.ts";
import { memo } from "../../../units/memo.ts";
import { type Settings, settingsOfObject } from "../../../units/settingsReader.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";
import { whereOf } from "../../../units/where.ts";
import { parseBoolean } from "../../../values/boolean.ts";
import type { ReportedIssue } from "../../../values/grammar.ts";
import { issuesOf } from "../../../values/read.ts";

/** Sections that are one object to the program that reads them, with what their settings are set to. */
export interface ConfigObject extends Settings {
  readonly name: string;
  /** The header of its first section, and all lines of that one. */
  readonly header: Header;
  readonly nodes: Section["nodes"];
  /** The value on the last line of a setting. */
  value(key: string): string | undefined;
  /** The first line whose value the program drops. */
  readonly dropped: () => Assignment | undefined;
}

/** The objects of a file with its drop-ins, in the order in which they are read. */
export const objectsOf: (unit: Unit) => readonly ConfigObject[] = memo((unit: Unit): readonly ConfigObject[] => {
  const { separateSections } = unit.family.content;
  const parts = [unit.file, ...unit.dropIns].flatMap((it) => it.sections);
  const joined = new Map<string, Section[]>();
  const objects: ConfigObject[] = [];
  for (const section of parts) {
    if (!section.header.closed) continue;
    const known = joined.get(section.name);
    if (known) {
      known.push(section);
      continue;
    }
    const sections = [section];
    if (!separateSections.some((it) => it === section.name)) joined.set(section.name, sections);
    objects.push(objectOf(unit, section, sections));
  }
  return objects;
});

/** Those of one section. */
export const objectsNamed = (unit: Unit, name: string): readonly ConfigObject[] => byName(unit).get(name) ?? [];

const byName = memo((unit: Unit): ReadonlyMap<string, readonly ConfigObject[]> => {
  const named = new Map<string, ConfigObject[]>();
  for (const it of objectsOf(unit)) {
    const known = named.get(it.name);
    if (known) known.push(it);
    else named.set(it.name, [it]);
  }
  return named;
});

/** The one of a section that does not repeat; undefined where the file has none. */
export const objectNamed = (unit: Unit, name: string): ConfigObject | undefined => objectsNamed(unit, name)[0];

function objectOf(unit: Unit, { name, header, nodes }: Section, sections: readonly Section[]): ConfigObject {
  const settings = settingsOfObject(unit, sections);
  const value = (key: string): string | undefined => settings.last(key)?.text;
  return { ...settings, name, header, nodes, value, dropped: lazyDropped(unit, sections) };
}

function lazyDropped(unit: Unit, sections: readonly Section[]): () => Assignment | undefined {
  let found: Assignment | "none" | undefined;
  return () => {
    found ??= droppedIn(unit, sections) ?? "none";
    return found === "none" ? undefined : found;
  };
}

/** A peer of WireGuard outlives a key that cannot be read. Follows config_parse_wireguard_peer_key(), systemd 257 and 262. */
const isForgiven = (section: string, code: string): boolean => section === "WireGuardPeer" && code === "value/key";

function droppedIn(unit: Unit, sections: readonly Section[]): Assignment | undefined {
  for (const { name, nodes } of sections)
    for (const node of nodes) {
      const row = node.kind === "assignment" ? unit.family.content.directive(name, node.key) : undefined;
      if (node.kind !== "assignment" || !row || !isRead(row, unit.version)) continue;
      const issues = issuesOf(grammarIn(row, unit.version), node.text, whereOf(unit));
      const isLost = issues.some(({ effect, code }) => effect === "assignment" && !isForgiven(name, code));
      // A set that cannot be read is not only left out.
      if (isLost || (node.key === "NFTSet" && issues.some(isLoudIssue))) return node;
    }
  return undefined;
}

const isLoudIssue = ({ effect }: ReportedIssue): boolean => effect !== "complains" && effect !== "silent";

const ownNodes = memo((unit: Unit): ReadonlySet<object> => new Set(ownFile(unit).nodes));

/** Whether a line stands in the file that is judged, so that something can be said there. */
export const isJudgedHere = (unit: Unit, node: object): boolean => ownNodes(unit).has(node);

/** Whether a setting is switched on. */
export const isSwitchedOn = (object: ConfigObject | undefined, key: string): boolean =>
  parseBoolean(object?.value(key) ?? "") === true;

/** Whether a setting is switched off by its line. */
export const isSwitchedOff = (object: ConfigObject | undefined, key: string): boolean =>
  parseBoolean(object?.value(key) ?? "") === false;
