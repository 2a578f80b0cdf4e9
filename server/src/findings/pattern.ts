import type { Severity } from "./finding.ts";

/** Severities by code or family; `off` is for what nobody wants to hear of. */
export type Severities = Readonly<Record<string, Severity | "off">>;

/** The code or family that a pattern means: it without what may stand for "all of the family" at its end. */
export const meantBy = (pattern: string): string => pattern.replace(/\/[*\u2026]?$/, "");

/** The code and the families that it belongs to: what `meantBy` gives of each pattern that means the code. */
export function patternsOf(code: string): readonly string[] {
  const parts = code.split("/");
  return parts.map((_, i) => parts.slice(0, i + 1).join("/")).filter((it) => it !== "");
}

/** Whether a pattern means a code: it is the code, or its family (`value`, `value/`, `value/*`). */
export function matchesCode(code: string, pattern: string): boolean {
  const name = meantBy(pattern);
  return code === name || (code.startsWith(name) && code.charAt(name.length) === "/" && name !== "");
}

/** What a reader wants a code to be; of several patterns the longest counts, so that a code takes precedence over its family. */
export const severityFor = (code: string, severities: Severities): Severity | "off" | undefined =>
  rulingFor(code, severities)?.severity;

/** The same with the pattern that says so. */
export function rulingFor(
  code: string,
  severities: Severities,
): { readonly pattern: string; readonly severity: Severity | "off" } | undefined {
  let best: { readonly length: number; readonly pattern: string; readonly severity: Severity | "off" } | undefined;
  for (const [pattern, severity] of Object.entries(severities)) {
    const { length } = meantBy(pattern);
    if (matchesCode(code, pattern) && (!best || length > best.length)) best = { length, pattern, severity };
  }
  return best;
}
