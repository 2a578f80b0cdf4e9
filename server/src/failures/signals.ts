import { type Meaning, meaning } from "./meaning.ts";

const CORE = "`coredumpctl info` shows where in the program it happened.";

/** The signals that end services, with the settings that lead to them. */
export const SIGNAL_MEANINGS: Readonly<Record<string, Meaning>> = {
  SIGSYS: meaning(
    "The program made a system call that the unit does not allow, and the kernel ended it. With SystemCallErrorNumber= the call would have failed with an error instead.",
    "SystemCallFilter SystemCallArchitectures",
    "The audit log names the call: `journalctl -k` or `ausearch -m SECCOMP` has a line with `type=1326` and `syscall=`. SystemCallLog= logs calls without ending the program.",
  ),
  SIGKILL: meaning(
    "The process was ended without a chance to clean up: memory ran out, it did not stop in time, or somebody sent the signal.",
    "MemoryMax TimeoutStopSec OOMPolicy RuntimeMaxSec LimitCPU KillMode",
    "Result= tells them apart: `oom-kill`, `timeout`, or `signal` where the signal came from elsewhere.",
  ),
  SIGABRT: meaning(
    "The program gave up with abort(), or systemd sent the signal because the watchdog or a timeout with TimeoutStartFailureMode=abort hit.",
    "WatchdogSec TimeoutStartFailureMode TimeoutStopFailureMode MemoryDenyWriteExecute",
    `With Result=watchdog it was WatchdogSec=; else the last words of the program say why. ${CORE}`,
  ),
  SIGSEGV: meaning(
    "The program touched memory that is not its own, often because it did not look whether a call had failed that the sandbox refuses.",
    "MemoryDenyWriteExecute LimitSTACK LimitAS SystemCallErrorNumber",
    CORE,
  ),
  SIGTRAP: meaning(
    "The program stopped itself, as Node and Chromium do where they cannot make memory executable.",
    "MemoryDenyWriteExecute",
    "It goes away without MemoryDenyWriteExecute=, or with the compiler of the runtime switched off, such as `node --jitless`.",
  ),
  SIGILL: meaning(
    "The processor met no valid instruction, as programs do on purpose where they give up.",
    "MemoryDenyWriteExecute",
    CORE,
  ),
  SIGBUS: meaning(
    "Memory could not be read or written, often a mapped file that became shorter or did not fit on its file system.",
    "TemporaryFileSystem PrivateTmp LimitMEMLOCK",
    `Is a file system of the service full? ${CORE}`,
  ),
  SIGXCPU: meaning(
    "The processor time of LimitCPU= or LimitRTTIME= is used up.",
    "LimitCPU LimitRTTIME",
    "`systemctl show -p LimitCPU,LimitRTTIME` shows the limits in force.",
  ),
  SIGXFSZ: meaning(
    "A file would have become larger than LimitFSIZE= allows.",
    "LimitFSIZE",
    "`systemctl show -p LimitFSIZE` shows the limit in force.",
  ),
  SIGPIPE: meaning(
    "Nobody reads any more what the program writes; systemd lets services ignore the signal unless IgnoreSIGPIPE=no is set.",
    "IgnoreSIGPIPE",
    "What does the program write to: a socket whose other side went away?",
  ),
  SIGTERM: meaning(
    "Somebody asked the program to end: systemd when it stops the unit, or a timeout.",
    "TimeoutStartSec RuntimeMaxSec BindsTo PartOf Conflicts StopWhenUnneeded",
    "Without a job to stop the unit in the log right before it, the signal came from another program. It counts as a success at the stop.",
  ),
  SIGHUP: meaning(
    "The terminal of the program went away, or somebody asked it to read its configuration again and it does not know how.",
    "ExecReload StandardInput TTYPath SendSIGHUP",
    "Was the unit reloaded? Then ExecReload= sends a signal that the program does not handle.",
  ),
};
