import { type Meaning, meaning } from "./meaning.ts";

/** What `Result=` of a unit may say, other than `success`, and what it means (systemd 257 to 262). */
export const RESULTS = {
  "exit-code": meaning(
    "A command of the unit exited with a status other than 0. From 200 on the status is set by systemd: the command was not run.",
    "SuccessExitStatus RestartPreventExitStatus",
    "The status is in the log and in `systemctl status`; below 200 see the messages of the program. A `-` before the command or SuccessExitStatus= accepts a status.",
  ),
  signal: meaning(
    "A process of the unit was killed by a signal, without a core dump.",
    "LimitCPU LimitFSIZE KillSignal SuccessExitStatus",
    "The name of the signal is in the log and in `systemctl status`.",
  ),
  "core-dump": meaning(
    "A process of the unit was killed by a signal with a core dump, such as SIGSEGV, SIGABRT or SIGSYS.",
    "SystemCallFilter MemoryDenyWriteExecute WatchdogSec LimitCORE",
    "`coredumpctl info` shows where in the program it happened; SIGSYS comes from a system call filter, and the audit log names the call.",
  ),
  watchdog: meaning(
    "The service did not send WATCHDOG=1 within WatchdogSec=, so systemd killed it with WatchdogSignal=, SIGABRT by default.",
    "WatchdogSec NotifyAccess Type WatchdogSignal",
    "Does the program send WATCHDOG=1 at all, and from a process that NotifyAccess= allows? It needs AF_UNIX in RestrictAddressFamilies= and, with its own root directory, the notify socket in it.",
  ),
  timeout: meaning(
    "Starting, reloading, running or stopping took longer than the unit allows.",
    "TimeoutStartSec Type PIDFile NotifyAccess TimeoutStopSec RuntimeMaxSec JobTimeoutSec",
    "The log says which operation timed out. At start the cause is usually Type=: `notify` waits for READY=1, `forking` for the first process to exit and for PIDFile=, `dbus` for BusName=.",
  ),
  protocol: meaning(
    "The service did not do what its Type= requires: it exited before READY=1, wrote no PID to PIDFile=, or never acquired its BusName=.",
    "Type PIDFile NotifyAccess BusName GuessMainPID RestrictAddressFamilies",
    "Run the command by hand: one that stays in the foreground needs Type=exec, one that supports sd_notify() Type=notify.",
  ),
  "start-limit-hit": meaning(
    "The unit was started more often than StartLimitBurst= within StartLimitIntervalSec= allows, so systemd does not try again.",
    "Restart RestartSec StartLimitBurst StartLimitIntervalSec",
    "The cause is an earlier failure, further up in the log; `systemctl reset-failed` allows a new start.",
  ),
  "oom-kill": meaning(
    "The kernel or systemd-oomd killed a process because the memory of the machine or the limit of the unit was exhausted.",
    "MemoryMax MemoryHigh MemorySwapMax OOMPolicy ManagedOOMMemoryPressure OOMScoreAdjust",
    "The kernel log (`journalctl -k`) says whether a cgroup or the whole machine was out of memory.",
  ),
  resources: meaning(
    "systemd could not prepare what it needs before the command: a file to read, a socket to listen on, a PID file or a cgroup.",
    "EnvironmentFile ListenStream ListenDatagram PIDFile Slice OpenFile",
    "The previous line of the log says what failed, and often names the file.",
  ),
  "exec-condition": meaning(
    "A command of ExecCondition= exited with a status from 1 to 254, which means that the service must not start; it counts as skipped, not as failed.",
    "ExecCondition",
    "Run the command by hand, as the user of the service.",
  ),
  condition: meaning(
    "A Condition…= of the unit is not met, so it is skipped; units that need it continue.",
    "ConditionPathExists ConditionFileNotEmpty ConditionVirtualization ConditionKernelCommandLine ConditionUser",
    "`systemctl status` names the condition; of those with `|` before the value only one needs to be met.",
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
