import { UsageError } from "../option.ts";
import { isSshDestination } from "./sshHost.ts";

/** A machine that ssh reaches, as a reader named it; throws where it is none. */
export function sshDestination(written: string): string {
  if (!isSshDestination(written))
    throw new UsageError(`--ssh takes a host as ssh does, such as root@server, not ${written || "nothing"}`);
  return written;
}

/**
 * The words that start a plain shell on such a machine. What its entry in ~/.ssh/config says holds, but for what would keep this from
 * working: a command of its own, and forwarded ports, which an open connection may have taken. Unattended it never asks anything.
 */
export const sshWords = (destination: string, { unattended = false } = {}): readonly string[] => [
  "ssh",
  "-T",
  ...["-o", "RemoteCommand=none", "-o", "ClearAllForwardings=yes"],
  ...(unattended ? ["-o", "BatchMode=yes", "-o", "ConnectTimeout=15"] : []),
  ...["--", destination, "exec /bin/sh"],
];

/**
 * The same for a program at a terminal. The keys of the terminal and its end reach all programs at it: this one outlives them, as what
 * was changed is put back over it. It stays at the terminal, where ssh asks for passwords.
 */
export const outliving = (words: readonly string[], platform: string): readonly string[] =>
  platform === "win32" ? words : ["/bin/sh", "-c", 'trap "" HUP INT QUIT TERM; exec "$@"', "sh", ...words];
