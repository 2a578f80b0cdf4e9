import type { Enumeration } from "../valueType.ts";
import { wordSet } from "./wordSet.ts";

/** How the kernel treats a unit's processes, apart from the sandbox. */
export const EXEC_ENUMERATIONS = {
  /** The number 8 got past the older routine, although no kernel takes it. */
  execIoClass: wordSet(
    "exec_io_class",
    {
      "best-effort": {
        summary: "Shares the disk according to IOSchedulingPriority=; this is the usual class.",
        number: 2,
      },
      idle: { summary: "Gets the disk only while no other process wants it.", number: 3 },
      realtime: { summary: "Gets the disk before all other classes, even if they starve.", number: 1 },
      none: { summary: "Leaves it to the kernel, which derives it from the nice level.", number: 0 },
    },
    {
      numbers: [
        { low: 0, high: 7 },
        { low: 8, high: 8, until: 259 },
      ],
      empty: "unset",
    },
  ),

  /** The newer routine asks the kernel as well, which has no policy 4 and knows 7 since Linux 6.12. */
  execCpuSchedPolicy: wordSet(
    "exec_cpu_sched_policy",
    {
      other: { summary: "Shares the CPU fairly, according to Nice= and CPUWeight=.", number: 0 },
      batch: { summary: "Shares the CPU like `other` with a small penalty, for long computations.", number: 3 },
      idle: { summary: "Runs almost only when the CPU is otherwise idle.", number: 5 },
      rr: { summary: "Runs before all normal processes, in turns with others of the same priority.", number: 2 },
      fifo: { summary: "Runs before all normal processes, until it blocks or yields.", number: 1 },
      ext: { summary: "Runs as a BPF scheduler loaded into the kernel decides.", number: 7, since: 260 },
    },
    {
      numbers: [
        { low: 0, high: 2_147_483_647, until: 260 },
        { low: 0, high: 3, since: 260 },
        { low: 5, high: 7, since: 260 },
      ],
      empty: "unset",
    },
  ),

  numaPolicy: wordSet(
    "numa_policy",
    {
      default: "Allocates memory with the kernel's default policy.",
      local: "Allocates memory from the node that the process runs on.",
      bind: "Allocates memory only from the nodes of NUMAMask=.",
      preferred: "Allocates memory from the node of NUMAMask= while it has any.",
      "preferred-many": {
        summary: "Allocates memory from the nodes of NUMAMask= while they have any (Linux 5.15).",
        since: 262,
      },
      interleave: "Allocates memory from the nodes of NUMAMask= in turn.",
      "weighted-interleave": {
        summary: "Allocates memory from the nodes of NUMAMask= in proportion to their weights (Linux 6.9).",
        since: 262,
      },
    },
    { empty: "unset" },
  ),

  execMemoryThp: wordSet("exec_memory_thp", {
    disable: "Disables huge pages.",
    madvise: "Uses huge pages only where the program asks for them.",
    system: "Uses the system's policy, even if the manager runs without huge pages.",
    inherit: "Keeps the setting that the manager was started with.",
  }),

  execUtmpMode: wordSet("exec_utmp_mode", {
    init: "Writes INIT_PROCESS alone; the program does the rest, as getty does.",
    login: "Writes LOGIN_PROCESS too; the program does the rest, as login does.",
    user: "Writes USER_PROCESS too; the program need not handle utmp.",
  }),

  /**
   * All names that personality_from_string() compares; a machine takes its own and the 32-bit one that belongs to it,
   * which the text of a unit cannot tell.
   */
  personality: wordSet(
    "personality",
    {
      x86: "Reports a 32-bit x86 machine.",
      "x86-64": "Reports a 64-bit x86 machine.",
      arm: "Reports a 32-bit ARM machine.",
      arm64: "Reports a 64-bit ARM machine.",
      "arm-be": "Reports a big-endian 32-bit ARM machine.",
      "arm64-be": "Reports a big-endian 64-bit ARM machine.",
      ppc: "Reports a 32-bit POWER machine.",
      ppc64: "Reports a 64-bit POWER machine.",
      "ppc-le": "Reports a little-endian 32-bit POWER machine.",
      "ppc64-le": "Reports a little-endian 64-bit POWER machine.",
      s390: "Reports a 31-bit S/390 machine.",
      s390x: "Reports a 64-bit S/390 machine.",
      riscv32: "Reports a 32-bit RISC-V machine.",
      riscv64: "Reports a 64-bit RISC-V machine.",
      loongarch64: { summary: "Reports a 64-bit LoongArch machine.", since: 250 },
      mips: "Reports a 32-bit MIPS machine.",
      mips64: "Reports a 64-bit MIPS machine.",
      "mips-le": "Reports a little-endian 32-bit MIPS machine.",
      "mips64-le": "Reports a little-endian 64-bit MIPS machine.",
      parisc: "Reports a 32-bit PA-RISC machine.",
      parisc64: "Reports a 64-bit PA-RISC machine.",
      sparc: "Reports a 32-bit SPARC machine.",
      sparc64: "Reports a 64-bit SPARC machine.",
      alpha: "Reports an Alpha machine.",
      arc: "Reports an ARC machine.",
      "arc-be": "Reports a big-endian ARC machine.",
      cris: "Reports a CRIS machine.",
      ia64: "Reports an Itanium machine.",
      m68k: "Reports a Motorola 68000 machine.",
      nios2: "Reports a Nios II machine.",
      sh: "Reports a 32-bit SuperH machine.",
      sh64: "Reports a 64-bit SuperH machine.",
      tilegx: "Reports a TILE-Gx machine.",
    },
    { empty: "unset" },
  ),
} as const satisfies Record<string, Enumeration>;
