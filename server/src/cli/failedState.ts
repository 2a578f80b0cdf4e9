import { COMMAND_SETTINGS } from "../service/program.ts";
import type { Machine } from "./machine.ts";
import { shellWord } from "./putBackScript.ts";
import { showUnit } from "./systemctl.ts";

/** How a unit has failed before an errand, as far as it can fail so again. */
export interface FailedState {
  /** A shell command that ends as its process did. */
  readonly ends: string;
  /** What it starts or does at each failure, for which it is not made to fail again. */
  readonly triggers: string | undefined;
}

/** How a unit has failed; undefined where it has not. */
export async function failureBefore(machine: Machine, unit: string): Promise<FailedState | undefined> {
  const names = ["ActiveState", "Result", "ExecMainStatus", "OnFailure", "FailureAction"] as const;
  const { ActiveState, Result, ExecMainStatus, OnFailure, FailureAction } = await showUnit(machine, unit, names);
  if (ActiveState !== "failed") return undefined;
  const status = /^\d{1,3}$/.test(ExecMainStatus) && ExecMainStatus !== "0" ? ExecMainStatus : "1";
  const isSignal = Result === "signal" || Result === "core-dump";
  // systemd makes one $ of two.
  const ended = isSignal ? `kill -${status} $$$$` : `exit ${Result === "exit-code" ? status : "1"}`;
  const ends = Result === "timeout" ? LONGER : ended;
  if (OnFailure !== "") return { ends, triggers: `starts ${OnFailure} (OnFailure=)` };
  const hasAction = FailureAction !== "" && FailureAction !== "none";
  return { ends, triggers: hasAction ? `does ${FailureAction} (FailureAction=)` : undefined };
}

/** A command that takes longer than it may. */
const LONGER = "exec sleep 60";

/** What becomes of a unit that was failed, as a plan says it. */
export const failedEnd = (failed: FailedState): string =>
  failed.triggers === undefined
    ? "failed, by a start of a command that only fails"
    : `stopped: it is failed now, and each failure ${failed.triggers}`;

/** Lines of a shell script that make a unit fail, without its own commands and without what they depend on. */
export function failAgain(unit: string, path: string, ends: string, systemctl = "systemctl"): string[] {
  const dropIn = [
    ...["[Unit]", "StartLimitIntervalSec=0", "ConditionPathExists=", "AssertPathExists="],
    ...["[Service]", "Type=oneshot", "RemainAfterExit=no", "Restart=no", "SuccessExitStatus="],
    ...(ends === LONGER ? ["TimeoutStartSec=200ms"] : []),
    ...COMMAND_SETTINGS.map((it) => `${it}=`),
    `ExecStart=+/bin/sh -c 'echo put back as failed, as it was before; ${ends}'`,
  ];
  const folder = shellWord(path.replace(/\/[^/]*$/, ""));
  return [
    `mkdir -p ${folder}`,
    `printf '%s\\n' ${dropIn.map(shellWord).join(" ")} >${shellWord(path)}`,
    `${systemctl} daemon-reload`,
    `${systemctl} start --job-mode=ignore-dependencies ${shellWord(unit)} 2>/dev/null`,
    `rm -f ${shellWord(path)}`,
    `rmdir --ignore-fail-on-non-empty ${folder}`,
    `${systemctl} daemon-reload`,
  ];
}
