import type { DirectiveRows } from "../row.ts";

/** systemd.swap(5). */
export const SWAP_ROWS = {
  What: {
    summary: "Names the device or file to swap on, by path or in a form such as UUID=…; required.",
    type: "mountNode",
  },
  Priority: {
    summary: "Ranks this swap area among the others; the kernel fills higher numbers first.",
    type: "swapPriority",
  },
  Options: {
    summary: "Lists the swap options, separated by commas, as in the fourth field of fstab.",
    type: "unitStringPrintf",
    since: 217,
  },
  TimeoutSec: {
    summary: "Limits how many seconds the swapon and swapoff commands may take.",
    type: "secFix0",
    default: "90s (DefaultTimeoutStartSec=)",
  },
} as const satisfies DirectiveRows;
