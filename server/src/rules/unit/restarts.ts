import { removeEach } from "../../findings/edits.ts";
import type { Fix } from "../../findings/finding.ts";
import { lastOf } from "../../findings/findingPlace.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Found, Rule } from "../../findings/rule.ts";
import { effective } from "../../security/effective.ts";
import { startType } from "../../security/refusals/verifyService.ts";
import { isOwn } from "../../service/linePlaces.ts";
import { mainCommands } from "../../service/mainCommand.ts";
import { bytesOf, secondsOf } from "../../service/quantities.ts";
import { remoteHost } from "../../service/remoteHost.ts";
import { setting, textOf, words } from "../../service/settings.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { assignmentsOf, mergedAssignments, ownFile, type Unit } from "../../units/unit.ts";
import { fixList, settingFix } from "../lineFixes.ts";
import { removal } from "../removal.ts";

/** Seen with 257: ten starts a second without an end; a limit that is never reached; one that is reached in half a second. */
const restartLimit: Rule = {
  code: "unit/restart-limit",
  needs: ["Restart"],
  *check(unit) {
    const restart = lastOf(unit, ["Restart"]);
    const used = setting(unit, "Restart")?.value ?? "no";
    if (!restart || used === "no" || unit.path.kind !== "service" || unit.path.role !== "unit") return;
    const limit = limitOf(unit);
    const pause = secondsOf(unit, "Service", "RestartSec");
    const found = limit.isOff ? endless(unit, pause) : (unreached(unit, limit, pause) ?? givenUp(unit, limit, pause));
    if (found) yield found;
  },
};

interface StartLimit {
  readonly interval: number;
  readonly burst: number;
  readonly isOff: boolean;
  readonly isSet: boolean;
}

function limitOf(unit: Unit): StartLimit {
  const interval =
    secondsOf(unit, "Unit", "StartLimitIntervalSec") ??
    secondsOf(unit, "Unit", "StartLimitInterval") ??
    secondsOf(unit, "Service", "StartLimitInterval");
  const burst = bytesOf(unit, "Unit", "StartLimitBurst") ?? bytesOf(unit, "Service", "StartLimitBurst");
  const isSet = interval !== undefined || burst !== undefined;
  return { interval: interval ?? 10, burst: burst ?? 5, isOff: interval === 0 || burst === 0, isSet };
}

/** Shorter ones fill the log. */
const SHORT_PAUSE = 0.5;
/** Restarts after every failure, so that one which comes at once repeats itself. */
const restartsFailures = (unit: Unit): boolean => /^(?:always|on-failure)$/.test(setting(unit, "Restart")?.value ?? "");

function endless(unit: Unit, pause = 0.1): Found | undefined {
  const node = lastOf(unit, ["StartLimitIntervalSec", "StartLimitInterval", "StartLimitBurst"]);
  if (!node || pause >= SHORT_PAUSE || !restartsFailures(unit)) return undefined;
  const often = pause === 0 ? "without a pause" : `${Math.round(1 / pause)} times a second`;
  return {
    ...node.valueSpan,
    severity: "warning",
    message: `${node.key}=${node.text} turns the limit off: a service that fails at once is restarted ${often} for ever without RestartSec=`,
    directive: node.key,
    fixes: fixList(settingFix(unit, lastOf(unit, ["Restart"]), "RestartSec=5s")),
  };
}

function unreached(unit: Unit, { interval, burst, isSet }: StartLimit, pause: number | undefined): Found | undefined {
  const node = lastOf(unit, ["StartLimitBurst", "StartLimitIntervalSec", "StartLimitInterval"]);
  if (!isSet || !node || pause === undefined || pause === Number.POSITIVE_INFINITY || burst * pause < interval)
    return undefined;
  const enough = Math.ceil(burst * pause * 2);
  return {
    ...node.valueSpan,
    severity: "warning",
    message: `${node.key}=${node.text} is never reached: ${burst} starts with RestartSec= between them take longer than StartLimitIntervalSec=, and the service is restarted for ever`,
    directive: node.key,
    fixes: fixList(longerInterval(unit, node, enough)),
  };
}

function longerInterval(unit: Unit, burst: Assignment, enough: number): Fix | undefined {
  const node = lastOf(unit, ["StartLimitIntervalSec", "StartLimitInterval"]);
  if (!node)
    return assignmentsOf(unit, "Unit", "StartLimitBurst").includes(burst)
      ? settingFix(unit, burst, `StartLimitIntervalSec=${enough}`)
      : undefined;
  return {
    title: `Change to ${node.key}=${enough}`,
    safe: false,
    edits: () => [{ ...node.valueSpan, newText: `${enough}` }],
  };
}

function givenUp(unit: Unit, { isSet }: StartLimit, pause: number | undefined): Found | undefined {
  const node = lastOf(unit, ["Restart"]);
  const host = isSet || pause !== undefined || !restartsFailures(unit) ? undefined : remoteHost(unit);
  if (!node || host === undefined) return undefined;
  return {
    ...node.valueSpan,
    severity: "info",
    message: `Restart=${node.text} gives up after five starts in half a second without RestartSec=, for instance while ${host} does not answer`,
    directive: "Restart",
    fixes: fixList(settingFix(unit, node, "RestartSec=5s")),
  };
}

/** Seen with 257: active (exited), inactive (dead) or failed, and no restart. */
const missingRestart: Rule = {
  code: "unit/missing-restart",
  needs: ["ExecStart"],
  *check(unit) {
    if (unit.path.kind !== "service" || unit.path.role !== "unit") return;
    for (const { name, says, severity, fixes } of REASONS) {
      const message = says(unit);
      const node = message === undefined ? undefined : lastOf(unit, [name]);
      if (message === undefined || !node) continue;
      yield { ...node.valueSpan, severity, message, directive: name, fixes: fixes(unit) };
      return;
    }
  },
};

interface Reason {
  readonly name: "RemainAfterExit" | "SuccessExitStatus" | "ExecStart" | "Restart" | "RuntimeMaxSec";
  readonly severity: "warning" | "info";
  readonly says: (unit: Unit) => string | undefined;
  readonly fixes: (unit: Unit) => readonly Fix[];
}

/** Where programs lie that no package brings, whose unit is of their own making. */
const OWN_PROGRAM = /^\/(?:opt|srv|home|root|usr\/local)\//;
const isOneshot = (unit: Unit): boolean => startType(effective(unit).settings) === "oneshot";
const restartOf = (unit: Unit): string => setting(unit, "Restart")?.value ?? "no";
const toFailure = (unit: Unit): readonly Fix[] =>
  fixList(settingFix(unit, lastOf(unit, ["RuntimeMaxSec", "Restart"]), "Restart=on-failure"));

const REASONS: readonly Reason[] = [
  {
    name: "RemainAfterExit",
    severity: "warning",
    says: (unit) =>
      setting(unit, "RemainAfterExit")?.value === "yes" && /^(?:always|on-success)$/.test(restartOf(unit))
        ? `RemainAfterExit=yes keeps the service active (exited) when its program ends with success: Restart=${restartOf(unit)} never acts then`
        : undefined,
    fixes: (unit) => [removal(unit, "RemainAfterExit", false)],
  },
  {
    name: "SuccessExitStatus",
    severity: "warning",
    says: (unit) =>
      restartOf(unit) === "on-failure" && words(unit, "SuccessExitStatus").some((it) => /^(?:1|FAILURE)$/.test(it))
        ? "SuccessExitStatus=1 counts the status of most errors as success: Restart=on-failure does not restart the service then"
        : undefined,
    fixes: withoutStatusOne,
  },
  {
    name: "ExecStart",
    severity: "warning",
    says: (unit) =>
      restartOf(unit) === "on-failure" && mainCommands(unit).some(({ command }) => command.prefixes.includes("-"))
        ? "ExecStart=- counts every exit status as success: Restart=on-failure does not restart the service then"
        : undefined,
    fixes: (unit) => fixList(settingFix(unit, undefined, "Restart=always")),
  },
  {
    name: "Restart",
    severity: "info",
    says: (unit) =>
      restartOf(unit) === "on-abnormal" &&
      mainCommands(unit).some(({ command, start }) => OWN_PROGRAM.test(command.path.value) && start.row === undefined)
        ? "Restart=on-abnormal leaves exit statuses out: after an error the service is not restarted, as with on-failure"
        : undefined,
    fixes: toFailure,
  },
  {
    name: "RuntimeMaxSec",
    severity: "info",
    says: (unit) =>
      textOf(unit, "RuntimeMaxSec") !== undefined &&
      (secondsOf(unit, "Service", "RuntimeMaxSec") ?? 0) < Number.POSITIVE_INFINITY &&
      restartOf(unit) === "no" &&
      !isOneshot(unit) &&
      mergedAssignments(unit, "Install", "WantedBy").some(({ text }) => text.includes(".target"))
        ? "RuntimeMaxSec= ends the service as failed, and without Restart= it stays down"
        : undefined,
    fixes: (unit) => fixList(settingFix(unit, lastOf(unit, ["RuntimeMaxSec"]), "Restart=always")),
  },
];

/** Takes the status out of the line, or the line where it has no other. */
function withoutStatusOne(unit: Unit): readonly Fix[] {
  const node = lastOf(unit, ["SuccessExitStatus"]);
  if (!node || !isOwn(unit, node)) return [];
  const rest = node.text.split(/\s+/).filter((it) => !/^(?:1|FAILURE)$/.test(it));
  if (rest.join(" ") === node.text) return [];
  const line = `SuccessExitStatus=${rest.join(" ")}`;
  return [
    rest.length === 0
      ? { title: "Remove SuccessExitStatus=1", safe: false, edits: () => removeEach(ownFile(unit), [node]) }
      : {
          title: `Change to ${line}`,
          safe: false,
          edits: () => [{ ...node.valueSpan, newText: rest.join(" ") }],
        },
  ];
}

/** How Restart= works together with limits and with what counts as an end. */
export const RESTART_RULES: readonly Rule[] = alsoInDropIns([restartLimit, missingRestart]);
