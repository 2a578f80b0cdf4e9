import type { Enumeration } from "../valueType.ts";

/** What a service is, how it ends and what follows. */
export const SERVICE_ENUMERATIONS = {
  serviceType: {
    kind: "enumeration",
    routine: "config_parse_service_type",
    members: [
      {
        value: "exec",
        summary: "Counts the service as started once its program runs; a missing program fails the start.",
      },
      {
        value: "simple",
        summary: "Counts the service as started once a process is forked, even if the program is missing.",
      },
      { value: "notify", summary: "Waits for the message READY=1 from the service." },
      {
        value: "notify-reload",
        summary: "Works like `notify`, and reloads by ReloadSignal= with RELOADING=1 and READY=1 as the answer.",
      },
      { value: "oneshot", summary: "Waits for the commands to finish; for jobs that end." },
      {
        value: "forking",
        summary: "Waits for the first process to exit and leave a daemon behind, named by PIDFile=.",
      },
      { value: "dbus", summary: "Waits for the name of BusName= to appear on the bus." },
      {
        value: "idle",
        summary: "Works like `simple`, but holds the program back up to 5 seconds while jobs are running.",
      },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  serviceExitType: {
    kind: "enumeration",
    routine: "config_parse_service_exit_type",
    members: [
      { value: "main", summary: "Counts the service as ended when its main process exits." },
      { value: "cgroup", summary: "Counts the service as running while its control group has any process." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  serviceRestart: {
    kind: "enumeration",
    routine: "config_parse_service_restart",
    members: [
      { value: "on-failure", summary: "Restarts after an error exit code, a crash, a timeout or a missed watchdog." },
      { value: "always", summary: "Restarts whatever the end was, unless the service was told to stop." },
      {
        value: "on-abnormal",
        summary: "Restarts after a crash, a timeout or a missed watchdog, but after no exit code.",
      },
      { value: "on-success", summary: "Restarts only after a clean exit." },
      { value: "on-abort", summary: "Restarts only after a signal that is no clean end, such as a crash." },
      { value: "on-watchdog", summary: "Restarts only after a missed watchdog." },
      { value: "no", summary: "Leaves the service ended." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  serviceRestartMode: {
    kind: "enumeration",
    routine: "config_parse_service_restart_mode",
    members: [
      { value: "normal", summary: "Lets the unit fail in between, so dependants and OnFailure= notice every restart." },
      { value: "direct", summary: "Hides the failure in between from dependants and OnFailure=." },
      {
        value: "debug",
        summary: "Works like `normal`, with debug messages about the unit and DEBUG_INVOCATION=1 in its environment.",
      },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  serviceTimeoutFailureMode: {
    kind: "enumeration",
    routine: "config_parse_service_timeout_failure_mode",
    members: [
      { value: "terminate", summary: "Sends KillSignal=, then FinalKillSignal= after TimeoutStopSec=." },
      {
        value: "abort",
        summary: "Sends WatchdogSignal= for a core dump, then FinalKillSignal= after TimeoutAbortSec=.",
      },
      { value: "kill", summary: "Sends FinalKillSignal= straight away." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  notifyAccess: {
    kind: "enumeration",
    routine: "config_parse_notify_access",
    members: [
      { value: "main", summary: "Listens to the main process alone." },
      { value: "exec", summary: "Listens to the processes that systemd itself started, from any Exec line." },
      { value: "all", summary: "Listens to every process of the unit, children included." },
      { value: "none", summary: "Listens to no process of the unit." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  /** FileDescriptorStorePreserve= and RuntimeDirectoryPreserve= share it; only the first documents `on-success`. */
  execPreserveMode: {
    kind: "enumeration",
    routine: "config_parse_exec_preserve_mode",
    boolean: { yes: "yes", no: "no" },
    members: [
      { value: "no", summary: "Removes them whenever the service stops." },
      { value: "restart", summary: "Keeps them through a restart and removes them at a lasting stop." },
      { value: "yes", summary: "Keeps them after the service has stopped." },
      {
        value: "on-success",
        summary: "Keeps them after the service has stopped, unless it has failed for good.",
        since: 261,
      },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  oomPolicy: {
    kind: "enumeration",
    routine: "config_parse_oom_policy",
    members: [
      { value: "stop", summary: "Stops the unit in the regular way once one of its processes was killed." },
      { value: "kill", summary: "Makes the kernel kill all processes of the unit together." },
      { value: "continue", summary: "Notes the kill in the log and lets the other processes run." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  killMode: {
    kind: "enumeration",
    routine: "config_parse_kill_mode",
    members: [
      { value: "control-group", summary: "Signals every process that is left in the unit." },
      { value: "mixed", summary: "Asks only the main process to end, and kills whatever is left after it." },
      { value: "process", summary: "Ends the main process and leaves its children running." },
      { value: "none", summary: "Runs ExecStop= and leaves all processes running.", deprecated: true },
    ],
    empty: "unset",
    invalid: "dropped",
  },
} as const satisfies Record<string, Enumeration>;
