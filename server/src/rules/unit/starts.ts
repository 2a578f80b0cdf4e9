import { insertAfter } from "../../findings/edits.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule } from "../../findings/rule.ts";
import { containerRun } from "../../service/containers/podmanArgs.ts";
import { isOwn, ownLines } from "../../service/linePlaces.ts";
import { commandWords, mainCommands } from "../../service/mainCommand.ts";
import { secondsOf } from "../../service/quantities.ts";
import { setting, textOf, words } from "../../service/settings.ts";
import { commandsIn } from "../../service/shellLine.ts";
import { baseNameOf } from "../../service/userCommands.ts";
import type { Command } from "../../syntax/commandLine.ts";
import { largest } from "../../text/extremes.ts";
import { ownFile } from "../../units/unit.ts";
import { commandLineOf } from "../../units/unitCommands.ts";
import { appendFix, fixList, settingFix, wordsFix } from "../lineFixes.ts";

/** Seen with 257: "start-pre operation timed out", each time. */
const longPause: Rule = {
  code: "unit/long-pause",
  needs: ["ExecStartPre", "ExecStartPost", "ExecStop"],
  *check(unit) {
    const [main] = mainCommands(unit);
    if (!main) return;
    for (const name of ["ExecStartPre", "ExecStartPost", "ExecStop"] as const) {
      const limit = name === "ExecStop" ? "TimeoutStopSec" : "TimeoutStartSec";
      const set = secondsOf(unit, "Service", limit) ?? secondsOf(unit, "Service", "TimeoutSec");
      const most =
        set === 0
          ? Number.POSITIVE_INFINITY
          : (set ?? (main.type === "oneshot" && name !== "ExecStop" ? Number.POSITIVE_INFINITY : 90));
      for (const node of ownLines(unit, name)) {
        const pause = largest(commandLineOf(node.line).commands.map(pauseOf), 0);
        if (pause < most) continue;
        const enough = `${limit}=${pause + 30}`;
        yield {
          ...node.valueSpan,
          severity: set === undefined ? "warning" : "error",
          message: `${name}= sleeps longer than ${limit}=${set === undefined ? ", 90 seconds by default," : ""} allows: the ${name === "ExecStop" ? "stop" : "start"} times out each time`,
          directive: name,
          fixes: fixList(settingFix(unit, node, enough)),
        };
        return;
      }
    }
  },
};

/** How long a command surely sleeps: sleep itself, or first thing in a line of a shell. */
function pauseOf(command: Command): number {
  const [own, first] = commandsIn(command);
  const list = (first ?? own ?? []).map((it) => it.value);
  if (baseNameOf(list[0] ?? "") !== "sleep" || list.length !== 2) return 0;
  const [, number, unit = "s"] = /^(\d{1,9}(?:\.\d{1,9})?)([smhd])?$/.exec(list[1] ?? "") ?? [];
  return number === undefined ? 0 : Number(number) * (SECONDS[unit] ?? 1);
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seen with 257: "Connection refused", and the application is stopped. */
const earlyCheck: Rule = {
  code: "unit/early-check",
  needs: ["ExecStartPost"],
  *check(unit) {
    const [main] = mainCommands(unit);
    if (!main || !/^(?:simple|exec|idle)$/.test(main.type)) return;
    const [node] = ownLines(unit, "ExecStartPost");
    const [command] = node ? commandLineOf(node.line).commands : [];
    if (!node || !command || /[-|]/.test(command.prefixes)) return;
    const list = commandWords(command);
    const client = baseNameOf(list[0] ?? "");
    if (!CLIENT.test(client) || !list.some((it) => LOCAL.test(it)) || RETRIES.test(list.join(" "))) return;
    yield {
      ...node.valueSpan,
      severity: "info",
      message: `ExecStartPost= runs at once with Type=${main.type}, before the service listens: ${client} may be refused, and the service is stopped then`,
      directive: "ExecStartPost",
      fixes: client === "curl" ? [appendFix(node, "--retry 30 --retry-connrefused")] : [],
    };
  },
};

/** Addresses of this machine, alone or in a URL. */
const LOCAL = /(?:^|[/@])(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/]|$)/;
const CLIENT = /^(?:curl|wget|nc|ncat|netcat|http|redis-cli|pg_isready|mysqladmin|grpcurl)$/;
const RETRIES = /(?:^| )(?:--retry|--waitretry|--tries|-t \d|--retry-connrefused|--wait)/;

/** Seen with 257: "the input device is not a TTY", status 1. */
const missingTerminal: Rule = {
  code: "unit/missing-terminal",
  needs: ["ExecStart"],
  *check(unit) {
    if (/^tty/.test(setting(unit, "StandardInput")?.value ?? "")) return;
    for (const { node, command } of mainCommands(unit)) {
      const list = commandWords(command);
      if (!isOwn(unit, node) || baseNameOf(list[0] ?? "") !== "docker") continue;
      const given =
        containerRun(list)?.options.filter(
          ({ option, value }) => /^(?:interactive|tty)$/.test(option) && value === "true",
        ) ?? [];
      if (new Set(given.map((it) => it.option)).size < 2) continue;
      const first = list.slice(list.indexOf("run") + 1)[given[0]?.firstWord ?? 0] ?? "";
      yield {
        ...node.valueSpan,
        severity: "warning",
        message:
          'ExecStart= wants a terminal, which a service does not have: docker with -i and -t ends with "the input device is not a TTY"',
        directive: "ExecStart",
        fixes: /^-(?:it|ti)$/.test(first) ? fixList(wordsFix(node, first, "")) : [],
      };
      return;
    }
  },
};

/** Seen with 257: the journal stays empty while the program prints. */
const bufferedOutput: Rule = {
  code: "unit/buffered-output",
  needs: ["ExecStart"],
  *check(unit) {
    const [main] = mainCommands(unit);
    if (!main || main.type === "oneshot" || !isOwn(unit, main.node) || main.start.row?.runtime !== "Python") return;
    const { args } = main.start;
    const at = args.findIndex((it) => !it.startsWith("-"));
    if (!/^\/(?!usr\/(?!local\/)).*\.py$/s.test(args[at] ?? "")) return;
    if (args.slice(0, at).some((it) => it.startsWith("-") && /[umc]/.test(it))) return;
    if (setting(unit, "StandardOutput")?.value === "null" || textOf(unit, "EnvironmentFile") !== undefined) return;
    if (words(unit, "Environment").some((it) => it.startsWith("PYTHONUNBUFFERED="))) return;
    const line = "Environment=PYTHONUNBUFFERED=1";
    const { node } = main;
    yield {
      ...node.valueSpan,
      severity: "info",
      message:
        "ExecStart= runs Python, which buffers what it prints: without -u or PYTHONUNBUFFERED=1 the journal gets it late",
      directive: "ExecStart",
      fixes: [{ title: `Add ${line}`, safe: false, edits: () => [insertAfter(ownFile(unit), node, [line])] }],
    };
  },
};

/** What a service starts too early, with too little time or without. */
export const START_RULES: readonly Rule[] = alsoInDropIns([longPause, earlyCheck, missingTerminal, bufferedOutput]);
