import type { Unit } from "../units/unit.ts";
import type { Finding } from "./finding.ts";
import { hardeningFindings, type Profile } from "./hardening/hardening.ts";
import { RULES } from "./rules.ts";

/** What a reader wants to be told about. */
export interface Selection {
  /** How much hardening to ask of a service. */
  readonly profile: Profile;
  /** Codes or families (`hardening`, `value/`) to keep; all where missing. */
  readonly select?: readonly string[];
  /** Codes or families to leave out; wins over `select`. */
  readonly ignore?: readonly string[];
}

const NONE: Finding["fixes"] = [];

const matches = (code: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => code === pattern || code.startsWith(pattern.endsWith("/") ? pattern : `${pattern}/`));

/** All findings of a file in the order of the text. Behind the line at which systemd stops reading there are none. */
export function check(unit: Unit, selection: Selection): Finding[] {
  const found: Finding[] = [];
  for (const rule of RULES) {
    for (const it of rule.check(unit)) found.push({ ...it, fixes: it.fixes ?? NONE, code: rule.code });
  }
  const stop = found.reduce<Finding | undefined>(
    (first, it) => (it.stopsReading && (!first || it.start < first.start) ? it : first),
    undefined,
  );
  const read = stop
    ? found.filter((it) => it === stop || (it.start < stop.start && !it.code.startsWith("unit/")))
    : found;
  return [...read, ...hardeningFindings(unit, selection.profile)]
    .filter(({ code }) => !selection.select || matches(code, selection.select))
    .filter(({ code }) => !matches(code, selection.ignore ?? []))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}
