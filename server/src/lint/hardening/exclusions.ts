import type { Kind } from "./kinds.ts";
import type { HardeningDirective } from "./profiles.ts";

/** A setting, or its strict value only, where the gentle one still holds. */
type Barred = HardeningDirective | "ProtectHome=tmpfs" | "ProtectSystem=strict";

/** Why a kind of program must not get some settings. */
export interface Exclusion {
  /** The kind, as a noun with its article. */
  readonly noun: string;
  readonly bars: readonly (readonly [because: string, ...settings: readonly Barred[]])[];
}

/** Settings that give the service a mount namespace: what it mounts stays inside. */
export const MOUNT_NAMESPACE = [
  "ProtectSystem",
  "ProtectHome",
  "PrivateTmp",
  "PrivateDevices",
  "ProtectHostname",
  "ProtectKernelTunables",
  "ProtectKernelModules",
  "ProtectKernelLogs",
  "ProtectControlGroups",
  "ProtectProc",
  "ProcSubset",
] as const satisfies readonly Barred[];

/** What takes rights away from code that is not seen here. */
const RIGHTS = [
  "ProtectClock",
  "RestrictSUIDSGID",
  "RestrictNamespaces",
  "NoNewPrivileges",
  "RestrictAddressFamilies",
  "SystemCallFilter",
  "CapabilityBoundingSet",
  "PrivateUsers",
  "MemoryDenyWriteExecute",
  "UMask",
  "RemoveIPC",
] as const satisfies readonly Barred[];

/** Settings that change nothing about how single programs run, except for odd ones. */
const HARMLESS = [
  "RestrictRealtime",
  "LockPersonality",
  "SystemCallArchitectures",
] as const satisfies readonly Barred[];

const EVERYTHING = [...MOUNT_NAMESPACE, ...RIGHTS, ...HARMLESS, "DynamicUser"] as const satisfies readonly Barred[];

/** Kind of program × setting, with the reason. What is not barred is safe, as far as the unit shows nothing else. */
export const EXCLUSIONS: Readonly<Record<Kind, Exclusion>> = {
  login: { noun: "a login program", bars: [["its sessions inherit the sandbox", ...EVERYTHING]] },
  cron: { noun: "a job scheduler", bars: [["its jobs inherit the sandbox", ...EVERYTHING]] },
  runner: { noun: "a program that runs commands of others", bars: [["they inherit the sandbox", ...EVERYTHING]] },
  admin: {
    noun: "a program that administers the system",
    bars: [["it changes whatever it is told to", ...EVERYTHING]],
  },
  packages: { noun: "a package or update tool", bars: [["it may change any file and run any script", ...EVERYTHING]] },
  containers: {
    noun: "a container or virtual machine manager",
    bars: [["it needs mounts, devices and namespaces, and its guests inherit the sandbox", ...EVERYTHING]],
  },
  guest: { noun: "a guest agent", bars: [["it carries out what the host asks for", ...EVERYTHING]] },
  boot: { noun: "a step of the boot", bars: [["it sets up the kernel or the system", ...EVERYTHING]] },
  systemd: { noun: "a part of systemd", bars: [["its makers know best what it needs", ...EVERYTHING]] },
  backup: { noun: "a backup program", bars: [["it must read and restore everything", ...EVERYTHING]] },
  browser: { noun: "a browser", bars: [["it sandboxes its own children and works in homes", ...EVERYTHING]] },
  display: { noun: "a program of the desktop", bars: [["it starts programs of its user", ...EVERYTHING]] },
  emulation: { noun: "a program for other systems", bars: [["it may need foreign system calls", ...EVERYTHING]] },
  script: {
    noun: "a shell script",
    bars: [["nothing shows what it runs", ...MOUNT_NAMESPACE, ...RIGHTS, "DynamicUser"]],
  },
  setup: {
    noun: "a oneshot service of root",
    bars: [["such services often set up the system", ...MOUNT_NAMESPACE, ...RIGHTS, "DynamicUser"]],
  },
  early: {
    noun: "a service without default dependencies",
    bars: [["it may run before the file systems are mounted", ...MOUNT_NAMESPACE, "DynamicUser"]],
  },
  storage: {
    noun: "a storage program",
    bars: [
      ["its mounts and devices belong to the host", ...MOUNT_NAMESPACE, ...RIGHTS, "RestrictRealtime", "DynamicUser"],
    ],
  },
  mail: {
    noun: "a mail system",
    bars: [
      ["it may deliver into homes and run filters there", "ProtectHome", "PrivateTmp", "UMask", "PrivateUsers"],
      [
        "parts of it are set-uid or set-gid",
        "NoNewPrivileges",
        "RestrictSUIDSGID",
        "CapabilityBoundingSet",
        "DynamicUser",
      ],
      ["filters and deliverers are programs of their own", "SystemCallFilter", "MemoryDenyWriteExecute"],
    ],
  },
  syslog: {
    noun: "a log daemon",
    bars: [
      [
        "it reads the log of the kernel",
        "ProtectKernelLogs",
        "PrivateDevices",
        "CapabilityBoundingSet",
        "SystemCallFilter",
      ],
      ["it writes the name of the host into every line", "ProtectHostname"],
      ["others read its logs", "UMask", "DynamicUser"],
    ],
  },
  sharing: {
    noun: "a file server",
    bars: [
      [
        "its shares may lie anywhere",
        "ProtectHome",
        "PrivateTmp",
        "ProtectSystem=strict",
        "DynamicUser",
        "PrivateUsers",
      ],
      ["clients set the modes of files", "RestrictSUIDSGID", "UMask"],
      ["parts of it live in the kernel", "ProtectKernelTunables", "ProtectKernelModules", "SystemCallFilter"],
      ["it acts for many users", "NoNewPrivileges", "CapabilityBoundingSet", "RestrictNamespaces"],
    ],
  },
  media: {
    noun: "a program for people's files",
    bars: [["their files may lie in homes", "ProtectHome", "PrivateTmp", "ProtectSystem=strict", "UMask"]],
  },
  routing: {
    noun: "a routing or DHCP daemon",
    bars: [
      [
        "it changes network settings of the kernel",
        "ProtectKernelTunables",
        "ProtectKernelModules",
        "SystemCallFilter",
      ],
      ["it may need raw sockets", "RestrictAddressFamilies", "CapabilityBoundingSet", "PrivateUsers", "DynamicUser"],
      ["it may use network namespaces or devices", "RestrictNamespaces", "PrivateDevices"],
      ["it may run hooks", "NoNewPrivileges"],
    ],
  },
  network: {
    noun: "a network manager",
    bars: [
      ["it writes files like /etc/resolv.conf and keeps connections there", "ProtectSystem", "ProtectHome"],
      [
        "it sets up interfaces, drivers and the host name",
        "ProtectKernelTunables",
        "ProtectKernelModules",
        "ProtectHostname",
        "PrivateDevices",
      ],
      ["it needs raw sockets and starts helpers", "RestrictAddressFamilies", "NoNewPrivileges", "RestrictNamespaces"],
      [
        "it acts as root on the kernel",
        "SystemCallFilter",
        "CapabilityBoundingSet",
        "DynamicUser",
        "PrivateUsers",
        "UMask",
      ],
    ],
  },
  vpn: {
    noun: "a tunnel program",
    bars: [
      ["it opens /dev/net/tun and loads drivers", "PrivateDevices", "ProtectKernelModules"],
      [
        "its scripts change routes, name servers and kernel settings",
        "ProtectSystem",
        "ProtectKernelTunables",
        "NoNewPrivileges",
      ],
      ["its keys may lie in homes", "ProtectHome=tmpfs"],
      ["it needs more families and namespaces", "RestrictAddressFamilies", "RestrictNamespaces"],
      ["it acts as root on the kernel", "SystemCallFilter", "CapabilityBoundingSet", "DynamicUser", "PrivateUsers"],
    ],
  },
  firewall: {
    noun: "a firewall program",
    bars: [
      ["it loads filter modules and changes kernel settings", "ProtectKernelModules", "ProtectKernelTunables"],
      ["it saves its rules below /etc", "ProtectSystem"],
      [
        "it acts as root on the kernel",
        "RestrictAddressFamilies",
        "SystemCallFilter",
        "CapabilityBoundingSet",
        "DynamicUser",
        "PrivateUsers",
      ],
      [
        "it may run actions and read logs anywhere",
        "NoNewPrivileges",
        "ProtectHome",
        "ProtectKernelLogs",
        "RestrictNamespaces",
      ],
    ],
  },
  capture: {
    noun: "a packet capture program",
    bars: [
      ["it opens packet sockets", "RestrictAddressFamilies", "CapabilityBoundingSet", "DynamicUser", "PrivateUsers"],
      [
        "it tunes interfaces and may load drivers",
        "PrivateDevices",
        "ProtectKernelTunables",
        "ProtectKernelModules",
        "SystemCallFilter",
      ],
      ["it may run hooks", "NoNewPrivileges"],
    ],
  },
  link: {
    noun: "a program that speaks below IP",
    bars: [
      [
        "it needs families of its own",
        "RestrictAddressFamilies",
        "CapabilityBoundingSet",
        "DynamicUser",
        "PrivateUsers",
      ],
    ],
  },
  devices: {
    noun: "a program for hardware",
    bars: [
      [
        "it opens devices",
        "PrivateDevices",
        "DynamicUser",
        "PrivateUsers",
        "SystemCallFilter",
        "CapabilityBoundingSet",
      ],
      ["it writes below /sys or loads drivers", "ProtectKernelTunables", "ProtectKernelModules"],
      ["it may ask for realtime priority", "RestrictRealtime"],
    ],
  },
  tuning: {
    noun: "a program that tunes the kernel",
    bars: [
      [
        "it writes below /proc and /sys",
        "ProtectKernelTunables",
        "ProtectControlGroups",
        "ProtectProc",
        "ProcSubset",
        "DynamicUser",
        "CapabilityBoundingSet",
      ],
      ["it may load drivers or open devices", "ProtectKernelModules", "PrivateDevices", "SystemCallFilter"],
      ["it sets priorities of others", "RestrictRealtime"],
    ],
  },
  clock: {
    noun: "a time program",
    bars: [
      [
        "it sets the clock",
        "ProtectClock",
        "PrivateDevices",
        "SystemCallFilter",
        "CapabilityBoundingSet",
        "DynamicUser",
        "PrivateUsers",
      ],
      ["it asks for realtime priority", "RestrictRealtime"],
      ["it may run helpers with rights of their own", "NoNewPrivileges"],
    ],
  },
  power: {
    noun: "a power manager",
    bars: [
      [
        "it suspends or stops the machine",
        "ProtectKernelTunables",
        "ProtectClock",
        "PrivateDevices",
        "ProtectControlGroups",
        "SystemCallFilter",
        "CapabilityBoundingSet",
        "DynamicUser",
      ],
      [
        "it runs scripts",
        "ProtectSystem",
        "ProtectKernelModules",
        "NoNewPrivileges",
        "RestrictNamespaces",
        "ProtectHome",
      ],
    ],
  },
  monitoring: {
    noun: "a monitoring program",
    bars: [
      [
        "it looks at all processes, logs and file systems",
        "ProtectProc",
        "ProcSubset",
        "ProtectKernelLogs",
        "PrivateUsers",
        "ProtectHome",
        "ProtectSystem=strict",
      ],
      ["it reads devices and the state of the clock", "PrivateDevices", "ProtectClock"],
      [
        "its checks are programs of their own, set-uid ones too",
        "NoNewPrivileges",
        "RestrictSUIDSGID",
        "SystemCallFilter",
        "MemoryDenyWriteExecute",
        "CapabilityBoundingSet",
      ],
      ["it may need raw sockets", "RestrictAddressFamilies", "DynamicUser"],
    ],
  },
  bus: {
    noun: "a broker of rights",
    bars: [
      ["it looks up its callers in /proc", "ProtectProc", "ProcSubset", "PrivateUsers"],
      [
        "it starts programs or hands out rights",
        "NoNewPrivileges",
        "DynamicUser",
        "ProtectHome",
        "PrivateTmp",
        "RestrictNamespaces",
        "SystemCallFilter",
        "CapabilityBoundingSet",
        "RestrictAddressFamilies",
      ],
    ],
  },
  identity: {
    noun: "a user directory or Kerberos program",
    bars: [
      ["it keeps tickets in /tmp or in homes", "PrivateTmp", "ProtectHome"],
      ["its helpers are set-uid", "NoNewPrivileges", "CapabilityBoundingSet", "DynamicUser"],
      ["it changes accounts or keys below /etc", "ProtectSystem"],
    ],
  },
  audio: {
    noun: "an audio program",
    bars: [
      ["it opens sound devices", "PrivateDevices", "DynamicUser"],
      ["it asks for realtime priority", "RestrictRealtime"],
      ["its music may lie in homes", "ProtectHome", "PrivateTmp"],
    ],
  },
  realtime: {
    noun: "a program with tight timing",
    bars: [["it asks for realtime priority", "RestrictRealtime", "CapabilityBoundingSet"]],
  },
  database: {
    noun: "a database",
    bars: [
      ["clients exchange sockets and files with it through /tmp", "PrivateTmp"],
      ["others use its shared memory or socket", "RemoveIPC", "UMask"],
    ],
  },
  printing: {
    noun: "a printing program",
    bars: [
      ["it reaches printers and scanners on USB", "PrivateDevices"],
      ["it keeps its printers below /etc", "ProtectSystem"],
      [
        "drivers may be 32-bit or change their user",
        "SystemCallArchitectures",
        "NoNewPrivileges",
        "SystemCallFilter",
        "CapabilityBoundingSet",
        "DynamicUser",
      ],
      ["it may print into homes", "ProtectHome", "UMask"],
    ],
  },
  scanner: {
    noun: "a virus scanner",
    bars: [
      ["clients have it scan files anywhere", "ProtectHome", "PrivateTmp", "CapabilityBoundingSet", "PrivateUsers"],
    ],
  },
  index: {
    noun: "a file index",
    bars: [["it walks through all file systems", "ProtectHome", "PrivateTmp", "PrivateDevices"]],
  },
  helpers: {
    noun: "a service that calls helpers through sudo",
    bars: [
      ["they need the rights of root", "NoNewPrivileges", "CapabilityBoundingSet", "SystemCallFilter"],
      ["they work on devices, mounts and namespaces", "PrivateDevices", "RestrictNamespaces", "ProtectKernelModules"],
    ],
  },
  settings: {
    noun: "a program that saves its own settings",
    bars: [["they may lie below /etc", "ProtectSystem"]],
  },
  web: {
    noun: "a web server",
    bars: [
      ["sites may lie in homes", "ProtectHome=tmpfs"],
      ["scripts may send mail through set-gid programs", "NoNewPrivileges"],
      [
        "scripts are programs of their own",
        "SystemCallFilter",
        "MemoryDenyWriteExecute",
        "CapabilityBoundingSet",
        "UMask",
      ],
    ],
  },
  apps: {
    noun: "a server of web applications",
    bars: [
      ["they may lie in homes and write there", "ProtectHome"],
      ["they may send mail through set-gid programs", "NoNewPrivileges", "CapabilityBoundingSet"],
      ["they are programs of their own", "SystemCallFilter", "MemoryDenyWriteExecute", "UMask"],
    ],
  },
  jit: {
    noun: "a runtime that compiles while it runs",
    bars: [["it needs memory that is writable and executable", "MemoryDenyWriteExecute"]],
  },
};
