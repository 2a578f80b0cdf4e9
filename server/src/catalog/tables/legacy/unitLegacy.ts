import { type DirectiveRows, sharing } from "../../row.ts";

/** Old names of [Unit] that systemd still knows. */
export const UNIT_LEGACY_ROWS = {
  ...sharing({ many: true, undocumented: true })({
    BindTo: {
      summary: "Old name of BindsTo=, still accepted as a synonym.",
      type: "unitDeps",
      successor: { section: "Unit", name: "BindsTo" },
    },
    PropagateReloadTo: {
      summary: "Old name of PropagatesReloadTo=, still accepted.",
      type: "unitDeps",
      successor: { section: "Unit", name: "PropagatesReloadTo" },
    },
    PropagateReloadFrom: {
      summary: "Old name of ReloadPropagatedFrom=, still accepted.",
      type: "unitDeps",
      successor: { section: "Unit", name: "ReloadPropagatedFrom" },
    },
    RequiresOverridable: {
      summary: "Old variant of Requires=, as which systemd reads it with a warning.",
      type: "obsoleteUnitDeps",
      successor: { section: "Unit", name: "Requires" },
    },
    RequisiteOverridable: {
      summary: "Old variant of Requisite=, as which systemd reads it with a warning.",
      type: "obsoleteUnitDeps",
      successor: { section: "Unit", name: "Requisite" },
    },
  }),
  OnFailureIsolate: {
    summary: "Old form of OnFailureJobMode=: yes stands for isolate and no for replace.",
    type: "jobModeIsolate",
    default: "no",
    successor: { section: "Unit", name: "OnFailureJobMode" },
    undocumented: true,
  },
  IgnoreOnSnapshot: {
    summary: "Has no effect any more; it belonged to snapshot units, which systemd no longer has.",
    type: "warnCompat",
    until: 0,
    undocumented: true,
  },
  ...sharing({ type: "conditionAcPower", gone: 247, many: true, undocumented: true })({
    ConditionNull: { summary: "Held or not as its value says, for tests; systemd no longer knows it." },
    AssertNull: { summary: "Failed the start or not as its value says, for tests; systemd no longer knows it." },
  }),
  StartLimitInterval: {
    summary: "Old name of StartLimitIntervalSec=, still accepted, also in the [Service] section.",
    type: "sec",
    default: "10s (DefaultStartLimitIntervalSec=)",
    successor: { section: "Unit", name: "StartLimitIntervalSec" },
    undocumented: true,
  },
} as const satisfies DirectiveRows;
