import { directive, grammarIn } from "../../catalog/catalog.ts";
import { isSectionName } from "../../catalog/sections.ts";
import { cookedOffset, type JoinedText } from "../../syntax/joinedText.ts";
import type { Placeholder } from "../../syntax/template/templateDialect.ts";
import type { Assignment } from "../../syntax/tree.ts";
import type { Where } from "../../values/grammar.ts";
import { issuesOf } from "../../values/read.ts";
import type { ValueType } from "../../values/valueType.ts";

/** Values of which each type takes one, in two orders, so that two looks see different ones. */
const RIGHT: readonly string[] = [
  "strict",
  "yes",
  "simple",
  "invisible",
  "someone",
  "/usr/bin/unknown",
  "/run/unknown",
  "5",
  "daily",
  "unknown-of-a-template.service",
  "CAP_KILL",
  "@basic-io",
  "1.1.1.1",
  "x:/run/x",
  "x",
  "no",
];

/**
 * What stands for the value of a line with placeholders, of the same length unless all of it is one; undefined where the line
 * is better left out, as no value of its form is known. Each number gives another one.
 */
export function standIn(
  section: string,
  node: Assignment,
  holes: readonly Placeholder[],
  number: number,
  where: Where,
): JoinedText | undefined {
  const value = node.value;
  const spans = holes.map((it) => ({ from: cookedOffset(value, it.start), to: cookedOffset(value, it.end) }));
  const known = isSectionName(section) ? directive(section, node.key) : undefined;
  const type = known && grammarIn(known, where.version);
  const isCommand = /^Exec(?!SearchPath|Paths)/.test(node.key);
  if (!isCommand && isAllOf(value.text, spans)) {
    if (number === 1 || !type) return undefined;
    if (/^(?:User|Group)$/.test(node.key)) return { text: number === 0 ? "someone" : "another", start: value.start };
    const right = (number === 0 ? RIGHT : RIGHT.toReversed()).find((it) => issuesOf(type, it, where).length === 0);
    return right === undefined ? undefined : { text: right, start: value.start };
  }
  const masks = MASKS[number % MASKS.length] ?? [];
  const best = type
    ? leastWrong(type, filledBy(masks, value.text, spans), where)
    : filled(value.text, spans, masks[0] ?? "");
  if (best === undefined) return undefined;
  return { ...value, text: best };
}

/** The signs that placeholders are made of; a path is that of a folder where programs may be. */
const MASKS: readonly (readonly string[])[] = [
  ["/usr/bin", "x", "5"],
  ["/opt", "y", "7"],
  ["/home", " ", "3"],
];

/** Whether there is nothing but blanks around some stretches of a text. */
function isAllOf(text: string, spans: readonly Stretch[]): boolean {
  let at = 0;
  for (const { from, to } of spans) {
    if (text.slice(at, from).trim() !== "") return false;
    at = Math.max(at, to);
  }
  return text.slice(at).trim() === "";
}

/** The texts with each of some signs, made one by one, as the first one is mostly right. */
function* filledBy(signs: readonly string[], text: string, spans: readonly Stretch[]): Iterable<string> {
  for (const it of signs) yield filled(text, spans, it);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A text with something else in some stretches of it; where a path is in the middle of a word, letters. */
function filled(text: string, spans: readonly Stretch[], sign: string): string {
  let made = "";
  let at = 0;
  for (const { from, to } of spans) {
    if (from < at) continue;
    made += text.slice(at, from);
    const isBegin = sign.length === 1 || /(?:^|[\s:=,"'@!+|-])$/.test(made.slice(-1));
    made += mask(isBegin ? sign : "x", to - from);
    at = to;
  }
  return made + text.slice(at);
}

/** A sign, or a path with as many slashes as it takes. */
function mask(sign: string, length: number): string {
  if (sign.length === 1) return sign.repeat(length);
  return sign.length <= length ? sign.padEnd(length, "/") : `/${"x".repeat(Math.max(0, length - 1))}`;
}

/** The text with which systemd has least to complain about; undefined where it would refuse the unit for any. */
function leastWrong(type: ValueType, texts: Iterable<string>, where: Where): string | undefined {
  let best: { readonly text: string; readonly count: number } | undefined;
  for (const text of texts) {
    const issues = issuesOf(type, text, where);
    if (issues.length === 0) return text;
    if (issues.some((it) => it.effect === "refused")) continue;
    if (!best || issues.length < best.count) best = { text, count: issues.length };
  }
  return best?.text;
}
