import type { DirectiveRows } from "../../row.ts";

/** systemd.resource-control(5): tasks, devices, delegation, pressure and the rest. */
export const CONTROL_ROWS = {
  Slice: {
    summary: "Places the unit in the named slice of the cgroup tree, whose resource limits then also apply to it.",
    type: "unitSlice",
    since: 208,
    default: "system.slice",
  },
  DeviceAllow: {
    summary: "Permits reading (r), writing (w) or creating (m) a device node or a device group such as char-pts.",
    type: "deviceAllow",
    since: 208,
    many: true,
  },
  DevicePolicy: {
    summary:
      "Selects how strictly devices are blocked: strict only DeviceAllow=, closed also /dev/null and similar devices.",
    type: "devicePolicy",
    since: 208,
    default: "auto",
    anchor: "DevicePolicy=auto|closed|strict",
  },
  TasksAccounting: {
    summary: "Turns on counting of processes and threads in the unit, and thereby in its slice neighbours and parents.",
    type: "bool",
    since: 227,
    default: "yes (DefaultTasksAccounting=)",
  },
  TasksMax: {
    summary: "Limits how many tasks (processes plus threads) can exist in the unit at once, as a number or percentage.",
    type: "tasksMax",
    since: 227,
    default: "15% (DefaultTasksMax=); not for slices",
    anchor: "TasksMax=N",
  },
  Delegate: {
    summary: "Lets the unit's processes manage their own cgroup subtree, with all or only the listed controllers.",
    type: "delegate",
    since: 218,
    default: "no",
    many: true,
  },
  DelegateSubgroup: {
    summary: "Starts the main process in a named child cgroup of the unit; needs Delegate=.",
    type: "delegateSubgroup",
    since: 254,
  },
  DisableControllers: {
    summary:
      "Lists cgroup controllers that units below this one cannot switch on, and removes those already in use there.",
    type: "disableControllers",
    since: 240,
    default: "(empty)",
    many: true,
  },
  MemoryPressureThresholdSec: {
    summary: "Sets how long allocations may stall within 2 s before the service receives a memory pressure event.",
    type: "sec",
    since: 254,
    default: "200ms (DefaultMemoryPressureThresholdSec=)",
  },
  MemoryPressureWatch: {
    summary: "Controls whether the service is told, by $MEMORY_PRESSURE_WATCH, where it can observe memory shortage.",
    type: "pressureWatch",
    since: 254,
    default: "auto (DefaultMemoryPressureWatch=)",
  },
  CoredumpReceive: {
    summary: "Forwards core dumps of containers in this unit to the systemd-coredump inside them; needs Delegate=yes.",
    type: "bool",
    since: 255,
    default: "no",
  },
  CPUPressureThresholdSec: {
    summary: "Sets how long tasks may wait for a CPU within 2 s before the service receives a CPU pressure event.",
    type: "sec",
    since: 261,
    default: "200ms (DefaultCPUPressureThresholdSec=)",
  },
  CPUPressureWatch: {
    summary: "Controls whether the service is told, by $CPU_PRESSURE_WATCH, where it can observe CPU shortage.",
    type: "pressureWatch",
    since: 261,
    default: "auto (DefaultCPUPressureWatch=)",
  },
  IOPressureThresholdSec: {
    summary: "Sets how long tasks may wait for I/O within 2 s before the service receives an I/O pressure event.",
    type: "sec",
    since: 261,
    default: "200ms (DefaultIOPressureThresholdSec=)",
  },
  IOPressureWatch: {
    summary: "Controls whether the service is told, by $IO_PRESSURE_WATCH, where it can observe I/O congestion.",
    type: "pressureWatch",
    since: 261,
    default: "auto (DefaultIOPressureWatch=)",
  },
} as const satisfies DirectiveRows;
