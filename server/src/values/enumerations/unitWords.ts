import type { Enumeration } from "../valueType.ts";
import { type Meanings, switchSet, wordSet } from "./wordSet.ts";

const SWITCH: Meanings = {
  yes: "Turns the setting on.",
  no: "Turns the setting off.",
};

/** Plain booleans, and the enumerations of the `[Unit]` section. */
export const UNIT_ENUMERATIONS = {
  bool: switchSet("bool", SWITCH),

  /** With `ltype` set, as for DynamicUser=: the unit does not start on a value that is no boolean. */
  boolFatal: switchSet("bool", SWITCH, { invalid: "refused" }),

  tristate: switchSet("tristate", SWITCH, { empty: "unset" }),

  jobMode: wordSet("job_mode", {
    replace: "Cancels queued jobs that conflict with the new ones.",
    fail: "Fails when a new job conflicts with one that is already queued.",
    "replace-irreversibly": "Works like `replace`, and prevents later jobs from cancelling the new ones.",
    isolate: "Stops every unit that the started one does not pull in.",
    lenient: { summary: "Fails when a new job would stop or restart an active unit.", since: 258 },
    flush: "Cancels all queued jobs before the new ones are added.",
    "ignore-requirements": "Ignores requirement dependencies, but keeps the ordering.",
    "ignore-dependencies": "Starts the unit at once, without requirements and ordering.",
    "restart-dependencies": {
      summary: "Restarts also the units to which a restart of this unit would propagate.",
      since: 254,
    },
    triggering: { summary: "Is valid for stop jobs only, so the units are not started at all.", since: 244 },
  }),

  jobModeIsolate: switchSet("job_mode_isolate", {
    yes: "Stops all other units, the same as OnFailureJobMode=isolate.",
    no: "Cancels conflicting jobs, the same as OnFailureJobMode=replace.",
  }),

  /** A user manager takes only `none`, `exit` and `exit-force`. */
  emergencyAction: wordSet("emergency_action", {
    none: "Does nothing.",
    reboot: "Stops all units in order and reboots.",
    "reboot-force": "Kills all processes, unmounts the file systems and reboots.",
    "reboot-immediate": "Reboots immediately; unwritten data is lost.",
    poweroff: "Stops all units in order and powers off.",
    "poweroff-force": "Kills all processes, unmounts the file systems and powers off.",
    "poweroff-immediate": "Powers off immediately; unwritten data is lost.",
    "soft-reboot": { summary: "Stops all units in order and restarts user space under the same kernel.", since: 254 },
    "soft-reboot-force": { summary: "Kills all processes and restarts user space under the same kernel.", since: 254 },
    kexec: { summary: "Stops all units in order and boots the loaded kernel without the firmware.", since: 254 },
    "kexec-force": { summary: "Kills all processes and boots the loaded kernel without the firmware.", since: 254 },
    halt: { summary: "Stops all units in order and halts, with the power left on.", since: 254 },
    "halt-force": { summary: "Kills all processes, unmounts the file systems and halts.", since: 254 },
    "halt-immediate": { summary: "Halts immediately; unwritten data is lost.", since: 254 },
    exit: { summary: "Stops all units in order and ends the service manager.", since: 240 },
    "exit-force": { summary: "Ends the service manager with its units still running.", since: 240 },
  }),

  collectMode: wordSet("collect_mode", {
    inactive: "Keeps a failed unit and its results in memory until `systemctl reset-failed`.",
    "inactive-or-failed": "Unloads a failed unit with its results as soon as nothing refers to it.",
  }),
} as const satisfies Record<string, Enumeration>;
