import type { QuadletKey } from "../facts/quadlets/keys.ts";
import type { PerVersion, SystemdVersion } from "../facts/version.ts";
import type { ValueTypeName } from "../values/valueTypes.ts";
import type { SectionName } from "./sections.ts";

/** What the tables say about one directive of one section. */
export interface DirectiveRow {
  /** What it does, one sentence in the third person. */
  readonly summary: string;
  /** What its value may be; `typeIn` says it for a version. */
  readonly type: ValueTypeName | PerVersion<ValueTypeName>;
  /** The version that brought it, as its parser tables say; missing where neither they nor the manual reach back that far. */
  readonly since?: SystemdVersion;
  /** The version that ignores it from then on, with a message; 0 for longer than the facts reach back. */
  readonly until?: SystemdVersion;
  /** The version that does not know it any more; missing where the newest one does. */
  readonly gone?: SystemdVersion;
  /** The releases and builds that read it before `since`. */
  readonly except?: readonly SystemdVersion[];
  /** What holds where it is not set, for a reader; missing where the manual does not say. */
  readonly default?: string;
  /** Whether several assignments add up; otherwise the last valid one wins. */
  readonly many?: true;
  /** `system`: no effect in user units; `private-users`: there it switches PrivateUsers= on by itself. */
  readonly scope?: "system" | "private-users";
  /** The id of its entry in the HTML manual, where that is not `Name=`. */
  readonly anchor?: string;
  /** What to write instead. */
  readonly successor?: { readonly section: SectionName; readonly name: string };
  /** The new name of the same directive, both being accepted. */
  readonly alias?: string;
  /** Of a key of a quadlet what podman's generator does with it. */
  readonly podman?: QuadletKey;
  /** Known to the parser, but in no manual page. */
  readonly undocumented?: true;
}

/** One part of a manual page: the rows by directive name. */
export type DirectiveRows = Readonly<Record<string, DirectiveRow>>;

/** Rows that are made by a rule; their names stay literals, as `DirectiveName` is made of them. */
export function rowsFrom<N extends string>(
  rows: readonly (readonly [name: N, row: DirectiveRow])[],
): Readonly<Record<N, DirectiveRow>> {
  const table: Partial<Record<N, DirectiveRow>> = Object.create(null);
  for (const [name, row] of rows) table[name] = row;
  return table as Record<N, DirectiveRow>;
}

/** Makes rows that have facts in common, such as an entry of the manual that describes all of them; those of a row take precedence. */
export function sharing<F extends Partial<DirectiveRow>>(facts: F) {
  return <N extends string>(
    rows: Readonly<Record<N, Omit<DirectiveRow, keyof F> & Pick<DirectiveRow, "since" | "until">>>,
  ): Readonly<Record<N, DirectiveRow>> =>
    rowsFrom((Object.keys(rows) as N[]).map((name) => [name, { ...facts, ...rows[name] } as DirectiveRow]));
}
