/** Where a manager of systemd looks for a program that is named without a folder, in its order: DEFAULT_PATH of systemd 262. */
export const PROGRAM_FOLDERS = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin"] as const;

/** Where shells look besides, which lead to the same folders on a merged machine. */
export const SHELL_FOLDERS = [...PROGRAM_FOLDERS, "/sbin", "/bin"] as const;
