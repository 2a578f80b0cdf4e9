/** Reads a value of JSON at a place, or throws a `TypeError` that names the place; only `parsed()` calls it. */
export type Parse<T> = (value: unknown, where: string) => T;

/** Reads JSON that anybody may have written: the value, or a sentence without a full stop that says what is wrong. */
export function parsed<T>(source: string, read: Parse<T>): { readonly value: T } | { readonly problem: string } {
  try {
    return { value: read(JSON.parse(source), "the text") };
  } catch (error) {
    return { problem: error instanceof TypeError ? error.message : "the text is not JSON" };
  }
}

const MOST = 200_000;
const LONGEST = 16_384;

const shown = (where: string): string => (where.length > 120 ? `${where.slice(0, 120)}…` : where);

function wrong(where: string, what: string): never {
  throw new TypeError(`${shown(where)} is not ${what}`);
}

export const anObject: Parse<Readonly<Record<string, unknown>>> = (value, where) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) wrong(where, "an object");
  return value as Readonly<Record<string, unknown>>;
};

export const aList: Parse<readonly unknown[]> = (value, where) => {
  if (!Array.isArray(value)) wrong(where, "a list");
  if (value.length > MOST) throw new TypeError(`${shown(where)} has more than ${MOST} entries`);
  return value;
};

export const aText: Parse<string> = (value, where) => {
  if (typeof value !== "string" || value.length > LONGEST) wrong(where, "a text");
  return value;
};

/** Not negative, and finite. */
export const aNumber: Parse<number> = (value, where) => {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) wrong(where, "a number");
  return value;
};

export const anInteger: Parse<number> = (value, where) => {
  const found = aNumber(value, where);
  return Number.isSafeInteger(found) ? found : wrong(where, "a whole number");
};

export const listOf =
  <T>(each: Parse<T>): Parse<readonly T[]> =>
  (value, where) =>
    aList(value, where).map((entry, index) => each(entry, `${where}[${index}]`));

/** A record with any names, in the order of the text. */
export const record =
  <T>(each: Parse<T>): Parse<Record<string, T>> =>
  (value, where) => {
    const entries = Object.entries(anObject(value, where));
    if (entries.length > MOST) throw new TypeError(`${shown(where)} has more than ${MOST} entries`);
    return Object.fromEntries(entries.map(([key, entry]) => [key, each(entry, `${where}.${key}`)]));
  };
