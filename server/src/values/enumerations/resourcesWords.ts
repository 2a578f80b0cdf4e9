import type { Enumeration } from "../valueType.ts";
import { type Meanings, switchSet, wordSet } from "./wordSet.ts";

const PRESSURE_WATCH: Meanings = {
  auto: "Passes the file to watch to the service if the resource is already controlled for the unit.",
  yes: "Passes the file to watch to the service and makes it writable.",
  no: "Passes /dev/null to the service: there is nothing to watch.",
  skip: "Passes nothing to the service: the variables stay unset.",
};

/** What a unit may take of the machine. */
export const RESOURCE_ENUMERATIONS = {
  devicePolicy: wordSet("device_policy", {
    closed: "Allows DeviceAllow= and harmless devices such as /dev/null and /dev/urandom.",
    strict: "Allows only DeviceAllow=.",
    auto: "Allows all devices, unless DeviceAllow= is set: then it is the same as `closed`.",
  }),

  managedOomMode: wordSet(
    "managed_oom_mode",
    {
      kill: "Makes systemd-oomd monitor the unit and kill its processes when a limit is exceeded.",
      auto: "Leaves the unit unmonitored; it can still be killed on behalf of a parent slice.",
    },
    { empty: "unset" },
  ),

  managedOomPreference: wordSet("managed_oom_preference", {
    avoid: "Makes systemd-oomd kill the unit only when nothing else is left to kill.",
    omit: "Makes systemd-oomd skip the unit.",
    none: "Makes systemd-oomd treat the unit like any other.",
  }),

  pressureWatch: switchSet("pressure_watch", PRESSURE_WATCH),

  /** The routine of MemoryPressureWatch= before 261. */

  cpusetPartition: wordSet(
    "cpuset_partition",
    {
      isolated: "Reserves the CPUs of AllowedCPUs= for the unit, without load balancing.",
      root: "Reserves the CPUs of AllowedCPUs= for the unit, which may partition them further.",
      member: "Shares the CPUs of AllowedCPUs= with other units.",
    },
    { empty: "unset" },
  ),
} as const satisfies Record<string, Enumeration>;
