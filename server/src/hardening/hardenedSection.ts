import { COMMAND_SETTINGS } from "../service/program.ts";
import type { Span } from "../text/span.ts";
import { memo, memoBy } from "../units/memo.ts";
import { type ReadSection, readSections, type Unit, versionsOf } from "../units/unit.ts";

/** The section that findings point at: the first [Service] with ExecStart=, else with any command. */
export function hardenedSection(unit: Unit): ReadSection | undefined {
  const versions = versionsOf(unit);
  if (!versions) return sectionIn(unit);
  versions.ask("hardened section", placeOfSection);
  return sectionIn(versions.version);
}

const placeOfSection = (unit: Unit): number => {
  const section = sectionIn(unit);
  return section ? readSections(unit).indexOf(section) : -1;
};

const sectionIn = memo((unit: Unit): ReadSection | undefined => {
  const { kind, role } = unit.path;
  if (kind !== "service" || role !== "unit") return undefined;
  return commandSection(readSections(unit), unit.file.template?.blocks ?? NONE);
});

const commandSection = memoBy((all: readonly ReadSection[], blocks: readonly Span[]): ReadSection | undefined => {
  const runs = (section: ReadSection, names: readonly string[]): boolean =>
    section.nodes.some((it) => it.kind === "assignment" && names.includes(it.key) && it.value.text !== "");
  // Of a section that only counts under a condition nobody knows what else it has.
  const isSure = ({ start }: ReadSection): boolean => !blocks.some((it) => it.start < start && start < it.end);
  const sections = all.filter((it) => it.name === "Service" && isSure(it));
  return sections.find((it) => runs(it, ["ExecStart"])) ?? sections.find((it) => runs(it, COMMAND_SETTINGS));
});

const NONE: readonly never[] = [];
