import type { UnitKind } from "../facts/unitKinds.ts";
import type { DirectiveName } from "./catalog.ts";

/** What the order of values depends on beside the directive. */
interface Home {
  readonly kind: UnitKind;
  readonly scope: "system" | "user";
}

/**
 * The values of a directive that are written most often, the most common first. A table holds only what our own order of the
 * words does not say; the words that it leaves out keep that order.
 *
 * Counted in the units of 1,089 packages of Debian (`npm run count-values -- --directive NAME`), by the number of packages
 * that set a value. What the count does not decide: network-online.target stands first, as it is what a service of its own
 * needs; numbers keep one spelling each; what is wrong, obsolete or weak for a new unit is left out.
 */
export function commonValues(directive: DirectiveName, { kind, scope }: Home): readonly string[] {
  if (directive === "WantedBy" || directive === "RequiredBy")
    return INSTALL[scope][kind] ?? INSTALL[scope].service ?? [];
  return (scope === "user" ? USER[directive] : undefined) ?? COMMON[directive] ?? [];
}

const INSTALL: Readonly<Record<Home["scope"], Readonly<Partial<Record<UnitKind, readonly string[]>>>>> = {
  system: {
    service: ["multi-user.target", "graphical.target", "sysinit.target", "basic.target", "network-online.target"],
    socket: ["sockets.target", "multi-user.target"],
    timer: ["timers.target", "multi-user.target"],
    path: ["multi-user.target", "paths.target"],
    target: ["multi-user.target", "graphical.target"],
    mount: ["local-fs.target", "remote-fs.target", "multi-user.target"],
    automount: ["local-fs.target", "remote-fs.target", "multi-user.target"],
    swap: ["swap.target"],
    slice: ["slices.target", "multi-user.target"],
  },
  user: {
    service: ["default.target", "graphical-session.target", "graphical-session-pre.target"],
    socket: ["sockets.target", "default.target"],
    timer: ["timers.target", "default.target"],
    path: ["paths.target", "default.target"],
  },
};

/** Of units that users run, where that differs. */
const USER: Readonly<Partial<Record<DirectiveName, readonly string[]>>> = {
  After: ["graphical-session.target", "graphical-session-pre.target", "basic.target"],
  Wants: ["graphical-session.target"],
  Requires: ["graphical-session.target"],
  PartOf: ["graphical-session.target"],
  Before: ["shutdown.target", "default.target", "graphical-session.target"],
  Slice: ["session.slice", "background.slice", "app.slice"],
};

const CAPABILITIES = [
  "CAP_NET_BIND_SERVICE",
  "CAP_SETGID",
  "CAP_SETUID",
  "CAP_NET_ADMIN",
  "CAP_NET_RAW",
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_KILL",
  "CAP_FOWNER",
];
const MODES = ["0755", "0750", "0700"];

const COMMON: Readonly<Partial<Record<DirectiveName, readonly string[]>>> = {
  // [Unit]
  After: [
    "network-online.target",
    "network.target",
    "local-fs.target",
    "remote-fs.target",
    "nss-lookup.target",
    "time-sync.target",
    "network-pre.target",
  ],
  Wants: ["network-online.target", "network.target", "nss-lookup.target", "time-sync.target"],
  Requires: ["network-online.target", "network.target", "local-fs.target"],
  Before: ["shutdown.target", "sysinit.target", "network-pre.target", "network.target", "multi-user.target"],
  Conflicts: ["shutdown.target"],
  ConditionVirtualization: ["!container"],
  StartLimitBurst: ["3", "5", "10"],
  StartLimitIntervalSec: ["1min", "10s", "0"],
  JobTimeoutSec: ["5min", "infinity"],

  // [Service]
  RestartSec: ["5s", "1s", "2s", "10s", "30s", "1min"],
  TimeoutStopSec: ["15s", "5s", "10s", "30s", "2min"],
  TimeoutStartSec: ["1min", "5min", "10min", "infinity"],
  TimeoutSec: ["5min", "1min", "2min", "infinity"],
  RestartMaxDelaySec: ["1min", "5min", "10min"],
  RuntimeMaxSec: ["1h", "12h", "1d"],
  WatchdogSec: ["3min", "10s", "30s", "1min"],
  ExecReload: ["/bin/kill -HUP $MAINPID"],
  NotifyAccess: ["main", "all"],
  SuccessExitStatus: ["143"],

  // Who it is, and what it may
  CapabilityBoundingSet: CAPABILITIES,
  AmbientCapabilities: CAPABILITIES.filter((it) => !/SET|KILL/.test(it)),
  RestrictAddressFamilies: ["AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK"],
  SystemCallFilter: ["@system-service"],
  SystemCallArchitectures: ["native"],
  SystemCallErrorNumber: ["EPERM"],
  IPAddressDeny: ["any"],
  DevicePolicy: ["closed", "strict"],
  WorkingDirectory: ["~"],
  UMask: ["0077", "0027", "0022"],
  StateDirectoryMode: ["0750", "0700", "0755"],
  LogsDirectoryMode: ["0750", "0700", "0755"],
  CacheDirectoryMode: ["0750", "0700", "0755"],
  RuntimeDirectoryMode: MODES,
  ConfigurationDirectoryMode: MODES,

  // Limits and scheduling
  LimitNOFILE: ["65535", "524288", "1048576", "infinity"],
  LimitNPROC: ["infinity"],
  TasksMax: ["infinity", "512", "4096"],
  CPUQuota: ["50%", "100%", "200%"],
  CPUWeight: ["100", "50", "200"],
  IOWeight: ["100", "50", "200"],
  MemoryHigh: ["512M", "1G", "2G"],
  MemoryMax: ["512M", "1G", "2G"],
  OOMScoreAdjust: ["-900", "-500", "100", "500"],
  Nice: ["19", "10", "5", "-5"],
  IOSchedulingClass: ["idle", "best-effort"],
  CPUSchedulingPolicy: ["idle", "batch"],

  // Input and output
  StandardOutput: ["journal", "null", "journal+console"],
  StandardError: ["journal", "null", "inherit"],
  StandardInput: ["socket", "null", "tty"],

  // [Socket]
  SocketMode: ["0660", "0600", "0666"],
  DirectoryMode: ["0755", "0750"],
  MaxConnections: ["64", "256"],

  // [Timer]
  OnCalendar: ["daily", "hourly", "weekly", "monthly", "*:0/15", "Mon..Fri 08:00"],
  RandomizedDelaySec: ["1h", "5min", "12h"],
  AccuracySec: ["1h", "5min", "1min"],
  OnBootSec: ["15min", "5min", "1min"],
  OnStartupSec: ["15min", "5min", "1min"],
  OnActiveSec: ["15min", "5min", "1min"],
  OnUnitActiveSec: ["1d", "1h", "15min", "5min"],
  OnUnitInactiveSec: ["1d", "1h", "15min", "5min"],
};
