import { COMMAND_SETTINGS } from "../service/program.ts";
import type { Machine } from "./machine.ts";
import { SYSTEM_PLACES } from "./places.ts";
import { shellWord } from "./putBackScript.ts";
import { showUnit } from "./systemctl.ts";

/** How a unit is made to fail. */
interface Failing {
  /** A shell command that ends as its process did. */
  readonly ends: string;
  /** Lines of [Service] with which systemd gives the result. */
  readonly lines?: readonly string[];
}

/** How a unit has failed before an errand, as far as it can fail so again. */
export interface FailedState {
  readonly how: Failing;
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
  const how = BY_SYSTEMD[Result] ?? { ends: ended };
  if (OnFailure !== "") return { how, triggers: `starts ${OnFailure} (OnFailure=)` };
  const hasAction = FailureAction !== "" && FailureAction !== "none";
  return { how, triggers: hasAction ? `does ${FailureAction} (FailureAction=)` : undefined };
}

/** A command that takes longer than it may. */
const LONGER = "exec sleep 60";

/** Lines of [Service] with which systemd finds such a result in a command that is harmless, and that command. */
const BY_SYSTEMD: Readonly<Record<string, Failing>> = {
  timeout: { ends: LONGER, lines: ["TimeoutStartSec=200ms"] },
  watchdog: { ends: LONGER, lines: ["Type=simple", "WatchdogSec=200ms", "WatchdogSignal=SIGABRT", "LimitCORE=0"] },
  protocol: { ends: "exit 0", lines: ["Type=notify", "NotifyAccess=main"] },
  resources: { ends: "exit 0", lines: [`EnvironmentFile=${SYSTEM_PLACES.state}/not-there`] },
};

/** What becomes of a unit that was failed, as a plan says it. */
export const failedEnd = (failed: FailedState): string =>
  failed.triggers === undefined
    ? "failed, by a start of a command that only fails"
    : `stopped: it is failed now, and each failure ${failed.triggers}`;

/** Lines of a shell script that make a unit fail, without its own commands and without what they depend on. */
export function failAgain(
  unit: string,
  path: string,
  { ends, lines = [] }: Failing,
  systemctl = "systemctl",
): string[] {
  const dropIn = [
    ...["[Unit]", "StartLimitIntervalSec=0", "ConditionPathExists=", "AssertPathExists="],
    ...["[Service]", "Type=oneshot", "RemainAfterExit=no", "Restart=no", "SuccessExitStatus="],
    ...lines,
    ...COMMAND_SETTINGS.map((it) => `${it}=`),
    `ExecStart=+/bin/sh -c 'echo put back as failed, as it was before; ${ends}'`,
  ];
  const folder = shellWord(path.replace(/\/[^/]*$/, ""));
  return [
    `mkdir -p ${folder}`,
    `printf '%s\\n' ${dropIn.map(shellWord).join(" ")} >${shellWord(path)}`,
    `${systemctl} daemon-reload`,
    `${systemctl} start --job-mode=ignore-dependencies ${shellWord(unit)} 2>/dev/null`,
    // What counts as started at once fails a moment later.
    `for it in 1 2 3 4 5 6 7 8; do ${systemctl} is-failed --quiet ${shellWord(unit)} && break; sleep 0.25; done`,
    `rm -f ${shellWord(path)}`,
    `rmdir --ignore-fail-on-non-empty ${folder}`,
    `${systemctl} daemon-reload`,
  ];
}
