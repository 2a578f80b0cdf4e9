import { type DirectiveRows, sharing } from "../row.ts";

/** [Unit] of systemd.unit(5): what the unit is and how it relates to others. */
export const UNIT_ROWS = {
  Description: {
    summary: "Gives the unit a short readable title that shows up in status messages, logs and user interfaces.",
    type: "unitStringPrintf",
    since: 201,
  },
  Documentation: {
    summary:
      "Lists URIs of manuals or web pages about the unit, which systemctl status displays, the most useful one first.",
    type: "documentation",
    since: 201,
    many: true,
  },
  SourcePath: {
    summary:
      "Records the original configuration file that a generator translated into this unit; not useful in hand-written units.",
    type: "unitPathPrintf",
    since: 201,
  },
  ...sharing({ type: "unitDeps", since: 201, many: true })({
    Requires: {
      summary:
        "Pulls in the listed units on start, and stops or restarts this unit too when one of them is stopped or restarted on request.",
    },
    Requisite: {
      summary: "Makes the start fail immediately unless the listed units already run, without trying to launch them.",
    },
    Wants: {
      summary: "Pulls in the listed units on start but carries on even if they cannot be started; sets no order.",
    },
    BindsTo: {
      summary:
        "Ties this unit to the listed ones more tightly than Requires=, so it also goes down when one of them ends unexpectedly.",
    },
  }),
  Upholds: {
    summary:
      "Keeps the listed units running for as long as this unit is active, launching them again each time they go down.",
    type: "unitDeps",
    since: 249,
    many: true,
  },
  Conflicts: {
    summary: "Excludes the listed units from running at the same time: starting either side stops the other one.",
    type: "unitDepsOnOthers",
    since: 201,
    many: true,
  },
  Before: {
    summary:
      "Makes the listed units wait until this one is up when both start, and reverses that order on shutdown; pulls nothing in.",
    type: "unitDepsBefore",
    since: 201,
    many: true,
  },
  After: {
    summary:
      "Holds this unit back until the listed ones are up when both start, and stops it ahead of them; pulls nothing in.",
    type: "unitDepsOnOthers",
    since: 201,
    many: true,
    anchor: "Before=",
  },
  OnSuccess: {
    summary: "Starts the listed units once this one finishes cleanly and becomes inactive.",
    type: "unitDepsOnOthers",
    since: 249,
    many: true,
  },
  OnFailure: {
    summary: "Starts the listed units, such as an alert handler, once this one ends up in the failed state.",
    type: "unitDepsOnFailure",
    since: 201,
    many: true,
  },
  ...sharing({ type: "unitDeps", many: true })({
    PropagatesReloadTo: {
      summary: "Passes every reload of this unit on to the listed units.",
      since: 201,
    },
    ReloadPropagatedFrom: {
      summary: "Reloads this unit as well whenever one of the listed units is reloaded.",
      since: 201,
      anchor: "PropagatesReloadTo=",
    },
    PropagatesStopTo: {
      summary: "Passes every stop of this unit on to the listed units.",
      since: 249,
    },
    StopPropagatedFrom: {
      summary: "Stops this unit as well whenever one of the listed units is told to stop.",
      since: 249,
      anchor: "PropagatesStopTo=",
    },
    PartOf: {
      summary:
        "Stops or restarts this unit together with the listed ones, but not the other way round and never on start.",
      since: 201,
    },
    JoinsNamespaceOf: {
      summary:
        "Shares the private /tmp, network or IPC namespace of the listed units, if both enable PrivateTmp= or similar settings.",
      since: 209,
    },
  }),
  RequiresMountsFor: {
    summary: "Requires all mount units needed to reach the given absolute paths and starts only after them.",
    type: "unitMountsFor",
    since: 201,
    many: true,
  },
  WantsMountsFor: {
    summary:
      "Pulls in the mount units of the given absolute paths and waits for them, but starts even if mounting fails.",
    type: "unitMountsFor",
    since: 256,
    many: true,
  },
  ...sharing({ type: "bool", since: 201, default: "no" })({
    StopWhenUnneeded: { summary: "Stops the unit automatically as soon as no other active unit depends on it." },
    RefuseManualStart: {
      summary:
        "Rejects a direct start by the user, so that only a dependency of some other unit can bring this one up.",
    },
    RefuseManualStop: {
      summary: "Rejects a direct stop by the user, so that the unit only goes down as a dependency of another one.",
      anchor: "RefuseManualStart=",
    },
    AllowIsolate: {
      summary: "Permits switching to this unit with systemctl isolate, which stops everything else; meant for targets.",
    },
  }),
  DefaultDependencies: {
    summary:
      "Adds the usual implicit dependencies of the unit type, such as ordering after early boot and stopping at shutdown.",
    type: "bool",
    since: 201,
    default: "yes",
  },
  SurviveFinalKillSignal: {
    summary: "Spares the processes of this unit the last SIGTERM and SIGKILL round at the very end of system shutdown.",
    type: "bool",
    since: 255,
    default: "no",
  },
  OnSuccessJobMode: {
    summary: "Selects the job mode in which the units of OnSuccess= get queued, for example fail, replace or isolate.",
    type: "jobMode",
    since: 249,
    default: "fail",
  },
  OnFailureJobMode: {
    summary: "Selects the job mode in which the units of OnFailure= get queued, for example replace or isolate.",
    type: "jobMode",
    since: 209,
    default: "replace",
    anchor: "OnSuccessJobMode=",
  },
  IgnoreOnIsolate: {
    summary: "Leaves this unit running when systemctl isolate switches to a different one.",
    type: "bool",
    since: 201,
    default: "no (yes: slice scope device swap mount automount)",
  },
  JobTimeoutSec: {
    summary:
      "Cancels a job of this unit that is not done in the given time (seconds) after it was queued; the unit keeps its state.",
    type: "jobTimeoutSec",
    since: 201,
    default: "infinity",
  },
  JobRunningTimeoutSec: {
    summary:
      "Cancels a job of this unit that runs longer than the given time (seconds), not counting its wait in the queue.",
    type: "jobRunningTimeoutSec",
    since: 201,
    default: "infinity (devices: DefaultDeviceTimeoutSec=)",
    anchor: "JobTimeoutSec=",
  },
  JobTimeoutAction: {
    summary: "Chooses a system action, such as reboot or poweroff, for when a job of this unit times out.",
    type: "emergencyAction",
    default: "none",
  },
  JobTimeoutRebootArgument: {
    summary: "Sets the argument passed to the kernel when JobTimeoutAction= reboots the machine.",
    type: "rebootParameter",
    anchor: "JobTimeoutAction=",
  },
  StartLimitIntervalSec: {
    summary:
      "Sets the time window (seconds) in which the starts allowed by StartLimitBurst= are counted; 0 switches the limit off.",
    type: "sec",
    since: 229,
    default: "10s (DefaultStartLimitIntervalSec=)",
    anchor: "StartLimitIntervalSec=interval",
  },
  StartLimitBurst: {
    summary: "Sets how often the unit may start within StartLimitIntervalSec= before further starts are refused.",
    type: "unsigned",
    since: 229,
    default: "5 (DefaultStartLimitBurst=)",
    anchor: "StartLimitIntervalSec=interval",
  },
  StartLimitAction: {
    summary:
      "Chooses a system action, such as reboot, for when the unit was started too often and hits its start limit.",
    type: "emergencyAction",
    since: 229,
    default: "none",
  },
  FailureAction: {
    summary: "Chooses a system action, such as reboot or exit of the manager, for when this unit fails.",
    type: "emergencyAction",
    since: 236,
    default: "none",
  },
  SuccessAction: {
    summary: "Chooses a system action, such as poweroff or exit of the manager, for when this unit ends cleanly.",
    type: "emergencyAction",
    since: 236,
    default: "none",
    anchor: "FailureAction=",
  },
  FailureActionExitStatus: {
    summary: "Sets the exit code (0 to 255) that the manager returns when FailureAction= makes it exit.",
    type: "exitStatus",
    since: 240,
  },
  SuccessActionExitStatus: {
    summary: "Sets the exit code (0 to 255) that the manager returns when SuccessAction= makes it exit.",
    type: "exitStatus",
    since: 240,
    anchor: "FailureActionExitStatus=",
  },
  RebootArgument: {
    summary: "Sets the argument passed to the kernel when StartLimitAction= or FailureAction= reboots the machine.",
    type: "rebootParameter",
    since: 229,
  },
  CollectMode: {
    summary:
      "Decides whether only inactive units or failed ones as well are unloaded from memory once nothing refers to them.",
    type: "collectMode",
    since: 236,
    default: "inactive",
  },
} as const satisfies DirectiveRows;
