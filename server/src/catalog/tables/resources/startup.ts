import type { SystemdVersion } from "../../../facts/version.ts";
import { type DirectiveRow, rowsFrom } from "../../row.ts";

/** A setting with its Startup…=, which replaces it while the system boots or shuts down, since a version of its own. */
export function withStartup<N extends string>(
  name: N,
  since: SystemdVersion,
  row: DirectiveRow,
): Readonly<Record<N | `Startup${N}`, DirectiveRow>> {
  const startup = {
    ...row,
    since,
    summary: `Replaces ${name}= while the system boots or shuts down.`,
    default: `value of ${name}=`,
    anchor: row.anchor ?? `${name}=`,
  };
  return rowsFrom<N | `Startup${N}`>([
    [name, row],
    [`Startup${name}`, startup],
  ]);
}
