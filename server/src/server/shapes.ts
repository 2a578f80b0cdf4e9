/** What a value has to be: what is wrong with the one called `name`, as the rest of a sentence; undefined where nothing is. */
export type Shape = (value: unknown, name: string) => string | undefined;

const MAX_UINTEGER = 2 ** 31 - 1;

/** Anything at all, also nothing. */
export const anything: Shape = () => undefined;

export const text: Shape = (value, name) =>
  typeof value === "string" ? undefined : `${name} ${actual(value)}, but must be a string`;

/** A number as LSP counts lines and characters. */
export const count: Shape = (value, name) => wholeFrom(0, value, name);

/** A version of a document, which may be any number but a fraction. */
export const version: Shape = (value, name) => wholeFrom(-MAX_UINTEGER - 1, value, name);

export const trueOrFalse: Shape = (value, name) =>
  typeof value === "boolean" ? undefined : `${name} ${actual(value)}, but must be true or false`;

/** One of some words. */
export const oneWordOf =
  (...words: readonly string[]): Shape =>
  (value, name) =>
    words.some((it) => it === value) ? undefined : `${name} ${actual(value)}, but must be one of ${words.join(", ")}`;

/** The same value, or none. */
export const optional =
  (shape: Shape): Shape =>
  (value, name) =>
    value === undefined ? undefined : shape(value, name);

/** The same where some clients say that there is none by null. */
export const nullable =
  (shape: Shape): Shape =>
  (value, name) =>
    value === undefined || value === null ? undefined : shape(value, name);

/** Where any of several will do; what is wrong is told of the last one. */
export const either =
  (...shapes: readonly Shape[]): Shape =>
  (value, name) => {
    const all = shapes.map((it) => it(value, name));
    return all.includes(undefined) ? undefined : all.at(-1);
  };

export const arrayOf =
  (item: Shape): Shape =>
  (value, name) => {
    if (!Array.isArray(value)) return `${name} ${actual(value)}, but must be an array`;
    for (const [i, it] of value.entries()) {
      const wrong = item(it, `${name}[${i}]`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };

/** An object with at least these members. */
export const object =
  (members: Readonly<Record<string, Shape>>): Shape =>
  (value, name) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return `${name || "params"} ${actual(value)}, but must be an object`;
    for (const [key, shape] of Object.entries(members)) {
      const member = Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
      const wrong = shape(member, name === "" ? key : `${name}.${key}`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };

function wholeFrom(least: number, value: unknown, name: string): string | undefined {
  const isRight = Number.isInteger(value) && Number(value) >= least && Number(value) <= MAX_UINTEGER;
  return isRight ? undefined : `${name} ${actual(value)}, but must be a whole number from ${least} to ${MAX_UINTEGER}`;
}

/** More of a wrong value is not repeated. */
const MAX_SHOWN = 40;

function actual(value: unknown): string {
  if (value === undefined) return "is missing";
  if (Array.isArray(value)) return "is an array";
  if (typeof value === "object" && value !== null) return "is an object";
  const shown = JSON.stringify(value);
  return `is ${shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown}`;
}
