import type { Rows } from "../../row.ts";

/** Old names of resource control, all of them without effect since systemd 258. */
export const RESOURCES_LEGACY = {
  CPUShares: {
    summary: "Has no effect any more; it set the cgroup v1 share of CPU time, use CPUWeight= instead.",
    type: "cpuShares",
    until: 258,
    many: true,
    successor: { section: "Service", name: "CPUWeight" },
    undocumented: true,
  },
  StartupCPUShares: {
    summary:
      "Has no effect any more; it set the cgroup v1 share of CPU time during boot, use StartupCPUWeight= instead.",
    type: "cpuShares",
    until: 258,
    many: true,
    successor: { section: "Service", name: "StartupCPUWeight" },
    undocumented: true,
  },
  DefaultMemoryMin: {
    summary: "Has no effect any more; it preset MemoryMin= for the child units in older versions of systemd.",
    type: "memoryLimitOrZero",
    until: 258,
    many: true,
    undocumented: true,
  },
  DefaultMemoryLow: {
    summary: "Has no effect any more; it preset MemoryLow= for the child units in older versions of systemd.",
    type: "memoryLimitOrZero",
    until: 258,
    many: true,
    undocumented: true,
  },
  MemoryLimit: {
    summary: "Has no effect any more; it capped memory in bytes under cgroup v1, use MemoryMax= instead.",
    type: "memoryLimit",
    until: 258,
    many: true,
    successor: { section: "Service", name: "MemoryMax" },
    undocumented: true,
  },
  BlockIOAccounting: {
    summary: "Has no effect any more; it counted block device traffic under cgroup v1, use IOAccounting= instead.",
    type: "bool",
    until: 258,
    many: true,
    successor: { section: "Service", name: "IOAccounting" },
    undocumented: true,
  },
  BlockIOWeight: {
    summary: "Has no effect any more; it set the cgroup v1 share of disk I/O, use IOWeight= instead.",
    type: "blockioWeight",
    until: 258,
    many: true,
    successor: { section: "Service", name: "IOWeight" },
    undocumented: true,
  },
  StartupBlockIOWeight: {
    summary:
      "Has no effect any more; it set the cgroup v1 share of disk I/O during boot, use StartupIOWeight= instead.",
    type: "blockioWeight",
    until: 258,
    many: true,
    successor: { section: "Service", name: "StartupIOWeight" },
    undocumented: true,
  },
  BlockIODeviceWeight: {
    summary: "Has no effect any more; it set the cgroup v1 I/O share per device, use IODeviceWeight= instead.",
    type: "blockioDeviceWeight",
    until: 258,
    many: true,
    successor: { section: "Service", name: "IODeviceWeight" },
    undocumented: true,
  },
  BlockIOReadBandwidth: {
    summary: "Has no effect any more; it capped cgroup v1 reads per device, use IOReadBandwidthMax= instead.",
    type: "blockioBandwidth",
    until: 258,
    many: true,
    successor: { section: "Service", name: "IOReadBandwidthMax" },
    undocumented: true,
  },
  BlockIOWriteBandwidth: {
    summary: "Has no effect any more; it capped cgroup v1 writes per device, use IOWriteBandwidthMax= instead.",
    type: "blockioBandwidth",
    until: 258,
    many: true,
    successor: { section: "Service", name: "IOWriteBandwidthMax" },
    undocumented: true,
  },
  NetClass: {
    summary: "Has no effect any more; it assigned a net_cls class to the network packets of the unit under cgroup v1.",
    type: "warnCompat",
    until: 0,
    undocumented: true,
  },
} as const satisfies Rows;
