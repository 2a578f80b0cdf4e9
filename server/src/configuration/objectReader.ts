import { nearest, nearestEnding } from "../text/nearest.ts";
import type { JsonValue } from "./jsonText.ts";
import { type Complain, meaninglessValue, type ValueReader } from "./valueReaders.ts";

/** A key with what it is for, in one sentence. */
export interface Key<T> extends ValueReader<T> {
  readonly about: string;
}

/** A key of what its value means. */
export const key = <T>(value: ValueReader<T>, about: string): Key<T> => ({ ...value, about });

/** What the keys of an object mean, of those that are written. */
export type ReadKeys<K> = { readonly [N in keyof K]?: K[N] extends Key<infer T> ? T : never };

type Keys = Readonly<Record<string, Key<unknown>>>;

/** An object with some keys; any other is complained of. */
export function objectWith<K extends Keys>(
  keys: K,
  needed: readonly (keyof K & string)[] = [],
): ValueReader<ReadKeys<K>> {
  const names = Object.keys(keys);
  const properties = Object.fromEntries(
    names.map((name) => [name, { ...keys[name]?.schema, description: keys[name]?.about }]),
  );
  return {
    schema: {
      type: "object",
      properties,
      additionalProperties: false,
      ...(needed.length > 0 && { required: needed }),
    },
    read(it, complain) {
      if (it.kind !== "object") {
        complain(it, meaninglessValue(it, "an object"));
        return undefined;
      }
      const absent = needed.find((name) => !it.members.some((member) => member.name === name));
      if (absent !== undefined) complain({ start: it.start, end: it.start + 1 }, `Key ${absent} is missing`);
      return absent === undefined ? readMembers(it, keys, complain) : undefined;
    },
  };
}

/** Of a name that stands there twice the last one counts, as for all who read JSON. */
function readMembers<K extends Keys>(it: JsonValue, keys: K, complain: Complain): ReadKeys<K> {
  const names = Object.keys(keys);
  const entries = it.members.flatMap(({ name, at, value }) => {
    const known = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (!known)
      complain(at, `Unknown key ${name}${nearestEnding(nearest(name, names)[0], "")}`, "configuration/unknown-key");
    const read = known?.read(value, complain);
    return read === undefined ? [] : [[name, read] as const];
  });
  return Object.fromEntries(entries) as ReadKeys<K>;
}
