import { type DirectiveRows, sharing } from "../../row.ts";

/** Old names of resource control, all of them without effect since systemd 258 or 260. */
export const RESOURCES_LEGACY_ROWS = {
  ...sharing({ until: 258, many: true, undocumented: true })({
    CPUShares: {
      summary: "Has no effect any more; it set the cgroup v1 share of CPU time, use CPUWeight= instead.",
      type: "cpuShares",
      successor: { section: "Service", name: "CPUWeight" },
    },
    StartupCPUShares: {
      summary:
        "Has no effect any more; it set the cgroup v1 share of CPU time during boot, use StartupCPUWeight= instead.",
      type: "cpuShares",
      successor: { section: "Service", name: "StartupCPUWeight" },
    },
    DefaultMemoryMin: {
      summary: "Has no effect any more; it preset MemoryMin= for the child units in older versions of systemd.",
      type: "memoryLimitOrZero",
      since: 243,
      until: 260,
    },
    DefaultMemoryLow: {
      summary: "Has no effect any more; it preset MemoryLow= for the child units in older versions of systemd.",
      type: "memoryLimitOrZero",
      since: 243,
      until: 260,
    },
    MemoryLimit: {
      summary: "Has no effect any more; it capped memory in bytes under cgroup v1, use MemoryMax= instead.",
      type: "memoryLimit",
      successor: { section: "Service", name: "MemoryMax" },
    },
    BlockIOAccounting: {
      summary: "Has no effect any more; it counted block device traffic under cgroup v1, use IOAccounting= instead.",
      type: "bool",
      successor: { section: "Service", name: "IOAccounting" },
    },
    BlockIOWeight: {
      summary: "Has no effect any more; it set the cgroup v1 share of disk I/O, use IOWeight= instead.",
      type: "blockioWeight",
      successor: { section: "Service", name: "IOWeight" },
    },
    StartupBlockIOWeight: {
      summary:
        "Has no effect any more; it set the cgroup v1 share of disk I/O during boot, use StartupIOWeight= instead.",
      type: "blockioWeight",
      successor: { section: "Service", name: "StartupIOWeight" },
    },
    BlockIODeviceWeight: {
      summary: "Has no effect any more; it set the cgroup v1 I/O share per device, use IODeviceWeight= instead.",
      type: "blockioDeviceWeight",
      successor: { section: "Service", name: "IODeviceWeight" },
    },
    BlockIOReadBandwidth: {
      summary: "Has no effect any more; it capped cgroup v1 reads per device, use IOReadBandwidthMax= instead.",
      type: "blockioBandwidth",
      successor: { section: "Service", name: "IOReadBandwidthMax" },
    },
    BlockIOWriteBandwidth: {
      summary: "Has no effect any more; it capped cgroup v1 writes per device, use IOWriteBandwidthMax= instead.",
      type: "blockioBandwidth",
      successor: { section: "Service", name: "IOWriteBandwidthMax" },
    },
  }),
  ManagedOOMMemoryPressureLimitPercent: {
    summary: "Was the name of ManagedOOMMemoryPressureLimit= in systemd 247 alone.",
    type: "managedOomMemPressureLimit",
    since: 247,
    gone: 248,
    successor: { section: "Service", name: "ManagedOOMMemoryPressureLimit" },
    undocumented: true,
  },
  NetClass: {
    summary: "Has no effect any more; it assigned a net_cls class to the network packets of the unit under cgroup v1.",
    type: "warnCompat",
    until: 0,
    undocumented: true,
  },
} as const satisfies DirectiveRows;
