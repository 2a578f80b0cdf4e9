import { capabilitiesOf, NO_CAPABILITIES, overlap, sameSet } from "../capabilitySet.ts";
import { badUnless, type Check } from "./check.ts";
import { rightLeft, startsAsRoot } from "./rights.ts";

/** A check that none of some capabilities is left in the bounding set; `label` is what stands in id and name. */
function dropped(
  id: string,
  label: string,
  weight: number,
  /** What each of them is a right to do. */
  powers: Readonly<Record<string, string>>,
  good: string,
  /** All powers in fewer words. */
  whole?: string,
): Check {
  const names = Object.keys(powers).map((name) => `CAP_${name}`);
  const set = capabilitiesOf(...names);
  return {
    id: `CapabilityBoundingSet_CAP_${id}`,
    name: `CapabilityBoundingSet=~CAP_${label}`,
    directive: "CapabilityBoundingSet",
    weight,
    range: 1,
    assess: ({ boundingSet }) => badUnless(!overlap(boundingSet, set)),
    good,
    bad: (settings) => rightLeft(settings, powers, whole),
    fix: `CapabilityBoundingSet=~${names.join(" ")}`,
    fixForSystemOnly: true,
  };
}

/** Which rights of root are left, in systemd's order; CAP_PERFMON and CAP_CHECKPOINT_RESTORE count nowhere. */
export const CAPABILITY_CHECKS: readonly Check[] = [
  dropped(
    "SYS_ADMIN",
    "SYS_ADMIN",
    1500,
    { SYS_ADMIN: "mount, undo sandboxes and administer the system (CAP_SYS_ADMIN)" },
    "Even as root it cannot mount, trace the kernel or administer the system with CAP_SYS_ADMIN",
  ),
  dropped(
    "SET_UID_GID_PCAP",
    "SET(UID|GID|PCAP)",
    1500,
    { SETUID: "become any user", SETGID: "join any group", SETPCAP: "grant capabilities" },
    "Even as root it cannot become another user or grant capabilities",
    "become any user or group and grant capabilities",
  ),
  dropped(
    "SYS_PTRACE",
    "SYS_PTRACE",
    1500,
    { SYS_PTRACE: "read and change the memory of every process" },
    "It cannot access the memory of processes of other users",
  ),
  dropped("SYS_TIME", "SYS_TIME", 1000, { SYS_TIME: "set the time" }, "Even as root it cannot set the time"),
  dropped(
    "NET_ADMIN",
    "NET_ADMIN",
    1000,
    { NET_ADMIN: "change the interfaces, routes and firewall of its network" },
    "Even as root it cannot change interfaces, routes and firewall",
  ),
  dropped(
    "SYS_RAWIO",
    "SYS_RAWIO",
    1000,
    { SYS_RAWIO: "access hardware directly" },
    "Even as root it cannot access hardware directly",
  ),
  dropped(
    "SYS_MODULE",
    "SYS_MODULE",
    1000,
    { SYS_MODULE: "load kernel modules" },
    "Even as root it cannot load kernel modules",
  ),
  dropped(
    "AUDIT",
    "AUDIT_*",
    500,
    { AUDIT_CONTROL: "control auditing", AUDIT_READ: "read the audit log", AUDIT_WRITE: "write audit records" },
    "Even as root it can neither read nor control the audit log",
    "read and control the audit log",
  ),
  dropped(
    "SYSLOG",
    "SYSLOG",
    500,
    { SYSLOG: "clear or silence the kernel log" },
    "Even as root it cannot clear or silence the kernel log",
  ),
  dropped(
    "SYS_NICE_RESOURCE",
    "SYS_(NICE|RESOURCE)",
    500,
    { SYS_NICE: "raise its priority", SYS_RESOURCE: "exceed its limits" },
    "Even as root it cannot raise its priority or exceed its limits",
  ),
  dropped("MKNOD", "MKNOD", 500, { MKNOD: "create device nodes" }, "Even as root it cannot create device nodes"),
  dropped(
    "CHOWN_FSETID_SETFCAP",
    "(CHOWN|FSETID|SETFCAP)",
    1000,
    {
      CHOWN: "give files to any user",
      FSETID: "keep set-ID bits on files that it changes",
      SETFCAP: "set capabilities on files",
    },
    "Even as root it cannot give files away or set capabilities on them",
    "change the owner, mode bits and capabilities of any file",
  ),
  dropped(
    "DAC_FOWNER_IPC_OWNER",
    "(DAC_*|FOWNER|IPC_OWNER)",
    1000,
    {
      DAC_OVERRIDE: "open every file",
      DAC_READ_SEARCH: "read every file and directory",
      FOWNER: "change the mode of every file",
      IPC_OWNER: "use the shared memory of others",
    },
    "Even as root it is subject to file permissions",
    "open every file and shared memory of any user",
  ),
  dropped(
    "KILL",
    "KILL",
    500,
    { KILL: "signal every process" },
    "Even as root it cannot signal processes of other users",
  ),
  // The stray bracket is systemd's own: policy files have to spell it so.
  dropped(
    "NET_BIND_SERVICE_BROADCAST_RAW)",
    "NET_(BIND_SERVICE|BROADCAST|RAW)",
    500,
    { NET_BIND_SERVICE: "use ports below 1024", NET_BROADCAST: "send broadcasts", NET_RAW: "read and forge packets" },
    "Even as root it can neither use ports below 1024 nor forge packets",
    "use ports below 1024 and forge packets",
  ),
  dropped(
    "SYS_BOOT",
    "SYS_BOOT",
    100,
    { SYS_BOOT: "reboot the machine with a system call" },
    "Even as root it cannot reboot the machine with a system call",
  ),
  dropped(
    "MAC",
    "MAC_*",
    100,
    { MAC_ADMIN: "change SMACK rules", MAC_OVERRIDE: "bypass SMACK rules" },
    "Even as root it is subject to SMACK rules",
    "change or bypass SMACK rules",
  ),
  dropped(
    "LINUX_IMMUTABLE",
    "LINUX_IMMUTABLE",
    75,
    { LINUX_IMMUTABLE: "set and clear the immutable flag of files" },
    "Even as root it cannot change the immutable flag of files",
  ),
  dropped(
    "IPC_LOCK",
    "IPC_LOCK",
    50,
    { IPC_LOCK: "lock unlimited memory" },
    "Even as root it cannot lock more memory than its limit allows",
  ),
  dropped(
    "SYS_CHROOT",
    "SYS_CHROOT",
    50,
    { SYS_CHROOT: "change its root directory" },
    "Even as root it cannot change its root directory",
  ),
  dropped(
    "BLOCK_SUSPEND",
    "BLOCK_SUSPEND",
    25,
    { BLOCK_SUSPEND: "prevent the machine from sleeping" },
    "Even as root it cannot prevent the machine from sleeping",
  ),
  dropped(
    "WAKE_ALARM",
    "WAKE_ALARM",
    25,
    { WAKE_ALARM: "set an alarm that wakes the machine" },
    "Even as root it cannot set an alarm that wakes the machine",
  ),
  dropped("LEASE", "LEASE", 25, { LEASE: "take leases on every file" }, "It can take leases only on its own files"),
  dropped(
    "SYS_TTY_CONFIG",
    "SYS_TTY_CONFIG",
    25,
    { SYS_TTY_CONFIG: "hang up and reconfigure terminals" },
    "Even as root it cannot hang up terminals",
  ),
  dropped(
    "SYS_PACCT",
    "SYS_PACCT",
    25,
    { SYS_PACCT: "enable and disable process accounting" },
    "Even as root it cannot change process accounting",
  ),
  {
    ...dropped(
      "BPF",
      "BPF",
      25,
      { BPF: "run BPF programs in the kernel" },
      "It cannot run programs in the kernel with CAP_BPF",
    ),
    since: 255,
    // The fixes of these two brought it.
    except: [252, 254],
  },
];

/** What a service that is not root is given. */
export const AMBIENT_CHECK: Check = {
  id: "AmbientCapabilities",
  name: "AmbientCapabilities=",
  directive: "AmbientCapabilities",
  weight: 500,
  range: 1,
  assess: ({ ambientSet }) => badUnless(sameSet(ambientSet, NO_CAPABILITIES)),
  good: (settings) =>
    startsAsRoot(settings) ? "No ambient capability is set for other users" : "It has no ambient capability",
  bad: (settings) =>
    startsAsRoot(settings)
      ? "It has ambient capabilities, although it runs as root anyway"
      : "It has ambient capabilities, and so do the programs that it starts",
  fix: "AmbientCapabilities=",
};
