import { containerSection } from "../dialects/quadlets/hardening/containerPlan.ts";
import { hardenedSection } from "../hardening/hardening.ts";
import type { Span } from "../text/span.ts";
import { isLoaded } from "../units/loadedFiles.ts";
import type { Unit } from "../units/unit.ts";

/** Where a span stands for those who harden: on the header that advice points at, or on a line below one of the same name. */
export type HardeningPlace = "header" | "line";

/** Where a span stands in what is hardened; undefined outside of it, in units that nothing hardens, and in files that systemd does not read. */
export function hardeningPlace(unit: Unit, { start, end }: Span): HardeningPlace | undefined {
  const section = isLoaded(unit) ? (hardenedSection(unit) ?? containerSection(unit)) : undefined;
  if (!section) return undefined;
  const { header, name } = section;
  if (header.start <= end && header.end >= start) return "header";
  const { sections, text } = unit.file;
  // Blank lines after the last setting belong to the section, too.
  const isIn = sections.some((it, at) => it.name === name && it.start <= end && start < endOf(sections[at + 1], text));
  return isIn ? "line" : undefined;
}

/** Where the section before another one ends; at the end of the text a cursor stands in the last one. */
const endOf = (next: Span | undefined, text: string): number => next?.start ?? text.length + 1;
