import type { DirectiveName } from "./catalog.ts";

/**
 * What a setting does beyond its own name: what it switches on, where it does not reach, what decides against it. Most of
 * it stands in systemd.exec(5), systemd.resource-control(5) or systemd.service(5); where 257 and 262 were seen to do
 * something else, this says what they do.
 */
const INTERPLAY = {
  DynamicUser:
    "Implies `RemoveIPC=yes`, `NoNewPrivileges=yes`, `RestrictSUIDSGID=yes`, `ProtectSystem=strict`, `PrivateTmp=disconnected` if that is not `yes`, and `ProtectHome=read-only` if that is `no`. The directories of `StateDirectory=` and similar settings are below `/var/lib/private`, `/var/cache/private` and so on; files elsewhere keep a UID that is reused later. If a user of that name exists, systemd uses it instead.",
  PrivateDevices:
    "Implies `DevicePolicy=closed` if that is `auto`, removes `CAP_MKNOD` and `CAP_SYS_RAWIO` from the bounding set, and denies the calls of `@raw-io`.",
  ProtectKernelModules:
    "Removes `CAP_SYS_MODULE` from the bounding set and denies the calls of `@module`. The kernel can still load modules on demand.",
  ProtectKernelLogs: "Removes `CAP_SYSLOG` from the bounding set and denies `syslog`.",
  ProtectClock:
    "Removes `CAP_SYS_TIME` and `CAP_WAKE_ALARM` from the bounding set and denies the calls of `@clock`, some of which programs also use to read the clock.",
  ProtectKernelTunables:
    "Implies the effect of `MountAPIVFS=yes`. Without `RootDirectory=` or `PrivateNetwork=`, `/sys` stays as writable as it was.",
  ProtectControlGroups: "Every value except `no` implies the effect of `MountAPIVFS=yes`.",
  ProtectProc:
    "Implies the effect of `MountAPIVFS=yes`. Hides nothing from root or from processes with `CAP_SYS_PTRACE`: combine it with `User=` or `DynamicUser=`.",
  ProcSubset:
    "Implies the effect of `MountAPIVFS=yes`. With `pid`, `/proc/sys`, `/proc/meminfo` and similar files are missing.",
  PrivatePIDs: "Implies the effect of `MountAPIVFS=yes`.",
  ProtectSystem:
    "`strict` leaves `/dev`, `/proc` and `/sys` to `PrivateDevices=`, `ProtectKernelTunables=` and `ProtectControlGroups=`, and the home directories to `ProtectHome=`. The directories of `StateDirectory=` and similar settings stay writable. A process with `CAP_SYS_ADMIN` that can mount is able to undo it.",
  ProtectHome:
    "Covers `/home`, `/root` and `/run/user`, but no home directories elsewhere. The file systems of `tmpfs` are read-only.",
  PrivateTmp:
    "`yes` waits for the mounts of `/tmp` and `/var/tmp`. Other programs cannot access sockets and files in there.",
  PrivateNetwork:
    "Gives the service a mount namespace unless `PrivateMounts=no` is set. Netlink and abstract sockets of the host are not accessible, sockets in the file system and those of a socket unit are. `NetworkNamespacePath=` takes precedence.",
  PrivateIPC: "Does not cover POSIX shared memory and sockets. `IPCNamespacePath=` takes precedence.",
  PrivateUsers:
    "With `yes`, files of all users except root and the unit's own user appear to belong to nobody, and capabilities apply inside the namespace only: no port below 1024, no clock, no network device of the host.",
  PrivateMounts:
    "Implied by every other setting that needs a mount namespace, such as `ProtectSystem=` or `PrivateTmp=`.",
  MountAPIVFS:
    "Enabled by default with `RootDirectory=` or `RootImage=`. Works without them too: with `TemporaryFileSystem=/` it mounts `/proc`, `/sys`, `/dev` and `/run`.",
  RootDirectory:
    "Implies `MountAPIVFS=yes`. A root directory that belongs to the service's user is writable: `ReadOnlyPaths=+/` or `ProtectSystem=strict` makes it read-only.",
  ReadWritePaths:
    "The longest path takes precedence, and for the same path `ReadOnlyPaths=`. Overrides neither `InaccessiblePaths=` of a parent directory nor a file system that is itself read-only.",
  ReadOnlyPaths: "The longest path takes precedence. Does not cover later mounts of the host below it.",
  InaccessiblePaths:
    "Nothing below it can be made accessible again; `TemporaryFileSystem=` with `BindPaths=` can hide a directory except for parts of it. Root can still open such a path and sees it empty.",
  TemporaryFileSystem: "`BindPaths=` and `BindReadOnlyPaths=` make parts visible again.",
  NoNewPrivileges:
    "Does not apply to what other programs start for the service: cron, at, systemd-run, D-Bus services. For system services only `DynamicUser=` implies it.",
  RestrictAddressFamilies:
    "Filters only `socket`, not sockets that are passed in or created with `socketpair`, and not the calls of other architectures: combine it with `SystemCallArchitectures=native`. Syslog, D-Bus and `Type=notify` need `AF_UNIX`, lists of interfaces `AF_NETLINK`.",
  RestrictRealtime: "Also denies `sched_setattr` with any arguments.",
  RestrictSUIDSGID: "Also denies `openat2` with any arguments.",
  MemoryDenyWriteExecute: "Breaks JIT runtimes. A writable file system without noexec, or `memfd_create`, bypasses it.",
  SystemCallFilter:
    "The first line decides whether it allows or denies. An allow list always has the calls of `@default`; with `execve` in a deny list nothing starts. `@system-service` lacks `chroot`. Combine it with `SystemCallArchitectures=native`.",
  SystemCallErrorNumber:
    "Without `SystemCallFilter=` it has no effect; without it a denied call kills the process with 31/SYS.",
  CapabilityBoundingSet:
    "Empty means none, `~` alone all. Lines add up; `~` removes. In a user unit the start fails with 218/CAPABILITIES unless `PrivateUsers=yes` is set.",
  AmbientCapabilities:
    "Adds keep-caps to `SecureBits=`. systemd silently ignores what the bounding set lacks, and with `PrivateUsers=` it does not apply to the host. In a user unit the start fails with 218/CAPABILITIES.",
  RemoveIPC: "Only for the user and group of `User=`, `Group=` or `DynamicUser=`, never for root.",
  IPAddressAllow:
    "Restricts nothing without `IPAddressDeny=`, as what neither names is allowed. A socket unit has its own lists.",
  IPAddressDeny:
    "`IPAddressAllow=` takes precedence. A socket unit has its own lists: sockets that it passes in are not filtered here.",
  SocketBindAllow: "Restricts nothing without `SocketBindDeny=`.",
  RestrictNetworkInterfaces: "`lo` is an interface like any other: list it if it is needed.",
  DeviceAllow:
    "With `DevicePolicy=auto` the first line limits the unit to what is listed and the usual devices such as `/dev/null`.",
  RuntimeDirectory:
    "Removed when the service stops, unless `RuntimeDirectoryPreserve=` keeps it. With `RootDirectory=` the directory is bound into the root.",
  ConfigurationDirectory: "Not owned by the user of the service, unlike `StateDirectory=` and similar settings.",
  StandardOutput:
    "systemd opens a file before it creates `LogsDirectory=` and similar settings, and again for each command: `truncate:` and `file:` lose earlier output.",
  EnvironmentFile:
    "Takes precedence over `Environment=`. Read from the host before each command; a missing file makes the start fail unless the path is prefixed with `-`.",
  Environment: "Readable for everyone over D-Bus: use `LoadCredential=` for secrets.",
  SetCredential: "Readable for everyone over D-Bus, as the text is in the unit.",
  LoadCredential:
    "A missing file of an absolute path makes the start fail, unless `SetCredential=` sets a default. `Type=` defaults to `exec` with it.",
  JoinsNamespaceOf:
    "Shares `/tmp`, the network and IPC if both units have the private setting for it, but never mounts, and nothing of `PrivateTmp=disconnected`. While the other unit runs, settings that only this unit has are lost.",
  Requires: "Does not set an order: without `After=` both start at the same time.",
  BindsTo: "Without `After=` both start at the same time.",
  Delegate: "Makes `OOMPolicy=continue` the default.",
  WatchdogSec: "Implies `NotifyAccess=main` if that is `none`.",
  Persistent: "Only for `OnCalendar=`.",
  GuessMainPID: "Only for `Type=forking` without `PIDFile=`.",
  RuntimeMaxSec: "No effect with `Type=oneshot`; use `TimeoutStartSec=` instead.",
} as const satisfies Partial<Record<DirectiveName, string>>;

/** What to know of a directive besides what it does itself, with backquotes around what is literal. */
export function interplayOf(name: string): string | undefined {
  return (INTERPLAY as Readonly<Partial<Record<string, string>>>)[name];
}
