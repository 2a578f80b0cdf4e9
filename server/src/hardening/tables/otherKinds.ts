import type { Exclusion } from "../barred.ts";

/** All other kinds of programs that need more than most. */
export const OTHER_KINDS = {
  syslog: {
    noun: "a log daemon",
    bars: [
      ["its outputs may be programs", "NoExecPaths"],
      [
        "it reads the log of the kernel",
        "ProtectKernelLogs",
        "PrivateDevices",
        "ProtectClock",
        "CapabilityBoundingSet",
        "SystemCallFilter",
      ],
      ["it writes the name of the host into every line", "ProtectHostname"],
      ["others read its logs", "UMask", "DynamicUser"],
    ],
  },
  devices: {
    noun: "a program for hardware",
    bars: [
      ["it may run hooks", "NoExecPaths"],
      [
        "it opens devices",
        "PrivateDevices",
        "ProtectClock",
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
      [
        "it may load drivers or open devices",
        "ProtectKernelModules",
        "PrivateDevices",
        "ProtectClock",
        "SystemCallFilter",
      ],
      ["it sets priorities of others", "RestrictRealtime"],
    ],
  },
  clock: {
    noun: "a time program",
    bars: [
      ["it may run hooks", "NoExecPaths"],
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
      ["it runs scripts", "NoExecPaths"],
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
      ["its checks may lie anywhere", "NoExecPaths"],
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
  pinger: {
    noun: "a program that sends pings",
    bars: [
      [
        "its raw sockets need a capability, which its file may have",
        "NoNewPrivileges",
        "CapabilityBoundingSet",
        "DynamicUser",
        "PrivateUsers",
      ],
    ],
  },
  meeting: {
    noun: "a program that others meet in /tmp",
    bars: [
      ["its sockets and pipes lie there", "PrivateTmp"],
      ["it may make directories there that pass on their group", "RestrictSUIDSGID"],
    ],
  },
  audio: {
    noun: "an audio program",
    bars: [
      ["it opens sound devices", "PrivateDevices", "ProtectClock", "DynamicUser"],
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
      ["its extensions may lie anywhere", "NoExecPaths"],
      ["clients exchange sockets and files with it through /tmp", "PrivateTmp"],
      ["others use its shared memory or socket", "RemoveIPC", "UMask"],
    ],
  },
  printing: {
    noun: "a printing program",
    bars: [
      ["drivers and filters may lie anywhere", "NoExecPaths"],
      ["it reaches printers and scanners on USB", "PrivateDevices", "ProtectClock"],
      ["it keeps its printers below /etc", "ProtectSystem"],
      [
        "drivers may be 32-bit or change their user",
        "SystemCallArchitectures",
        "RestrictAddressFamilies",
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
      ["it runs other programs", "NoExecPaths"],
      ["they need the rights of root", "NoNewPrivileges", "CapabilityBoundingSet", "SystemCallFilter"],
      [
        "they work on devices, mounts and namespaces",
        "PrivateDevices",
        "ProtectClock",
        "RestrictNamespaces",
        "ProtectKernelModules",
      ],
    ],
  },
  settings: {
    noun: "a program that saves its own settings or keys",
    bars: [["they may lie below /etc", "ProtectSystem"]],
  },
  gpu: {
    noun: "a program for graphics processors",
    bars: [
      ["it opens their devices", "PrivateDevices", "ProtectClock"],
      [
        "their driver may be loaded by a set-uid helper",
        "ProtectKernelModules",
        "NoNewPrivileges",
        "CapabilityBoundingSet",
      ],
      [
        "their libraries compile programs and may lie anywhere",
        "MemoryDenyWriteExecute",
        "SystemCallFilter",
        "NoExecPaths",
      ],
      ["its models may lie in homes", "ProtectHome"],
    ],
  },
  xclient: {
    noun: "a program on an X display",
    bars: [
      ["the socket of the display lies in /tmp", "PrivateTmp"],
      ["the key of the display lies in a home", "ProtectHome=tmpfs"],
    ],
  },
  project: {
    noun: "a program that runs code of a project",
    bars: [
      [
        "such code comes from outside of the distribution",
        "NoExecPaths",
        "SystemCallFilter",
        "MemoryDenyWriteExecute",
        "ProtectHome=tmpfs",
      ],
    ],
  },
  capable: {
    noun: "a program whose file grants it capabilities",
    bars: [["it does not start where they are out of bounds", "CapabilityBoundingSet"]],
  },
  homely: {
    noun: "a program that keeps its files in the home of its user",
    bars: [["it must write there", "ProtectHome"]],
  },
  worker: {
    noun: "a worker for the jobs of an application",
    bars: [
      ["the application lies anywhere", "NoExecPaths", "ProtectHome"],
      [
        "its jobs may call programs with rights of their own",
        "NoNewPrivileges",
        "CapabilityBoundingSet",
        "RestrictSUIDSGID",
        "RestrictNamespaces",
      ],
      ["its jobs are programs of their own", "SystemCallFilter", "MemoryDenyWriteExecute", "UMask"],
    ],
  },
  configured: {
    noun: "a program that looks for its settings in the home of its user",
    bars: [["its keys and passwords may lie there", "ProtectHome=tmpfs"]],
  },
  compiler: {
    noun: "a program that compiles its configuration",
    bars: [["it loads what it has compiled and written", "NoExecPaths"]],
  },
  jit: {
    noun: "a runtime that compiles while it runs",
    bars: [["it needs memory that is writable and executable", "MemoryDenyWriteExecute"]],
  },
} as const satisfies Readonly<Record<string, Exclusion>>;
