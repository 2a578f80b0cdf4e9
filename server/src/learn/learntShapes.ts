import type { LearntRun } from "./learnt.ts";
import type { Sight } from "./needs.ts";
import { aNumber, anInteger, anObject, aText, listOf, type Parse, record } from "./shape.ts";

/** A text that begins no other line in a unit. */
export const aLine: Parse<string> = (value, where) => {
  const found = aText(value, where);
  if (/[\0-\x1f\x7f]/.test(found)) throw new TypeError(`${where} is not one line`);
  return found;
};

/** What may be missing. */
export const orMissing =
  <T>(read: Parse<T>): Parse<T | undefined> =>
  (value, where) =>
    value === undefined ? undefined : read(value, where);

/** One of some words. */
export const oneWord =
  <Word extends string>(...words: readonly Word[]): Parse<Word> =>
  (value, where) => {
    const found = words.find((it) => it === value);
    if (found === undefined) throw new TypeError(`${where} is not one of ${words.join(", ")}`);
    return found;
  };

/** The digests of the lines of a unit. */
export const lineDigests: Parse<Record<string, string>> = record(aLine);

/** One observed run. */
export const runShape: Parse<LearntRun> = (value, where) => {
  const { calls, seconds, exercised, fresh } = anObject(value, where);
  return {
    calls: anInteger(calls, `${where}.calls`),
    seconds: aNumber(seconds, `${where}.seconds`),
    exercised: listOf(aText)(exercised, `${where}.exercised`),
    ...(fresh === true && { fresh }),
  };
};

/** Where something was seen. */
export const sightShape: Parse<Sight> = (value, where) => {
  const { count, first, last, at, sample } = anObject(value, where);
  return {
    count: anInteger(count, `${where}.count`),
    first: aNumber(first, `${where}.first`),
    last: aNumber(last, `${where}.last`),
    at: aLine(at, `${where}.at`),
    sample: aText(sample, `${where}.sample`),
  };
};
