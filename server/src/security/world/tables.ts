import type { Mode } from "./entry.ts";

/** A path, what is done there, and whether it may be missing. */
export type Fixed = readonly [path: string, mode: Mode, optional?: "optional"];

/** Follows the tables of namespace.c, systemd 257 to 262. */
export const KERNEL_TUNABLES: readonly Fixed[] = [
  ["/proc/acpi", "read-only", "optional"],
  ["/proc/apm", "read-only", "optional"],
  ["/proc/asound", "read-only", "optional"],
  ["/proc/bus", "read-only", "optional"],
  ["/proc/fs", "read-only", "optional"],
  ["/proc/irq", "read-only", "optional"],
  ["/proc/kallsyms", "inaccessible", "optional"],
  ["/proc/kcore", "inaccessible", "optional"],
  ["/proc/latency_stats", "read-only", "optional"],
  ["/proc/mtrr", "read-only", "optional"],
  ["/proc/scsi", "read-only", "optional"],
  ["/proc/sys", "read-only", "optional"],
  ["/proc/sysrq-trigger", "read-only", "optional"],
  ["/proc/timer_stats", "read-only", "optional"],
  ["/sys", "read-only"],
  ["/sys/fs/bpf", "read-only", "optional"],
  ["/sys/fs/cgroup", "read-write-implicit"],
  ["/sys/fs/selinux", "read-write-implicit", "optional"],
  ["/sys/kernel/debug", "read-only", "optional"],
  ["/sys/kernel/tracing", "read-only", "optional"],
];

export const KERNEL_MODULES: readonly Fixed[] = [["/usr/lib/modules", "inaccessible", "optional"]];

export const KERNEL_LOGS: readonly Fixed[] = [
  ["/proc/kmsg", "inaccessible", "optional"],
  ["/dev/kmsg", "inaccessible", "optional"],
];

export const HOSTNAME: readonly Fixed[] = [
  ["/proc/sys/kernel/hostname", "read-only"],
  ["/proc/sys/kernel/domainname", "read-only"],
];

/** The directories of ProtectHome=. */
export const HOME_FOLDERS = ["/home", "/run/user", "/root"] as const;

const SYSTEM: readonly Fixed[] = [
  ["/usr", "read-only"],
  ["/boot", "read-only", "optional"],
  ["/efi", "read-only", "optional"],
];

/** What each value of ProtectSystem= does. */
export const PROTECT_SYSTEM: Readonly<Record<string, readonly Fixed[]>> = {
  yes: SYSTEM,
  full: [...SYSTEM, ["/etc", "read-only"]],
  strict: [
    ["/", "read-only"],
    ["/proc", "read-write-implicit"],
    ["/sys", "read-write-implicit"],
    ["/dev", "read-write-implicit"],
    ...HOME_FOLDERS.map((path): Fixed => [path, "read-write-implicit", "optional"]),
  ],
};

/** What MountAPIVFS= brings where nothing else is mounted. */
export const API_FILE_SYSTEMS: readonly Fixed[] = [
  ["/proc", "procfs"],
  ["/dev", "bind-dev"],
  ["/sys", "bind-sysfs"],
  ["/run", "run"],
];

/** What the host mounts below /proc and /sys, which a /proc and a /sys of its own get as it is. */
export const CARRIED = [
  "/proc/sys/fs/binfmt_misc",
  "/sys/firmware/efi/efivars",
  "/sys/fs/bpf",
  "/sys/fs/cgroup",
  "/sys/fs/fuse/connections",
  "/sys/fs/pstore",
  "/sys/fs/selinux",
  "/sys/kernel/config",
  "/sys/kernel/debug",
  "/sys/kernel/security",
  "/sys/kernel/tracing",
] as const;

/** What every host mounts noexec. Follows mount_table[] and the units of mqueue, debugfs and tracefs, systemd 257 to 262. */
export const WITHOUT_PROGRAMS = /^\/(?:proc|sys|dev\/(?:pts|mqueue))(?:\/|$)/;
/** What some distributions mount so, and others not at all. */
export const MAY_BE_WITHOUT = /^\/run\/lock(?:\/|$)/;

/** What is in a /dev of one's own: nodes, then directories of the host's. */
export const DEVICE_NODES = ["null", "zero", "full", "random", "urandom", "tty"] as const;
export const DEVICE_LINKS = ["ptmx", "log", "fd", "stdin", "stdout", "stderr", "core", "char", "block"] as const;
export const DEVICE_DIRECTORIES = ["pts", "shm", "mqueue", "hugepages"] as const;

/** The sockets of the journal that are shown to a service with a root or a /run of its own. */
export const LOG_SOCKETS = ["socket", "stdout", "dev-log"] as const;

/** Links that every distribution has whose /usr is merged, which systemd asks for since 255. */
export const HOST_LINKS: ReadonlyMap<string, string> = new Map([
  ["/bin", "/usr/bin"],
  ["/sbin", "/usr/sbin"],
  ["/lib", "/usr/lib"],
  ["/lib64", "/usr/lib64"],
  ["/var/run", "/run"],
  ["/var/lock", "/run/lock"],
]);
