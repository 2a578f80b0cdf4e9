import type { DirectiveRows } from "../row.ts";

/** systemd.slice(5). */
export const SLICE_ROWS = {
  ConcurrencySoftMax: {
    summary: "Limits the units active at once in the slice and its sub-slices; further start jobs wait in the queue.",
    type: "concurrencyMax",
    since: 258,
    default: "infinity",
    anchor: "ConcurrencyHardMax=",
  },
  ConcurrencyHardMax: {
    summary: "Limits the units active at once in the slice and its sub-slices; further starts fail with an error.",
    type: "concurrencyMax",
    since: 258,
    default: "infinity",
  },
  ActivatingConcurrencyMax: {
    summary:
      "Limits how many units of the slice tree may be starting up simultaneously; the rest wait, and 0 blocks all starts.",
    type: "concurrencyMax",
    since: 262,
    default: "infinity",
  },
} as const satisfies DirectiveRows;
