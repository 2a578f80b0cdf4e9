import { RHEL_9 } from "../../facts/targets.ts";
import type { Enumeration } from "../valueType.ts";
import { switchSet, wordSet } from "./wordSet.ts";

/** Since when systemd warns of a service whose processes it does not kill; RHEL leaves it at that. */
const KILLS_NOBODY = {
  since: 246,
  except: Object.values(RHEL_9),
  effect: "leaves processes behind that are never killed",
};

const KILL_MODES = {
  "control-group": "Signals every remaining process of the unit.",
  mixed: "Sends KillSignal= to the main process only, and SIGKILL to all remaining processes.",
  process: "Ends the main process and leaves its children running.",
  none: { summary: "Runs ExecStop= and leaves all processes running.", deprecated: KILLS_NOBODY },
};

/** What a service is, how it ends and what follows. */
export const SERVICE_ENUMERATIONS = {
  serviceType: wordSet("service_type", {
    exec: {
      summary: "Counts the service as started once its program runs; a missing program fails the start.",
      since: 240,
    },
    simple: "Counts the service as started once a process is forked, even if the program is missing.",
    notify: "Waits for the message READY=1 from the service.",
    "notify-reload": {
      summary:
        "Works like `notify`, and reloads with ReloadSignal=, which the service answers with RELOADING=1 and READY=1.",
      since: 253,
      except: [RHEL_9.four, RHEL_9.nine],
    },
    oneshot: "Waits for the commands to finish; for tasks that end.",
    forking: "Waits for the first process to exit and leave a daemon behind, named by PIDFile=.",
    dbus: "Waits for the name of BusName= to appear on the bus.",
    idle: "Works like `simple`, but delays the program up to 5 seconds while jobs are running.",
  }),

  serviceExitType: wordSet("service_exit_type", {
    main: "Counts the service as ended when its main process exits.",
    cgroup: "Counts the service as running while its control group has any process.",
  }),

  serviceRestart: wordSet("service_restart", {
    "on-failure": "Restarts after an error exit code, a crash, a timeout or a missed watchdog.",
    always: "Restarts after any exit, unless the service was stopped by systemd.",
    "on-abnormal": "Restarts after a crash, a timeout or a missed watchdog, but after no exit code.",
    "on-success": "Restarts only after a clean exit.",
    "on-abort": "Restarts only after an unclean signal, such as a crash.",
    "on-watchdog": "Restarts only after a missed watchdog.",
    no: "Does not restart the service.",
  }),

  serviceRestartMode: wordSet("service_restart_mode", {
    normal: "Enters the failed state in between, so dependants and OnFailure= notice every restart.",
    direct: "Skips the failed state, so dependants and OnFailure= do not notice the restart.",
    debug: {
      summary: "Works like `normal`, with debug messages about the unit and DEBUG_INVOCATION=1 in its environment.",
      since: 257,
    },
  }),

  serviceTimeoutFailureMode: wordSet("service_timeout_failure_mode", {
    terminate: "Sends KillSignal=, then FinalKillSignal= after TimeoutStopSec=.",
    abort: "Sends WatchdogSignal= for a core dump, then FinalKillSignal= after TimeoutAbortSec=.",
    kill: "Sends FinalKillSignal= immediately.",
  }),

  notifyAccess: wordSet("notify_access", {
    main: "Accepts messages from the main process only.",
    exec: "Accepts messages from the processes of all Exec…= commands.",
    all: "Accepts messages from every process of the unit.",
    none: "Accepts no messages.",
  }),

  /** FileDescriptorStorePreserve= and RuntimeDirectoryPreserve= share it; only the first documents `on-success`. */
  execPreserveMode: switchSet("exec_preserve_mode", {
    no: "Removes them whenever the service stops.",
    restart: "Keeps them during a restart and removes them when the service stops.",
    yes: "Keeps them after the service has stopped.",
    "on-success": { summary: "Keeps them after the service has stopped, unless it has failed for good.", since: 261 },
  }),

  oomPolicy: wordSet("oom_policy", {
    stop: "Stops the unit normally once one of its processes was killed.",
    kill: "Makes the kernel kill all processes of the unit together.",
    continue: "Logs the kill and leaves the other processes running.",
  }),

  killMode: wordSet("kill_mode", KILL_MODES, { empty: "unset" }),

  /** Before 246 an empty value was not one of the words. */
  killModeNeeded: wordSet("kill_mode", KILL_MODES),
} as const satisfies Record<string, Enumeration>;
