import type { DirectiveName } from "../catalog/catalog.ts";
import type { SectionName } from "../catalog/sections.ts";
import { CAPABILITIES } from "../facts/capabilities.ts";
import { runsPrograms, sectionsOf } from "../families/unitFiles/kinds.ts";
import { type CapabilitySet, capabilitiesOf, overlap } from "../security/capabilitySet.ts";
import { effective } from "../security/effective.ts";
import type { Settings } from "../security/settings.ts";
import type { Assignment } from "../syntax/tree.ts";
import { memo } from "../units/memo.ts";
import { assignmentsOf, mergedAssignments, sinceReset, type Unit, valuesInForce } from "../units/unit.ts";

/** A unit that runs programs and that systemd loads, with its drop-ins. */
export interface Subject {
  readonly unit: Unit;
  /** The section of its sandbox, such as `Service`. */
  readonly section: SectionName;
  readonly settings: Settings;
}

/** What the rules about rights look at; undefined for drop-ins alone and for what runs nothing. */
export const subjectOf = memo((unit: Unit): Subject | undefined => {
  const { role, kind } = unit.path;
  const [, section] = sectionsOf(kind);
  if (role !== "unit" || section === undefined || !runsPrograms(kind) || unit.file.text === "") return undefined;
  const { settings, refusal } = effective(unit);
  return refusal ? undefined : { unit, section, settings };
});

/** The same, only for services of the system manager. */
export function systemService(unit: Unit): Subject | undefined {
  if (unit.path.kind !== "service" || unit.path.scope !== "system") return undefined;
  return subjectOf(unit);
}

/** The values of a list that are in force. */
export function valuesOf({ unit, section }: Subject, name: DirectiveName): readonly string[] {
  return valuesInForce(unit, section, name);
}

/** The lines of a list that are in force, with those of the drop-ins; they stand for valuesOf() one by one. */
export function linesOf({ unit, section }: Subject, name: DirectiveName): readonly Assignment[] {
  return sinceReset(mergedAssignments(unit, section, name));
}

/** The last line of a directive, undefined where that is empty. */
export function lastLine(subject: Subject, name: DirectiveName): Assignment | undefined {
  const last = mergedAssignments(subject.unit, subject.section, name).at(-1);
  return last?.text === "" ? undefined : last;
}

/** The same, undefined also where it stands in another file. */
export function ownLast(subject: Subject, name: DirectiveName): Assignment | undefined {
  const last = lastLine(subject, name);
  return last && isOwn(subject, last) ? last : undefined;
}

/** Whether a line stands in the file that is judged, where a finding can point at it. */
export function isOwn({ unit, section }: Subject, line: Assignment): boolean {
  return unit.dropIns.length === 0 || assignmentsOf(unit, section, line.key as DirectiveName).includes(line);
}

const SINGLE: readonly CapabilitySet[] = CAPABILITIES.map((name) => capabilitiesOf(name));

/** Whether a set has a capability, which is given by its number. */
export function hasCapability(set: CapabilitySet, capability: number): boolean {
  const single = SINGLE[capability];
  return single !== undefined && overlap(set, single);
}

/** The number of a capability that the kernel knows by this name. */
export const numberOf = (name: string): number => CAPABILITIES.indexOf(name);
