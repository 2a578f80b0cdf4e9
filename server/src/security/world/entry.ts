import type { Cause } from "./cause.ts";

/**
 * What systemd does at one path, in the order in which it prefers them where several meet: the first one stays.
 * Follows MountMode of namespace.c, systemd 257 to 262.
 */
export const MOUNT_MODES = [
  "inaccessible",
  "overlay",
  "image",
  "bind",
  "private-tmp",
  "private-dev",
  "bind-dev",
  "empty-dir",
  "private-sysfs",
  "bind-sysfs",
  "procfs",
  "cgroup",
  "read-only",
  "read-write",
  "noexec",
  "exec",
  "tmpfs",
  "run",
  "mqueue",
  "read-write-implicit",
  "bpf",
] as const;

export type Mode = (typeof MOUNT_MODES)[number];

/** One thing that systemd does to the file system of a service, and who asked for it. */
export interface MountEntry {
  readonly path: string;
  readonly mode: Mode;
  /** Whether a path that is not there is no failure. */
  readonly optional: boolean;
  readonly by: Cause;
  /** Who makes it read-only, and who decides about executing; undefined where nobody does. */
  readonly readOnly: Cause | undefined;
  readonly noexec: Cause | undefined;
  readonly exec: Cause | undefined;
  /** Who mounts a file system from which no program can be executed, also through what is bound out of it. */
  readonly born: Cause | undefined;
  /** What a bind mount shows, as the host knows it. */
  readonly source?: string;
  /** Whether it only serves other settings, so that few readers ask for it. */
  readonly minor: boolean;
}

const READ_ONLY: readonly Mode[] = ["read-only", "inaccessible"];
const NO_EXEC: readonly Mode[] = ["noexec", "inaccessible", "bind-sysfs"];
const BORN: readonly Mode[] = ["private-sysfs", "procfs", "cgroup", "private-dev", "empty-dir", "mqueue"];

/** Makes an entry; what its mode says of writing and executing holds on top of `more`. */
export function entry(
  path: string,
  mode: Mode,
  by: Cause,
  more: { optional?: boolean; readOnly?: boolean; noexec?: boolean; source?: string; minor?: boolean } = {},
): MountEntry {
  const born = BORN.includes(mode) || more.noexec ? by : undefined;
  const made = {
    path,
    mode,
    by,
    optional: more.optional ?? false,
    readOnly: more.readOnly || READ_ONLY.includes(mode) ? by : undefined,
    noexec: NO_EXEC.includes(mode) ? by : born,
    born,
    exec: mode === "exec" ? by : undefined,
    minor: more.minor ?? false,
  };
  return more.source === undefined ? made : { ...made, source: more.source };
}

/** The modes that leave the files of a path what they are. */
const ACCESS: readonly Mode[] = ["read-only", "read-write", "noexec", "exec", "read-write-implicit"];

/** Whether an entry only changes what may be done with the files that are there. */
export const isAccess = ({ mode }: MountEntry): boolean => ACCESS.includes(mode);
