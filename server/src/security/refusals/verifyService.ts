import { holdsIn } from "../../facts/version.ts";
import type { UnitSettings } from "../settings.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** Follows service_verify(), systemd 257 to 262, after service_add_extras() has chosen a missing Type=. */
export function verifyService(settings: UnitSettings): Refusal | undefined {
  const { execStart, execStop, version } = settings;
  const type = startType(settings);
  const acts = settings.successAction !== "none" && holdsIn(ACTS_ALONE, version);
  if (execStart === 0) {
    const message = "ExecStart=, ExecStop= and SuccessAction= are missing, and a service needs one of them";
    if (execStop === 0 && !acts) return refusal("no-command", "ExecStart", message);
    if (type !== "oneshot")
      return refusal("no-command", "ExecStart", `ExecStart= is missing, and Type=${type} needs it`);
    if (!acts && !settings.remainAfterExit) {
      return refusal(
        "no-command",
        "ExecStart",
        "ExecStart= is missing, and without it a service needs RemainAfterExit=yes",
      );
    }
  }
  if (type === "oneshot") return verifyOneshot(settings);
  if (execStart > 1) {
    const message = `ExecStart= has ${execStart} commands, which only Type=oneshot allows`;
    return refusal("several-commands", "ExecStart", message);
  }
  if (type === "dbus" && settings.busName === "") {
    return refusal("no-bus-name", "BusName", "BusName= is missing, and Type=dbus needs it");
  }
  if (type === "forking" && settings.privatePids !== "no") {
    return refusal("forking-private-pids", "PrivatePIDs", "PrivatePIDs=yes cannot be combined with Type=forking");
  }
  return undefined;
}

/** The type that systemd chooses where Type= is not set. Follows service_add_extras(), systemd 257 to 262. */
export function startType(settings: UnitSettings): string {
  const { type, busName, execStart, loadCredentials, setCredentials, present } = settings;
  if (type !== "") return type;
  if (busName !== "") return "dbus";
  const credentials = loadCredentials.size > 0 || setCredentials.size > 0 || present.has("ImportCredential");
  if (credentials) return "exec";
  return execStart > 0 ? "simple" : "oneshot";
}

/** Since when what follows the end is reason enough for a service without commands. */
const ACTS_ALONE = { since: 240 };

/** Since when a service of Type=oneshot can be started again after a failure, and since when after an exit status. */
const RESTARTS = { since: 244 };
const RESTARTS_FOR_STATUS = { since: 256 };

function verifyOneshot({ restart, exitType, version, present }: UnitSettings): Refusal | undefined {
  if (restart === "always" || restart === "on-success") {
    return refusal("oneshot-restart", "Restart", `Restart=${restart} cannot be combined with Type=oneshot`);
  }
  if (restart !== "no" && !holdsIn(RESTARTS, version)) {
    const message = `Restart=${restart} cannot be combined with Type=oneshot before systemd ${RESTARTS.since}`;
    return refusal("oneshot-any-restart", "Restart", message);
  }
  if (present.has("RestartForceExitStatus") && !holdsIn(RESTARTS_FOR_STATUS, version)) {
    const message = `RestartForceExitStatus= cannot be combined with Type=oneshot before systemd ${RESTARTS_FOR_STATUS.since}`;
    return refusal("oneshot-restart-status", "RestartForceExitStatus", message);
  }
  if (exitType === "cgroup") {
    return refusal("oneshot-exit-type", "ExitType", "ExitType=cgroup cannot be combined with Type=oneshot");
  }
  return undefined;
}
