/** What chezmoi makes of a file whose name says it, where that is no copy of its text. */
export type ChezmoiOther = "link" | "script" | "removal" | "ciphertext";

/** The name that a file of chezmoi's gets in the reader's home. */
interface ChezmoiName {
  readonly folder: string;
  readonly file: string;
  /** Missing where the text becomes that of the file. */
  readonly other?: ChezmoiOther;
}

/** A folder of dotfiles: `dot_config`, `private_dot_local`. */
const DOTTED = /^(?:(?:remove|external|exact|private|readonly)_)*dot_/;

const OF_FOLDERS = /^(?:remove_|external_|exact_|private_|readonly_)+/;
const OF_FILES = /^(?:create_|encrypted_|private_|readonly_|empty_|executable_)+/;

const OTHERS: readonly (readonly [prefix: string, other: ChezmoiOther])[] = [
  ["symlink_", "link"],
  ["modify_", "script"],
  ["run_", "script"],
  ["remove_", "removal"],
];
/** How the names of files end that chezmoi treats in its own way. */
export const CHEZMOI_ENDS: readonly string[] = ["age", "asc", "literal"];
const ENCRYPTED = /\.(?:age|asc)$/;

/** Whether folders are those of chezmoi: one of them is called as hidden ones are there. */
export const isOfChezmoi = (parents: readonly string[]): boolean => parents.some((it) => DOTTED.test(it));

/** What a file below a folder of chezmoi's is called once it is copied. */
export function chezmoiName(file: string, parents: readonly string[]): ChezmoiName {
  const folder = chezmoiFolder(parents.at(-1) ?? "");
  const found = OTHERS.find(([prefix]) => file.startsWith(prefix));
  const rest = file.slice(found?.[0].length ?? 0);
  const bare = plain(rest, OF_FILES);
  const secret = rest.startsWith("encrypted_") || ENCRYPTED.test(rest);
  const other = found?.[1] ?? (secret ? "ciphertext" : undefined);
  return { folder, file: bare.replace(/\.literal$/, "").replace(ENCRYPTED, ""), ...(other && { other }) };
}

/** What a folder of chezmoi's is called in the reader's home. */
export const chezmoiFolder = (name: string): string => plain(name, OF_FOLDERS);

function plain(name: string, attributes: RegExp): string {
  const rest = name.replace(attributes, "");
  if (rest.startsWith("dot_")) return `.${rest.slice("dot_".length)}`;
  return rest.startsWith("literal_") ? rest.slice("literal_".length) : rest;
}
