import fc from "fast-check";
import type { Random } from "./random.ts";

/** What JSON can hold: a fuzzer keeps what it found as it is. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Makes an arbitrary of anything that a function makes by chance; a failing one is made smaller line by line, item by item. */
export function madeBy<T extends Json>(make: (random: Random) => T): fc.Arbitrary<T> {
  return new MadeByChance(make);
}

class MadeByChance<T extends Json> extends fc.Arbitrary<T> {
  readonly #make: (random: Random) => T;

  constructor(make: (random: Random) => T) {
    super();
    this.#make = make;
  }

  generate(source: fc.Random): fc.Value<T> {
    const below = (limit: number): number => (limit <= 1 ? 0 : source.nextInt(0, limit - 1));
    const made = this.#make({
      below,
      pick: <P>(things: readonly P[]): P => {
        if (things.length === 0) throw new Error("there is nothing to pick from");
        return things[below(things.length)] as P;
      },
      chance: (probability) => source.nextDouble() < probability,
    });
    return new fc.Value(made, undefined);
  }

  canShrinkWithoutContext(value: unknown): value is T {
    return value !== undefined;
  }

  shrink(value: T): fc.Stream<fc.Value<T>> {
    return fc.stream(smaller(value)).map((it) => new fc.Value(it as T, undefined));
  }
}

/** Smaller things of the same form, the boldest first. */
function* smaller(value: Json): Generator<Json> {
  if (typeof value === "string") yield* smallerTexts(value);
  else if (typeof value === "number") yield* value === 0 ? [] : [0, Math.trunc(value / 2), value - Math.sign(value)];
  else if (Array.isArray(value)) yield* smallerLists(value);
  else if (typeof value === "object" && value !== null)
    for (const [key, part] of Object.entries(value)) for (const it of smaller(part)) yield { ...value, [key]: it };
}

function* smallerLists(list: readonly Json[]): Generator<Json> {
  yield* withoutParts(list);
  for (const [i, part] of list.entries()) for (const it of smaller(part)) yield list.with(i, it);
}

/** A text without some of its lines; one of few lines also without some of its characters. */
function* smallerTexts(text: string): Generator<string> {
  const lines = text.split(/(?<=\n)/);
  if (lines.length > 1) for (const it of withoutParts(lines)) yield it.join("");
  for (const [i, line] of lines.entries())
    for (const it of withoutParts([...line])) yield lines.with(i, it.join("")).join("");
}

/** A list without one stretch of it: the half, a quarter, down to a single item. */
function* withoutParts<T>(list: readonly T[]): Generator<T[]> {
  for (let size = list.length; size >= 1; size = Math.floor(size / 2))
    for (let at = 0; at < list.length; at += size) yield list.toSpliced(at, size);
}
