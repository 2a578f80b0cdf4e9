import type { DirectiveRows } from "../row.ts";

/** systemd.scope(5), and TimeoutStopSec=, which the page leaves out. */
export const SCOPE_ROWS = {
  RuntimeMaxSec: {
    summary: "Ends the scope and marks it failed after this many seconds of activity.",
    type: "sec",
    since: 244,
    default: "infinity",
  },
  RuntimeRandomizedExtraSec: {
    summary: "Adds a random extra of up to this many seconds to RuntimeMaxSec=, so that units do not all end together.",
    type: "sec",
    since: 250,
  },
  TimeoutStopSec: {
    summary: "Limits, in seconds, the stop of the scope, after which remaining processes get SIGKILL.",
    type: "sec",
    default: "90s (DefaultTimeoutStopSec=)",
    undocumented: true,
  },
  OOMPolicy: {
    summary:
      "Selects whether the scope continues, stops or is killed whole after the OOM killer hits one of its processes.",
    type: "oomPolicy",
    since: 253,
    default: "DefaultOOMPolicy=",
  },
} as const satisfies DirectiveRows;
