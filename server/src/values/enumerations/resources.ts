import type { Member } from "../member.ts";
import type { Enumeration } from "../valueType.ts";

const PRESSURE_WATCH: readonly Member[] = [
  {
    value: "auto",
    summary: "Tells the service which file to watch if the resource is controlled for the unit anyway.",
  },
  { value: "yes", summary: "Tells the service which file to watch, and lets it write there." },
  { value: "no", summary: "Tells the service that there is nothing to watch, by the name /dev/null." },
  { value: "skip", summary: "Tells the service nothing: the variables stay unset." },
];

/** What a unit may take of the machine. */
export const RESOURCE_ENUMERATIONS = {
  devicePolicy: {
    kind: "enumeration",
    routine: "config_parse_device_policy",
    members: [
      { value: "closed", summary: "Opens DeviceAllow= and harmless devices such as /dev/null and /dev/urandom." },
      { value: "strict", summary: "Opens DeviceAllow= alone." },
      { value: "auto", summary: "Opens all devices, unless DeviceAllow= is set: then it is the same as `closed`." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  managedOomMode: {
    kind: "enumeration",
    routine: "config_parse_managed_oom_mode",
    members: [
      { value: "kill", summary: "Makes systemd-oomd watch the unit and kill in it when it exceeds a limit." },
      { value: "auto", summary: "Leaves the unit unwatched; it can still be killed for a slice above it." },
    ],
    empty: "unset",
    invalid: "dropped",
  },

  managedOomPreference: {
    kind: "enumeration",
    routine: "config_parse_managed_oom_preference",
    members: [
      { value: "avoid", summary: "Makes systemd-oomd kill the unit only when nothing else is left to kill." },
      { value: "omit", summary: "Makes systemd-oomd pass the unit over." },
      { value: "none", summary: "Makes systemd-oomd judge the unit like any other." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  pressureWatch: {
    kind: "enumeration",
    routine: "config_parse_pressure_watch",
    boolean: { yes: "yes", no: "no" },
    members: PRESSURE_WATCH,
    empty: "invalid",
    invalid: "dropped",
  },

  /** The routine of MemoryPressureWatch= before 261. */

  cpusetPartition: {
    kind: "enumeration",
    routine: "config_parse_cpuset_partition",
    members: [
      { value: "isolated", summary: "Keeps the processors of AllowedCPUs= for the unit, untouched by load balancing." },
      { value: "root", summary: "Keeps the processors of AllowedCPUs= for the unit, which may divide them further." },
      { value: "member", summary: "Shares the processors of AllowedCPUs= with other units." },
    ],
    empty: "unset",
    invalid: "dropped",
  },
} as const satisfies Record<string, Enumeration>;
