import { CompletionItemKind } from "vscode-languageserver-types";
import type { Lookup } from "../../values/grammar.ts";
import type { Choice } from "./choice.ts";

/** What typed letters are compared with. */
const wordOf = ({ filter, label, text }: Choice): string => filter ?? label ?? text;

/** What stands before the cursor, and whether that is a value by itself. */
export interface TypedText {
  readonly text: string;
  readonly cursor: number;
  readonly isValue: boolean;
}

/** Whether any word is a value, so that the choices depend on its first letter. */
export const isOpen = (lookup: Lookup | undefined): boolean =>
  lookup !== undefined && lookup.kind !== "units" && lookup.kind !== "variables";

/**
 * The choices with which Enter completes what is begun, and never takes the line end from what is whole. Clients compare a list
 * with what is typed by themselves, and later than they asked for it, so that it has to be right for what is typed meanwhile.
 */
export function endingWithLine(
  choices: readonly Choice[],
  { text, cursor, isValue }: TypedText,
  lookups: readonly (Lookup | undefined)[],
): Choice[] {
  const areUnits = lookups.some((it) => it?.kind === "units");
  const areOpen = lookups.some(isOpen);
  const fitting = choices.flatMap((it): Choice[] => {
    const begun = text.slice(it.from, cursor);
    const isName = areUnits && begun.includes(".");
    if ((isValue || isName) && !goesOn(it, begun, isValue)) return [];
    return [areUnits && !isName ? byStem(it) : areOpen && begun === "" ? byStart(it) : it];
  });
  return goneOnceTyped(fitting, text, cursor);
}

/** Whether a choice begins with what is typed, and not only has its letters. After a number that needs no unit none goes on. */
function goesOn(choice: Choice, begun: string, isValue: boolean): boolean {
  if (begun !== "" && isValue && choice.kind === CompletionItemKind.Unit) return false;
  return wordOf(choice).toLowerCase().startsWith(begun.toLowerCase());
}

/** A unit, found by any part of its name until the suffix is begun: whoever types one means this very name. */
function byStem(choice: Choice): Choice {
  const stem = /^(.+)\.[a-z]+$/.exec(wordOf(choice))?.[1];
  return stem === undefined ? choice : { ...choice, filter: stem };
}

/** A name that is found by its beginning alone: once its first part is typed, a client has to ask for those that go on so. */
function byStart(choice: Choice): Choice {
  const start = /^[\p{L}\p{N}_]+/u.exec(wordOf(choice))?.[0];
  return start === undefined ? choice : { ...choice, filter: start };
}

/** Longer lists are of a folder, and are asked for again with the first letter of a name. */
const MAX_COMPARED = 500;

/**
 * The same choices, each of which goes once it is typed to its end, so that Enter ends the line. Clients compare a list with
 * what is typed by themselves; what lacks its last letter there goes with it. A word that others still match then stays, as
 * one of them would be taken: it is the first of them and as it stands, and for that a client can end the line.
 */
function goneOnceTyped(choices: readonly Choice[], text: string, cursor: number): Choice[] {
  if (choices.length > MAX_COMPARED) return [...choices];
  const words = [...new Set(choices.map((it) => withoutSlash(wordOf(it))))].map(readWord);
  const byText = new Map(words.map((it) => [it.text, it]));
  return choices.flatMap((it) => {
    const word = byText.get(withoutSlash(wordOf(it)));
    if (!word || word.text === "" || withoutSlash(it.text) !== word.text) return [it];
    const going = text.slice(it.from, cursor) === word.text ? [] : [{ ...it, filter: word.text.slice(0, -1) }];
    if (it.also !== undefined || !isShared(word, words)) return going;
    return it.text === word.text ? [it] : [...going, { ...it, text: word.text, filter: word.text }];
  });
}

/** The same folder without the slash with which it is put in, to go on below it. */
export const withoutSlash = (text: string): string => text.replace(/(?<=.)\/$/, "");

/** A word as clients compare it. */
interface Word {
  readonly text: string;
  readonly lower: string;
  /** Where its parts begin. */
  readonly starts: readonly number[];
  /** A bit for each letter and for each with which a part begins, for a first look. */
  readonly letters: number;
  readonly initials: number;
}

const bitAt = (text: string, at: number): number => 1 << (text.charCodeAt(at) & 31);

function readWord(text: string): Word {
  const lower = text.toLowerCase();
  let letters = 0;
  for (let i = 0; i < lower.length; i++) letters |= bitAt(lower, i);
  const starts = [...text.matchAll(STARTS)].map((it) => it.index);
  return { text, lower, starts, letters, initials: starts.reduce((bits, at) => bits | bitAt(lower, at), 0) };
}

const STARTS = /^.|(?<![\p{L}\p{N}])[\p{L}\p{N}]|(?<=\p{Ll})\p{Lu}/gu;

/** Whether a client still lists another word for all of this one, where two of its letters may be swapped. */
function isShared(word: Word, words: readonly Word[]): boolean {
  const initial = bitAt(word.lower, 0);
  const others = words.filter(
    (it) => (it.letters & word.letters) === word.letters && (it.initials & initial) !== 0 && it !== word,
  );
  if (others.length === 0) return false;
  const typed = [word.lower];
  for (let i = 1; i + 1 < word.lower.length && i <= MAX_SWAPPED; i++) typed.push(swapped(word.lower, i));
  return others.some((other) => typed.some((it) => isWithin(it, other)));
}

/** How far into a word VS Code looks for swapped letters. */
const MAX_SWAPPED = 7;

const swapped = (text: string, i: number): string =>
  text.slice(0, i) + text.charAt(i + 1) + text.charAt(i) + text.slice(i + 2);

/** Whether the letters come in their order in a word, from the start of a part on. */
const isWithin = (typed: string, { lower, starts }: Word): boolean =>
  starts.some((start) => {
    if (lower.charCodeAt(start) !== typed.charCodeAt(0)) return false;
    let at = start;
    for (let i = 1; i < typed.length && at >= 0; i++) at = lower.indexOf(typed.charAt(i), at + 1);
    return at >= 0;
  });
