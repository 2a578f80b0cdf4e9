/** A path that a value names, as far as nothing in it is open. */
export interface NamedPath {
  readonly path: string;
  /** Whether something behind it is open, so that it is the folder of what is meant. */
  readonly isCut: boolean;
}

/** The path in a word: behind a name and a colon, as in `daemon:/var/log/squid/access.log`, and up to a variable. */
export function pathInWord(word: string, base: string | undefined): NamedPath | undefined {
  const text = word.slice(0, 4096).replace(/^[a-z_]{2,12}:(?=\/)/, "");
  if (text === "" || /^[|~<>!`]/.test(text) || text.includes("\0")) return undefined;
  const whole = text.startsWith("/") ? text : base !== undefined && /^[\w.]/.test(text) ? `${base}/${text}` : undefined;
  if (whole === undefined) return undefined;
  const open = whole.search(/[%$*?{}\\:\n]/);
  const path = (open < 0 ? whole : whole.slice(0, whole.lastIndexOf("/", open)))
    .replace(/\/{2,}/g, "/")
    .replace(/(.)\/$/, "$1");
  // No file of a disk: nothing there is written to stay.
  if (!/^\/./.test(path) || /^\/(?:dev|proc|sys)(?:\/|$)/.test(path) || /\/\.\.?(?:\/|$)/.test(path)) return undefined;
  return { path, isCut: open >= 0 };
}
