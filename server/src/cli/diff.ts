import { formatPatch, OMIT_HEADERS } from "diff";
import { hunksOf } from "./hunks.ts";
import { painter } from "./terminal.ts";

/**
 * A change as a unified diff that patch(1) applies, "" for none; `before` is undefined for a new file. Lines end at LF alone:
 * a CR is a part of its line.
 */
export function unifiedDiff(path: string, before: string | undefined, after: string, colours: boolean): string {
  const name = patchName(path);
  return diffOf([before === undefined ? "/dev/null" : name, before ?? ""], [name, after], colours);
}

/** What is different in the second of two texts, each with its name, as a unified diff; "" where nothing is. */
export function diffOf(
  [oldName, old]: readonly [name: string, text: string],
  [newName, text]: readonly [name: string, text: string],
  colours: boolean,
): string {
  if (old === text) return "";
  const names = { oldFileName: undefined, newFileName: undefined, oldHeader: undefined, newHeader: undefined };
  const hunks = formatPatch({ ...names, hunks: [...hunksOf(old, text)] }, OMIT_HEADERS);
  const diff = `--- ${oldName}\n+++ ${newName}\n${hunks}`;
  return colours ? painted(diff) : diff;
}

const COLOURS: readonly (readonly [start: RegExp, colour: string])[] = [
  [/^(?:---|\+\+\+) /, "1"],
  [/^@@/, "36"],
  [/^-/, "31"],
  [/^\+/, "32"],
];

/** In the usual colours of terminals. */
function painted(diff: string): string {
  const paint = painter(true);
  return diff.replace(/^[-+@].*$/gm, (line) => paint(line, COLOURS.find(([start]) => start.test(line))?.[1]));
}

/** A path as GNU diff writes it: in quotes where it holds what would end it. */
function patchName(path: string): string {
  const octal = (it: string): string => `\\${it.charCodeAt(0).toString(8).padStart(3, "0")}`;
  if (/["\\\x00-\x1f\x7f]/.test(path)) return `"${path.replace(/["\\]/g, "\\$&").replace(/[\x00-\x1f\x7f]/g, octal)}"`;
  return path.includes(" ") ? `${path}\t` : path;
}
