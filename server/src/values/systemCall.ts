import { parseErrno } from "./errno.ts";

/** A word of a filter taken apart. */
interface FilterWord {
  /** A system call or a group. */
  readonly name: string;
  /** What the call answers instead of running: an error number, or `kill`; missing without a colon. */
  readonly action?: number | "kill";
}

/** The parts of a word of a filter; undefined where systemd skips it. Follows parse_syscall_and_errno(), systemd 257 to 262. */
export function parseFilterWord(word: string): FilterWord | undefined {
  const colon = word.indexOf(":");
  if (colon < 0) return { name: word };
  const action = parseAction(word.slice(colon + 1));
  return action === undefined || colon === 0 ? undefined : { name: word.slice(0, colon), action };
}

/** Follows seccomp_parse_errno_or_action(), systemd 257 to 262. */
export function parseAction(text: string): number | "kill" | undefined {
  return text === "kill" ? text : parseErrno(text);
}
