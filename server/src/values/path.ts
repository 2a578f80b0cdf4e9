import { byVersion, NEWEST_VERSION, type SystemdVersion, valueIn } from "../facts/version.ts";
import { utf8Length } from "../text/utf8.ts";

/** The bytes that a path may have. */
export const LONGEST_PATH = 4095;
/** The bytes that one name in a path may have. */
export const LONGEST_NAME = 255;

/** The bytes that systemd lets a name in a path have, at first as many as a path. */
export const longestName = byVersion((version) => valueIn({ 0: LONGEST_PATH + 1, 248: LONGEST_NAME }, version));

/** So few characters are no more bytes than a name may have. */
const SURELY_FITS = Math.floor(LONGEST_NAME / 3);

/**
 * Why systemd does not take a path: it is `relative` or `absolute` and should not be, `empty`, has too many bytes in a
 * `name` or in its `length`, has a part `..` (`parent`), or is nothing but a `dot`.
 */
export type PathFault = "relative" | "absolute" | "empty" | "name" | "length" | "parent" | "dot";

/** Follows path_simplify_and_warn(), systemd 257 to 262; `any` is what it checks without flags. */
export function pathFault(
  path: string,
  must: "absolute" | "relative" | "any",
  version: SystemdVersion = NEWEST_VERSION,
): PathFault | undefined {
  const isAbsolute = path.startsWith("/");
  if (must === "absolute" && !isAbsolute) return "relative";
  if (must === "relative" && isAbsolute) return "absolute";
  if (isAbsolute && path.length <= SURELY_FITS && !path.includes("/.")) return undefined;
  if (!isAbsolute && isPlainName(path)) return undefined;
  const simple = simplifyPath(path);
  if (simple === "") return "empty";
  const parts = simple.split("/");
  if (parts.some((part) => utf8Length(part) > longestName(version))) return "name";
  if (utf8Length(simple) > LONGEST_PATH) return "length";
  if (parts.includes("..")) return "parent";
  return simple === "." ? "dot" : undefined;
}

const isPlainName = (path: string): boolean =>
  path !== "" && path.length <= SURELY_FITS && !path.includes("/") && !path.startsWith(".");

/** A path without doubled and trailing slashes, without `.` between others and `..` at the root. Follows path_simplify(), systemd 257 to 262. */
export function simplifyPath(path: string): string {
  if (isSimple(path)) return path;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (!path.startsWith("/")) return parts.length > 0 || path === "" ? parts.join("/") : ".";
  const first = parts.findIndex((part) => part !== "..");
  return `/${first < 0 ? "" : parts.slice(first).join("/")}`;
}

const isSimple = (path: string): boolean =>
  path !== "" && !path.startsWith(".") && !path.endsWith("/") && !path.includes("//") && !path.includes("/.");

/** A path as systemd keeps it, undefined where it takes only another absolute one. */
export const absolutePath = (path: string, version?: SystemdVersion): string | undefined =>
  pathFault(path, "absolute", version) ? undefined : simplifyPath(path);

/** Since when paths below these are refused where they make no sense. */
export const OUTSIDE_API_VFS = { since: 256 };

/** Whether a simple path is below /proc, /sys or /dev. Follows path_below_api_vfs(), systemd 257 to 262. */
export const isBelowApiVfs = (path: string): boolean => /^\/(?:proc|sys|dev)(?:\/|$)/.test(path);

/** Whether a simple path names a device, or /dev itself. Follows valid_device_node_path(), systemd 257 to 262. */
export const isDevicePath = (path: string): boolean => /^\/(?:dev|run\/systemd\/inaccessible)(?:\/|$)/.test(path);

/** The folders above an absolute path, from the nearest to the root. */
export function* foldersAbove(path: string): Generator<string> {
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) yield path.slice(0, at);
  if (path !== "/") yield "/";
}

/** Whether a path is a folder or lies below it. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);

/** A path that does not go by the links /var/run and /var/lock, which every distribution has. */
export const withoutOldLinks = (path: string): string =>
  path.startsWith("/var/")
    ? path.replace(/^\/var\/run(?=\/|$)/, "/run").replace(/^\/var\/lock(?=\/|$)/, "/run/lock")
    : path;
