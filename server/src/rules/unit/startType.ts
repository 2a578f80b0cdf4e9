import type { Fix } from "../../findings/finding.ts";
import { lastOf } from "../../findings/findingPlace.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule } from "../../findings/rule.ts";
import { isOwn } from "../../service/linePlaces.ts";
import { type MainCommand, mainCommands } from "../../service/mainCommand.ts";
import { found, type ProgramStart } from "../../service/programStart.ts";
import { secondsOf } from "../../service/quantities.ts";
import { setting, textOf } from "../../service/settings.ts";
import { baseNameOf } from "../../service/userCommands.ts";
import type { Unit } from "../../units/unit.ts";
import { appendFix, fixList, settingFix, wordsFix } from "../lineFixes.ts";
import { removal } from "../removal.ts";

/** Seen with 257: inactive (dead) with success, and the daemon killed; ExecStop= runs straight away. */
const backgroundProgram: Rule = {
  code: "unit/background-program",
  needs: ["ExecStart"],
  *check(unit) {
    if (setting(unit, "RemainAfterExit")?.value === "yes" || keepsRest(unit)) return;
    for (const main of mainCommands(unit)) {
      const { node, type, start } = main;
      if (!isOwn(unit, node) || !leaves(start, type)) continue;
      yield {
        ...node.valueSpan,
        severity: start.mayDiffer ? "info" : "warning",
        message: leavingText(unit, main),
        directive: "ExecStart",
        fixes: leavingFixes(unit, main),
      };
      return;
    }
  },
};

const ONE_PROCESS: readonly string[] = ["simple", "exec", "idle"];

function leaves({ manner }: ProgramStart, type: string): boolean {
  if (manner === "elsewhere") return ONE_PROCESS.includes(type);
  return manner === "background" && (ONE_PROCESS.includes(type) || type === "oneshot");
}

/** Whether systemd leaves alone what the first process leaves behind, or the program is handed a connection. */
const keepsRest = (unit: Unit): boolean =>
  /^(?:process|none)$/.test(setting(unit, "KillMode")?.value ?? "") ||
  setting(unit, "StandardInput")?.value === "socket" ||
  setting(unit, "ExitType")?.value === "cgroup";

function leavingText(unit: Unit, { start, type }: MainCommand): string {
  const by = start.by === undefined ? "" : ` with ${start.by}`;
  if (start.manner === "elsewhere") {
    const stop = textOf(unit, "ExecStop") === undefined ? "" : ", and ExecStop= runs at once";
    return `ExecStart= ends as soon as the container runs in the background${by}: with Type=${type} the service is inactive then${stop}`;
  }
  const what =
    start.by === "&" ? "the shell ends after &" : `${baseNameOf(start.program)} goes into the background${by}`;
  const unless = start.mayDiffer ? `, unless its configuration has "${start.row?.configured}"` : "";
  return `ExecStart= ends at once, as ${what}: with Type=${type} the service is inactive then, and the daemon is killed${unless}`;
}

function leavingFixes(unit: Unit, { node, start }: MainCommand): readonly Fix[] {
  const { row, by } = start;
  const oneshot = settingFix(unit, node, "Type=oneshot", "RemainAfterExit=yes");
  if (start.manner === "elsewhere") return fixList(by === undefined ? undefined : wordsFix(node, by, ""), oneshot);
  const kept =
    by !== undefined && row?.instead !== undefined
      ? wordsFix(node, by, row.instead)
      : row?.add !== undefined && !start.shell
        ? appendFix(node, row.add)
        : undefined;
  return fixList(kept, settingFix(unit, node, "Type=forking"));
}

/** Seen with 257: "start operation timed out", and the program killed. */
const foregroundProgram: Rule = {
  code: "unit/foreground-program",
  needs: ["Type"],
  *check(unit) {
    const [main] = mainCommands(unit);
    const node = main?.type === "forking" ? lastOf(unit, ["Type"]) : undefined;
    if (!main || !node || main.start.manner !== "foreground" || main.start.mayDiffer) return;
    const fix = settingFix(unit, node, "Type=exec");
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `Type=forking waits for a fork that never comes: ${baseNameOf(main.start.program)} stays in the foreground, and the start times out`,
      directive: "Type",
      fixes: fixList(fix),
    };
  },
};

/** Seen with 257: "start operation timed out"; READY=1 of a child is dropped unless NotifyAccess=all. */
const missingReadiness: Rule = {
  code: "unit/missing-readiness",
  needs: ["Type"],
  *check(unit) {
    const [main] = mainCommands(unit);
    const node = main?.type.startsWith("notify") ? lastOf(unit, ["Type"]) : undefined;
    if (!main || !node) return;
    const { type, start } = main;
    if (comesFromChild(unit, main)) {
      const all = settingFix(unit, node, "NotifyAccess=all");
      const message = `Type=${type} drops READY=1 from a child of the shell, unless NotifyAccess=all: the start times out`;
      yield { ...node.valueSpan, severity: "warning", message, directive: "Type", fixes: fixList(all) };
      return;
    }
    const silence = silentProgram(start);
    if (!silence) return;
    yield {
      ...node.valueSpan,
      severity: silence.sure ? "warning" : "info",
      message: `Type=${type} waits for READY=1, which ${silence.text}: the start times out and the program is killed`,
      directive: "Type",
      fixes: fixList(settingFix(unit, node, "Type=exec")),
    };
  },
};

const comesFromChild = (unit: Unit, { node, start: { shell } }: MainCommand): boolean =>
  shell !== undefined &&
  (shell.kind === "children" || (shell.kind === "last" && shell.isChild)) &&
  setting(unit, "NotifyAccess")?.value !== "all" &&
  !node.text.includes("systemd-notify");

/** Why a program sends no notifications, and whether that is sure. */
function silentProgram({
  program,
  args,
  row,
}: ProgramStart): { readonly text: string; readonly sure: boolean } | undefined {
  const name = baseNameOf(program);
  if (row?.notify === undefined) return undefined;
  if (row.notify === "app") return { text: `${row.runtime} does not send unless the application does`, sure: false };
  if (row.notify === "never") return { text: `${name} does not send`, sure: true };
  const line = args.join(" ");
  const off = found(row.unnotified, line);
  if (found(row.notify, line) !== undefined || off === undefined) return undefined;
  return { text: `${name} does not send with ${off}`, sure: true };
}

/** Seen with 257: "Watchdog timeout", SIGABRT, each time the time is over. */
const missingWatchdog: Rule = {
  code: "unit/missing-watchdog",
  needs: ["WatchdogSec"],
  *check(unit) {
    const node = lastOf(unit, ["WatchdogSec"]);
    const [main] = mainCommands(unit);
    const limit = secondsOf(unit, "Service", "WatchdogSec") ?? 0;
    if (!main || !node || main.type === "oneshot" || limit === 0 || limit === Number.POSITIVE_INFINITY) return;
    const silence = silentProgram(main.start);
    if (!silence) return;
    yield {
      ...node.valueSpan,
      severity: silence.sure ? "warning" : "info",
      message: `WatchdogSec=${node.text} kills the service with SIGABRT each time it is over: it waits for WATCHDOG=1, which ${silence.text}`,
      directive: "WatchdogSec",
      fixes: [removal(unit, "WatchdogSec", false)],
    };
  },
};

/** What Type= and WatchdogSec= expect of a program that is known to behave otherwise. */
export const START_TYPE_RULES: readonly Rule[] = alsoInDropIns([
  backgroundProgram,
  foregroundProgram,
  missingReadiness,
  missingWatchdog,
]);
