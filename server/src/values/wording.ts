import { nearestEnding } from "../text/nearest.ts";
import type { Wording } from "./grammar.ts";

/** A piece, or what its text is. */
type Text = string | { readonly text: string };

const textOf = (it: Text): string => (typeof it === "string" ? it : it.text);

/** A text for a message, cut where it is long. */
export const quoted = (it: Text): string => `"${shortened(textOf(it))}"`;

const MAX_QUOTED = 40;

const shortened = (text: string): string => (text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED - 1)}…` : text);

/** A text that is nothing of what may stand there: words, or a phrase; both in Markdown. */
export function noValue(it: Text, allowed: readonly string[] | string): Wording {
  if (textOf(it) !== "") return { word: quoted(it), allowed };
  return typeof allowed === "string" ? { message: `needs ${plain(allowed)}` } : { message: "needs a value", allowed };
}

/** Of a larger set, the first few words say nothing. */
const MAX_NAMED = 10;

/** A word that is not one of a set; `what` is what each is, without an article. */
export const unknown = (it: Text, what: string, words: readonly string[] = []): Wording => ({
  word: `Unknown ${what} ${quoted(it)}`,
  message: "",
  ...(words.length <= MAX_NAMED && { allowed: words }),
});

/** A word that is not spelt as `what` is, without an article. */
export const invalid = (it: Text, what: string): Wording => ({ word: `Invalid ${what} ${quoted(it)}`, message: "" });

/** What is said of a text: `runs backwards`. */
export const about = (it: Text, message: string): Wording => ({ word: quoted(it), message });

/** What a message adds to what is wrong. */
interface Addition {
  /** Whether the word is only a part of the value. */
  readonly isPart?: boolean;
  /** What is said of other versions, from the semicolon on. */
  readonly remark?: string;
  /** The word that was meant. */
  readonly meant?: string | undefined;
  readonly consequence: string;
}

/** A message without what is allowed: the wrong word, then the one that was meant, then what systemd does. */
export function valueSentence(directive: string, wording: Wording, addition: Addition): string {
  const { isPart = false, remark = "", meant, consequence } = addition;
  const begin = beginning(directive, wording, isPart);
  return `${begin}${remark}${nearestEnding(meant && shortened(meant), consequence)}`;
}

function beginning(directive: string, { word, message }: Wording, isPart: boolean): string {
  if (word === undefined) return `${directive}= ${message}`;
  if (message === undefined) return `${word} is ${isPart ? "not valid in" : "no value of"} ${directive}=`;
  return `${word} in ${directive}=${message && ` ${message}`}`;
}

/** A longer list ends after the first few words. */
const MAX_LISTED = 4;
const FIRST = 3;

/** What is allowed, as the end of a message after what it says before; empty where nothing is said of that. */
export function allowedEnd({ allowed = [] }: Pick<Wording, "allowed">, before: string): string {
  const begin = `${before.endsWith("?") ? "" : ";"} allowed:`;
  if (typeof allowed === "string") return `${begin} ${plain(allowed)}`;
  if (allowed.length === 0) return "";
  const isLong = allowed.length > MAX_LISTED;
  const first = allowed.slice(0, isLong ? FIRST : -1).join(", ");
  const last = isLong ? ` and ${allowed.length - FIRST} more` : `${first && " or "}${allowed.at(-1)}`;
  return `${begin} ${plain(first + last)}`;
}

const plain = (markdown: string): string => markdown.replaceAll("`", "");
