import { append } from "../../text/append.ts";
import { directiveOf, valueOfLine } from "./lines.ts";

/** Tries to take words out of a list again; each answer says whether it works without them. */
export type Trimming = Generator<readonly string[], void, boolean>;

/**
 * Takes out of the last line of a list the words that its tightest lines do not have: half of them at once, then half of that
 * half where it does not work, down to single ones.
 */
export function* trimmedList(
  lines: readonly string[],
  { list, tightest }: { readonly list: string; readonly tightest: readonly string[] },
): Trimming {
  const at = lines.findLastIndex((it) => directiveOf(it) === list && valueOfLine(it) !== "");
  const last = lines[at];
  if (last === undefined || valueOfLine(last).startsWith("~")) return;
  const own = new Set(tightest.filter((it) => directiveOf(it) === list).flatMap(wordsInLine));
  let kept = wordsInLine(last);
  const without = (words: readonly string[]): readonly string[] => kept.filter((it) => !words.includes(it));
  const open = halves(kept.filter((it) => !own.has(it)));
  for (let words = open.pop(); words; words = open.pop()) {
    const shorter = without(words);
    if (shorter.length === 0) continue;
    const works = yield lines.with(at, `${list}=${shorter.join(" ")}`);
    if (works) kept = shorter;
    else append(open, halves(words));
  }
}

/** All of it is known to be too much; a single word has no halves. */
function halves(words: readonly string[]): (readonly string[])[] {
  if (words.length < 2) return [];
  const middle = words.length >> 1;
  return [words.slice(0, middle), words.slice(middle)];
}

const wordsInLine = (line: string): readonly string[] => valueOfLine(line).split(/\s+/).filter(Boolean);
