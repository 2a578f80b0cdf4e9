import { type SafeSetting, safeSettings } from "../../server/src/hardening/hardening.ts";
import type { Sure } from "../../server/src/hardening/missingSettings.ts";
import { exposureWith } from "../../server/src/security/exposure.ts";
import type { Unit } from "../../server/src/units/unit.ts";

export const PROFILES = ["basic", "strict"] as const;
export const STEPS = ["safe", "likely"] as const satisfies readonly Sure[];

/** The setting of a line. */
export const keyOf = (line: string): string => line.slice(0, line.indexOf("="));

/** All that both profiles add in a step, each line once. */
export function addedIn(unit: Unit, sure: Sure): readonly SafeSetting[] {
  const all = PROFILES.flatMap((it) => safeSettings(unit, it, undefined, sure));
  return [...new Map(all.map((it) => [it.line, it])).values()];
}

/** The exposure of a unit with what a profile adds in a step, in tenths. */
export function exposureAfter(unit: Unit, profile: (typeof PROFILES)[number], sure: Sure): number {
  const lines = safeSettings(unit, profile, undefined, sure).map(({ line }) => line);
  return (
    exposureWith(
      unit,
      lines.map((it) => ({ directive: keyOf(it), value: it.slice(keyOf(it).length + 1) })),
    ) ?? 100
  );
}

/** The number in the middle, in tenths. */
export const median = (all: readonly number[]): string =>
  ((all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0) / 10).toFixed(1);

/** Rows as a table of Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((it) => `| ${it.join(" | ")} |`).join("\n");

/** Counts one more. */
export const countOne = (counts: Map<string, number>, key: string): unknown =>
  counts.set(key, (counts.get(key) ?? 0) + 1);
