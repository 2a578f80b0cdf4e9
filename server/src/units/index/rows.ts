/** Lists of numbers, one after the other: list `i` begins at `starts[i]` and ends before `starts[i + 1]`. */
export interface NumberRows {
  readonly starts: Int32Array;
  readonly items: Int32Array;
}

/** Pairs of numbers, the first and second of each at the same place. */
export interface Pairs {
  readonly from: number[];
  readonly to: number[];
}

/** For each number that a pair may begin with what it goes to, once and in the order of the pairs. */
export function numberRows(count: number, { from, to }: Pairs): NumberRows {
  const starts = new Int32Array(count + 1);
  for (const it of from) starts[it + 1] = (starts[it + 1] ?? 0) + 1;
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
  const ends = starts.slice(0, count);
  const items = new Int32Array(from.length);
  for (let i = 0; i < from.length; i++) {
    const row = from[i] ?? 0;
    const end = ends[row] ?? 0;
    items[end] = to[i] ?? 0;
    ends[row] = end + 1;
  }
  return withoutRepeats({ starts, items });
}

function withoutRepeats({ starts, items }: NumberRows): NumberRows {
  const count = starts.length - 1;
  /** The row in which a number was met last. */
  const met = new Int32Array(count).fill(-1);
  let kept = 0;
  let at = 0;
  for (let row = 0; row < count; row++) {
    const end = starts[row + 1] ?? 0;
    for (; at < end; at++) {
      const item = items[at] ?? 0;
      if (met[item] === row) continue;
      met[item] = row;
      items[kept++] = item;
    }
    starts[row + 1] = kept;
  }
  return { starts, items: items.subarray(0, kept) };
}

/** One of the lists. */
export function rowAt({ starts, items }: NumberRows, row: number): Int32Array {
  return items.subarray(starts[row] ?? 0, starts[row + 1] ?? 0);
}
