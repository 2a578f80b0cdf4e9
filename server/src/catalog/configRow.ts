import type { PerVersion } from "../facts/version.ts";
import type { DirectiveRow } from "./row.ts";

/** The type of a value, or that of each version. */
type RowType = string | PerVersion<string>;

/** What a table says of a setting, in the words of the catalog; JSON has no literal types. */
export interface ConfigRow extends Pick<DirectiveRow, "summary" | "since" | "until" | "anchor"> {
  readonly type: RowType;
  readonly undocumented?: boolean;
}

/** The settings of a kind of file by their sections, both in the order in which systemd's parser tables have them; read when first asked for. */
export interface ConfigTable {
  readonly sections: Readonly<Record<string, Readonly<Record<string, ConfigRow>>>>;
}
