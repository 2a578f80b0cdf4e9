import { parseArgs } from "node:util";
import type { Shelf } from "../features/manual.ts";
import {
  CHECK_OPTIONS,
  checkArguments,
  EXPLAIN_OPTIONS,
  explainArguments,
  FORMAT_OPTIONS,
  formatArguments,
  HARDEN_OPTIONS,
  hardenArguments,
  SANDBOX_OPTIONS,
  SECURITY_OPTIONS,
  SHOW_OPTIONS,
  sandboxArguments,
  securityArguments,
  showArguments,
  UsageError,
} from "./arguments.ts";
import { runCheck } from "./check.ts";
import { runExplain } from "./explain.ts";
import { runFormat } from "./format.ts";
import { runHarden } from "./harden.ts";
import type { Host } from "./host.ts";
import { runNew } from "./new.ts";
import { NEW_OPTIONS, newArguments } from "./newArguments.ts";
import type { Outcome } from "./outcome.ts";
import { runSandbox } from "./sandbox.ts";
import { runSecurity } from "./security.ts";
import { runShow } from "./show.ts";

const USAGE = `usage: unit-warden check [PATH…] [option…]
       unit-warden security [PATH…] [option…]
       unit-warden harden PATH… [option…]
       unit-warden format PATH… [option…]
       unit-warden show PATH… [option…]
       unit-warden sandbox PATH… [option…]
       unit-warden explain NAME… [option…]
       unit-warden explain STATUS|- PATH [option…]
       unit-warden new service|timer|socket NAME --exec CMD [option…]
       unit-warden new drop-in UNIT [option…]
       unit-warden lsp --stdio

check: reads unit files, drop-ins and whole folders, and says what systemd rejects and what hardening is missing
  --format text|json|sarif|github how to print (text); github is for the log of a workflow
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
  --root DIR                      judge among the units of another system as well

security: the exposure level of services, digit for digit that of "systemd-analyze security --offline=yes"
  --format table|json             how to print (table); of several services an overview
  --systemd N, --user, --system   as of check
  --threshold TENTHS              the highest exposure that passes, 94 for "9.4" (100)
  --policy FILE                   weights, ranges and texts as systemd-analyze takes them

harden: adds the settings of a profile that are safe for each service, and says what may break all the same;
weaker values are raised in place, no line is taken away, and a second run changes nothing
  --profile basic|strict|isolated how much to add (basic)
  --write                         change the files; without it the change is printed as a diff for patch -p0
  --drop-in                       put the settings into NAME.d/hardening.conf beside the file
  --format diff|nix               nix prints all sandboxing settings of the hardened service for a NixOS module (diff)
  --systemd N, --user, --system   as of check

format: takes away blanks that mean nothing and puts one blank line before each section; what the files say stays,
comments and continued lines stay as they are; prints a diff for patch -p0
  --check                         only name the files that would change
  --write                         change the files and name them
  --stdin-path PATH               format standard input as if it were this file, to standard output

show: the effective unit: its file and its drop-ins merged, each line with the place that it comes from; what is
overridden, set back or dropped is a comment with the reason, and so is what other settings imply; an instance of a
template needs no file of its own
  --root DIR                      look for files of the unit in the load path of another root as well
  --format text|json              how to print (text)
  --systemd N, --user, --system   as of check

sandbox: what a service can see, write and execute: its file system as a tree, with the setting that is responsible
for each path, and a sentence each on its user, capabilities, devices, processes, network and system calls
  --profile basic|strict|isolated as it would be with the settings of a profile
  --path PATH                     of this absolute path alone; may be repeated
  --all                           also the paths that only serve other settings
  --format text|json              how to print (text)
  --systemd N, --user, --system   as of check

explain: says what a name means: a directive such as ProtectHome=, a section such as [Service], the code of a finding,
a specifier such as %n, a capability, an address family such as AF_NETLINK, an error such as EPERM, a system call such
as ptrace, a group such as @clock, a special unit such as network-online.target, an exit status such as 226/NAMESPACE,
a signal or a result such as watchdog; of directives also what the manual says, where there is one. With the PATH of a
unit it names the settings of that unit that lead to a failure, the likeliest first, and the change that loosens least:
of a status, or of lines on standard input where it is -, as in "journalctl -u x | unit-warden explain - x.service";
systemctl status, systemctl show, audit lines of the kernel and messages of the program do as well
  --section NAME                  of a directive, the one in this section
  --format text|json              how to print why a unit failed (text)
  --systemd N, --user, --system   as of check

new: writes a service that is hardened for its command, as harden would do it, with the timer or socket that starts it,
or an empty drop-in of a unit; prints them, several with their names as headings, and overwrites nothing
  --exec CMD                      the command as you would type it in a terminal, the program with its whole path
  --user NAME                     the user it runs as; root for a service that needs all rights
  --dynamic-user                  a user that exists only while the service runs (without --user)
  --port N                        the TCP port that it serves
  --on-calendar SPEC              when a timer starts it, as of OnCalendar=; a service is started at boot otherwise
  --socket ADDR, --listen ADDR    where a socket waits for the first connection that starts it
  --by-hand                       nothing starts it by itself
  --description TEXT              what people read in the status and the log (the name)
  --documentation URI             an address such as man:NAME(8); may be repeated
  --profile off|basic|strict|isolated
                                  how much hardening to add (basic)
  --scope system|user             user for a unit of the user manager, which runs as its user (a guess from --output)
  --output DIR                    write the files to this folder
  --systemd N                     as of check

exit status: 0 nothing found at the --fail-on severity or above the threshold, nothing to change, or all of it written;
1 something found, a unit that systemd refuses, or changes that are not written; 2 wrong usage, an
unreadable file, one that harden or format has to leave alone, one that new would overwrite, or an unknown name
`;

/** How the command line talks to its terminal. */
export interface Terminal {
  readonly colours: boolean;
  readonly progress: (done: number, total: number) => void;
  /** Characters in a line, 80 where it is not known. */
  readonly width?: number | undefined;
}

/** Whether to print in colours: only on a terminal, and not where NO_COLOR is set to something (no-color.org). */
export function wantsColours(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && !env.NO_COLOR;
}

/** Runs a command line without the program's name; nothing but results goes to standard output. */
export function run(argv: readonly string[], host: Host, terminal: Terminal, shelf?: Omit<Shelf, "views">): Outcome {
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
      case "harden": {
        const { values, positionals } = parseArgs({ args: rest, options: HARDEN_OPTIONS, allowPositionals: true });
        if (values.help) return help;
        return runHarden(hardenArguments(values, positionals), host, terminal.colours, terminal.progress);
      }
      case "format": {
        const { values, positionals } = parseArgs({ args: rest, options: FORMAT_OPTIONS, allowPositionals: true });
        if (values.help) return help;
        return runFormat(formatArguments(values, positionals), host, terminal.colours, terminal.progress);
      }
      case "show": {
        const { values, positionals } = parseArgs({ args: rest, options: SHOW_OPTIONS, allowPositionals: true });
        if (values.help) return help;
        return runShow(showArguments(values, positionals), host);
      }
      case "sandbox": {
        const { values, positionals } = parseArgs({ args: rest, options: SANDBOX_OPTIONS, allowPositionals: true });
        if (values.help) return help;
        const { path, ...others } = values;
        return runSandbox(sandboxArguments(others, path, positionals), host, terminal.colours);
      }
      case "explain": {
        const { values, positionals } = parseArgs({ args: rest, options: EXPLAIN_OPTIONS, allowPositionals: true });
        if (values.help) return help;
        const page = { width: Math.max(40, Math.min(100, terminal.width ?? 80)), colours: terminal.colours };
        return runExplain(explainArguments(values, positionals), host, shelf, page);
      }
      case "new": {
        const { values, positionals } = parseArgs({ args: rest, options: NEW_OPTIONS, allowPositionals: true });
        if (values.help) return help;
        const { documentation, ...others } = values;
        return runNew(newArguments(others, documentation ?? [], positionals), host);
      }
      default:
        throw new UsageError(`there is no command ${command}`);
    }
  } catch (error) {
    if (!isUsageError(error)) throw error;
    return { stdout: "", stderr: `unit-warden: ${error.message}\n\n${usageOf(command)}`, status: 2 };
  }
}

/** What the help says of one command, so that a slip is not answered with all of it; everything where there is no such command. */
function usageOf(command: string): string {
  const [calls = "", ...parts] = USAGE.split("\n\n");
  const part = parts.find((it) => it.startsWith(`${command}: `));
  if (part === undefined) return USAGE;
  const own = calls.split("\n").filter((it) => it.split("unit-warden ")[1]?.split(" ")[0] === command);
  return `usage: ${own.map((it) => it.replace(/^usage: */, "").trim()).join("\n       ")}\n\n${part}\n\nunit-warden --help says the rest\n`;
}

/** Ours, or one of parseArgs(), whose codes all begin alike. */
function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
