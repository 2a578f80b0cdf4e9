import type { DirectiveName } from "../../catalog/catalog.ts";
import type { Settings } from "../settings.ts";
import { badUnless, type Check, onOff } from "./check.ts";

type WordField = "privateTmp" | "privateUsers" | "protectControlGroups" | "protectHostname";

/** A check of a word, where everything but `no` is good. */
function notNo(
  directive: DirectiveName,
  weight: number,
  field: WordField,
  texts: { readonly good: string; readonly bad: string },
): Check {
  return {
    id: directive,
    name: `${directive}=`,
    directive,
    weight,
    range: 1,
    assess: (settings) => badUnless(settings[field] !== "no"),
    ...texts,
    fix: `${directive}=yes`,
  };
}

const HOME: Readonly<Record<string, readonly [badness: number, text: string]>> = {
  no: [10, "It can read and change what its user may in all home directories"],
  "read-only": [5, "It can read home directories, but change nothing there"],
  tmpfs: [1, "It finds empty directories in the place of the home directories"],
  yes: [0, "It cannot look into any home directory"],
};

const SYSTEM: Readonly<Record<string, readonly [badness: number, text: string]>> = {
  no: [10, "It can change every file of the system that its user may"],
  yes: [5, "It cannot change /usr and the boot loader, but /etc and all data"],
  full: [3, "It cannot change /usr, /etc and the boot loader, but all data"],
  strict: [0, "It can change files only in places that the unit names"],
};

const PROC: Readonly<Record<string, number>> = { default: 3, noaccess: 1, invisible: 0, ptraceable: 0 };

/** Follows assess_root_directory(), systemd 257 to 262: RootMStack= does not count. */
function hasOwnRoot({ rootDirectory, rootImage }: Settings): boolean {
  return (rootDirectory !== "" && rootDirectory !== "/") || (rootImage !== "" && rootImage !== "/");
}

/** What the service sees and can change of the system around it. */
export const SANDBOX_CHECKS = {
  privateDevices: onOff("PrivateDevices", 1000, "privateDevices", {
    good: "It finds no hardware in /dev",
    bad: "It can open the hardware in /dev that its user may",
  }),
  privateMounts: {
    id: "PrivateMounts",
    name: "PrivateMounts=",
    directive: "PrivateMounts",
    weight: 1000,
    range: 1,
    assess: ({ privateMounts }) => badUnless(privateMounts ?? true),
    good: "What it mounts stays invisible to the rest of the system",
    bad: "What it mounts shows up in the whole system",
    fix: "PrivateMounts=yes",
  },
  privateNetwork: onOff("PrivateNetwork", 2500, "privateNetwork", {
    good: "It has a network of its own with nothing in it but a loopback interface",
    bad: "It can use the network interfaces of the host",
  }),
  privateTmp: {
    ...notNo("PrivateTmp", 1000, "privateTmp", {
      good: "Its /tmp and /var/tmp are its own",
      bad: "It shares /tmp and /var/tmp with all other programs",
    }),
    needsDefaultDependencies: true,
  },
  privateUsers: notNo("PrivateUsers", 1000, "privateUsers", {
    good: "Its privileges end at a user namespace of its own",
    bad: "Its users and privileges are those of the host",
  }),
  protectControlGroups: notNo("ProtectControlGroups", 1000, "protectControlGroups", {
    good: "It cannot change the control groups of the host",
    bad: "It can change control groups if it runs as root",
  }),
  protectKernelModules: onOff("ProtectKernelModules", 1000, "protectKernelModules", {
    good: "It can neither load kernel modules nor see their files",
    bad: "It can load kernel modules if it runs as root",
  }),
  protectKernelTunables: onOff("ProtectKernelTunables", 1000, "protectKernelTunables", {
    good: "It cannot write to the settings of the kernel in /proc/sys",
    bad: "It can write to the settings of the kernel in /proc/sys and /sys",
  }),
  protectKernelLogs: onOff("ProtectKernelLogs", 1000, "protectKernelLogs", {
    good: "The messages of the kernel are closed to it",
    bad: "It can read the messages of the kernel and add to them",
  }),
  protectClock: onOff("ProtectClock", 1000, "protectClock", {
    good: "It cannot set the clocks of the machine",
    bad: "It can set the clocks of the machine if it runs as root",
  }),
  protectHome: {
    id: "ProtectHome",
    name: "ProtectHome=",
    directive: "ProtectHome",
    weight: 1000,
    range: 10,
    needsDefaultDependencies: true,
    assess: ({ protectHome }) => HOME[protectHome]?.[0],
    good: ({ protectHome }) => HOME[protectHome]?.[1] ?? "",
    bad: ({ protectHome }) => HOME[protectHome]?.[1] ?? "",
    fix: ({ protectHome }) => (protectHome === "tmpfs" ? "ProtectHome=yes" : "ProtectHome=tmpfs"),
  },
  protectHostname: notNo("ProtectHostname", 50, "protectHostname", {
    good: "It cannot rename the host",
    bad: "It can rename the host if it runs as root",
  }),
  protectSystem: {
    id: "ProtectSystem",
    name: "ProtectSystem=",
    directive: "ProtectSystem",
    weight: 1000,
    range: 10,
    needsDefaultDependencies: true,
    assess: ({ protectSystem }) => SYSTEM[protectSystem]?.[0],
    good: ({ protectSystem }) => SYSTEM[protectSystem]?.[1] ?? "",
    bad: ({ protectSystem }) => SYSTEM[protectSystem]?.[1] ?? "",
    fix: "ProtectSystem=strict",
  },
  rootDirectory: {
    id: "RootDirectoryOrRootImage",
    name: "RootDirectory=/RootImage=",
    directive: "RootDirectory",
    weight: 200,
    range: 1,
    needsDefaultDependencies: true,
    assess: (settings) => badUnless(hasOwnRoot(settings)),
    good: "Its root directory is not the one of the host",
    bad: "Its root directory is the one of the host",
  },
  uMask: {
    id: "UMask",
    name: "UMask=",
    directive: "UMask",
    weight: 100,
    range: 10,
    assess: ({ uMask }) => umaskBadness(uMask),
    good: "Nobody else can open the files that it creates, unless it says so",
    bad: ({ uMask }) => `${UMASK[umaskBadness(uMask)]} the files that it creates, unless it says otherwise`,
    fix: "UMask=0077",
  },
  keyringMode: {
    id: "KeyringMode",
    name: "KeyringMode=",
    directive: "KeyringMode",
    weight: 1000,
    range: 1,
    assess: ({ keyringMode }) => badUnless(keyringMode === "private"),
    good: "Its kernel keyring is its own",
    bad: "It can reach keys of other services in the kernel keyring",
    fix: "KeyringMode=private",
  },
  protectProc: {
    id: "ProtectProc",
    name: "ProtectProc=",
    directive: "ProtectProc",
    weight: 1000,
    range: 3,
    assess: ({ protectProc }) => PROC[protectProc],
    good: "It does not see the processes of other users in /proc",
    bad: ({ protectProc }) =>
      protectProc === "noaccess"
        ? "It sees in /proc that other users have processes, but nothing about them"
        : "It sees all processes of the system in /proc",
    fix: "ProtectProc=invisible",
    fixForSystemOnly: true,
  },
  procSubset: {
    id: "ProcSubset",
    name: "ProcSubset=",
    directive: "ProcSubset",
    weight: 10,
    range: 1,
    assess: ({ procSubset }) => badUnless(procSubset === "pid"),
    good: "Its /proc holds processes and nothing else of the kernel",
    bad: "Its /proc tells about the kernel and the hardware too",
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
    good: "Not every one of its processes can tell systemd about the state of the service",
    bad: "Every one of its processes can tell systemd about the state of the service",
    fix: "NotifyAccess=main",
  },
  delegate: {
    id: "Delegate",
    name: "Delegate=",
    directive: "Delegate",
    weight: 100,
    range: 1,
    assess: ({ delegate }) => badUnless(!delegate),
    good: "It leaves its control group to systemd",
    bad: "It manages the control groups below its own by itself",
    fix: "Delegate=no",
  },
} as const satisfies Record<string, Check>;

const UMASK: Readonly<Record<number, string>> = {
  10: "Everybody can change",
  5: "Everybody can read",
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
