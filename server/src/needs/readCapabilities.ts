import type { ProgramReading } from "../program/reading.ts";
import type { SignName } from "../program/sign.ts";
import { ROOT_CAPABILITIES } from "../service/rootCapabilities.ts";
import type { NeedInProgram } from "./programSigns.ts";
import { programName, readSigns } from "./readNeed.ts";

/**
 * What speaks of a capability in a program of root. Those over files, ports and the set-up of networks are not among them: libraries and the kernel
 * ask for them where no call of the program's own does (of the measured daemons that start as root 9 of 42 for CAP_NET_ADMIN).
 */
const SIGNS_OF: Readonly<Record<string, readonly SignName[]>> = {
  CAP_AUDIT_CONTROL: ["audit", "pam", "netlink"],
  CAP_AUDIT_READ: ["audit", "pam", "netlink"],
  CAP_AUDIT_WRITE: ["audit", "pam", "netlink"],
  CAP_BPF: ["bpf", "administration"],
  CAP_CHOWN: ["chown"],
  CAP_FSETID: ["chown", "mode", "setuidMode"],
  CAP_IPC_LOCK: ["memoryLock", "sharedMemory"],
  CAP_KILL: ["signals"],
  CAP_MKNOD: ["deviceNodes"],
  CAP_NET_RAW: ["packets", "socketKind", "networkSettings", "families"],
  CAP_PERFMON: ["bpf", "administration"],
  CAP_SETFCAP: ["capabilities", "namespaces", "administration"],
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

/**
 * Those that usual daemons of root need may be needed by what such a daemon starts, too, so that this leaves them open. Of the
 * others none was used by any of up to 31 measured daemons that start programs and have no use for it themselves.
 */
const isOfStarted = (name: string): boolean => ROOT_CAPABILITIES.includes(name);

/** What the files of a program of root say of capabilities. */
export interface ReadCapabilities {
  /** Those that nothing in its own code has a use for, sorted. */
  readonly unused: readonly string[];
  /** The end of a sentence. */
  readonly reason: string;
}

/** The capabilities that a program of root has no use for; undefined where none is known. */
export function readCapabilities(reading: ProgramReading): ReadCapabilities | undefined {
  const isGo = reading.files.some((it) => it.own && it.form === "go");
  const asking = withoutTunnels(reading);
  const unused = Object.keys(SIGNS_OF).filter(
    (name) => !(isGo && NO_SIGN_IN_GO.has(name)) && readSigns(asking, inProgram(name), true)?.says === "no",
  );
  if (unused.length === 0) return undefined;
  return { unused, reason: `nothing in ${programName(reading)} calls what these are for` };
}

/** The driver of tunnels asks for CAP_NET_ADMIN and for no other capability: tun_set_iff() and tun_not_capable(), Linux 6.12. */
const withoutTunnels = (reading: ProgramReading): ProgramReading => ({
  ...reading,
  files: reading.files.map((file) => ({ ...file, signs: file.signs.filter((it) => it.what !== "/dev/net/tun") })),
});

const inProgram = (name: string): NeedInProgram => {
  const signs = SIGNS_OF[name] ?? [];
  return isOfStarted(name) ? { signs, opensWhere: "starts" } : { signs };
};
