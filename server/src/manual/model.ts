/** A piece of running text; spaces between pieces stand inside the `text` ones. */
export type Inline =
  | { readonly kind: "text" | "emphasis" | "strong" | "literal"; readonly text: string }
  /** A manual page, such as systemd.exec(5). */
  | { readonly kind: "reference"; readonly page: string; readonly section: string }
  | { readonly kind: "link"; readonly text: string; readonly url: string };

/** What stands below one another. */
export type ManualBlock =
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  /** A heading inside a section. */
  | { readonly kind: "heading"; readonly content: readonly Inline[] }
  /** Lines to show as they are. */
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly (readonly ManualBlock[])[] }
  /** A variable list: directives, the values of one, options. */
  | { readonly kind: "entries"; readonly entries: readonly ManualEntry[] }
  | Table
  /** A note or warning, whose kind is its title. */
  | { readonly kind: "note"; readonly title: string; readonly blocks: readonly ManualBlock[] };

/** Every row has as many cells as the header; what spans several rows is repeated in each. */
export interface Table {
  readonly kind: "table";
  readonly title: readonly Inline[];
  readonly header: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What stands in one field of a table. */
export type Cell = readonly Inline[];

/** Where a setting has no effect in user units (`system`), or only with PrivateUsers=, which it then implies. */
export type Scope = "system" | "private-users";

/** Some names and what is said about them, without the sentences that stand in `since` and `scope`. */
export interface ManualEntry {
  readonly terms: readonly (readonly Inline[])[];
  /** The names of directives among the terms, without the `=`. */
  readonly names: readonly string[];
  /** The id in the HTML manual. */
  readonly anchor: string;
  /** The version of systemd that brought it. */
  readonly since?: number;
  readonly scope?: Scope;
  readonly blocks: readonly ManualBlock[];
}

/** A part of a page; level 2 belongs to the last one of level 1 before it. */
export interface ManualSection {
  readonly level: 1 | 2;
  readonly title: string;
  /** The id in the HTML manual, as far as a title in capitals lets it be known. */
  readonly anchor: string;
  readonly blocks: readonly ManualBlock[];
}

/** A whole page, plain data throughout. */
export interface ManualPage {
  readonly name: string;
  readonly section: string;
  /** The systemd that it describes. */
  readonly version: number;
  /** What it is about, from its first section. */
  readonly title: string;
  readonly sections: readonly ManualSection[];
}
