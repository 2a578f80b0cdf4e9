import type { ManualIndex, ManualIndexPage } from "../../server/src/server/protocol.ts";

/** A name of systemd's manual with the page that describes it. */
export interface ListedName extends Omit<ManualIndexPage, "rows"> {
  readonly row: ManualIndexPage["rows"][number];
  readonly kind: NameKind;
}

/** What a name is, as far as a reader distinguishes names. */
export type NameKind =
  | "unit file"
  | "configuration file"
  | "specifier"
  | "environment variable"
  | "command line"
  | "kernel command line"
  | "D-Bus"
  | "file"
  | "other";

/** The kinds that a reader of unit files asks for come first. */
const ORDER: readonly NameKind[] = [
  "unit file",
  "specifier",
  "environment variable",
  "configuration file",
  "file",
  "kernel command line",
  "command line",
  "other",
  "D-Bus",
];

/** The groups of systemd.directives(7) whose names are of one kind. */
const KINDS: readonly (readonly [RegExp, NameKind])[] = [
  [/^Unit Directives/i, "unit file"],
  [/^D-Bus /i, "D-Bus"],
  [/^Specifiers/i, "specifier"],
  [/^Environment Variables/i, "environment variable"],
  [/^Command Line Options/i, "command line"],
  [/^Options on the Kernel Command Line/i, "kernel command line"],
  [/^Files and Directories/i, "file"],
  [/Directives$|^Program Configuration|^Home Area|Options$|^Miscellaneous/i, "configuration file"],
];

/** The pages about unit files, for a manual that comes without systemd.directives(7). */
const UNIT_PAGES =
  /^systemd\.(?:unit|service|exec|resource-control|kill|socket|timer|path|mount|automount|swap|slice|scope|target|device)$/;

/** All names in the order of the manual. */
export function listedNames({ pages }: ManualIndex): ListedName[] {
  return pages.flatMap(({ rows, ...page }) => rows.map((row) => ({ ...page, row, kind: kindOf(page.page, row) })));
}

function kindOf(page: string, { group, name }: ListedName["row"]): NameKind {
  if (page.startsWith("org.freedesktop.")) return "D-Bus";
  const known = KINDS.find(([pattern]) => pattern.test(group))?.[1];
  if (known) return known;
  return UNIT_PAGES.test(page) && name.endsWith("=") ? "unit file" : "other";
}

/** How a name may meet what is typed, the closest first; undefined where it does not. */
function closeness(name: string, typed: string): number | undefined {
  const plain = name.replace(/=$/, "");
  const [lower, wanted] = [plain.toLowerCase(), typed.toLowerCase().replace(/=$/, "")];
  if (plain === typed || name === typed) return 0;
  if (lower === wanted) return 1;
  if (lower.startsWith(wanted)) return 2;
  if (abbreviates(plain, wanted)) return 3;
  const at = lower.indexOf(wanted);
  if (at < 0) return undefined;
  return isWordStart(plain, at) ? 4 : 5;
}

/** Whether the page or the heading above a name holds what is typed. */
const isAbout = ({ page, row: { heading = "" } }: ListedName, typed: string): boolean =>
  [page, heading].some((it) => it.toLowerCase().includes(typed.toLowerCase()));

/** Whether text consists of beginnings of the words of a name, from the first one on: `psys` of ProtectSystem. */
function abbreviates(name: string, typed: string): boolean {
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+|\d+/g)?.map((it) => it.toLowerCase()) ?? [];
  const fits = (word: number, from: number): boolean => {
    if (from === typed.length) return true;
    const letters = words[word];
    if (letters === undefined) return false;
    for (let length = 1; letters[length - 1] === typed[from + length - 1] && length <= letters.length; length++)
      if (fits(word + 1, from + length)) return true;
    return word > 0 && fits(word + 1, from);
  };
  return typed !== "" && fits(0, 0);
}

const isWordStart = (name: string, at: number): boolean =>
  /[A-Z]/.test(name.charAt(at)) || !/[A-Za-z0-9]/.test(name.charAt(at - 1));

/**
 * The names that meet what is typed, the best first: by closeness, then by kind. A name of unit files that is met at its
 * beginning comes before the same name elsewhere, however it is written there.
 */
export function rankNames(names: readonly ListedName[], typed: string): ListedName[] {
  const wanted = typed.trim();
  if (wanted === "") return [...names];
  const found = names.flatMap((it, order) => {
    const close = closeness(it.row.name, wanted) ?? (isAbout(it, wanted) ? CLASSES.length : undefined);
    return close === undefined ? [] : [{ it, close: CLASSES[close] ?? close, exact: close, order }];
  });
  found.sort(
    (a, b) =>
      a.close - b.close ||
      ORDER.indexOf(a.it.kind) - ORDER.indexOf(b.it.kind) ||
      a.exact - b.exact ||
      a.it.row.name.length - b.it.row.name.length ||
      a.order - b.order,
  );
  return found.map(({ it }) => it);
}

/** Letter case says nothing about what is meant: the kind decides between `User=` and the D-Bus property `User`. */
const CLASSES: readonly number[] = [0, 0, 2, 3, 4, 5];
