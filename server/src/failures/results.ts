import { type Meaning, meaning } from "./meaning.ts";

/** What `Result=` of a unit may say, other than `success`, and what it means (systemd 257 to 262). */
export const RESULTS = {
  "exit-code": meaning(
    "A command of the unit ended with a status other than 0. From 200 on it is systemd's own: the command was not even run.",
    "SuccessExitStatus RestartPreventExitStatus",
    "The status stands in the log and in `systemctl status`; below 200 the messages of the program say more. A `-` before the command or SuccessExitStatus= lets a status pass.",
  ),
  signal: meaning(
    "A process of the unit was ended by a signal, without a core dump.",
    "LimitCPU LimitFSIZE KillSignal SuccessExitStatus",
    "The name of the signal stands in the log and in `systemctl status`, and leads on.",
  ),
  "core-dump": meaning(
    "A process of the unit was ended by a signal that leaves a core dump, such as SIGSEGV, SIGABRT or SIGSYS.",
    "SystemCallFilter MemoryDenyWriteExecute WatchdogSec LimitCORE",
    "`coredumpctl info` shows where in the program it happened; SIGSYS is a filter of system calls, and the audit log names the call.",
  ),
  watchdog: meaning(
    "The service did not send WATCHDOG=1 in the time that WatchdogSec= gives, so that systemd ended it with WatchdogSignal=, which is SIGABRT by default.",
    "WatchdogSec NotifyAccess Type WatchdogSignal",
    "Does the program send WATCHDOG=1 at all, and from a process that NotifyAccess= lets through? Both AF_UNIX in RestrictAddressFamilies= and the notify socket in a root of its own are needed for it.",
  ),
  timeout: meaning(
    "Starting, reloading, running or stopping took longer than the unit allows.",
    "TimeoutStartSec Type PIDFile NotifyAccess TimeoutStopSec RuntimeMaxSec JobTimeoutSec",
    "The log says which operation timed out. At the start it is mostly Type=: `notify` waits for READY=1, `forking` for the first process to end and for PIDFile=, `dbus` for BusName=.",
  ),
  protocol: meaning(
    "The service did not do what its Type= promises: it ended before READY=1, left no PID in PIDFile=, or never took its BusName=.",
    "Type PIDFile NotifyAccess BusName GuessMainPID RestrictAddressFamilies",
    "Run the command by hand: one that stays in the foreground wants Type=exec, one that knows sd_notify() Type=notify.",
  ),
  "start-limit-hit": meaning(
    "The unit was started more often than StartLimitBurst= within StartLimitIntervalSec= allows, so that systemd does not try again.",
    "Restart RestartSec StartLimitBurst StartLimitIntervalSec",
    "It follows from an earlier failure, which stands above it in the log; `systemctl reset-failed` allows a new start.",
  ),
  "oom-kill": meaning(
    "The kernel or systemd-oomd ended a process because memory ran out, that of the machine or what the unit may have.",
    "MemoryMax MemoryHigh MemorySwapMax OOMPolicy ManagedOOMMemoryPressure OOMScoreAdjust",
    "The log of the kernel (`journalctl -k`) says whether a control group or the whole machine was out of memory.",
  ),
  resources: meaning(
    "systemd could not prepare what it needs before the command: a file to read, a socket to listen on, a PID file, a control group.",
    "EnvironmentFile ListenStream ListenDatagram PIDFile Slice OpenFile",
    "The line of the log right before it says what failed, and often names the file.",
  ),
  "exec-condition": meaning(
    "A command of ExecCondition= ended with a status from 1 to 254, which means that the service is not to be started; it counts as skipped and not as failed.",
    "ExecCondition",
    "Run the command by hand, as the user of the service.",
  ),
  condition: meaning(
    "A Condition…= of the unit is not met, so that it is skipped; units that need it go on.",
    "ConditionPathExists ConditionFileNotEmpty ConditionVirtualization ConditionKernelCommandLine ConditionUser",
    "`systemctl status` names the condition; those with `|` before the value need only one of them to be met.",
  ),
  assert: meaning(
    "An Assert…= of the unit is not met, and the start fails.",
    "AssertPathExists AssertFileNotEmpty AssertUser",
    "`systemctl status` names the assertion.",
  ),
} as const satisfies Readonly<Record<string, Meaning>>;

export type Result = keyof typeof RESULTS;

/** Whether a text is one of them. */
export function isResult(text: string): text is Result {
  return Object.hasOwn(RESULTS, text);
}
