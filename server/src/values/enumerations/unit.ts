import type { Member } from "../member.ts";
import type { Enumeration } from "../valueType.ts";

const SWITCH: readonly Member[] = [
  { value: "yes", summary: "Turns the setting on." },
  { value: "no", summary: "Turns the setting off." },
];

/** Plain booleans, and the enumerations of the `[Unit]` section. */
export const UNIT_ENUMERATIONS = {
  bool: {
    kind: "enumeration",
    routine: "config_parse_bool",
    boolean: { yes: "yes", no: "no" },
    members: SWITCH,
    empty: "invalid",
    invalid: "dropped",
  },

  /** With `ltype` set, as for DynamicUser=: the unit does not start on a value that is no boolean. */
  boolFatal: {
    kind: "enumeration",
    routine: "config_parse_bool",
    boolean: { yes: "yes", no: "no" },
    members: SWITCH,
    empty: "invalid",
    invalid: "refused",
  },

  tristate: {
    kind: "enumeration",
    routine: "config_parse_tristate",
    boolean: { yes: "yes", no: "no" },
    members: SWITCH,
    empty: "unset",
    invalid: "dropped",
  },

  jobMode: {
    kind: "enumeration",
    routine: "config_parse_job_mode",
    members: [
      { value: "replace", summary: "Cancels queued jobs that conflict with the new ones." },
      { value: "fail", summary: "Fails when a new job conflicts with one that is already queued." },
      {
        value: "replace-irreversibly",
        summary: "Works like `replace`, and prevents later jobs from cancelling the new ones.",
      },
      { value: "isolate", summary: "Stops every unit that the started one does not pull in." },
      {
        value: "lenient",
        summary: "Fails when a new job would stop or restart an active unit.",
        since: 258,
      },
      { value: "flush", summary: "Cancels all queued jobs before the new ones are added." },
      { value: "ignore-requirements", summary: "Ignores requirement dependencies, but keeps the ordering." },
      { value: "ignore-dependencies", summary: "Starts the unit at once, without requirements and ordering." },
      {
        value: "restart-dependencies",
        summary: "Restarts also the units to which a restart of this unit would propagate.",
      },
      { value: "triggering", summary: "Is valid for stop jobs only, so the units are not started at all." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  jobModeIsolate: {
    kind: "enumeration",
    routine: "config_parse_job_mode_isolate",
    boolean: { yes: "yes", no: "no" },
    members: [
      { value: "yes", summary: "Stops all other units, the same as OnFailureJobMode=isolate." },
      { value: "no", summary: "Cancels conflicting jobs, the same as OnFailureJobMode=replace." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  /** A user manager takes only `none`, `exit` and `exit-force`. */
  emergencyAction: {
    kind: "enumeration",
    routine: "config_parse_emergency_action",
    members: [
      { value: "none", summary: "Does nothing." },
      { value: "reboot", summary: "Stops all units in order and reboots." },
      { value: "reboot-force", summary: "Kills all processes, unmounts the file systems and reboots." },
      { value: "reboot-immediate", summary: "Reboots immediately; unwritten data is lost." },
      { value: "poweroff", summary: "Stops all units in order and powers off." },
      {
        value: "poweroff-force",
        summary: "Kills all processes, unmounts the file systems and powers off.",
      },
      { value: "poweroff-immediate", summary: "Powers off immediately; unwritten data is lost." },
      { value: "soft-reboot", summary: "Stops all units in order and restarts user space under the same kernel." },
      { value: "soft-reboot-force", summary: "Kills all processes and restarts user space under the same kernel." },
      { value: "kexec", summary: "Stops all units in order and boots the loaded kernel without the firmware." },
      { value: "kexec-force", summary: "Kills all processes and boots the loaded kernel without the firmware." },
      { value: "halt", summary: "Stops all units in order and halts, with the power left on." },
      { value: "halt-force", summary: "Kills all processes, unmounts the file systems and halts." },
      { value: "halt-immediate", summary: "Halts immediately; unwritten data is lost." },
      { value: "exit", summary: "Stops all units in order and ends the service manager." },
      { value: "exit-force", summary: "Ends the service manager with its units still running." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  collectMode: {
    kind: "enumeration",
    routine: "config_parse_collect_mode",
    members: [
      {
        value: "inactive",
        summary: "Keeps a failed unit and its results in memory until `systemctl reset-failed`.",
      },
      {
        value: "inactive-or-failed",
        summary: "Unloads a failed unit with its results as soon as nothing refers to it.",
      },
    ],
    empty: "invalid",
    invalid: "dropped",
  },
} as const satisfies Record<string, Enumeration>;
