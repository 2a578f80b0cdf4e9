/** Where systemd-tmpfiles finds its files. */
export const TMPFILES_FOLDERS = [
  "/etc/tmpfiles.d",
  "/run/tmpfiles.d",
  "/usr/local/lib/tmpfiles.d",
  "/usr/lib/tmpfiles.d",
] as const;

/** A line of tmpfiles.d about a path that it writes out. */
interface TmpfilesLine {
  readonly type: string;
  readonly path: string;
  /** As it stands there. */
  readonly owner: string | undefined;
  /** From 1. */
  readonly line: number;
}

/** The lines of a file of tmpfiles.d with absolute paths. Follows tmpfiles.d(5). */
export const tmpfilesLines = (text: string): readonly TmpfilesLine[] =>
  text.split("\n").flatMap((it, i) => {
    const [type = "", path = "", , owner] = it.trim().replace(/["']/g, "").split(/\s+/);
    const plain = path.replace(/^\/var\/run\//, "/run/").replace(/(?<!\/)\/+$/, "");
    return /^[A-Za-z][!+=~^$?-]*$/.test(type) && path.startsWith("/")
      ? [{ type: type.charAt(0), path: plain, owner, line: i + 1 }]
      : [];
  });

/** The paths that the lines of a file of tmpfiles.d create at boot. */
export const pathsCreatedBy = (text: string): readonly string[] =>
  tmpfilesLines(text).flatMap(({ type, path }) => (/[dDvqQfFLCpcb]/.test(type) ? path : []));
