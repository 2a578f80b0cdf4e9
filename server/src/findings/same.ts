import type { Finding } from "./finding.ts";

/** Whether a reader would see no difference between two lists of findings. */
export function sameFindings(a: readonly Finding[], b: readonly Finding[]): boolean {
  const same = (x: Finding, y: Finding | undefined): boolean =>
    x.code === y?.code && x.start === y.start && x.end === y.end && x.message === y.message;
  return a.length === b.length && a.every((it, i) => same(it, b[i]));
}
