import { type DirectiveRows, sharing } from "../../row.ts";
import { withStartup } from "./startup.ts";

/** systemd.resource-control(5): memory and what happens when it runs out. */
export const MEMORY_ROWS = {
  MemoryAccounting: {
    summary: "Turns on memory usage measurement for the unit, and thereby for its slice neighbours and parent slices.",
    type: "bool",
    since: 208,
    default: "yes (DefaultMemoryAccounting=)",
  },
  MemoryMin: {
    summary:
      "Reserves this many bytes of memory for the unit that the kernel never reclaims; parent slices need it too.",
    type: "memoryLimitOrZero",
    since: 240,
    anchor: "MemoryMin=bytes, MemoryLow=bytes",
  },
  DefaultStartupMemoryLow: {
    summary: "Has no effect any more; it gave child units a default for StartupMemoryLow= on kernels before 5.7.",
    type: "memoryLimit",
    since: 254,
    until: 260,
    many: true,
    anchor: "MemoryMin=bytes, MemoryLow=bytes",
  },
  ...withStartup("MemoryLow", 254, {
    summary: "Shields this many bytes of the unit's memory from reclaim as long as other units have memory to give up.",
    type: "memoryLimitOrZero",
    anchor: "MemoryMin=bytes, MemoryLow=bytes",
  }),
  ...withStartup("MemoryHigh", 254, {
    summary:
      "Sets the memory use in bytes above which processes are slowed down and their pages reclaimed; the main limit to use.",
    type: "memoryLimit",
    since: 231,
    anchor: "MemoryHigh=bytes",
  }),
  ...withStartup("MemoryMax", 254, {
    summary:
      "Sets the hard memory limit in bytes; if the unit cannot stay below it, the OOM killer strikes within the unit.",
    type: "memoryLimit",
    since: 231,
    anchor: "MemoryMax=bytes",
  }),
  ...withStartup("MemorySwapMax", 254, {
    summary: "Sets the hard limit in bytes for the swap space the unit can occupy; 0 keeps it out of swap.",
    type: "memoryLimitOrZero",
    since: 232,
    anchor: "MemorySwapMax=bytes",
  }),
  ...withStartup("MemoryZSwapMax", 254, {
    summary: "Limits how many bytes the unit may hold in zswap, the compressed swap cache in RAM.",
    type: "memoryLimitOrZero",
    since: 253,
    anchor: "MemoryZSwapMax=bytes",
  }),
  MemoryZSwapWriteback: {
    summary: "Allows compressed zswap pages of the unit to move on to the swap device; no spares it that disk traffic.",
    type: "bool",
    since: 256,
    default: "yes (DefaultMemoryZSwapWriteback=)",
  },
  ...sharing({ type: "managedOomMode", since: 247, default: "auto", anchor: "ManagedOOMSwap=auto|kill" })({
    ManagedOOMSwap: {
      summary: "Allows systemd-oomd to kill a cgroup below this unit when swap space is nearly used up (kill).",
    },
    ManagedOOMMemoryPressure: {
      summary: "Allows systemd-oomd to kill a cgroup below this unit when its memory pressure stays too high (kill).",
    },
  }),
  ManagedOOMMemoryPressureLimit: {
    summary:
      "Sets the pressure percentage at which systemd-oomd acts on this unit; needs ManagedOOMMemoryPressure=kill.",
    type: "managedOomMemPressureLimit",
    since: 248,
    default: "0% (DefaultMemoryPressureLimit= in oomd.conf)",
  },
  ManagedOOMMemoryPressureDurationSec: {
    summary:
      "Sets how long (1s or more) pressure must last before systemd-oomd acts; needs ManagedOOMMemoryPressure=kill.",
    type: "managedOomMemPressureDurationSec",
    since: 257,
    default: "30s (DefaultMemoryPressureDurationSec=)",
  },
  ManagedOOMPreference: {
    summary: "Makes systemd-oomd pick this unit only as a last resort (avoid) or never (omit).",
    type: "managedOomPreference",
    since: 248,
    default: "none",
    anchor: "ManagedOOMPreference=none|avoid|omit",
  },
  OOMRules: {
    summary:
      "Lists the .oomrule rulesets that systemd-oomd checks against this unit; many watched units cost CPU time.",
    type: "managedOomRules",
    since: 261,
    default: "(empty)",
    many: true,
  },
} as const satisfies DirectiveRows;
