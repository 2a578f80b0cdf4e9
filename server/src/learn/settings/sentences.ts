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

/** How many names a sentence lists. */
const MAX_NAMES = 4;

/** Names as a sentence lists them: `a, b, c, d and others`, as their number may differ from run to run. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES);
  if (names.length > shown.length) return `${shown.join(", ")} and others`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : (shown[0] ?? "");
}
