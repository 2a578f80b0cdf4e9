import { UNIT_KINDS, type UnitKind } from "../facts/unitKinds.ts";

/** What the path of a unit file or drop-in says about it. */
export interface UnitPath {
  readonly kind: UnitKind;
  readonly role: "unit" | "drop-in";
  /**
   * The name of the unit, or of the unit that a drop-in extends: `foo@.service`, `foo-.service` for a prefix drop-in;
   * undefined for a drop-in of all units of the kind (`service.d/`).
   */
  readonly name: string | undefined;
  /** Whether the file lies where only per-user managers look (`…/systemd/user/…`). */
  readonly scope: "system" | "user";
}

/** Files of systemd that are recognised, but have no rules yet. */
export type OtherKind = "network" | "netdev" | "link" | "nspawn" | "dnssd" | "conf";

const KINDS = UNIT_KINDS.join("|");
/** `systemctl edit` writes to `.#NAME` with 16 hexadecimal digits behind it, after tempfn_random(), systemd 262. */
const EDITED = /^\.#(.+?)[0-9a-f]{16}$/;
const UNIT = new RegExp(`^(.+)\\.(${KINDS})$`);
const DROP_IN_FOLDER = new RegExp(`^(?:(.+)\\.)?(${KINDS})\\.d$`);
const OTHER = /\.(network|netdev|link|nspawn|dnssd)$/;
const OTHER_FOLDER = /\.(network|netdev|link|nspawn|dnssd)\.d$/;

const WINDOWS = /^(?:[A-Za-z]:[\\/]|\\\\)/;

/** The parts of a POSIX or Windows path; both kinds of slashes separate, but not the one of an escape such as `\x2d`. */
export function pathParts(path: string): string[] {
  return path.split(WINDOWS.test(path) ? /[\\/]/ : /\/|\\(?!x[0-9a-f]{2})/);
}

/** What stands before the name of a file in its path, with the slash; empty where there is none. */
export function folderBefore(path: string): string {
  return path.slice(0, path.length - (pathParts(path).at(-1)?.length ?? 0));
}

/** Splits a path into its last folder and its file name. */
function tail(path: string): { folder: string; file: string; parts: readonly string[] } {
  const parts = pathParts(path);
  const file = parts.pop() ?? "";
  return { folder: parts.at(-1) ?? "", file: unedited(file), parts };
}

/** The name of the file that a temporary one of `systemctl edit` will replace; any other name stays as it is. */
export function unedited(file: string): string {
  return EDITED.exec(file)?.[1] ?? file;
}

/** Reads a POSIX or Windows path, or the path of a URI; undefined where it is no unit file. The file need not exist. */
export function unitPath(path: string): UnitPath | undefined {
  const { folder, file, parts } = tail(path);
  const scope = parts.some((part, i) => /^user(?:\.control)?$/.test(part) && parts[i - 1] === "systemd")
    ? "user"
    : "system";
  const unit = UNIT.exec(file);
  if (unit) return { kind: unit[2] as UnitKind, role: "unit", name: file, scope };
  const dropIn = DROP_IN_FOLDER.exec(folder);
  if (!dropIn || !file.endsWith(".conf")) return undefined;
  const kind = dropIn[2] as UnitKind;
  return { kind, role: "drop-in", name: dropIn[1] === undefined ? undefined : `${dropIn[1]}.${kind}`, scope };
}

/** The kind of another file of systemd's, undefined where it is none that is known. */
export function otherKind(path: string): OtherKind | undefined {
  const { folder, file } = tail(path);
  const own = OTHER.exec(file)?.[1] ?? (file.endsWith(".conf") ? OTHER_FOLDER.exec(folder)?.[1] : undefined);
  if (own) return own as OtherKind;
  // The file for the C library's resolver lies among those of the daemons.
  if (file === "resolv.conf") return undefined;
  return file.endsWith(".conf") && (folder === "systemd" || /\.conf\.d$/.test(folder)) ? "conf" : undefined;
}

/** Guesses the kind of a text without a path, such as a new editor tab, from its section headers. */
export function kindFromSections(names: readonly string[]): UnitKind {
  return UNIT_KINDS.find((kind) => names.some((name) => name.toLowerCase() === kind)) ?? "service";
}
