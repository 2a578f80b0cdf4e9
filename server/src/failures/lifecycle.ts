import type { DirectiveName } from "../catalog/catalog.ts";
import { addressFamily } from "../facts/addressFamilies.ts";
import { effective } from "../security/effective.ts";
import { privateBy } from "../security/world/access.ts";
import { NOTIFY_SOCKET, notifyHiddenBy } from "../service/effective.ts";
import { pidFileOf } from "../service/paths.ts";
import type { Unit } from "../units/unit.ts";
import { type Cause, cause, LIKELY, linesOf, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence } from "./evidence.ts";
import { addLines, addWord, fixes, removeLine, setTo } from "./fixes.ts";

/** What keeps a service from coming up, going on or ending as its Type= says. */
export function* lifecycleCauses(unit: Unit, evidence: Evidence): Iterable<Cause> {
  const { results } = evidence;
  const late = results.includes("timeout") || results.includes("watchdog");
  if (late || results.includes("protocol")) yield* readiness(unit, evidence);
  if (results.includes("timeout")) yield* timeouts(unit, evidence);
  if (results.includes("watchdog")) yield* watchdog(unit);
  if (results.includes("start-limit-hit")) yield* restarts(unit);
  if (results.includes("exec-condition"))
    for (const line of linesOf(unit, "ExecCondition"))
      yield cause(unit, "ExecCondition", SURE, "ExecCondition= said that the service is not to be started", [], line);
  yield* conditions(unit, evidence);
}

function* readiness(unit: Unit, { text, results }: Evidence): Iterable<Cause> {
  const { type, notifyAccess } = effective(unit).settings;
  const starting = !results.includes("watchdog") && !/State 'stop|stop-sig/.test(text);
  const line = linesOf(unit, "Type").at(-1);
  if (type.startsWith("notify") || results.includes("watchdog")) {
    const refused = /reception only permitted for (?:the )?main PID|Got notification message from PID/i.test(text);
    if (refused)
      yield cause(
        unit,
        "NotifyAccess",
        100,
        `NotifyAccess=${notifyAccess} lets only ${notifyAccess === "exec" ? "the processes that systemd started" : "the main process"} notify, and another one did`,
        [setTo(unit, "NotifyAccess", "all")],
      );
    yield* notifySocket(unit);
    if (line && starting && type.startsWith("notify"))
      yield cause(
        unit,
        "Type",
        refused ? POSSIBLE : LIKELY + 10,
        `Type=${type} waits for READY=1, which the program did not send`,
        [setTo(unit, "Type", "exec")],
        line,
      );
  }
  if (type === "forking" && starting) yield* forking(unit, text);
  if (type === "dbus" && starting)
    yield cause(
      unit,
      "BusName",
      LIKELY + 10,
      "Type=dbus waits until the program takes the name of BusName= on the bus, for which a policy must allow it",
    );
}

function* notifySocket(unit: Unit): Iterable<Cause> {
  const { addressFamilies } = effective(unit).settings;
  const listed = addressFamilies.members?.has(addressFamily("AF_UNIX") ?? 0) ?? false;
  const restricted = linesOf(unit, "RestrictAddressFamilies").length > 0;
  if (restricted && (addressFamilies.allow ? !listed : listed))
    yield cause(
      unit,
      "RestrictAddressFamilies",
      SURE,
      "RestrictAddressFamilies= refuses AF_UNIX, over which the program notifies systemd",
      [addWord(unit, "RestrictAddressFamilies", "AF_UNIX")],
    );
  const cover = notifyHiddenBy(unit);
  if (cover)
    yield cause(
      unit,
      cover.by.directive,
      SURE,
      `${cover.setting} hides the socket over which the program notifies systemd`,
      [addWord(unit, "BindReadOnlyPaths", NOTIFY_SOCKET)],
      cover.by.node,
    );
}

function* forking(unit: Unit, text: string): Iterable<Cause> {
  const pid = linesOf(unit, "PIDFile").at(-1);
  if (pid) {
    const path = pidFileOf(unit);
    const cover = path === undefined ? undefined : privateBy(unit, path);
    const said = /PID file/i.test(text);
    if (cover)
      yield cause(
        unit,
        cover.by.directive,
        SURE,
        `${cover.setting} hides from systemd the file ${path} that the service writes and PIDFile= names`,
        fixes(
          /^(?:PrivateTmp|ProtectHome)$/.test(cover.by.directive) ? setTo(unit, cover.by.directive, "no") : undefined,
        ),
        cover.by.node,
      );
    yield cause(
      unit,
      "PIDFile",
      cover ? LIKELY : said ? SURE : LIKELY,
      `PIDFile= waits for ${pid.text}, which the service did not write: its own configuration may name another file`,
      [removeLine(unit, pid)],
      pid,
    );
  }
  yield cause(
    unit,
    "Type",
    pid ? LIKELY : SURE - 5,
    "Type=forking waits until the first process ends, which a program that stays in the foreground never does",
    [setTo(unit, "Type", "exec")],
  );
}

function* timeouts(unit: Unit, { text }: Evidence): Iterable<Cause> {
  const running = /reached (?:its )?runtime/i.test(text);
  const stopping = /stop-|stopping timed out|State 'stop|final-sig/i.test(text);
  const settings = [
    ["RuntimeMaxSec", running ? 100 : POSSIBLE - 10, "RuntimeMaxSec= ends the service when that time is over"],
    [
      "TimeoutStartSec",
      running || stopping ? POSSIBLE - 10 : LIKELY,
      "TimeoutStartSec= is how long systemd waits for the start; oneshot services have no such limit by default",
    ],
    ["TimeoutSec", LIKELY - 5, "TimeoutSec= is how long systemd waits for the start and for the stop"],
    ["TimeoutStopSec", stopping ? SURE : POSSIBLE - 15, "TimeoutStopSec= is how long systemd waits for the end"],
    ["KillSignal", stopping ? LIKELY : 0, "KillSignal= asks the program to end, which not every program does on it"],
    ["KillMode", stopping ? LIKELY - 5 : 0, "KillMode= decides which processes are asked to end"],
    ["JobTimeoutSec", POSSIBLE, "JobTimeoutSec= ends the wait for the unit and for what it needs"],
  ] as const satisfies readonly (readonly [DirectiveName, number, string])[];
  for (const [name, weight, reason] of settings) {
    const line = linesOf(unit, name).at(-1);
    if (line && weight > 0) yield cause(unit, name, weight, reason, fixes(removeLine(unit, line)), line);
  }
}

function* watchdog(unit: Unit): Iterable<Cause> {
  const line = linesOf(unit, "WatchdogSec").at(-1);
  if (!line) return;
  yield cause(
    unit,
    "WatchdogSec",
    SURE,
    `WatchdogSec=${line.text} ends the service where it does not send WATCHDOG=1 in that time`,
    [removeLine(unit, line)],
    line,
  );
}

function* restarts(unit: Unit): Iterable<Cause> {
  const restart = linesOf(unit, "Restart").at(-1);
  const pause = linesOf(unit, "RestartSec").at(-1);
  if (restart)
    yield cause(
      unit,
      "Restart",
      POSSIBLE + 5,
      `Restart=${restart.text} starts the service again and again after the failure above, ${pause ? `with a pause of ${pause.text}` : "with hardly a pause"}`,
      pause ? [] : [addLines(unit, "RestartSec=5s")],
      restart,
    );
  for (const name of ["StartLimitBurst", "StartLimitIntervalSec"] as const) {
    const line = linesOf(unit, name).at(-1);
    if (line) yield cause(unit, name, POSSIBLE, `${name}= decides after how many starts systemd gives up`, [], line);
  }
}

/** Conditions and assertions that the log names. */
function* conditions(unit: Unit, { text }: Evidence): Iterable<Cause> {
  const named = [...text.matchAll(/\b((?:Condition|Assert)[A-Z]\w+)=([^\s)]*)/g)];
  for (const [, name = "", value = ""] of named) {
    const directive = name as DirectiveName;
    const line = linesOf(unit, directive).find((it) => it.text.replace(/^[|!]+/, "") === value.replace(/^[|!]+/, ""));
    if (line)
      yield cause(
        unit,
        directive,
        100,
        `${name}=${line.text} is not met, so that systemd does not start the unit`,
        [removeLine(unit, line)],
        line,
      );
  }
}
