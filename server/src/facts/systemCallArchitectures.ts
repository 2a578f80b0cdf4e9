import type { DescribedWord } from "./word.ts";
/** The architectures that a filter of system calls knows. Follows seccomp_arch_from_string(), systemd 257 to 262. */
export const SYSTEM_CALL_ARCHITECTURES: readonly DescribedWord[] = [
  { text: "native", summary: "The one that systemd was built for: all that most services need." },
  { text: "x86", summary: "32-bit x86." },
  { text: "x86-64", summary: "64-bit x86." },
  { text: "x32", summary: "64-bit x86 with pointers of 32 bits." },
  { text: "arm", summary: "32-bit ARM." },
  { text: "arm64", summary: "64-bit ARM." },
  // libseccomp knows it since 2.6, which came with 257.
  { text: "loongarch64", summary: "64-bit LoongArch.", since: 257 },
  { text: "mips", summary: "32-bit MIPS." },
  { text: "mips64", summary: "64-bit MIPS." },
  { text: "mips64-n32", summary: "64-bit MIPS with pointers of 32 bits." },
  { text: "mips-le", summary: "32-bit little-endian MIPS." },
  { text: "mips64-le", summary: "64-bit little-endian MIPS." },
  { text: "mips64-le-n32", summary: "64-bit little-endian MIPS with pointers of 32 bits." },
  { text: "parisc", summary: "32-bit PA-RISC.", since: 251 },
  { text: "parisc64", summary: "64-bit PA-RISC.", since: 251 },
  { text: "ppc", summary: "32-bit PowerPC." },
  { text: "ppc64", summary: "64-bit big-endian POWER." },
  { text: "ppc64-le", summary: "64-bit little-endian POWER." },
  { text: "riscv64", summary: "64-bit RISC-V." },
  { text: "s390", summary: "31-bit S/390." },
  { text: "s390x", summary: "64-bit IBM Z." },
];
