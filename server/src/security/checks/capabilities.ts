import { capabilitiesOf, NO_CAPABILITIES, overlap, sameSet } from "../capabilitySet.ts";
import { badUnless, type Check } from "./check.ts";

/** A check that none of some capabilities is left in the bounding set; `label` is what stands in id and name. */
function dropped(
  id: string,
  label: string,
  weight: number,
  capabilities: string,
  texts: { readonly good: string; readonly bad: string },
): Check {
  const names = capabilities.split(" ").map((name) => `CAP_${name}`);
  const set = capabilitiesOf(...names);
  return {
    id: `CapabilityBoundingSet_CAP_${id}`,
    name: `CapabilityBoundingSet=~CAP_${label}`,
    directive: "CapabilityBoundingSet",
    weight,
    range: 1,
    assess: ({ boundingSet }) => badUnless(!overlap(boundingSet, set)),
    ...texts,
    fix: `CapabilityBoundingSet=~${names.join(" ")}`,
    fixForSystemOnly: true,
  };
}

/** What root inside the service can do, in systemd's order; CAP_PERFMON and CAP_CHECKPOINT_RESTORE count nowhere. */
export const CAPABILITY_CHECKS: readonly Check[] = [
  dropped("SYS_ADMIN", "SYS_ADMIN", 1500, "SYS_ADMIN", {
    good: "Even as root it cannot mount, trace the kernel or do the hundred other things of CAP_SYS_ADMIN",
    bad: "As root it can mount, undo sandboxes and nearly everything else through CAP_SYS_ADMIN",
  }),
  dropped("SET_UID_GID_PCAP", "SET(UID|GID|PCAP)", 1500, "SETUID SETGID SETPCAP", {
    good: "Even as root it cannot become another user or hand out capabilities",
    bad: "As root it can become any user or group and hand out capabilities",
  }),
  dropped("SYS_PTRACE", "SYS_PTRACE", 1500, "SYS_PTRACE", {
    good: "It cannot look into the memory of processes of other users",
    bad: "As root it can read and change the memory of every process",
  }),
  dropped("SYS_TIME", "SYS_TIME", 1000, "SYS_TIME", {
    good: "Even as root it cannot set the time",
    bad: "As root it can set the time",
  }),
  dropped("NET_ADMIN", "NET_ADMIN", 1000, "NET_ADMIN", {
    good: "Even as root it cannot change interfaces, routes and firewall",
    bad: "As root it can change interfaces, routes and firewall",
  }),
  dropped("SYS_RAWIO", "SYS_RAWIO", 1000, "SYS_RAWIO", {
    good: "Even as root it cannot talk to hardware past the kernel",
    bad: "As root it can talk to hardware past the kernel",
  }),
  dropped("SYS_MODULE", "SYS_MODULE", 1000, "SYS_MODULE", {
    good: "Even as root it cannot put code into the kernel as a module",
    bad: "As root it can put code into the kernel as a module",
  }),
  dropped("AUDIT", "AUDIT_*", 500, "AUDIT_CONTROL AUDIT_READ AUDIT_WRITE", {
    good: "Even as root it can neither read nor steer the audit log",
    bad: "As root it can read and steer the audit log",
  }),
  dropped("SYSLOG", "SYSLOG", 500, "SYSLOG", {
    good: "Even as root it cannot empty or mute the log of the kernel",
    bad: "As root it can empty or mute the log of the kernel",
  }),
  dropped("SYS_NICE_RESOURCE", "SYS_(NICE|RESOURCE)", 500, "SYS_NICE SYS_RESOURCE", {
    good: "Even as root it cannot raise its priority or exceed its limits",
    bad: "As root it can raise its priority and exceed its limits",
  }),
  dropped("MKNOD", "MKNOD", 500, "MKNOD", {
    good: "Even as root it cannot make device nodes",
    bad: "As root it can make a device node for any hardware",
  }),
  dropped("CHOWN_FSETID_SETFCAP", "(CHOWN|FSETID|SETFCAP)", 1000, "CHOWN FSETID SETFCAP", {
    good: "Even as root it cannot give files away or set capabilities on them",
    bad: "As root it can change the owner, mode bits and capabilities of any file",
  }),
  dropped("DAC_FOWNER_IPC_OWNER", "(DAC_*|FOWNER|IPC_OWNER)", 1000, "DAC_OVERRIDE DAC_READ_SEARCH FOWNER IPC_OWNER", {
    good: "Even as root it is bound by the permissions of files",
    bad: "As root it can open every file and shared memory, whoever owns it",
  }),
  dropped("KILL", "KILL", 500, "KILL", {
    good: "Even as root it can signal no process of another user",
    bad: "As root it can signal every process",
  }),
  // The stray bracket is systemd's own: policy files have to spell it so.
  dropped(
    "NET_BIND_SERVICE_BROADCAST_RAW)",
    "NET_(BIND_SERVICE|BROADCAST|RAW)",
    500,
    "NET_BIND_SERVICE NET_BROADCAST NET_RAW",
    {
      good: "Even as root it can neither use ports below 1024 nor forge packets",
      bad: "As root it can use ports below 1024 and forge packets",
    },
  ),
  dropped("SYS_BOOT", "SYS_BOOT", 100, "SYS_BOOT", {
    good: "Even as root it cannot restart the machine by a system call",
    bad: "As root it can restart the machine by a system call",
  }),
  dropped("MAC", "MAC_*", 100, "MAC_ADMIN MAC_OVERRIDE", {
    good: "Even as root it is bound by the rules of Smack",
    bad: "As root it can change or pass over the rules of Smack",
  }),
  dropped("LINUX_IMMUTABLE", "LINUX_IMMUTABLE", 75, "LINUX_IMMUTABLE", {
    good: "Even as root it cannot lock or unlock files by their immutable flag",
    bad: "As root it can lock and unlock files by their immutable flag",
  }),
  dropped("IPC_LOCK", "IPC_LOCK", 50, "IPC_LOCK", {
    good: "Even as root it can pin no more memory than its limit allows",
    bad: "As root it can pin as much memory as it likes",
  }),
  dropped("SYS_CHROOT", "SYS_CHROOT", 50, "SYS_CHROOT", {
    good: "Even as root it cannot change its root directory",
    bad: "As root it can change its root directory",
  }),
  dropped("BLOCK_SUSPEND", "BLOCK_SUSPEND", 25, "BLOCK_SUSPEND", {
    good: "Even as root it cannot keep the machine from sleeping",
    bad: "As root it can keep the machine from sleeping",
  }),
  dropped("WAKE_ALARM", "WAKE_ALARM", 25, "WAKE_ALARM", {
    good: "Even as root it cannot set an alarm that wakes the machine",
    bad: "As root it can set an alarm that wakes the machine",
  }),
  dropped("LEASE", "LEASE", 25, "LEASE", {
    good: "It can take leases on its own files only",
    bad: "As root it can take leases on every file",
  }),
  dropped("SYS_TTY_CONFIG", "SYS_TTY_CONFIG", 25, "SYS_TTY_CONFIG", {
    good: "Even as root it cannot hang up terminals",
    bad: "As root it can hang up and reconfigure terminals",
  }),
  dropped("SYS_PACCT", "SYS_PACCT", 25, "SYS_PACCT", {
    good: "Even as root it cannot switch process accounting",
    bad: "As root it can switch process accounting on and off",
  }),
  dropped("BPF", "BPF", 25, "BPF", {
    good: "CAP_BPF gives it no way to run programs in the kernel",
    bad: "As root it can run BPF programs in the kernel",
  }),
];

/** What a service that is not root is given. */
export const AMBIENT_CHECK: Check = {
  id: "AmbientCapabilities",
  name: "AmbientCapabilities=",
  directive: "AmbientCapabilities",
  weight: 500,
  range: 1,
  assess: ({ ambientSet }) => badUnless(sameSet(ambientSet, NO_CAPABILITIES)),
  good: "It is given no capabilities beside those that root would have",
  bad: "It keeps some of root's capabilities as another user, and so do its children",
  fix: "AmbientCapabilities=",
};
