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

/** An object whose members all have a shape, whatever their names; neither too many nor with names that would act. */
export const mapOf =
  (member: Shape, most = Number.POSITIVE_INFINITY): Shape =>
  (value, name) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return `${name} ${actual(value)}, but must be an object`;
    const entries = Object.entries(value);
    if (entries.length > most) return `${name} has ${entries.length} members, but must have ${most} at most`;
    for (const [key, it] of entries) {
      const wrong = UNPRINTABLE.test(key)
        ? `${name} has a name with a control character`
        : member(it, `${name}.${key}`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };

/** A text of a form, without control characters: nothing in it acts in a terminal or begins another line of a file. */
export const line =
  (form: RegExp = /^/, most = 20_000): Shape =>
  (value, name) => {
    const wrong = text(value, name);
    if (wrong !== undefined || typeof value !== "string") return wrong;
    if (value.length > most) return `${name} has ${value.length} characters, but must have ${most} at most`;
    if (UNPRINTABLE.test(value)) return `${name} has a control character`;
    return form.test(value) ? undefined : `${name} ${actual(value)}, which has not the form that it must have`;
  };

const UNPRINTABLE = /[\0-\x1f\x7f]/;

/** A number that counts or measures something. */
export const amount: Shape = (value, name) =>
  typeof value === "number" && Number.isFinite(value) && value >= 0
    ? undefined
    : `${name} ${actual(value)}, but must be a number of 0 or more`;

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
