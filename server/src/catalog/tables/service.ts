import { type DirectiveRows, sharing } from "../row.ts";

/** systemd.service(5). */
export const SERVICE_ROWS = {
  PIDFile: {
    summary:
      "Names the file from which systemd reads the main process ID of a forking service; relative paths start at /run.",
    type: "pidFile",
  },
  ...sharing({ type: "exec", many: true })({
    ExecCondition: {
      summary:
        "Runs check commands before ExecStartPre=; exit codes 1-254 skip the start without a failure, 255 fails the unit.",
      since: 243,
    },
    ExecStartPre: { summary: "Runs preparatory commands before ExecStart=; a failing one aborts the start." },
    ExecStart: {
      summary: "Gives the command that is the service itself; more than one is possible only with Type=oneshot.",
    },
    ExecReload: {
      summary:
        "Gives the commands that make a running service re-read its settings; $MAINPID holds the main process ID.",
    },
    ExecStartPost: {
      summary: "Runs commands once the service counts as started, which Type= decides.",
      anchor: "ExecStartPre=",
    },
    ExecStop: {
      summary:
        "Gives the commands for a clean stop; they should wait for the end, as leftover processes are killed afterwards.",
    },
    ExecStopPost: {
      summary: "Runs clean-up commands after the stop, even if the start failed or the process crashed.",
    },
  }),
  RestartSec: {
    summary: "Sets the pause in seconds between the end of a service and its automatic restart by Restart=.",
    type: "sec",
    default: "100ms (DefaultRestartSec=)",
  },
  RestartSteps: {
    summary:
      "Sets in how many steps the restart pause grows from RestartSec= to RestartMaxDelaySec=; 0 keeps it constant.",
    type: "unsigned",
    since: 254,
    default: "0",
  },
  RestartMaxDelaySec: {
    summary:
      "Caps the growing restart pause, in seconds; works only together with RestartSteps= and a RestartSec= above 0.",
    type: "sec",
    since: 254,
    default: "infinity",
  },
  TimeoutSec: { summary: "Sets TimeoutStartSec= and TimeoutStopSec= at once.", type: "serviceTimeout" },
  TimeoutStartSec: {
    summary: "Limits, in seconds, how long a start or a reload may take before it is treated as failed.",
    type: "serviceTimeout",
    since: 188,
    default: "90s (DefaultTimeoutStartSec=); oneshot: infinity",
  },
  TimeoutStopSec: {
    summary:
      "Limits, in seconds, each ExecStop= command and then the stop itself, after which remaining processes get SIGKILL.",
    type: "secFix0",
    since: 188,
    default: "90s (DefaultTimeoutStopSec=)",
  },
  TimeoutAbortSec: {
    summary: "Sets how many seconds a service gets to write its core dump after a watchdog abort before it is killed.",
    type: "serviceTimeoutAbort",
    since: 243,
    default: "TimeoutStopSec= (DefaultTimeoutAbortSec= unset)",
  },
  TimeoutStartFailureMode: {
    summary:
      "Selects what happens when TimeoutStartSec= runs out: the stop signal, an abort with core dump, or SIGKILL.",
    type: "serviceTimeoutFailureMode",
    since: 246,
    default: "terminate",
  },
  TimeoutStopFailureMode: {
    summary:
      "Selects how a service that exceeds TimeoutStopSec= is ended: politely, by abort with core dump, or by instant kill.",
    type: "serviceTimeoutFailureMode",
    since: 246,
    default: "terminate",
    anchor: "TimeoutStartFailureMode=",
  },
  RuntimeMaxSec: {
    summary:
      "Ends the service and marks it failed after this many seconds of activity; has no influence on Type=oneshot.",
    type: "sec",
    since: 229,
    default: "infinity",
  },
  RuntimeRandomizedExtraSec: {
    summary: "Adds a random extra of up to this many seconds to RuntimeMaxSec=, so that units do not all end together.",
    type: "sec",
    since: 250,
  },
  WatchdogSec: {
    summary:
      "Requires a WATCHDOG=1 message at least this often (seconds); a silent service is aborted and counted as failed.",
    type: "sec",
    default: "0",
  },
  Type: {
    summary: "Sets how systemd recognizes that the service is started.",
    type: "serviceType",
    default: "simple (exec with credentials, dbus with BusName=)",
  },
  ExitType: {
    summary:
      "Selects whether the service ends with its main process or only when the last process of its cgroup is gone.",
    type: "serviceExitType",
    since: 250,
    default: "main",
  },
  Restart: {
    summary: "Selects after which kinds of exit, signal or timeout systemd starts the service again by itself.",
    type: "serviceRestart",
    default: "no",
  },
  RestartMode: {
    summary:
      "Selects whether automatic restarts pass through the failed state, skip it (direct), or log in detail (debug).",
    type: "serviceRestartMode",
    since: 254,
    default: "normal",
  },
  RootDirectoryStartOnly: {
    summary: "Limits RootDirectory= to the ExecStart= process, so the other Exec commands see the host's file system.",
    type: "bool",
    default: "no",
  },
  RemainAfterExit: {
    summary: "Keeps the service active after its last process has ended; common for Type=oneshot set-up tasks.",
    type: "bool",
    default: "no",
  },
  GuessMainPID: {
    summary: "Makes systemd guess the main process of a Type=forking service by itself if no PIDFile= is given.",
    type: "bool",
    default: "yes",
  },
  RestartPreventExitStatus: {
    summary:
      "Lists exit codes and signals of the main process after which Restart= is ignored and the service stays down.",
    type: "setStatus",
    since: 189,
    default: "(empty)",
    many: true,
  },
  RestartForceExitStatus: {
    summary: "Lists exit codes and signals of the main process that trigger a restart, whatever Restart= says.",
    type: "setStatus",
    since: 215,
    many: true,
  },
  SuccessExitStatus: {
    summary:
      "Lists additional exit codes and signals that count as success, in addition to 0 and the usual termination signals.",
    type: "setStatus",
    since: 189,
    many: true,
  },
  NonBlocking: {
    summary: "Sets O_NONBLOCK on the sockets passed by socket activation (descriptors from 3 upwards).",
    type: "bool",
    default: "no",
  },
  BusName: {
    summary: "Names the D-Bus name the service claims; required by Type=dbus, where owning it means the service is up.",
    type: "busName",
  },
  FileDescriptorStoreMax: {
    summary:
      "Limits how many file descriptors the service may park in the service manager to keep them over a restart.",
    type: "unsigned",
    since: 219,
    default: "0",
  },
  FileDescriptorStorePreserve: {
    summary: "Selects how long parked file descriptors are kept once the service has stopped or failed.",
    type: "execPreserveMode",
    since: 254,
    default: "restart",
  },
  NotifyAccess: {
    summary: "Selects which processes of the service may send sd_notify() status messages to the service manager.",
    type: "notifyAccess",
    default: "none",
  },
  Sockets: {
    summary: "Lists the socket units whose listening sockets the service receives when it starts.",
    type: "serviceSockets",
    default: "socket unit of the same name",
    many: true,
  },
  USBFunctionDescriptors: {
    summary: "Names the file with the FunctionFS descriptors that a USB gadget service writes to ep0.",
    type: "unitPathPrintf",
    since: 227,
  },
  USBFunctionStrings: {
    summary: "Names the file with the FunctionFS text strings of a USB gadget; used with ListenUSBFunction= sockets.",
    type: "unitPathPrintf",
    since: 227,
  },
  OOMPolicy: {
    summary:
      "Selects whether the unit continues, stops or is killed whole after the OOM killer hits one of its processes.",
    type: "oomPolicy",
    since: 243,
    default: "DefaultOOMPolicy= (with Delegate=: continue)",
  },
  OpenFile: {
    summary:
      "Makes the service manager open a file or connect to a UNIX socket and pass the descriptor to the service.",
    type: "openFile",
    since: 253,
    many: true,
  },
  ReloadSignal: {
    summary: "Selects the signal that asks the main process to reload; takes effect only with Type=notify-reload.",
    type: "signal",
    since: 253,
    default: "SIGHUP",
  },
  ExecReloadPost: {
    summary: "Runs further commands once a reload of the service has succeeded.",
    type: "exec",
    since: 259,
    many: true,
  },
  RestartRandomizedDelaySec: {
    summary:
      "Adds a random pause of 0 to this many seconds to each automatic restart, so that services do not restart in step.",
    type: "sec",
    since: 262,
    default: "0",
  },
  LUOSession: {
    summary:
      "Lists Live Update Orchestrator sessions to create, which carry file descriptors of the service over a kexec reboot.",
    type: "luoSessions",
    since: 262,
    many: true,
    scope: "system",
  },
  RefreshOnReload: {
    summary: "Selects what is set up again on a reload: the mounted extensions, the credentials, or both (yes).",
    type: "serviceRefreshOnReload",
    since: 260,
    default: "extensions",
    many: true,
  },
} as const satisfies DirectiveRows;
