/** Where the files of persons are. */
export const HOMES: readonly string[] = ["/home", "/root", "/run/user"];
