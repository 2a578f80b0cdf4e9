import type { UnitReport } from "./unitReport.ts";

/** The exposures as one line of JSON; its shape only grows, and `version` says which it is. */
export function securityJson(reports: readonly UnitReport[]): string {
  const units = reports.map(({ path, unit, assessment: { loads, exposure, level, messages, checks } }) => ({
    path,
    scope: unit.scope,
    loads,
    exposure: exposure ?? null,
    level: level?.name ?? null,
    messages,
    checks: checks.map((it) => ({
      id: it.id,
      badness: it.badness ?? null,
      weight: it.weight,
      range: it.range,
      exposure: it.exposure ?? null,
      text: it.text,
      ...(it.fix === undefined ? {} : { fix: it.fix }),
    })),
  }));
  return `${JSON.stringify({ version: 1, units })}\n`;
}
