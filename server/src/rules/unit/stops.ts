import { removeEach } from "../../findings/edits.ts";
import type { Fix } from "../../findings/finding.ts";
import { lastOf } from "../../findings/findingPlace.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Found, Rule } from "../../findings/rule.ts";
import { isOwn, ownLines } from "../../service/linePlaces.ts";
import { commandWords, mainCommands } from "../../service/mainCommand.ts";
import { type programStart, shellLineOf } from "../../service/programStart.ts";
import { secondsOf } from "../../service/quantities.ts";
import { setting, textOf, words } from "../../service/settings.ts";
import { baseNameOf } from "../../service/userCommands.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { ownFile, type Unit } from "../../units/unit.ts";
import { commandLineOf } from "../../units/unitCommands.ts";
import { parseSignal } from "../../values/signal.ts";
import { fixList, settingFix } from "../lineFixes.ts";
import { removal } from "../removal.ts";

const isService = ({ path }: Unit): boolean => path.kind === "service" && path.role === "unit";

/** Seen with 257: nothing saved and failed (signal); SIGTERM right after SIGQUIT. */
const stopSignal: Rule = {
  code: "unit/stop-signal",
  needs: ["ExecStop", "KillSignal"],
  *check(unit) {
    if (!isService(unit)) return;
    const kill = lastOf(unit, ["KillSignal"]);
    if (kill && parseSignal(kill.text) === SIGKILL)
      yield {
        ...kill.valueSpan,
        severity: "warning",
        message: `KillSignal=${kill.text} kills the program at once: it cannot save anything, and each stop leaves the unit failed`,
        directive: "KillSignal",
        fixes: [removal(unit, "KillSignal", false)],
      };
    for (const node of ownLines(unit, "ExecStop")) {
      const found = stopFinding(unit, node, kill !== undefined);
      if (!found) continue;
      yield found;
      return;
    }
  },
};

const SIGKILL = 9;
const LASTING: readonly (number | undefined)[] = [undefined, 0, 2, 6, 11, 15, 18, 19];

function stopFinding(unit: Unit, node: Assignment, hasSignal: boolean): Found | undefined {
  const { commands } = commandLineOf(node.line);
  const [command] = commands;
  const signal = command && commands.length === 1 ? sentSignal(commandWords(command)) : undefined;
  const about = { ...node.valueSpan, directive: "ExecStop" } as const;
  if (signal === SIGKILL) {
    const message =
      "ExecStop= sends SIGKILL: the program cannot save anything, and each stop leaves the unit failed; systemd asks with SIGTERM and waits";
    return { ...about, severity: "warning", message, fixes: [withoutLine(unit, node)] };
  }
  if (LASTING.includes(signal) || hasSignal || /^(?:none|process)$/.test(setting(unit, "KillMode")?.value ?? ""))
    return undefined;
  const name = SIGNAL_WORD.exec(node.text)?.[1]?.replace(/^SIG/, "") ?? "";
  return {
    ...about,
    severity: "info",
    message: `ExecStop= does not wait: systemd sends SIGTERM right after SIG${name}, unless KillSignal= sends it`,
    fixes: [instead(unit, node, `KillSignal=SIG${name}`)],
  };
}

const withoutLine = (unit: Unit, node: Assignment): Fix => ({
  title: `Remove ${node.key}=`,
  safe: false,
  edits: () => removeEach(ownFile(unit), [node]),
});

const instead = (_: Unit, node: Assignment, line: string): Fix => ({
  title: `Replace with ${line}`,
  safe: false,
  edits: () => [{ start: node.keySpan.start, end: node.valueSpan.end, newText: line }],
});

const SIGNAL_WORD = /(?:-s |-)((?:SIG)?[A-Z][A-Z0-9]{1,9})(?: |'|"|;|$)/;

/** The signal that kill, pkill or killall is told to send, also by a shell that does nothing else. */
function sentSignal(list: readonly string[]): number | undefined {
  const [program = "", ...args] = list;
  const line = shellLineOf(program, args);
  if (line !== undefined) return /[;&|\n]/.test(line) ? undefined : sentSignal(line.trim().split(/\s+/));
  if (!/^(?:kill|pkill|killall)$/.test(baseNameOf(program))) return undefined;
  const at = args.findIndex((it) => it.startsWith("-"));
  const [option = "", next = ""] = at < 0 ? [] : args.slice(at);
  const name = option === "-s" || option === "--signal" ? next : option.replace(/^--signal=|^-(?:s(?=[A-Z0-9]))?/, "");
  return parseSignal(name.toUpperCase());
}

/** Seen with 257: State 'stop-sigterm' timed out, killed with SIGKILL; with 0 the stop lasts for ever. */
const stopTimeout: Rule = {
  code: "unit/stop-timeout",
  needs: ["TimeoutStopSec", "TimeoutSec"],
  *check(unit) {
    const [main] = mainCommands(unit);
    const node = lastOf(unit, ["TimeoutStopSec", "TimeoutSec"]);
    if (!main || !node || main.type === "oneshot") return;
    const name = node.key as "TimeoutStopSec" | "TimeoutSec";
    const time = secondsOf(unit, "Service", name);
    const keepsData = main.start.row?.data === true;
    const about = { ...node.valueSpan, directive: name } as const;
    if (time === 0 && name === "TimeoutStopSec" && !keepsData)
      yield {
        ...about,
        severity: "warning",
        message: "TimeoutStopSec=0 turns the limit off: a program that does not end holds up the stop for ever",
        fixes: fixList(settingFix(unit, node, "TimeoutStopSec=1s")),
      };
    if (time !== undefined && time > 0 && time < SHORT && keepsData && !isUnasked(unit, name))
      yield {
        ...about,
        severity: "warning",
        message: `${name}=${node.text} holds for the stop: ${baseNameOf(main.start.program)} is killed with SIGKILL while it writes its data, of which some is lost then`,
        fixes: [longerStop(unit, node, name)],
      };
  },
};

/** A database with little to write needs less; packages give it minutes. */
const SHORT = 15;
const isUnasked = (unit: Unit, name: string): boolean =>
  name === "TimeoutSec" && textOf(unit, "TimeoutStopSec") !== undefined;

function longerStop(unit: Unit, node: Assignment, name: string): Fix {
  if (name === "TimeoutStopSec")
    return {
      title: "Change to TimeoutStopSec=15min",
      safe: false,
      edits: () => [{ ...node.valueSpan, newText: "15min" }],
    };
  return instead(unit, node, `TimeoutStartSec=${node.text}\nTimeoutStopSec=15min`);
}

/** Seen with 257: "status=143/n/a" and failed after each stop. */
const stopStatus: Rule = {
  code: "unit/stop-status",
  needs: ["ExecStart"],
  *check(unit) {
    const [main] = mainCommands(unit);
    if (main?.start.row?.runtime !== "Java" || main.type === "oneshot" || !isOwn(unit, main.node)) return;
    if (lastOf(unit, ["KillSignal"]) || words(unit, "SuccessExitStatus").some((it) => it === "143")) return;
    if (main.command.prefixes.includes("-") || main.start.shell?.kind === "last") return;
    yield {
      ...main.node.valueSpan,
      severity: "info",
      message:
        "ExecStart= ends with status 143 when it is stopped: without SuccessExitStatus=143 each stop leaves the unit failed",
      directive: "SuccessExitStatus",
      fixes: fixList(addedStatus(unit, main.node)),
    };
  },
};

function addedStatus(unit: Unit, node: Assignment): Fix | undefined {
  const known = words(unit, "SuccessExitStatus");
  return settingFix(unit, node, `SuccessExitStatus=${[...known, "143"].join(" ")}`);
}

/** Seen with 257: `systemctl reload` ends the service, and as SIGHUP counts as clean Restart=on-failure does not act. */
const reloadSignal: Rule = {
  code: "unit/reload-signal",
  needs: ["ExecReload"],
  *check(unit) {
    const [main] = mainCommands(unit);
    const ends = main && hangupEnds(main.start);
    if (!main || !ends) return;
    for (const node of ownLines(unit, "ExecReload")) {
      const [command] = commandLineOf(node.line).commands;
      if (!command || sentSignal(commandWords(command)) !== SIGHUP) continue;
      const unless = ends === "sure" ? "" : ", unless its application handles it";
      yield {
        ...node.valueSpan,
        severity: ends === "sure" ? "warning" : "info",
        message: `ExecReload= stops the service: SIGHUP ends ${baseNameOf(main.start.program)}${unless}, and Restart=on-failure takes that for a clean end`,
        directive: "ExecReload",
        fixes: [withoutLine(unit, node)],
      };
      return;
    }
  },
};

const SIGHUP = 1;
/** Modules of Python that are servers and handle no SIGHUP. */
const PLAIN_MODULE = /(?:^| )-m ?http\.server(?: |$)/;

function hangupEnds({ row, args, program }: ReturnType<typeof programStart>): "sure" | "may" | undefined {
  if (row?.sighup === undefined) return undefined;
  if (row.sighup === "ends" || PLAIN_MODULE.test(args.join(" "))) return "sure";
  // What a package ships was tried with its own reload.
  const file = args.find((it) => !it.startsWith("-"));
  return args.includes("-m") || file?.startsWith("/usr/") || program.startsWith("/usr/share/") ? undefined : "may";
}

/** How a service is stopped and reloaded. */
export const STOP_RULES: readonly Rule[] = alsoInDropIns([stopSignal, stopTimeout, stopStatus, reloadSignal]);
