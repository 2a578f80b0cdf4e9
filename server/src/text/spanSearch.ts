import type { Span } from "./span.ts";

/** Of spans in their order, none of which overlap, those that share a character with another one; an empty one stands for its place. */
export function spansTouching<T extends Span>(sorted: readonly T[], { start, end }: Span): readonly T[] {
  const to = Math.max(end, start + 1);
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while ((sorted[last]?.start ?? to) < to) last++;
  return last === low ? NONE : sorted.slice(low, last);
}

const NONE: readonly never[] = [];

/** Spans in their order without those inside others, so that none overlap. */
export function outermost<T extends Span>(spans: readonly T[]): readonly T[] {
  const kept: T[] = [];
  for (const it of spans.toSorted((a, b) => a.start - b.start || b.end - a.end))
    if (it.end > (kept.at(-1)?.end ?? -1)) kept.push(it);
  return kept;
}
