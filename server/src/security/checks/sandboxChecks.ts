import type { DirectiveName } from "../../catalog/catalog.ts";
import { badUnless, type Check, onOff, type TwoTexts, yesCheck } from "./check.ts";
import { holdOf, rightTo, startsAsRoot } from "./rights.ts";
import {
  deviceText,
  homeText,
  impliesMounts,
  processText,
  setsRoot,
  systemText,
  temporaryText,
} from "./sandboxTexts.ts";

type WordField = "privateTmp" | "privateUsers" | "protectControlGroups" | "protectHostname";

/** A check of a word, where everything but `no` is good. */
const notNo = (directive: DirectiveName, weight: number, field: WordField, texts: TwoTexts): Check =>
  yesCheck(directive, weight, (settings) => settings[field] !== "no", texts);

const HOME: Readonly<Record<string, number>> = { no: 10, "read-only": 5, tmpfs: 1, yes: 0 };
const SYSTEM: Readonly<Record<string, number>> = { no: 10, yes: 5, full: 3, strict: 0 };

const PROC: Readonly<Record<string, number>> = { default: 3, noaccess: 1, invisible: 0, ptraceable: 0 };

/** What the service sees and can change of the system around it. */
export const SANDBOX_CHECKS = {
  privateDevices: onOff("PrivateDevices", 1000, "privateDevices", {
    good: "It has no hardware devices in /dev",
    bad: deviceText,
  }),
  privateMounts: {
    id: "PrivateMounts",
    name: "PrivateMounts=",
    directive: "PrivateMounts",
    weight: 1000,
    range: 1,
    assess: ({ privateMounts }) => badUnless(privateMounts ?? true),
    good: (settings) =>
      settings.privateMounts === undefined && !impliesMounts(settings)
        ? "It is not set, which counts as on in an offline analysis"
        : "Its mounts are not propagated to the host",
    bad: "Its mounts are propagated to the host",
    fix: "PrivateMounts=yes",
  },
  privateNetwork: onOff("PrivateNetwork", 2500, "privateNetwork", {
    good: "It has a private network with only a loopback interface",
    bad: ({ present }) =>
      present.has("NetworkNamespacePath")
        ? "Its network is the one of NetworkNamespacePath=, which the exposure level does not count"
        : "It shares the network interfaces of the host",
  }),
  privateTmp: {
    ...notNo("PrivateTmp", 1000, "privateTmp", {
      good: "Its /tmp and /var/tmp are private",
      bad: temporaryText,
    }),
    needsDefaultDependencies: true,
  },
  privateUsers: notNo("PrivateUsers", 1000, "privateUsers", {
    good: "Its privileges are limited to its own user namespace",
    bad: "Its users and privileges are those of the host",
  }),
  protectControlGroups: notNo("ProtectControlGroups", 1000, "protectControlGroups", {
    good: "It cannot change the control groups of the host",
    bad: (settings) =>
      startsAsRoot(settings)
        ? "It can change control groups of other services"
        : "The control groups of the host are writable for root, but it does not start as root",
  }),
  protectKernelModules: onOff("ProtectKernelModules", 1000, "protectKernelModules", {
    good: "It can neither load kernel modules nor read their files",
    bad: (settings) => rightTo(settings, "CAP_SYS_MODULE", "load kernel modules"),
  }),
  protectKernelTunables: onOff("ProtectKernelTunables", 1000, "protectKernelTunables", {
    good: "It cannot write kernel settings in /proc/sys",
    bad: (settings) =>
      startsAsRoot(settings)
        ? "It can write kernel settings in /proc/sys and /sys"
        : "Kernel settings in /proc/sys and /sys are writable for root, but it does not start as root",
  }),
  protectKernelLogs: onOff("ProtectKernelLogs", 1000, "protectKernelLogs", {
    since: 244,
    good: "It cannot access the kernel log",
    bad: (settings) =>
      startsAsRoot(settings)
        ? "It can read and write the kernel log"
        : "It can read the kernel log if the host allows it for every user",
  }),
  protectClock: onOff("ProtectClock", 1000, "protectClock", {
    since: 245,
    good: "It cannot set the system clock",
    bad: (settings) => rightTo(settings, "CAP_SYS_TIME", "set the system clock"),
  }),
  protectHome: {
    id: "ProtectHome",
    name: "ProtectHome=",
    directive: "ProtectHome",
    weight: 1000,
    range: 10,
    needsDefaultDependencies: true,
    assess: ({ protectHome }) => HOME[protectHome],
    good: homeText,
    bad: homeText,
    fix: ({ protectHome }) => (protectHome === "tmpfs" ? "ProtectHome=yes" : "ProtectHome=tmpfs"),
  },
  protectHostname: notNo("ProtectHostname", 50, "protectHostname", {
    since: 242,
    good: "It cannot change the host name",
    bad: (settings) => rightTo(settings, "CAP_SYS_ADMIN", "change the host name"),
  }),
  protectSystem: {
    id: "ProtectSystem",
    name: "ProtectSystem=",
    directive: "ProtectSystem",
    weight: 1000,
    range: 10,
    needsDefaultDependencies: true,
    assess: ({ protectSystem }) => SYSTEM[protectSystem],
    good: systemText,
    bad: systemText,
    fix: "ProtectSystem=strict",
  },
  rootDirectory: {
    id: "RootDirectoryOrRootImage",
    name: "RootDirectory=/RootImage=",
    directive: "RootDirectory",
    weight: 200,
    range: 1,
    needsDefaultDependencies: true,
    assess: (settings) => badUnless(setsRoot(settings)),
    good: "Its root directory is not the one of the host",
    bad: ({ rootMStack }) =>
      rootMStack === ""
        ? "Its root directory is the one of the host"
        : "Its root directory is the one of RootMStack=, which the exposure level does not count",
  },
  uMask: {
    id: "UMask",
    name: "UMask=",
    directive: "UMask",
    weight: 100,
    range: 10,
    assess: ({ uMask }) => umaskBadness(uMask),
    good: "Other users cannot open the files that it creates, unless it changes their mode",
    bad: ({ uMask }) => `${UMASK[umaskBadness(uMask)]} the files that it creates, unless it changes their mode`,
    fix: "UMask=0077",
  },
  keyringMode: {
    id: "KeyringMode",
    name: "KeyringMode=",
    directive: "KeyringMode",
    weight: 1000,
    range: 1,
    assess: ({ keyringMode }) => badUnless(keyringMode === "private"),
    good: "It has its own kernel keyring",
    bad: ({ keyringMode }) =>
      keyringMode === "shared"
        ? "It shares a kernel keyring with other services of its user"
        : "It does not have its own kernel keyring",
    fix: "KeyringMode=private",
  },
  protectProc: {
    id: "ProtectProc",
    name: "ProtectProc=",
    directive: "ProtectProc",
    since: 247,
    weight: 1000,
    range: 3,
    assess: ({ protectProc }) => PROC[protectProc],
    good: (settings) =>
      settings.protectProc === "ptraceable"
        ? "It sees only processes in /proc that it can trace"
        : holdOf(settings, "CAP_SYS_PTRACE") === "root"
          ? "Its processes of another user see only the processes of that user in /proc"
          : "It does not see the processes of other users in /proc",
    bad: processText,
    fix: "ProtectProc=invisible",
    fixForSystemOnly: true,
  },
  procSubset: {
    id: "ProcSubset",
    name: "ProcSubset=",
    directive: "ProcSubset",
    since: 247,
    weight: 10,
    range: 1,
    assess: ({ procSubset }) => badUnless(procSubset === "pid"),
    good: "Its /proc shows only processes",
    bad: "Its /proc also shows kernel and hardware information",
    fix: "ProcSubset=pid",
    fixForSystemOnly: true,
  },
  notifyAccess: {
    id: "NotifyAccess",
    name: "NotifyAccess=",
    directive: "NotifyAccess",
    weight: 1000,
    range: 1,
    assess: ({ notifyAccess }) => badUnless(notifyAccess !== "all"),
    good: "Not all of its processes can send state notifications to systemd",
    bad: "All of its processes can send state notifications to systemd",
    fix: "NotifyAccess=main",
  },
  delegate: {
    id: "Delegate",
    name: "Delegate=",
    directive: "Delegate",
    weight: 100,
    range: 1,
    assess: ({ delegate }) => badUnless(!delegate),
    good: "Only systemd manages its cgroup",
    bad: "It manages its own cgroup subtree",
    fix: "Delegate=no",
  },
} as const satisfies Record<string, Check>;

const UMASK: Readonly<Record<number, string>> = {
  10: "Everyone can change",
  5: "Everyone can read",
  2: "Its group can change",
  1: "Its group can read",
};

/** Follows assess_umask(), systemd 257 to 262: the first bit that is not masked decides. */
function umaskBadness(mask: number): number {
  if ((mask & 0o002) === 0) return 10;
  if ((mask & 0o004) === 0) return 5;
  if ((mask & 0o020) === 0) return 2;
  return (mask & 0o040) === 0 ? 1 : 0;
}
