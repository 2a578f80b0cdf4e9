import type { Span } from "./span.ts";

/** Stretches of a text that edits change. Invariant: they are sorted, and none of them overlaps another one. */
export class TakenSpans {
  readonly #spans: Span[] = [];

  /** Whether a span has at least one character between it and all that are taken. */
  isFree({ start, end }: Span): boolean {
    const next = this.#spans[this.#firstEndingFrom(start)];
    return next === undefined || next.start > end;
  }

  /** Takes the spans of one change, which may touch each other and nothing else. */
  take(spans: readonly Span[]): void {
    for (const it of spans.toSorted((a, b) => a.start - b.start)) {
      let at = this.#firstEndingFrom(it.start);
      while ((this.#spans[at]?.start ?? Number.POSITIVE_INFINITY) <= it.start) at++;
      if (at === this.#spans.length) this.#spans.push(it);
      else this.#spans.splice(at, 0, it);
    }
  }

  #firstEndingFrom(offset: number): number {
    let [low, high] = [0, this.#spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#spans[middle]?.end ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
