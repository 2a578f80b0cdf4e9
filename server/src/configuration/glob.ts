/** A pattern for paths below a folder, ready to be compared. */
export interface Glob {
  readonly text: string;
  /** The ways to read it, one for each choice in braces: its folders and its name. */
  readonly ways: readonly (readonly string[])[];
}

/** More choices in braces are refused. */
const MOST_WAYS = 64;

/**
 * Reads a pattern: `*` and `?` stand for characters of a name, `**` for any folders, `{a,b}` for a choice. Without a slash
 * before its end it means such names anywhere; what it means of folders it means of all in them. A text where it is none.
 */
export function readGlob(text: string): Glob | string {
  if (text.trim() === "") return "the pattern is empty";
  if (text.startsWith("!")) return 'a pattern cannot begin with "!"';
  if (text.includes("\\")) return 'folders are separated by "/"';
  if (/[[\]]/.test(text)) return "a pattern has no classes of characters in brackets";
  if (/(?:^|\/)\.\.?(?:\/|$)/.test(text.replace(/^\.\//, ""))) return "a pattern begins at the folder of its file";
  const choices = choicesOf(text.replace(/^\.\//, "/"));
  if (choices === undefined) return "braces hold words with commas between them, and no other braces";
  if (choices.length > MOST_WAYS) return `the pattern has more than ${MOST_WAYS} choices`;
  return { text, ways: choices.map(partsOf) };
}

/** All texts that the choices in braces make; undefined where they are not closed or nested. */
function choicesOf(text: string): string[] | undefined {
  let made = [""];
  let rest = text;
  for (;;) {
    const open = rest.search(/[{}]/);
    if (open < 0) return made.map((it) => it + rest);
    const close = rest.indexOf("}", open);
    const inner = rest.slice(open + 1, close);
    if (rest[open] === "}" || close < 0 || inner.includes("{")) return undefined;
    const words = inner.split(",");
    const before = rest.slice(0, open);
    if (made.length * words.length > MOST_WAYS) return Array.from({ length: MOST_WAYS + 1 }, () => "");
    made = made.flatMap((it) => words.map((word) => it + before + word));
    rest = rest.slice(close + 1);
  }
}

function partsOf(way: string): string[] {
  const parts = way.split("/").filter((it, i) => it !== "" || i === 0);
  const isAnywhere = parts.length === 1 && parts[0] !== "**";
  const [first = "", ...others] = parts;
  return isAnywhere ? ["**", first] : first === "" ? others : parts;
}

/** Whether a pattern means a path, or a folder above it; the path is relative, with slashes. Never slower than both are long. */
export function matchesGlob({ ways }: Glob, path: string): boolean {
  const names = path.split("/");
  return ways.some((parts) => meansParts(parts, names));
}

/** Follows all places of the pattern at once, so that no `**` is tried again. */
function meansParts(parts: readonly string[], names: readonly string[]): boolean {
  let places = withSkipped(new Set([0]), parts);
  for (const name of names) {
    const next = new Set<number>();
    for (const place of places) {
      const part = parts[place];
      if (part === "**") next.add(place);
      else if (part !== undefined && matchesWildcards(name, part)) next.add(place + 1);
    }
    places = withSkipped(next, parts);
    if (places.has(parts.length)) return true;
  }
  return false;
}

/** A `**` also stands for no folder, but at the end, where it stands for what is in the folder. */
function withSkipped(places: Set<number>, parts: readonly string[]): Set<number> {
  for (const it of places) if (parts[it] === "**" && it < parts.length - 1) places.add(it + 1);
  // What a last `**` has reached holds for all below.
  if (places.has(parts.length - 1) && parts.at(-1) === "**") places.add(parts.length);
  return places;
}

/** Whether a name is as a text with `*` and `?` says. */
export function matchesWildcards(name: string, pattern: string): boolean {
  let [at, place, star, resume] = [0, 0, -1, 0];
  while (at < name.length) {
    const wanted = pattern[place];
    if (wanted === "*") {
      star = place++;
      resume = at;
    } else if (wanted !== undefined && (wanted === "?" || wanted === name[at])) {
      place++;
      at++;
    } else if (star >= 0) {
      place = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[place] === "*") place++;
  return place === pattern.length;
}
