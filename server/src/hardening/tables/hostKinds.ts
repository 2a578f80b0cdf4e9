import { EVERYTHING, type Exclusion, MOUNT_NAMESPACE, RIGHTS } from "../barred.ts";

/** Kinds of programs that work on the whole system or start what belongs to others. */
export const HOST_KINDS = {
  login: { noun: "a login program", bars: [["its sessions inherit the sandbox", ...EVERYTHING]] },
  cron: { noun: "a job scheduler", bars: [["its jobs inherit the sandbox", ...EVERYTHING]] },
  runner: { noun: "a program that runs commands of other users", bars: [["they inherit the sandbox", ...EVERYTHING]] },
  admin: {
    noun: "a program that administers the system",
    bars: [["it can change anything", ...EVERYTHING]],
  },
  packages: { noun: "a package or update tool", bars: [["it may change any file and run any script", ...EVERYTHING]] },
  containers: {
    noun: "a container or virtual machine manager",
    bars: [["it needs mounts, devices and namespaces, and its guests inherit the sandbox", ...EVERYTHING]],
  },
  guest: { noun: "a guest agent", bars: [["it runs what the host requests", ...EVERYTHING]] },
  boot: {
    noun: "a step of the boot",
    bars: [["it sets up the kernel or the system", ...MOUNT_NAMESPACE, ...RIGHTS, "DynamicUser"]],
  },
  systemd: { noun: "a part of systemd", bars: [["its developers know best what it needs", ...EVERYTHING]] },
  acme: {
    noun: "a certificate client",
    bars: [
      ["it writes below /etc", "ProtectSystem"],
      ["sites may be in home directories", "ProtectHome"],
      [
        "its hooks are separate programs",
        "NoExecPaths",
        "NoNewPrivileges",
        "SystemCallFilter",
        "MemoryDenyWriteExecute",
        "CapabilityBoundingSet",
        "DynamicUser",
      ],
    ],
  },
  accounts: {
    noun: "a program for accounts",
    bars: [
      ["it changes files below /etc", "ProtectSystem", "DynamicUser"],
      ["it creates, moves and removes home directories", "ProtectHome"],
    ],
  },
  system: {
    noun: "a program that writes below /etc or /usr",
    bars: [
      ["its files are there", "ProtectSystem", "DynamicUser"],
      ["it may run hooks", "NoExecPaths"],
    ],
  },
  backup: {
    noun: "a backup program",
    bars: [["it must read and restore everything", ...MOUNT_NAMESPACE, ...RIGHTS, "DynamicUser"]],
  },
  browser: {
    noun: "a browser",
    bars: [["it sandboxes its own child processes and uses home directories", ...EVERYTHING]],
  },
  display: { noun: "a desktop program", bars: [["it starts programs of its user", ...EVERYTHING]] },
  emulation: { noun: "a program for other systems", bars: [["it may need foreign system calls", ...EVERYTHING]] },
  script: {
    noun: "a shell script",
    bars: [["what it runs is unknown", ...MOUNT_NAMESPACE, ...RIGHTS, "DynamicUser"]],
  },
  setup: {
    noun: "a oneshot service that runs as root",
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
} as const satisfies Readonly<Record<string, Exclusion>>;
