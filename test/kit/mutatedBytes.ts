import fc from "fast-check";

/** What is changed of bytes: places with their new values, and where the rest is cut off. */
export interface ByteChanges {
  readonly changes: readonly (readonly [at: number, byte: number])[];
  readonly end: number;
}

/** Changes for so many bytes; the first ones, which are headers, decide most. */
export const byteChanges = (length: number): fc.Arbitrary<ByteChanges> =>
  fc.record({
    changes: fc.array(
      fc.oneof(
        fc.tuple(fc.nat(length - 1), fc.nat(255)),
        fc.tuple(fc.nat(Math.min(length, 1200) - 1), fc.constantFrom(0, 1, 0x7f, 0xff)),
      ),
      { maxLength: 50 },
    ),
    end: fc.oneof({ weight: 3, arbitrary: fc.constant(length) }, { weight: 1, arbitrary: fc.nat(length) }),
  });

/** A copy of bytes with some changed, cut somewhere. */
export function changedBytes(bytes: Uint8Array, { changes, end }: ByteChanges): Uint8Array {
  const copy = bytes.slice(0, end);
  for (const [at, byte] of changes) if (at < copy.length) copy[at] = byte;
  return copy;
}
