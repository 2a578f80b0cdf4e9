import type { DirectiveRows } from "../row.ts";

/** systemd.kill(5). */
export const KILL_ROWS = {
  SendSIGKILL: {
    summary: "Allows FinalKillSignal= to be sent to processes that survive the stop timeout; no leaves them running.",
    type: "bool",
    since: 187,
    default: "yes",
  },
  SendSIGHUP: {
    summary: "Sends SIGHUP right after KillSignal=, so that shells notice that their terminal connection is gone.",
    type: "bool",
    since: 207,
    default: "no",
  },
  KillMode: {
    summary: "Selects which processes get signals on stop: the whole cgroup, a mix, just the main process, or none.",
    type: { 0: "killModeNeeded", 246: "killMode" },
    since: 187,
    default: "control-group",
  },
  KillSignal: {
    summary: "Selects the first signal sent to stop the unit; SIGCONT always follows to wake suspended processes.",
    type: "signal",
    since: 187,
    default: "SIGTERM",
  },
  RestartKillSignal: {
    summary: "Selects the stop signal used instead of KillSignal= when the unit is being restarted.",
    type: "signal",
    since: 244,
    default: "value of KillSignal=",
  },
  FinalKillSignal: {
    summary:
      "Selects the last signal for processes that outlive the stop timeout; SIGABRT or SIGQUIT give a core dump.",
    type: "signal",
    since: 240,
    default: "SIGKILL",
  },
  WatchdogSignal: {
    summary: "Selects the signal that ends a service which missed its WatchdogSec= deadline.",
    type: "signal",
    since: 240,
    default: "SIGABRT",
  },
} as const satisfies DirectiveRows;
