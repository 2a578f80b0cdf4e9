import { ROWS } from "../hardening/profiles.ts";
import { WEAK_TO_STRONG } from "../hardening/weakToStrong.ts";

/**
 * What the strongest of some settings protects from, for titles whose exposure does not move; undefined where nothing is worth
 * saying. It is what reports say of the setting.
 */
export function protectionWords(lines: readonly string[]): string | undefined {
  const strongest = ROWS.findLast((row) => !OF_NAMES.test(row.directive) && lines.some((it) => isOf(row, it)));
  if (!strongest) return undefined;
  const [first = "", ...rest] = strongest.protects.replace(/\.$/, "");
  return `${first.toLowerCase()}${rest.join("")}`;
}

/** Settings that name what is the service's own, which is no protection by itself. */
const OF_NAMES = /(?:Directory|Credential)$/;

/** Whether a line does what is said of a setting: not one with a gentler value, and of an empty root the one that makes it. */
function isOf({ directive, value }: (typeof ROWS)[number], line: string): boolean {
  if (directive === "TemporaryFileSystem" && line.startsWith("RootDirectory=")) return true;
  return WEAK_TO_STRONG[directive] ? line === `${directive}=${value}` : line.startsWith(`${directive}=`);
}
