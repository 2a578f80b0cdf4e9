import type { DirectiveName } from "./catalog.ts";

/**
 * What a setting does beyond its own name: what it switches on, where it does not reach, what decides against it. Most of
 * it stands in systemd.exec(5), systemd.resource-control(5) or systemd.service(5); where 257 and 262 were seen to do
 * something else, this says what they do.
 */
const INTERPLAY = {
  DynamicUser:
    "Brings `RemoveIPC=yes`, `NoNewPrivileges=yes`, `RestrictSUIDSGID=yes`, `ProtectSystem=strict`, `PrivateTmp=disconnected` where that is not `yes`, and `ProtectHome=read-only` where that is `no`. The directories of `StateDirectory=` and the like lie below `/var/lib/private` and the like; files elsewhere stay with a number that others get later. A user of that name that exists is taken instead.",
  PrivateDevices:
    "Brings `DevicePolicy=closed` where that is `auto`, takes `CAP_MKNOD` and `CAP_SYS_RAWIO` out of the bounding set, and denies the calls of `@raw-io`.",
  ProtectKernelModules:
    "Takes `CAP_SYS_MODULE` out of the bounding set and denies the calls of `@module`. What the kernel loads by itself, it still loads.",
  ProtectKernelLogs: "Takes `CAP_SYSLOG` out of the bounding set and denies `syslog`.",
  ProtectClock:
    "Takes `CAP_SYS_TIME` and `CAP_WAKE_ALARM` out of the bounding set and denies the calls of `@clock`, with which some programs only read.",
  ProtectKernelTunables:
    "Brings the effect of `MountAPIVFS=yes`. Without `RootDirectory=` or `PrivateNetwork=`, `/sys` stays as writable as it was.",
  ProtectControlGroups: "Every value but `no` brings the effect of `MountAPIVFS=yes`.",
  ProtectProc:
    "Brings the effect of `MountAPIVFS=yes`. Hides nothing from root or a holder of `CAP_SYS_PTRACE`: `User=` or `DynamicUser=` go with it.",
  ProcSubset: "Brings the effect of `MountAPIVFS=yes`. With `pid`, `/proc/sys`, `/proc/meminfo` and the like are gone.",
  PrivatePIDs: "Brings the effect of `MountAPIVFS=yes`.",
  ProtectSystem:
    "`strict` leaves `/dev`, `/proc` and `/sys` to `PrivateDevices=`, `ProtectKernelTunables=` and `ProtectControlGroups=`, and the home directories to `ProtectHome=`. The directories of `StateDirectory=` and the like stay writable. A process with `CAP_SYS_ADMIN` that may mount can undo it.",
  ProtectHome: "Knows `/home`, `/root` and `/run/user`, no homes elsewhere. What `tmpfs` puts there is read-only.",
  PrivateTmp:
    "`yes` waits for the mounts of `/tmp` and `/var/tmp`. Sockets and files in there are out of reach of others.",
  PrivateNetwork:
    "Gives the service a mount namespace where `PrivateMounts=` does not say `no`. Netlink and abstract sockets of the host are cut off, sockets in the file system and those of a socket unit are not. `NetworkNamespacePath=` goes before it.",
  PrivateIPC: "Leaves out POSIX shared memory and sockets. `IPCNamespacePath=` goes before it.",
  PrivateUsers:
    "With `yes`, files of all users but root and the unit's own appear as those of nobody, and capabilities hold inside the namespace alone: no port below 1024, no clock, no network device of the host.",
  PrivateMounts:
    "Comes with every other setting that needs a mount namespace, such as `ProtectSystem=` or `PrivateTmp=`.",
  MountAPIVFS:
    "On by itself with `RootDirectory=` or `RootImage=`. Works without them too: with `TemporaryFileSystem=/` it brings `/proc`, `/sys`, `/dev` and `/run` back.",
  RootDirectory:
    "Brings `MountAPIVFS=yes`. A root that belongs to the service's user is writable: `ReadOnlyPaths=+/` or `ProtectSystem=strict` closes it.",
  ReadWritePaths:
    "The deepest path decides, and of the same path in both lists `ReadOnlyPaths=`. Undoes neither `InaccessiblePaths=` above it nor a file system that is read-only itself.",
  ReadOnlyPaths: "The deepest path decides. Does not cover what the host mounts below it later.",
  InaccessiblePaths:
    "Nothing below can be brought back; `TemporaryFileSystem=` with `BindPaths=` can hide a directory but for parts of it. Root can still open such a path and finds it empty.",
  TemporaryFileSystem: "Parts come back with `BindPaths=` and `BindReadOnlyPaths=`.",
  NoNewPrivileges:
    "Does not bind what others start for the service: cron, at, systemd-run, services over D-Bus. No other setting but `DynamicUser=` brings it to a system service.",
  RestrictAddressFamilies:
    "Filters `socket` alone, not sockets that are passed in or made in pairs, and not the calls of other architectures: `SystemCallArchitectures=native` goes with it. Syslog, D-Bus and `Type=notify` need `AF_UNIX`, lists of interfaces `AF_NETLINK`.",
  RestrictRealtime: "Also denies `sched_setattr`, whatever it is called with.",
  RestrictSUIDSGID: "Also denies `openat2`, whatever it is called with.",
  MemoryDenyWriteExecute:
    "Breaks runtimes that compile into memory. A writable file system without noexec, or `memfd_create`, leads around it.",
  SystemCallFilter:
    "The first line decides whether it allows or denies. An allow list always has the calls of `@default`; a deny list with `execve` lets nothing start. `@system-service` lacks `chroot`. `SystemCallArchitectures=native` goes with it.",
  SystemCallErrorNumber:
    "Without `SystemCallFilter=` it has no effect; without it a denied call ends the process with 31/SYS.",
  CapabilityBoundingSet:
    "Empty means none, `~` alone all. Lines add up; `~` takes away. In a user unit the start fails with 218/CAPABILITIES unless `PrivateUsers=yes` is set.",
  AmbientCapabilities:
    "Adds keep-caps to `SecureBits=`. What the bounding set lacks is dropped without a word, and with `PrivateUsers=` it does not reach the host. In a user unit the start fails with 218/CAPABILITIES.",
  RemoveIPC: "Only for the user and group of `User=`, `Group=` or `DynamicUser=`, never for root.",
  IPAddressAllow:
    "Restricts nothing without `IPAddressDeny=`, as what neither names is allowed. A socket unit has lists of its own.",
  IPAddressDeny:
    "`IPAddressAllow=` goes before it. A socket unit has lists of its own: what it passes in is not filtered here.",
  SocketBindAllow: "Restricts nothing without `SocketBindDeny=`.",
  RestrictNetworkInterfaces: "`lo` is an interface like the others: name it where it is needed.",
  DeviceAllow:
    "With `DevicePolicy=auto` the first line limits the unit to what is listed and the usual devices such as `/dev/null`.",
  RuntimeDirectory:
    "Gone when the service stops, unless `RuntimeDirectoryPreserve=` keeps it. With a root of its own the directory is bound into it.",
  ConfigurationDirectory: "Not handed over to the user of the service, unlike `StateDirectory=` and the like.",
  StandardOutput:
    "systemd opens a file before it makes `LogsDirectory=` and the like, and anew for each command: `truncate:` and `file:` lose what came before.",
  EnvironmentFile:
    "Goes before `Environment=`. Read as the host has it, before each command; a missing file fails the start unless `-` stands before it.",
  Environment: "Readable for everyone over D-Bus: secrets belong into `LoadCredential=`.",
  SetCredential: "Readable for everyone over D-Bus, as the text stands in the unit.",
  LoadCredential:
    "A missing file of an absolute path fails the start, unless `SetCredential=` has a default. `Type=` becomes `exec` where nothing sets it.",
  JoinsNamespaceOf:
    "Shares `/tmp`, the network and IPC where both units have the private setting for it; mounts never, and nothing of `PrivateTmp=disconnected`. While the other unit runs, what only this one has private is lost.",
  Requires: "Says nothing about the order: without `After=` both start at the same time.",
  BindsTo: "Without `After=` both start at the same time.",
  Delegate: "Makes `OOMPolicy=continue` the default.",
  WatchdogSec: "Brings `NotifyAccess=main` where that is `none`.",
  Persistent: "Only for `OnCalendar=`.",
  GuessMainPID: "Only for `Type=forking` without `PIDFile=`.",
  RuntimeMaxSec: "Without effect for `Type=oneshot`; `TimeoutStartSec=` limits that.",
} as const satisfies Partial<Record<DirectiveName, string>>;

/** What to know of a directive besides what it does itself, with backquotes around what is literal. */
export function interplayOf(name: string): string | undefined {
  return (INTERPLAY as Readonly<Partial<Record<string, string>>>)[name];
}
