import type { Rows } from "../../row.ts";

/** Old names of [Unit] that systemd still knows. */
export const UNIT_LEGACY = {
  BindTo: {
    summary: "Old name of BindsTo=, still accepted as a synonym.",
    type: "unitDeps",
    many: true,
    successor: { section: "Unit", name: "BindsTo" },
    undocumented: true,
  },
  PropagateReloadTo: {
    summary: "Old name of PropagatesReloadTo=, still accepted.",
    type: "unitDeps",
    many: true,
    successor: { section: "Unit", name: "PropagatesReloadTo" },
    undocumented: true,
  },
  PropagateReloadFrom: {
    summary: "Old name of ReloadPropagatedFrom=, still accepted.",
    type: "unitDeps",
    many: true,
    successor: { section: "Unit", name: "ReloadPropagatedFrom" },
    undocumented: true,
  },
  RequiresOverridable: {
    summary: "Old variant of Requires=, which it is read as, with a warning.",
    type: "obsoleteUnitDeps",
    many: true,
    successor: { section: "Unit", name: "Requires" },
    undocumented: true,
  },
  RequisiteOverridable: {
    summary: "Old variant of Requisite=, which it is read as, with a warning.",
    type: "obsoleteUnitDeps",
    many: true,
    successor: { section: "Unit", name: "Requisite" },
    undocumented: true,
  },
  OnFailureIsolate: {
    summary: "Old form of OnFailureJobMode=: yes stands for isolate and no for replace.",
    type: "jobModeIsolate",
    default: "no",
    successor: { section: "Unit", name: "OnFailureJobMode" },
    undocumented: true,
  },
  IgnoreOnSnapshot: {
    summary: "Has no effect any more; it belonged to snapshot units, which systemd has dropped.",
    type: "warnCompat",
    until: 0,
    undocumented: true,
  },
  StartLimitInterval: {
    summary: "Old name of StartLimitIntervalSec=, still accepted, also in the [Service] section.",
    type: "sec",
    default: "10s (DefaultStartLimitIntervalSec=)",
    successor: { section: "Unit", name: "StartLimitIntervalSec" },
    undocumented: true,
  },
} as const satisfies Rows;
