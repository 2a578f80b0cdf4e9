/** Groups of system calls that hardly any service makes, whatever it is. */
export const UNUSUAL_CALLS = ["@obsolete", "@reboot", "@swap"] as const;

/** Groups of calls that take rights of root. */
export const CALLS_OF_ROOT = ["@module", "@raw-io"] as const;

/** Families of sockets whose networks are gone, though the kernel loads some of their modules for whoever asks. */
export const OLD_FAMILIES = [
  "AF_ATMPVC",
  "AF_ATMSVC",
  "AF_CAIF",
  "AF_DECnet",
  "AF_ECONET",
  "AF_IPX",
  "AF_IRDA",
  "AF_X25",
] as const;

/** The families of sockets that all services may have. */
export const USUAL_FAMILIES = ["AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK"];

/** The same with that of raw packets, which few open and reading cannot always tell. */
export const FAMILIES_OF_ALL = [...USUAL_FAMILIES, "AF_PACKET"];

/** The calls of usual services, with the one more that some daemons of root make. */
export const USUAL_CALLS = ["@system-service", "chroot"];

/** All that hardening may add because it is usual, a word of a list at a time; how many daemons bear it is measured. */
export const USUAL_VALUES: readonly string[] = [
  "ProtectSystem=full",
  "ProtectHome=read-only",
  "ProtectHome=tmpfs",
  "PrivateTmp=yes",
  "PrivateDevices=yes",
  "ProtectHostname=yes",
  "ProtectClock=yes",
  "ProtectKernelTunables=yes",
  "ProtectKernelModules=yes",
  "ProtectKernelLogs=yes",
  "ProtectControlGroups=yes",
  "ProtectProc=invisible",
  "NoNewPrivileges=yes",
  "RestrictSUIDSGID=yes",
  "RestrictNamespaces=yes",
  "RestrictRealtime=yes",
  "LockPersonality=yes",
  "MemoryDenyWriteExecute=yes",
  "RemoveIPC=yes",
  "SystemCallArchitectures=native",
  "SystemCallFilter=@system-service",
  `SystemCallFilter=${USUAL_CALLS.join(" ")}`,
  `RestrictAddressFamilies=${USUAL_FAMILIES.join(" ")}`,
  `RestrictAddressFamilies=${FAMILIES_OF_ALL.join(" ")}`,
  ...[...UNUSUAL_CALLS, ...CALLS_OF_ROOT].map((it) => `SystemCallFilter=~${it}`),
  ...OLD_FAMILIES.map((it) => `RestrictAddressFamilies=~${it}`),
];
