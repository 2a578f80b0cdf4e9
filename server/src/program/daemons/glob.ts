import type { ProgramFiles } from "../files.ts";

/** So many files of one pattern are looked at. */
const MOST_MATCHES = 300;

/** The files that a pattern of paths names, sorted as daemons read them; a path without signs is itself, where it is there. */
export function filesNamed(pattern: string, files: Pick<ProgramFiles, "look" | "list">): readonly string[] {
  return pathsNamed(pattern, files).filter((it) => files.look(it)?.kind === "file");
}

/** The folders that a pattern of paths names, where links lead to. */
export const foldersNamed = (pattern: string, files: Pick<ProgramFiles, "look" | "list">): readonly string[] =>
  pathsNamed(pattern, files).flatMap((it) => {
    const found = files.look(it);
    return found?.kind === "folder" ? found.path : [];
  });

function pathsNamed(pattern: string, files: Pick<ProgramFiles, "list">): readonly string[] {
  if (!/[*?[]/.test(pattern)) return [pattern];
  let found: readonly string[] = [""];
  const parts = pattern.split("/").slice(1);
  if (parts.length > MOST_PARTS) return [];
  for (const part of parts) {
    if (!/[*?[]/.test(part)) found = found.map((it) => `${it}/${part}`);
    else
      found = found
        .flatMap((folder) =>
          files.list(folder || "/").flatMap((name) => (matchesName(part, name) ? [`${folder}/${name}`] : [])),
        )
        .slice(0, MOST_MATCHES);
  }
  return found;
}

const MOST_PARTS = 40;

/** Whether a name fits a pattern of `*`, `?` and `[…]`, in time that does not grow with the stars; hidden files are named as such. */
export function matchesName(pattern: string, name: string): boolean {
  if (name.startsWith(".") && !pattern.startsWith(".")) return false;
  let at = 0;
  let in_ = 0;
  let star = -1;
  let from = 0;
  while (in_ < name.length) {
    const end = at < pattern.length ? fits(pattern, at, name[in_] ?? "") : -1;
    if (pattern[at] === "*") {
      star = at++;
      from = in_;
    } else if (end > 0) {
      at = end;
      in_++;
    } else if (star >= 0) {
      at = star + 1;
      in_ = ++from;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at >= pattern.length;
}

/** Where the pattern goes on behind a sign that fits a letter; -1 where it does not. */
function fits(pattern: string, at: number, letter: string): number {
  const sign = pattern[at];
  if (sign === "?") return at + 1;
  const end = sign === "[" ? pattern.indexOf("]", at + 2) : -1;
  if (end < 0) return sign === letter ? at + 1 : -1;
  const set = pattern.slice(at + 1, end);
  const isDenied = set[0] === "!" || set[0] === "^";
  return setHolds(isDenied ? set.slice(1) : set, letter) !== isDenied ? end + 1 : -1;
}

function setHolds(set: string, letter: string): boolean {
  for (let i = 0; i < set.length; i++) {
    const isRange = set[i + 1] === "-" && i + 2 < set.length;
    if (isRange ? (set[i] ?? "") <= letter && letter <= (set[i + 2] ?? "") : set[i] === letter) return true;
    if (isRange) i += 2;
  }
  return false;
}
