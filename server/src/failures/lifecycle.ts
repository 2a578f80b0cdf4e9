import type { DirectiveName } from "../catalog/catalog.ts";
import { addressFamily } from "../facts/addressFamilies.ts";
import { effective } from "../security/effective.ts";
import { privateBy } from "../security/world/access.ts";
import { NOTIFY_SOCKET, notifyHiddenBy } from "../service/effective.ts";
import { pidFileOf } from "../service/paths.ts";
import type { Unit } from "../units/unit.ts";
import { type CausingSetting, cause, LIKELY, linesToBlame, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence } from "./evidence.ts";
import { addSettings, addWord, fixes, removeLine, setTo } from "./fixes.ts";

/** What keeps a service from coming up, going on or ending as its Type= says. */
export function* lifecycleCauses(unit: Unit, evidence: Evidence): Iterable<CausingSetting> {
  const { results } = evidence;
  const late = results.includes("timeout") || results.includes("watchdog");
  if (late || results.includes("protocol")) yield* readiness(unit, evidence);
  if (results.includes("timeout")) yield* timeouts(unit, evidence);
  if (results.includes("watchdog")) yield* watchdog(unit);
  if (results.includes("start-limit-hit")) yield* restarts(unit);
  if (results.includes("exec-condition"))
    for (const line of linesToBlame(unit, "ExecCondition"))
      yield cause(unit, "ExecCondition", SURE, "ExecCondition= prevented the start of the service", [], line);
  yield* conditions(unit, evidence);
  if (/remains running after unit stopped/.test(evidence.text)) yield* leftBehind(unit);
}

/** Seen with 257: what ExecStop= does not end runs on outside of the control of systemd. */
function* leftBehind(unit: Unit): Iterable<CausingSetting> {
  const line = linesToBlame(unit, "KillMode").at(-1);
  if (!line || !/^(?:none|process)$/.test(line.text)) return;
  const says = `KillMode=${line.text} leaves the other processes of the service running after a stop`;
  yield cause(unit, "KillMode", SURE, says, [removeLine(unit, line)], line);
}

function* readiness(unit: Unit, { text, results }: Evidence): Iterable<CausingSetting> {
  const { type, notifyAccess } = effective(unit).settings;
  const starting = !results.includes("watchdog") && !/State 'stop|stop-sig/.test(text);
  const line = linesToBlame(unit, "Type").at(-1);
  if (type.startsWith("notify") || results.includes("watchdog")) {
    const refused = /reception only permitted for (?:the )?main PID|Got notification message from PID/i.test(text);
    if (refused)
      yield cause(
        unit,
        "NotifyAccess",
        100,
        `NotifyAccess=${notifyAccess} accepts notifications only from ${notifyAccess === "exec" ? "the processes that systemd started" : "the main process"}, and another process sent one`,
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
      "Type=dbus waits until the program acquires the name of BusName=, which a D-Bus policy must allow",
    );
}

function* notifySocket(unit: Unit): Iterable<CausingSetting> {
  const { addressFamilies } = effective(unit).settings;
  const listed = addressFamilies.members?.has(addressFamily("AF_UNIX") ?? 0) ?? false;
  const restricted = linesToBlame(unit, "RestrictAddressFamilies").length > 0;
  if (restricted && (addressFamilies.allow ? !listed : listed))
    yield cause(
      unit,
      "RestrictAddressFamilies",
      SURE,
      "RestrictAddressFamilies= denies AF_UNIX, which the program needs to notify systemd",
      [addWord(unit, "RestrictAddressFamilies", "AF_UNIX")],
    );
  const cover = notifyHiddenBy(unit);
  if (cover)
    yield cause(
      unit,
      cover.by.directive,
      SURE,
      `${cover.setting} hides the socket that the program needs to notify systemd`,
      [addWord(unit, "BindReadOnlyPaths", NOTIFY_SOCKET)],
      cover.by.node,
    );
}

function* forking(unit: Unit, text: string): Iterable<CausingSetting> {
  const pid = linesToBlame(unit, "PIDFile").at(-1);
  if (pid) {
    const path = pidFileOf(unit);
    const cover = path === undefined ? undefined : privateBy(unit, path);
    const mentioned = /PID file/i.test(text);
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
      cover ? LIKELY : mentioned ? SURE : LIKELY,
      `PIDFile= names ${pid.text}, which the service did not write: its configuration may name another file`,
      [removeLine(unit, pid)],
      pid,
    );
  }
  yield cause(
    unit,
    "Type",
    pid ? LIKELY : SURE - 5,
    "Type=forking waits until the first process exits, which a program in the foreground never does",
    [setTo(unit, "Type", "exec")],
  );
}

function* timeouts(unit: Unit, { text }: Evidence): Iterable<CausingSetting> {
  const running = /reached (?:its )?runtime/i.test(text);
  const stopping = /stop-|stopping timed out|State 'stop|final-sig/i.test(text);
  const settings = [
    ["RuntimeMaxSec", running ? 100 : POSSIBLE - 10, "RuntimeMaxSec= stops the service after that time"],
    [
      "TimeoutStartSec",
      running || stopping ? POSSIBLE - 10 : LIKELY,
      "TimeoutStartSec= limits how long systemd waits for the start; oneshot services have no limit by default",
    ],
    ["TimeoutSec", LIKELY - 5, "TimeoutSec= limits how long systemd waits for the start and for the stop"],
    ["TimeoutStopSec", stopping ? SURE : POSSIBLE - 15, "TimeoutStopSec= limits how long systemd waits for the stop"],
    ["KillSignal", stopping ? LIKELY : 0, "KillSignal= asks the program to exit, and some programs ignore that signal"],
    ["KillMode", stopping ? LIKELY - 5 : 0, "KillMode= decides which processes get the signal"],
    ["JobTimeoutSec", POSSIBLE, "JobTimeoutSec= limits how long systemd waits for the unit and its dependencies"],
  ] as const satisfies readonly (readonly [DirectiveName, number, string])[];
  for (const [name, weight, reason] of settings) {
    const line = linesToBlame(unit, name).at(-1);
    if (line && weight > 0) yield cause(unit, name, weight, reason, fixes(removeLine(unit, line)), line);
  }
}

function* watchdog(unit: Unit): Iterable<CausingSetting> {
  const line = linesToBlame(unit, "WatchdogSec").at(-1);
  if (!line) return;
  yield cause(
    unit,
    "WatchdogSec",
    SURE,
    `WatchdogSec=${line.text} kills the service if it does not send WATCHDOG=1 in that time`,
    [removeLine(unit, line)],
    line,
  );
}

function* restarts(unit: Unit): Iterable<CausingSetting> {
  const restart = linesToBlame(unit, "Restart").at(-1);
  const pause = linesToBlame(unit, "RestartSec").at(-1);
  if (restart)
    yield cause(
      unit,
      "Restart",
      POSSIBLE + 5,
      `Restart=${restart.text} restarts the service repeatedly after the failure above, ${pause ? `with a delay of ${pause.text}` : "almost without a delay"}`,
      pause ? [] : [addSettings(unit, "RestartSec=5s")],
      restart,
    );
  for (const name of ["StartLimitBurst", "StartLimitIntervalSec"] as const) {
    const line = linesToBlame(unit, name).at(-1);
    if (line) yield cause(unit, name, POSSIBLE, `${name}= limits how many starts systemd allows`, [], line);
  }
}

/** Conditions and assertions that the log names. */
function* conditions(unit: Unit, { text }: Evidence): Iterable<CausingSetting> {
  const named = [...text.matchAll(/\b((?:Condition|Assert)[A-Z]\w+)=([^\s)]*)/g)];
  for (const [, name = "", value = ""] of named) {
    const directive = name as DirectiveName;
    const line = linesToBlame(unit, directive).find(
      (it) => it.text.replace(/^[|!]+/, "") === value.replace(/^[|!]+/, ""),
    );
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
