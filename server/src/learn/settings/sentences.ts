import type { Sight } from "../needs.ts";

/** Sights as one: their number, the first and the last time, and the line of the first. */
export function joined(sights: readonly Sight[]): Sight | undefined {
  const [head, ...rest] = sights;
  return head && rest.reduce(both, head);
}

/** Two sights of the same thing as one. */
function both(a: Sight, b: Sight): Sight {
  const early = b.first < a.first ? b : a;
  return { ...early, count: a.count + b.count, last: Math.max(a.last, b.last) };
}

/** How many sights a setting keeps. */
const MAX_SIGHTS = 3;

/** The first few of some sights. */
export const firstOf = (sights: readonly Sight[]): readonly Sight[] =>
  sights.toSorted((a, b) => a.first - b.first).slice(0, MAX_SIGHTS);

/** A number with its noun: `1 write`, `12 writes`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** When something was seen, and where: `first 0.4 s after the start, last after 6 h; ExecStart:183`. */
export function seenWhen({ count, first, last, at }: Sight): string {
  const later = count > 1 && span(last) !== span(first) ? `, last after ${span(last)}` : "";
  return `first ${span(first)} after the start${later}; ${at}`;
}

/** What speaks against a setting, with its line: `mprotect(PROT_EXEC) was seen: ExecStart:412`. */
export const against = (reason: string, sight: Sight | undefined): string =>
  sight ? `${reason}: ${sight.at}` : reason;

/** Seconds in the largest unit that they fill. */
function span(seconds: number): string {
  if (seconds < 10) return `${Number(Math.max(0, seconds).toFixed(1))} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** How many names a sentence lists. */
const MAX_NAMES = 4;

/** Names as a sentence lists them: `a, b and 3 more`. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : (shown[0] ?? "");
}
