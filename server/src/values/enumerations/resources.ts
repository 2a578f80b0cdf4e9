import type { Member } from "../member.ts";
import type { Enumeration } from "../valueType.ts";

const PRESSURE_WATCH: readonly Member[] = [
  {
    value: "auto",
    summary: "Passes the file to watch to the service if the resource is already controlled for the unit.",
  },
  { value: "yes", summary: "Passes the file to watch to the service and makes it writable." },
  { value: "no", summary: "Passes /dev/null to the service: there is nothing to watch." },
  { value: "skip", summary: "Passes nothing to the service: the variables stay unset." },
];

/** What a unit may take of the machine. */
export const RESOURCE_ENUMERATIONS = {
  devicePolicy: {
    kind: "enumeration",
    routine: "config_parse_device_policy",
    members: [
      { value: "closed", summary: "Allows DeviceAllow= and harmless devices such as /dev/null and /dev/urandom." },
      { value: "strict", summary: "Allows only DeviceAllow=." },
      { value: "auto", summary: "Allows all devices, unless DeviceAllow= is set: then it is the same as `closed`." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  managedOomMode: {
    kind: "enumeration",
    routine: "config_parse_managed_oom_mode",
    members: [
      {
        value: "kill",
        summary: "Makes systemd-oomd monitor the unit and kill its processes when a limit is exceeded.",
      },
      { value: "auto", summary: "Leaves the unit unmonitored; it can still be killed on behalf of a parent slice." },
    ],
    empty: "unset",
    invalid: "dropped",
  },

  managedOomPreference: {
    kind: "enumeration",
    routine: "config_parse_managed_oom_preference",
    members: [
      { value: "avoid", summary: "Makes systemd-oomd kill the unit only when nothing else is left to kill." },
      { value: "omit", summary: "Makes systemd-oomd skip the unit." },
      { value: "none", summary: "Makes systemd-oomd treat the unit like any other." },
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
      { value: "isolated", summary: "Reserves the CPUs of AllowedCPUs= for the unit, without load balancing." },
      { value: "root", summary: "Reserves the CPUs of AllowedCPUs= for the unit, which may partition them further." },
      { value: "member", summary: "Shares the CPUs of AllowedCPUs= with other units." },
    ],
    empty: "unset",
    invalid: "dropped",
  },
} as const satisfies Record<string, Enumeration>;
