import { NEWEST_VERSION, OLDEST_VERSION, type SystemdVersion } from "../facts/version.ts";
import { flag, UsageError, valued } from "./option.ts";

const DEFAULT = `default: ${NEWEST_VERSION}, the newest known`;

/** The options that say which systemd reads the files, and for whom. */
export const TARGET = {
  systemd: valued("N", `the systemd version that the units are for (${DEFAULT})`, version, { words: versions }),
  user: flag("judge them as units of the user manager, whatever the path says"),
  system: flag("judge them as units of the system manager, whatever the path says"),
};

/** Whose manager the units are for, where the options say it; throws UsageError where they say both. */
export function scopeOf({ user, system }: Readonly<Record<"user" | "system", boolean>>): "system" | "user" | undefined {
  if (user && system) throw new UsageError("--user and --system exclude each other");
  return user ? "user" : system ? "system" : undefined;
}

/** The profiles that add something. */
export const PROFILES = ["basic", "strict", "isolated"] as const;

function versions(): string[] {
  return Array.from({ length: NEWEST_VERSION - OLDEST_VERSION + 1 }, (_, i) => String(OLDEST_VERSION + i));
}

function version(written: string | undefined): SystemdVersion {
  if (written === undefined) return NEWEST_VERSION;
  const number = Number(written);
  if (!Number.isInteger(number) || number < OLDEST_VERSION || number > NEWEST_VERSION)
    throw new UsageError(`--systemd takes a version from ${OLDEST_VERSION} to ${NEWEST_VERSION}, not ${written}`);
  return number;
}
