import type { Severity } from "./finding.ts";

/** Severities by code or family; `off` is for what nobody wants to hear of. */
export type Severities = Readonly<Record<string, Severity | "off">>;

/** A pattern without what may stand for "all of the family" at its end. */
const bare = (pattern: string): string => pattern.replace(/\/[*…]?$/, "");

/** Whether a pattern means a code: it is the code, or its family (`value`, `value/`, `value/*`). */
export function matchesCode(code: string, pattern: string): boolean {
  const name = bare(pattern);
  return code === name || (code.startsWith(name) && code.charAt(name.length) === "/" && name !== "");
}

/** What a reader wants a code to be; of several patterns the longest counts, so that a code takes precedence over its family. */
export function severityFor(code: string, severities: Severities): Severity | "off" | undefined {
  let best: { readonly length: number; readonly severity: Severity | "off" } | undefined;
  for (const [pattern, severity] of Object.entries(severities)) {
    const { length } = bare(pattern);
    if (matchesCode(code, pattern) && (!best || length > best.length)) best = { length, severity };
  }
  return best?.severity;
}
