import { type Meaning, meaning } from "./meaning.ts";

const CORE = "`coredumpctl info` shows where in the program it happened.";

/** The signals that end services, with the settings that lead to them. */
export const SIGNAL_MEANINGS: Readonly<Record<string, Meaning>> = {
  SIGSYS: meaning(
    "The program made a system call that the unit does not allow, and the kernel killed it. With SystemCallErrorNumber= the call would have failed with an error instead.",
    "SystemCallFilter SystemCallArchitectures",
    "The audit log names the call: `journalctl -k` or `ausearch -m SECCOMP` has a line with `type=1326` and `syscall=`. SystemCallLog= logs calls without killing the program.",
  ),
  SIGKILL: meaning(
    "The process was killed without a chance to clean up: memory ran out, it did not stop in time, or the signal was sent by hand.",
    "MemoryMax TimeoutStopSec OOMPolicy RuntimeMaxSec LimitCPU KillMode",
    "Result= shows the reason: `oom-kill`, `timeout`, or `signal` if the signal came from elsewhere.",
  ),
  SIGABRT: meaning(
    "The program called abort(), or systemd sent the signal because of the watchdog or a timeout with TimeoutStartFailureMode=abort.",
    "WatchdogSec TimeoutStartFailureMode TimeoutStopFailureMode MemoryDenyWriteExecute",
    `With Result=watchdog the cause was WatchdogSec=; otherwise see the last messages of the program. ${CORE}`,
  ),
  SIGSEGV: meaning(
    "The program accessed invalid memory, often because it did not check whether a call that the sandbox denies had failed.",
    "MemoryDenyWriteExecute LimitSTACK LimitAS SystemCallErrorNumber",
    CORE,
  ),
  SIGTRAP: meaning(
    "The program aborted itself, as Node and Chromium do if they cannot make memory executable.",
    "MemoryDenyWriteExecute",
    "Remove MemoryDenyWriteExecute=, or disable the JIT compiler, for example with `node --jitless`.",
  ),
  SIGILL: meaning(
    "The CPU met an invalid instruction, which some programs use to abort.",
    "MemoryDenyWriteExecute",
    CORE,
  ),
  SIGBUS: meaning(
    "Memory could not be read or written, often a mapped file that was truncated or did not fit on its file system.",
    "TemporaryFileSystem PrivateTmp LimitMEMLOCK",
    `Is a file system of the service full? ${CORE}`,
  ),
  SIGXCPU: meaning(
    "The CPU time of LimitCPU= or LimitRTTIME= is exhausted.",
    "LimitCPU LimitRTTIME",
    "`systemctl show -p LimitCPU,LimitRTTIME` shows the limits in force.",
  ),
  SIGXFSZ: meaning(
    "A file would have become larger than LimitFSIZE= allows.",
    "LimitFSIZE",
    "`systemctl show -p LimitFSIZE` shows the limit in force.",
  ),
  SIGPIPE: meaning(
    "The reader of the program's output is gone; systemd makes services ignore the signal unless IgnoreSIGPIPE=no is set.",
    "IgnoreSIGPIPE",
    "What does the program write to: a socket that the peer closed?",
  ),
  SIGTERM: meaning(
    "The program was asked to exit: by systemd when it stops the unit, or because of a timeout.",
    "TimeoutStartSec RuntimeMaxSec BindsTo PartOf Conflicts StopWhenUnneeded",
    "If the previous log line is not a stop job of the unit, the signal came from another program. During a stop it counts as success.",
  ),
  SIGHUP: meaning(
    "The terminal of the program was closed, or the program was asked to reload its configuration and does not support that.",
    "ExecReload StandardInput TTYPath SendSIGHUP",
    "Was the unit reloaded? Then ExecReload= sends a signal that the program does not handle.",
  ),
};
