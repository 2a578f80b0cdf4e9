/** Files of /proc that belong to no process, by the names that `ProcSubset=pid` hides: links to those of a process among them. */
export const KERNEL_FILES = /^\/proc\/(?!\d|\*|self(?:\/|$)|thread-self(?:\/|$))./;

/**
 * Those without which libraries do just the same, each with what asks for it: tried with and without them. All else may
 * change what a program does, and no log shows that it does.
 */
export const HARMLESS_FILES: Readonly<Record<string, RegExp | undefined>> = {
  // The C library gives memory back in another way where this is 2.
  "/proc/sys/vm/overcommit_memory": undefined,
  // The C library takes 65536 then, which it is with every kernel.
  "/proc/sys/kernel/ngroups_max": undefined,
  // The libraries for capabilities ask prctl() instead.
  "/proc/sys/kernel/cap_last_cap": undefined,
  // SELinux's library looks on, and finds as little.
  "/proc/filesystems": /\/libselinux\.so\.\d+$/,
};

/** What a library looks at once the first file is missing. */
export const NEXT_FILES: Readonly<Record<string, string>> = { "/proc/mounts": "/proc/filesystems" };
