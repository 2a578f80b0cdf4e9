import { holdsIn, type Lifetime, type SystemdVersion } from "./version.ts";

/** A character in front of the program. */
interface CommandPrefix extends Lifetime {
  readonly text: string;
  /** One sentence without a full stop. */
  readonly summary: string;
}

/** What may stand in front of a program, the usual ones first (config_parse_exec(), systemd 257 to 262). */
export const COMMAND_PREFIXES: readonly CommandPrefix[] = [
  { text: "-", summary: "A failure of the command counts as success" },
  { text: "+", summary: "Runs the command with full privileges: without `User=`, the sandbox and its limits" },
  { text: "!", summary: "Runs the command as the user of the manager, but inside the sandbox" },
  { text: ":", summary: "Expands no variables: `$` is literal" },
  { text: "@", summary: "Passes the next word to the program as `argv[0]`" },
  { text: "|", summary: "Runs the command with the shell of the user, with `@` as a login shell", since: 258 },
  { text: "!!", summary: "Like `!`, where the kernel has no ambient capabilities", until: 258 },
];

/** Whether a version knows a prefix. */
export const knowsPrefix = (prefix: string, version: SystemdVersion): boolean =>
  COMMAND_PREFIXES.some((it) => it.text === prefix && holdsIn(it, version));
