import type { Enumeration } from "../valueType.ts";

/** How the kernel treats a unit's processes, apart from the sandbox. */
export const EXEC_ENUMERATIONS = {
  /** The number 8 got past the older routine, although no kernel takes it. */
  execIoClass: {
    kind: "enumeration",
    routine: "config_parse_exec_io_class",
    members: [
      {
        value: "best-effort",
        summary: "Shares the disk according to IOSchedulingPriority=; this is the usual class.",
        number: 2,
      },
      { value: "idle", summary: "Gets the disk only while no other process wants it.", number: 3 },
      { value: "realtime", summary: "Gets the disk before all other classes, even if they starve.", number: 1 },
      { value: "none", summary: "Leaves it to the kernel, which derives it from the nice level.", number: 0 },
    ],
    numbers: [
      { low: 0, high: 7 },
      { low: 8, high: 8, until: 262 },
    ],
    empty: "unset",
    invalid: "dropped",
  },

  /** The newer routine asks the kernel as well, which has no policy 4 and knows 7 since Linux 6.12. */
  execCpuSchedPolicy: {
    kind: "enumeration",
    routine: "config_parse_exec_cpu_sched_policy",
    members: [
      { value: "other", summary: "Shares the CPU fairly, according to Nice= and CPUWeight=.", number: 0 },
      {
        value: "batch",
        summary: "Shares the CPU like `other` with a small penalty, for long computations.",
        number: 3,
      },
      { value: "idle", summary: "Runs almost only when the CPU is otherwise idle.", number: 5 },
      {
        value: "rr",
        summary: "Runs before all normal processes, in turns with others of the same priority.",
        number: 2,
      },
      { value: "fifo", summary: "Runs before all normal processes, until it blocks or yields.", number: 1 },
      { value: "ext", summary: "Runs as a BPF scheduler loaded into the kernel decides.", number: 7, since: 260 },
    ],
    numbers: [
      { low: 0, high: 2_147_483_647, until: 260 },
      { low: 0, high: 3, since: 260 },
      { low: 5, high: 7, since: 260 },
    ],
    empty: "unset",
    invalid: "dropped",
  },

  numaPolicy: {
    kind: "enumeration",
    routine: "config_parse_numa_policy",
    members: [
      { value: "default", summary: "Allocates memory with the kernel's default policy." },
      { value: "local", summary: "Allocates memory from the node that the process runs on." },
      { value: "bind", summary: "Allocates memory only from the nodes of NUMAMask=." },
      { value: "preferred", summary: "Allocates memory from the node of NUMAMask= while it has any." },
      {
        value: "preferred-many",
        summary: "Allocates memory from the nodes of NUMAMask= while they have any (Linux 5.15).",
        since: 262,
      },
      { value: "interleave", summary: "Allocates memory from the nodes of NUMAMask= in turn." },
      {
        value: "weighted-interleave",
        summary: "Allocates memory from the nodes of NUMAMask= in proportion to their weights (Linux 6.9).",
        since: 262,
      },
    ],
    empty: "unset",
    invalid: "dropped",
  },

  execMemoryThp: {
    kind: "enumeration",
    routine: "config_parse_exec_memory_thp",
    members: [
      { value: "disable", summary: "Disables huge pages." },
      { value: "madvise", summary: "Uses huge pages only where the program asks for them." },
      {
        value: "system",
        summary: "Uses the system's policy, even if the manager runs without huge pages.",
      },
      { value: "inherit", summary: "Keeps the setting that the manager was started with." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  execUtmpMode: {
    kind: "enumeration",
    routine: "config_parse_exec_utmp_mode",
    members: [
      { value: "init", summary: "Writes INIT_PROCESS alone; the program does the rest, as getty does." },
      { value: "login", summary: "Writes LOGIN_PROCESS too; the program does the rest, as login does." },
      { value: "user", summary: "Writes USER_PROCESS too; the program need not handle utmp." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  /**
   * All names that personality_from_string() compares; a machine takes its own and the 32-bit one that belongs to it,
   * which the text of a unit cannot tell.
   */
  personality: {
    kind: "enumeration",
    routine: "config_parse_personality",
    members: [
      { value: "x86", summary: "Reports a 32-bit x86 machine." },
      { value: "x86-64", summary: "Reports a 64-bit x86 machine." },
      { value: "arm", summary: "Reports a 32-bit ARM machine." },
      { value: "arm64", summary: "Reports a 64-bit ARM machine." },
      { value: "arm-be", summary: "Reports a big-endian 32-bit ARM machine." },
      { value: "arm64-be", summary: "Reports a big-endian 64-bit ARM machine." },
      { value: "ppc", summary: "Reports a 32-bit POWER machine." },
      { value: "ppc64", summary: "Reports a 64-bit POWER machine." },
      { value: "ppc-le", summary: "Reports a little-endian 32-bit POWER machine." },
      { value: "ppc64-le", summary: "Reports a little-endian 64-bit POWER machine." },
      { value: "s390", summary: "Reports a 31-bit S/390 machine." },
      { value: "s390x", summary: "Reports a 64-bit S/390 machine." },
      { value: "riscv32", summary: "Reports a 32-bit RISC-V machine." },
      { value: "riscv64", summary: "Reports a 64-bit RISC-V machine." },
      { value: "loongarch64", summary: "Reports a 64-bit LoongArch machine." },
      { value: "mips", summary: "Reports a 32-bit MIPS machine." },
      { value: "mips64", summary: "Reports a 64-bit MIPS machine." },
      { value: "mips-le", summary: "Reports a little-endian 32-bit MIPS machine." },
      { value: "mips64-le", summary: "Reports a little-endian 64-bit MIPS machine." },
      { value: "parisc", summary: "Reports a 32-bit PA-RISC machine." },
      { value: "parisc64", summary: "Reports a 64-bit PA-RISC machine." },
      { value: "sparc", summary: "Reports a 32-bit SPARC machine." },
      { value: "sparc64", summary: "Reports a 64-bit SPARC machine." },
      { value: "alpha", summary: "Reports an Alpha machine." },
      { value: "arc", summary: "Reports an ARC machine." },
      { value: "arc-be", summary: "Reports a big-endian ARC machine." },
      { value: "cris", summary: "Reports a CRIS machine." },
      { value: "ia64", summary: "Reports an Itanium machine." },
      { value: "m68k", summary: "Reports a Motorola 68000 machine." },
      { value: "nios2", summary: "Reports a Nios II machine." },
      { value: "sh", summary: "Reports a 32-bit SuperH machine." },
      { value: "sh64", summary: "Reports a 64-bit SuperH machine." },
      { value: "tilegx", summary: "Reports a TILE-Gx machine." },
    ],
    empty: "unset",
    invalid: "dropped",
  },
} as const satisfies Record<string, Enumeration>;
