/** Where systemd-tmpfiles finds its files. */
export const TMPFILES_FOLDERS = [
  "/etc/tmpfiles.d",
  "/run/tmpfiles.d",
  "/usr/local/lib/tmpfiles.d",
  "/usr/lib/tmpfiles.d",
] as const;

/** The paths that the lines of a file of tmpfiles.d create at boot, with all folders above them. Follows tmpfiles.d(5). */
export const pathsCreatedBy = (text: string): readonly string[] =>
  [...text.matchAll(CREATES)].map(([, path = ""]) => path.replace(/^\/var\/run\//, "/run/").replace(/(?<!\/)\/+$/, ""));

const CREATES = /^[ \t]{0,9}[dDvqQfFLCpPcb][!+=~^$?-]{0,9}[ \t]{1,99}["']?(\/[^\s"']{1,300})/gm;
