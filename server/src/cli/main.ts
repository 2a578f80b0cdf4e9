import { parseArgs } from "node:util";
import { CHECK_OPTIONS, checkArguments, SECURITY_OPTIONS, securityArguments, UsageError } from "./arguments.ts";
import { runCheck } from "./check.ts";
import type { Host } from "./host.ts";
import type { Outcome } from "./outcome.ts";
import { runSecurity } from "./security.ts";

const USAGE = `usage: unit-warden check [PATH…] [option…]
       unit-warden security [PATH…] [option…]
       unit-warden lsp --stdio

check: reads unit files, drop-ins and whole folders, and says what systemd rejects and what hardening is missing
  --format text|json              how to print (text)
  --profile off|basic|strict|isolated
                                  how much hardening to ask of a service (basic)
  --systemd N                     the systemd version that the units are meant for (the newest that is known)
  --user, --system                the scope, in place of a guess from the path
  --fail-on error|warning|info|hint|never
                                  the least severity that makes the exit status 1 (warning)
  --select CODE,…  --ignore CODE,…
                                  keep or leave out codes or whole families, such as hardening
  --fix                           apply the fixes that keep the meaning
  --unsafe-fixes                  apply all fixes, also those that are a guess
  --stdin-path PATH               check standard input as if it were this file

security: the exposure level of services, digit for digit that of "systemd-analyze security --offline=yes"
  --format table|json             how to print (table); of several services an overview
  --systemd N, --user, --system   as above
  --threshold TENTHS              the highest exposure that passes, 94 for "9.4" (100)
  --policy FILE                   weights, ranges and texts as systemd-analyze takes them

exit status: 0 nothing found at the --fail-on severity or above the threshold, 1 something found, or a service
that systemd refuses, 2 wrong usage or an unreadable file
`;

/** How the command line talks to its terminal. */
export interface Terminal {
  readonly colours: boolean;
  readonly progress: (done: number, total: number) => void;
}

/** Whether to print in colours: only on a terminal, and not where NO_COLOR is set to something (no-color.org). */
export function wantsColours(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && !env.NO_COLOR;
}

/** Runs a command line without the program's name; nothing but results goes to standard output. */
export function run(argv: readonly string[], host: Host, terminal: Terminal): Outcome {
  const [command, ...rest] = argv;
  const help = { stdout: USAGE, stderr: "", status: 0 } as const;
  if (command === undefined) return { stdout: "", stderr: USAGE, status: 2 };
  if (command === "--help" || command === "-h" || command === "help") return help;
  try {
    switch (command) {
      case "check": {
        const { values, positionals } = parseArgs({ args: rest, options: CHECK_OPTIONS, allowPositionals: true });
        if (values.help) return help;
        return runCheck(checkArguments(values, positionals), host, terminal.colours, terminal.progress);
      }
      case "security": {
        const { values, positionals } = parseArgs({ args: rest, options: SECURITY_OPTIONS, allowPositionals: true });
        if (values.help) return help;
        return runSecurity(securityArguments(values, positionals), host, terminal.colours, terminal.progress);
      }
      default:
        throw new UsageError(`there is no command ${command}`);
    }
  } catch (error) {
    if (!isUsageError(error)) throw error;
    return { stdout: "", stderr: `unit-warden: ${error.message}\n\n${USAGE}`, status: 2 };
  }
}

/** Ours, or one of parseArgs(), whose codes all begin alike. */
function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
