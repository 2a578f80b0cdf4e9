import type { ProgramReading } from "../program/reading.ts";
import type { SignName } from "../program/sign.ts";
import { programName, readSigns } from "./readNeed.ts";

/**
 * What speaks of a capability in a program of root. Those over files, ports and networks are none of them: libraries and the kernel
 * ask for them where no call of the program's own does (of the measured daemons that start as root 9 of 42 for CAP_NET_ADMIN).
 */
const SIGNS_OF: Readonly<Record<string, readonly SignName[]>> = {
  CAP_BPF: ["bpf", "administration"],
  CAP_IPC_LOCK: ["memoryLock", "sharedMemory"],
  CAP_MKNOD: ["deviceNodes", "devices"],
  CAP_PERFMON: ["bpf", "administration"],
  CAP_SETGID: ["setuid", "capabilities", "pam", "peers"],
  CAP_SETPCAP: ["capabilities", "setuid", "pam"],
  CAP_SETUID: ["setuid", "capabilities", "pam", "peers"],
  CAP_SYSLOG: ["kernelLog"],
  CAP_SYS_ADMIN: [
    ...(["administration", "bpf", "controlGroups", "devices", "hostName", "kernelLog", "kernelSettings"] as const),
    ...(["mount", "namespaces", "nice", "rawDevices", "sharedMemory"] as const),
  ],
  CAP_SYS_BOOT: ["administration"],
  CAP_SYS_CHROOT: ["chroot", "namespaces"],
  CAP_SYS_MODULE: ["modules"],
  CAP_SYS_NICE: ["realtime", "affinity", "nice"],
  CAP_SYS_PACCT: ["administration"],
  CAP_SYS_PTRACE: ["processes", "trace"],
  CAP_SYS_RAWIO: ["rawDevices", "devices"],
  CAP_SYS_RESOURCE: ["limits", "memoryLock", "messageQueues", "realtime"],
  CAP_SYS_TIME: ["clock"],
  CAP_SYS_TTY_CONFIG: ["administration", "devices"],
};

/** The calls that these are for are in each program of Go, so that they are no sign there: limits and options of processes. */
const NO_SIGN_IN_GO: ReadonlySet<string> = new Set(["CAP_SETPCAP", "CAP_SYS_RESOURCE"]);

/** What the files of a program of root say of capabilities. */
export interface ReadCapabilities {
  /** Those that nothing in its own code has a use for, sorted. */
  readonly unused: readonly string[];
  /** The end of a sentence. */
  readonly reason: string;
}

/** The capabilities that a program of root has no use for; undefined where none is known, as of what starts programs. */
export function readCapabilities(reading: ProgramReading): ReadCapabilities | undefined {
  const isGo = reading.files.some((it) => it.own && it.form === "go");
  const unused = Object.entries(SIGNS_OF).filter(
    ([name, signs]) =>
      !(isGo && NO_SIGN_IN_GO.has(name)) && readSigns(reading, { signs, opensWhere: "starts" }, true)?.says === "no",
  );
  if (unused.length === 0) return undefined;
  return { unused: unused.map(([it]) => it), reason: `nothing in ${programName(reading)} calls what these are for` };
}
