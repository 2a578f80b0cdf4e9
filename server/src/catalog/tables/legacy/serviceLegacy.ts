import { type DirectiveRows, sharing } from "../../row.ts";

/** Old names of [Service] that systemd still knows. */
export const SERVICE_LEGACY_ROWS = {
  ...sharing({ undocumented: true })({
    StartLimitInterval: {
      summary: "Old name of StartLimitIntervalSec=, whose place is [Unit] now.",
      type: "sec",
      successor: { section: "Unit", name: "StartLimitIntervalSec" },
    },
    StartLimitBurst: {
      summary: "Sets how many starts the start limit allows; its place is [Unit] now.",
      type: "unsigned",
      successor: { section: "Unit", name: "StartLimitBurst" },
    },
    StartLimitAction: {
      summary: "Chooses the system action for a unit that was started too often; its place is [Unit] now.",
      type: "emergencyAction",
      successor: { section: "Unit", name: "StartLimitAction" },
    },
    FailureAction: {
      summary: "Chooses the system action for when the unit fails; its place is [Unit] now.",
      type: "emergencyAction",
      successor: { section: "Unit", name: "FailureAction" },
    },
    RebootArgument: {
      summary: "Sets the argument passed when an action reboots the machine; it belongs to [Unit] now.",
      type: "unitStringPrintf",
      successor: { section: "Unit", name: "RebootArgument" },
    },
    PermissionsStartOnly: {
      summary:
        "Limits User= and similar settings to ExecStart=, so helper commands run as root; replaced by the + prefix.",
      type: "bool",
    },
    SysVStartPriority: {
      summary: "Has no effect any more; it ordered services against SysV init scripts by a start number.",
      type: "warnCompat",
      until: 0,
    },
    BusPolicy: {
      summary: "Has no effect any more; it set access rules for kdbus, a bus that was never merged into the kernel.",
      type: "warnCompat",
      until: 0,
    },
  }),
} as const satisfies DirectiveRows;
