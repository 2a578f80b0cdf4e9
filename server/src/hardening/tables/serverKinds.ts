import type { Exclusion } from "../barred.ts";

/** Kinds of programs that serve the network, or the users of the machine through others. */
export const SERVER_KINDS = {
  mail: {
    noun: "a mail or news system",
    bars: [
      ["its filters and delivery agents may be anywhere", "NoExecPaths"],
      [
        "it may deliver into home directories and run filters there",
        "ProtectHome",
        "PrivateTmp",
        "UMask",
        "PrivateUsers",
      ],
      [
        "parts of it are set-uid or set-gid",
        "NoNewPrivileges",
        "RestrictSUIDSGID",
        "CapabilityBoundingSet",
        "DynamicUser",
      ],
      ["filters and delivery agents are separate programs", "SystemCallFilter", "MemoryDenyWriteExecute"],
    ],
  },
  sharing: {
    noun: "a file server",
    bars: [
      ["it may run scripts of its shares", "NoExecPaths"],
      [
        "its shares may be anywhere",
        "ProtectHome",
        "PrivateTmp",
        "ProtectSystem=strict",
        "DynamicUser",
        "PrivateUsers",
      ],
      ["clients set the modes of files", "RestrictSUIDSGID", "UMask"],
      ["parts of it run in the kernel", "ProtectKernelTunables", "ProtectKernelModules", "SystemCallFilter"],
      ["it acts for many users", "NoNewPrivileges", "CapabilityBoundingSet", "RestrictNamespaces"],
    ],
  },
  media: {
    noun: "a program for users' files",
    bars: [
      ["it may run converters", "NoExecPaths"],
      ["the files may be in home directories", "ProtectHome", "PrivateTmp", "ProtectSystem=strict", "UMask"],
    ],
  },
  routing: {
    noun: "a routing or DHCP daemon",
    bars: [
      ["its hooks are below /etc", "NoExecPaths"],
      [
        "it changes network settings of the kernel",
        "ProtectKernelTunables",
        "ProtectKernelModules",
        "SystemCallFilter",
      ],
      ["it may need raw sockets", "RestrictAddressFamilies", "CapabilityBoundingSet", "PrivateUsers", "DynamicUser"],
      ["it may use network namespaces or devices", "RestrictNamespaces", "PrivateDevices", "ProtectClock"],
      ["it may run hooks", "NoNewPrivileges"],
    ],
  },
  network: {
    noun: "a network manager",
    bars: [
      ["its hooks are below /etc", "NoExecPaths"],
      ["it writes files like /etc/resolv.conf and keeps connections there", "ProtectSystem", "ProtectHome"],
      [
        "it sets up interfaces, drivers and the host name",
        "ProtectKernelTunables",
        "ProtectKernelModules",
        "ProtectHostname",
        "PrivateDevices",
        "ProtectClock",
      ],
      ["it needs raw sockets and starts helpers", "RestrictAddressFamilies", "NoNewPrivileges", "RestrictNamespaces"],
      [
        "it configures the kernel as root",
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
      ["its scripts are below /etc", "NoExecPaths"],
      ["it opens /dev/net/tun and loads drivers", "PrivateDevices", "ProtectClock", "ProtectKernelModules"],
      [
        "its scripts change routes, name servers and kernel settings",
        "ProtectSystem",
        "ProtectKernelTunables",
        "NoNewPrivileges",
      ],
      ["its keys may be in home directories", "ProtectHome=tmpfs"],
      ["it needs more families and namespaces", "RestrictAddressFamilies", "RestrictNamespaces"],
      ["it configures the kernel as root", "SystemCallFilter", "CapabilityBoundingSet", "DynamicUser", "PrivateUsers"],
    ],
  },
  firewall: {
    noun: "a firewall program",
    bars: [
      ["its actions may be anywhere", "NoExecPaths"],
      ["it loads filter modules and changes kernel settings", "ProtectKernelModules", "ProtectKernelTunables"],
      ["it saves its rules below /etc", "ProtectSystem"],
      [
        "it configures the kernel as root",
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
        "ProtectClock",
        "ProtectKernelTunables",
        "ProtectKernelModules",
        "SystemCallFilter",
      ],
      ["it may run hooks", "NoNewPrivileges"],
    ],
  },
  link: {
    noun: "a link-layer network program",
    bars: [
      [
        "it needs its own address families",
        "RestrictAddressFamilies",
        "CapabilityBoundingSet",
        "DynamicUser",
        "PrivateUsers",
      ],
    ],
  },
  bus: {
    noun: "a privilege broker",
    bars: [
      ["it starts other programs", "NoExecPaths"],
      ["it looks up its callers in /proc", "ProtectProc", "ProcSubset", "PrivateUsers"],
      [
        "it starts programs or grants privileges",
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
      ["it may run helpers", "NoExecPaths"],
      ["it keeps tickets in /tmp or in home directories", "PrivateTmp", "ProtectHome"],
      ["its helpers are set-uid", "NoNewPrivileges", "CapabilityBoundingSet", "DynamicUser"],
      ["it changes accounts or keys below /etc", "ProtectSystem"],
    ],
  },
  web: {
    noun: "a web server",
    bars: [
      ["scripts are among the pages", "NoExecPaths"],
      ["sites may be in home directories", "ProtectHome=tmpfs"],
      ["scripts may send mail through set-gid programs", "NoNewPrivileges"],
      ["scripts are separate programs", "SystemCallFilter", "MemoryDenyWriteExecute", "CapabilityBoundingSet", "UMask"],
    ],
  },
  apps: {
    noun: "a server of web applications",
    bars: [
      ["the applications may be anywhere", "NoExecPaths"],
      ["they may be in home directories and write there", "ProtectHome"],
      ["they may send mail through set-gid programs", "NoNewPrivileges", "CapabilityBoundingSet"],
      ["they are separate programs", "SystemCallFilter", "MemoryDenyWriteExecute", "UMask"],
    ],
  },
} as const satisfies Readonly<Record<string, Exclusion>>;
