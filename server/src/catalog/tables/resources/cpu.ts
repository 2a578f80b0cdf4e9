import type { DirectiveRows } from "../../row.ts";
import { withStartup } from "./startup.ts";

/** systemd.resource-control(5): processors. */
export const CPU_ROWS = {
  ...withStartup("AllowedCPUs", 250, {
    summary:
      "Lists the CPUs (numbers and ranges) on which processes of the unit may run; parent units can narrow it further.",
    type: "unitCpuSet",
    since: 244,
    many: true,
  }),
  ...withStartup("AllowedMemoryNodes", 250, {
    summary: "Lists the NUMA nodes (numbers and ranges) from which the unit may take its memory.",
    type: "unitCpuSet",
    since: 244,
    many: true,
  }),
  CPUAccounting: {
    summary: "Has no effect any more; CPU time is always measured on the unified cgroup hierarchy.",
    type: "bool",
    since: 208,
    until: 258,
    many: true,
  },
  ...withStartup("CPUWeight", 232, {
    summary:
      "Sets the unit's share of CPU time against its slice neighbours, from 1 to 10000; idle gets only spare time.",
    type: { 0: "cgWeight", 252: "cgCpuWeight" },
    since: 232,
    default: "100",
    anchor: "CPUWeight=weight",
  }),
  CPUQuota: {
    summary: "Caps the CPU time of the unit as a percentage of one CPU; values above 100% span several CPUs.",
    type: "cpuQuota",
    since: 213,
  },
  CPUQuotaPeriodSec: {
    summary: "Sets the interval over which CPUQuota= is enforced; the kernel accepts 1ms to 1000ms.",
    type: "secDefInfinity",
    since: 242,
    default: "100ms",
  },
  CPUSetPartition: {
    summary:
      "Turns the CPUs of AllowedCPUs= into a cpuset partition: root can be split further, isolated is exclusive.",
    type: "cpusetPartition",
    since: 261,
    default: "member",
  },
} as const satisfies DirectiveRows;
