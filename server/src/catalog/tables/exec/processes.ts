import { type DirectiveRows, sharing } from "../../row.ts";

/** systemd.exec(5), Process properties and scheduling. */
export const PROCESS_ROWS = {
  Nice: {
    summary: "Sets the nice level of the unit's processes, from -20 (most CPU time) to 19 (least).",
    type: "execNice",
  },
  OOMScoreAdjust: {
    summary: "Makes the kernel's OOM killer spare (-1000) or prefer (1000) the unit's processes when memory runs out.",
    type: "execOomScoreAdjust",
    default: "0 (inherited from the service manager)",
  },
  CoredumpFilter: {
    summary: "Selects the kinds of memory mappings that end up in a core dump, by name or as a hexadecimal mask.",
    type: "execCoredumpFilter",
    since: 246,
    many: true,
  },
  IOSchedulingClass: {
    summary: "Picks the disk I/O class of the unit: realtime, best-effort or idle.",
    type: "execIoClass",
    default: "best-effort",
  },
  IOSchedulingPriority: {
    summary: "Ranks the unit inside its I/O class, from 0 (served first) to 7 (served last).",
    type: "execIoPriority",
    default: "4",
  },
  CPUSchedulingPolicy: {
    summary:
      "Picks the kernel scheduler policy for the unit's processes, such as batch, idle or the realtime fifo and rr.",
    type: "execCpuSchedPolicy",
  },
  CPUSchedulingPriority: {
    summary:
      "Sets the realtime priority for the fifo and rr policies of CPUSchedulingPolicy=, 1 (lowest) to 99 (highest).",
    type: "execCpuSchedPrio",
  },
  CPUSchedulingResetOnFork: {
    summary: "Gives forked children normal scheduling again, so that a raised policy or priority does not spread.",
    type: "bool",
    default: "no",
  },
  CPUAffinity: {
    summary: "Pins the unit's processes to a list of CPUs, such as 0-3,8, or to those of NUMAMask= with numa.",
    type: "execCpuAffinity",
    many: true,
  },
  NUMAPolicy: {
    summary: "Chooses how memory for the unit is placed across NUMA nodes; the nodes come from NUMAMask=.",
    type: "numaPolicy",
    since: 243,
  },
  NUMAMask: {
    summary: "Lists the NUMA nodes, or all, to which the memory policy of NUMAPolicy= applies.",
    type: "numaMask",
    since: 243,
    many: true,
  },
  UMask: {
    summary: "Sets the octal mask of permission bits that are taken away from files the unit creates.",
    type: "mode",
    default: "0022",
  },
  TimerSlackNSec: {
    summary: "Sets how far the kernel may delay timer wake-ups of the unit; a bare number means nanoseconds.",
    type: "nsec",
  },
  KeyringMode: {
    summary:
      "Decides whether the unit gets its own kernel session keyring and whether the user's keys are linked into it.",
    type: "execKeyringMode",
    since: 235,
    default: "private (system services), inherit (others)",
  },
  LimitCPU: {
    summary: "Limits the CPU time that each process of the unit may consume, in seconds.",
    type: "rlimitSeconds",
  },
  ...sharing({ type: "rlimitSize", anchor: "LimitCPU=" })({
    LimitFSIZE: { summary: "Limits how large a file written by a process of the unit may become, in bytes." },
    LimitDATA: {
      summary: "Limits the data segment of each process in bytes; MemoryMax= is the better way to restrict memory.",
      default: "infinity",
    },
    LimitSTACK: { summary: "Limits the stack of each process of the unit, in bytes." },
    LimitCORE: {
      summary: "Limits the size of core dumps written for the unit's processes, in bytes; 0 turns them off.",
    },
    LimitRSS: {
      summary: "Has no effect on Linux, where this resident memory limit is not enforced; MemoryMax= replaces it.",
    },
  }),
  ...sharing({ anchor: "LimitCPU=" })({
    LimitNOFILE: {
      summary: "Limits how many file descriptors each process of the unit may have open; SOFT:HARD sets both limits.",
      type: "rlimitCount",
      default: "1024:524288 (DefaultLimitNOFILE=)",
    },
    LimitAS: {
      summary: "Limits the virtual address space of each process in bytes, which says little about real memory use.",
      type: "rlimitSize",
      default: "infinity",
    },
    LimitNPROC: {
      summary: "Limits how many processes the user of the unit may have in total; TasksMax= counts per unit instead.",
      type: "rlimitCount",
    },
    LimitMEMLOCK: {
      summary: "Limits the memory that each process of the unit may lock into RAM, in bytes.",
      type: "rlimitSize",
      default: "8M (DefaultLimitMEMLOCK=)",
    },
    LimitLOCKS: {
      summary: "Limits how many file locks a process of the unit may hold at once.",
      type: "rlimitCount",
    },
    LimitSIGPENDING: {
      summary: "Limits how many signals may be waiting in the queue for the user of the unit.",
      type: "rlimitCount",
    },
    LimitMSGQUEUE: {
      summary: "Limits the bytes that POSIX message queues of the unit's user may occupy.",
      type: "rlimitSize",
    },
    LimitNICE: {
      summary: "Limits how far processes may raise their own priority, as a nice value with sign or as a raw number.",
      type: "rlimitNice",
    },
    LimitRTPRIO: {
      summary: "Limits the highest realtime priority that processes of the unit may request.",
      type: "rlimitCount",
    },
    LimitRTTIME: {
      summary: "Limits the CPU time a realtime process may use without blocking; a bare number means microseconds.",
      type: "rlimitMicroseconds",
    },
  }),
  Personality: {
    summary: "Sets the architecture that uname reports to the unit, for example x86 for 32-bit programs on x86-64.",
    type: "personality",
    since: 209,
  },
  IgnoreSIGPIPE: {
    summary:
      "Makes the unit's processes ignore SIGPIPE, so writing to a closed pipe returns an error instead of killing them.",
    type: "bool",
    default: "yes",
  },
} as const satisfies DirectiveRows;
