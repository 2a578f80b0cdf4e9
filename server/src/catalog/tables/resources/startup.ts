import { type DirectiveRow, rowsFrom } from "../../row.ts";

/** A setting with its Startup…=, which replaces it while the system boots or shuts down. */
export function withStartup<N extends string>(
  name: N,
  row: DirectiveRow,
): Readonly<Record<N | `Startup${N}`, DirectiveRow>> {
  const startup = {
    ...row,
    summary: `Replaces ${name}= while the system boots or shuts down.`,
    default: `value of ${name}=`,
    anchor: row.anchor ?? `${name}=`,
  };
  return rowsFrom<N | `Startup${N}`>([
    [name, row],
    [`Startup${name}`, startup],
  ]);
}
