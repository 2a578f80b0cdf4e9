import { directivesIn } from "../../catalog/catalog.ts";
import { SECTIONS, type SectionName } from "../../catalog/sections.ts";
import { ADDRESS_FAMILIES } from "../../facts/addressFamilies.ts";
import { CAPABILITIES } from "../../facts/capabilities.ts";
import { errnos } from "../../facts/errnos.ts";
import { FILE_SYSTEM_GROUPS } from "../../facts/fileSystemGroups.ts";
import { SIGNALS } from "../../facts/signals.ts";
import { SPECIAL_UNITS } from "../../facts/specialUnits.ts";
import { SPECIFIERS } from "../../facts/specifiers.ts";
import { systemCalls } from "../../facts/systemCalls.ts";
import { NEWEST_VERSION } from "../../facts/version.ts";
import type { ManualSource } from "../../features/manual.ts";
import { NEEDS } from "../../needs/vocabulary.ts";
import { nearest } from "../../text/nearest.ts";
import { allCodes } from "./rule.ts";

/** The sections of unit files, without brackets. */
export const allSections = (): SectionName[] => Object.keys(SECTIONS) as SectionName[];

/** What has an explanation, but for sections, specifiers and what only the manual knows. */
export function explainedNames(): string[] {
  const { names, groups } = systemCalls(NEWEST_VERSION);
  return [
    ...allSections().flatMap((it) => directivesIn(it, NEWEST_VERSION).map(({ name }) => name)),
    ...allCodes(),
    ...NEEDS.map((it) => it.name),
    ...CAPABILITIES,
    ...ADDRESS_FAMILIES.keys(),
    ...errnos().keys(),
    ...SIGNALS.map((it) => it.name),
    ...Object.values(SPECIAL_UNITS).flatMap((list) => list.map((it) => it.name)),
    ...names,
    ...groups.keys(),
    ...FILE_SYSTEM_GROUPS.map(({ text }) => text),
  ];
}

/** What may be meant by a name that has no explanation. */
export function similarNames(name: string, source: Pick<ManualSource, "manual"> | undefined): string[] {
  if (name.startsWith("%")) return otherCase(name);
  const indexed = source?.manual.index().flatMap((it) => it.names.map((known) => known.name)) ?? [];
  const directives = indexed.flatMap((it) => /^([A-Za-z][\w.-]*)=$/.exec(it)?.[1] ?? []);
  return nearest(name, new Set([...explainedNames(), ...directives, ...allSections().map((it) => `[${it}]`)]));
}

/** All specifiers are near to each other; what may be mixed up is a small letter and a capital. */
function otherCase(name: string): string[] {
  return [name.toLowerCase(), name.toUpperCase()].filter((it) => it !== name && SPECIFIERS.has(it.slice(1)));
}
