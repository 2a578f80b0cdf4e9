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
        summary:
          "Works like `notify`, and reloads with ReloadSignal=, which the service answers with RELOADING=1 and READY=1.",
      },
      { value: "oneshot", summary: "Waits for the commands to finish; for tasks that end." },
      {
        value: "forking",
        summary: "Waits for the first process to exit and leave a daemon behind, named by PIDFile=.",
      },
      { value: "dbus", summary: "Waits for the name of BusName= to appear on the bus." },
      {
        value: "idle",
        summary: "Works like `simple`, but delays the program up to 5 seconds while jobs are running.",
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
      { value: "always", summary: "Restarts after any exit, unless the service was stopped by systemd." },
      {
        value: "on-abnormal",
        summary: "Restarts after a crash, a timeout or a missed watchdog, but after no exit code.",
      },
      { value: "on-success", summary: "Restarts only after a clean exit." },
      { value: "on-abort", summary: "Restarts only after an unclean signal, such as a crash." },
      { value: "on-watchdog", summary: "Restarts only after a missed watchdog." },
      { value: "no", summary: "Does not restart the service." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  serviceRestartMode: {
    kind: "enumeration",
    routine: "config_parse_service_restart_mode",
    members: [
      {
        value: "normal",
        summary: "Enters the failed state in between, so dependants and OnFailure= notice every restart.",
      },
      { value: "direct", summary: "Skips the failed state, so dependants and OnFailure= do not notice the restart." },
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
      { value: "kill", summary: "Sends FinalKillSignal= immediately." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  notifyAccess: {
    kind: "enumeration",
    routine: "config_parse_notify_access",
    members: [
      { value: "main", summary: "Accepts messages from the main process only." },
      { value: "exec", summary: "Accepts messages from the processes of all Exec…= commands." },
      { value: "all", summary: "Accepts messages from every process of the unit." },
      { value: "none", summary: "Accepts no messages." },
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
      { value: "restart", summary: "Keeps them during a restart and removes them when the service stops." },
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
      { value: "stop", summary: "Stops the unit normally once one of its processes was killed." },
      { value: "kill", summary: "Makes the kernel kill all processes of the unit together." },
      { value: "continue", summary: "Logs the kill and leaves the other processes running." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  killMode: {
    kind: "enumeration",
    routine: "config_parse_kill_mode",
    members: [
      { value: "control-group", summary: "Signals every remaining process of the unit." },
      {
        value: "mixed",
        summary: "Sends KillSignal= to the main process only, and SIGKILL to all remaining processes.",
      },
      { value: "process", summary: "Ends the main process and leaves its children running." },
      { value: "none", summary: "Runs ExecStop= and leaves all processes running.", deprecated: true },
    ],
    empty: "unset",
    invalid: "dropped",
  },
} as const satisfies Record<string, Enumeration>;
