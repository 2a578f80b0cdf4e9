import type { Exclusion } from "../barred.ts";

/** All other kinds of programs that need more than most. */
export const OTHER_KINDS = {
  syslog: {
    noun: "a log daemon",
    bars: [
      ["its outputs may be programs", "NoExecPaths"],
      [
        "it reads the kernel log",
        "ProtectKernelLogs",
        "PrivateDevices",
        "ProtectClock",
        "CapabilityBoundingSet",
        "SystemCallFilter",
      ],
      ["it writes the host name into every line", "ProtectHostname"],
      ["other users read its logs", "UMask", "DynamicUser"],
    ],
  },
  devices: {
    noun: "a hardware program",
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
      ["it may need realtime priority", "RestrictRealtime"],
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
      ["it sets priorities of other processes", "RestrictRealtime"],
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
      ["it needs realtime priority", "RestrictRealtime"],
      ["it may run privileged helpers", "NoNewPrivileges"],
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
      ["its checks may be anywhere", "NoExecPaths"],
      [
        "it monitors all processes, logs and file systems",
        "ProtectProc",
        "ProcSubset",
        "ProtectKernelLogs",
        "PrivateUsers",
        "ProtectHome",
        "ProtectSystem=strict",
      ],
      ["it reads devices and the state of the clock", "PrivateDevices", "ProtectClock"],
      [
        "its checks are separate programs, including set-uid ones",
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
        "its raw sockets need a capability, possibly a file capability",
        "NoNewPrivileges",
        "CapabilityBoundingSet",
        "DynamicUser",
        "PrivateUsers",
      ],
    ],
  },
  meeting: {
    noun: "a program that shares files in /tmp",
    bars: [
      ["its sockets and pipes are there", "PrivateTmp"],
      ["it may create directories there that inherit their group", "RestrictSUIDSGID"],
    ],
  },
  audio: {
    noun: "an audio program",
    bars: [
      ["it opens sound devices", "PrivateDevices", "ProtectClock", "DynamicUser"],
      ["it needs realtime priority", "RestrictRealtime"],
      ["its music may be in home directories", "ProtectHome", "PrivateTmp"],
    ],
  },
  realtime: {
    noun: "a program with real-time requirements",
    bars: [["it needs realtime priority", "RestrictRealtime", "CapabilityBoundingSet"]],
  },
  database: {
    noun: "a database",
    bars: [
      ["its extensions may be anywhere", "NoExecPaths"],
      ["clients exchange sockets and files with it through /tmp", "PrivateTmp"],
      ["other programs use its shared memory or socket", "RemoveIPC", "UMask"],
    ],
  },
  printing: {
    noun: "a printing program",
    bars: [
      ["drivers and filters may be anywhere", "NoExecPaths"],
      ["it uses printers and scanners on USB", "PrivateDevices", "ProtectClock"],
      ["it keeps its printers below /etc", "ProtectSystem"],
      [
        "drivers may be 32-bit or switch users",
        "SystemCallArchitectures",
        "RestrictAddressFamilies",
        "NoNewPrivileges",
        "SystemCallFilter",
        "CapabilityBoundingSet",
        "DynamicUser",
      ],
      ["it may print into home directories", "ProtectHome", "UMask"],
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
    bars: [["it reads all file systems", "ProtectHome", "PrivateTmp", "PrivateDevices"]],
  },
  helpers: {
    noun: "a service that calls helpers through sudo",
    bars: [
      ["it runs other programs", "NoExecPaths"],
      ["they need root privileges", "NoNewPrivileges", "CapabilityBoundingSet", "SystemCallFilter"],
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
    bars: [["they may be below /etc", "ProtectSystem"]],
  },
  gpu: {
    noun: "a program that uses GPUs",
    bars: [
      ["it opens their devices", "PrivateDevices", "ProtectClock"],
      [
        "their driver may be loaded by a set-uid helper",
        "ProtectKernelModules",
        "NoNewPrivileges",
        "CapabilityBoundingSet",
      ],
      [
        "their libraries compile programs and may be anywhere",
        "MemoryDenyWriteExecute",
        "SystemCallFilter",
        "NoExecPaths",
      ],
      ["its models may be in home directories", "ProtectHome"],
    ],
  },
  xclient: {
    noun: "a program on an X display",
    bars: [
      ["the socket of the display is in /tmp", "PrivateTmp"],
      ["the key of the display is in a home directory", "ProtectHome=tmpfs"],
    ],
  },
  project: {
    noun: "a program that runs code of a project",
    bars: [
      [
        "such code comes from outside the distribution",
        "NoExecPaths",
        "SystemCallFilter",
        "MemoryDenyWriteExecute",
        "ProtectHome=tmpfs",
      ],
    ],
  },
  capable: {
    noun: "a program with file capabilities",
    bars: [["it does not start without them in the bounding set", "CapabilityBoundingSet"]],
  },
  homely: {
    noun: "a program that keeps its files in its home directory",
    bars: [["it must write there", "ProtectHome"]],
  },
  worker: {
    noun: "a worker for the jobs of an application",
    bars: [
      ["the application may be anywhere", "NoExecPaths", "ProtectHome"],
      [
        "its jobs may call privileged programs",
        "NoNewPrivileges",
        "CapabilityBoundingSet",
        "RestrictSUIDSGID",
        "RestrictNamespaces",
      ],
      ["its jobs are separate programs", "SystemCallFilter", "MemoryDenyWriteExecute", "UMask"],
    ],
  },
  configured: {
    noun: "a program that reads its settings from its home directory",
    bars: [["its keys and passwords may be there", "ProtectHome=tmpfs"]],
  },
  compiler: {
    noun: "a program that compiles its configuration",
    bars: [["it loads what it has compiled and written", "NoExecPaths"]],
  },
  jit: {
    noun: "a JIT runtime",
    bars: [["it needs memory that is writable and executable", "MemoryDenyWriteExecute"]],
  },
} as const satisfies Readonly<Record<string, Exclusion>>;
