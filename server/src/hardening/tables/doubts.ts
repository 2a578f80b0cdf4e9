import type { DirectiveName } from "../../catalog/catalog.ts";

/**
 * What has to hold for settings under which programs often fail: "if" and a clause. They need a reason before they count as
 * shown to be safe.
 */
export const DOUBTS = {
  ProtectSystem: "if it writes nothing below /usr, /boot and /etc",
  PrivateDevices: "if it opens no hardware",
  ProtectClock: "if it sets no clock and opens no devices",
  ProtectKernelTunables: "if it changes no setting of the kernel",
  ProtectKernelModules: "if it loads no kernel modules",
  RestrictSUIDSGID: "if it makes no set-user-ID files",
  RestrictNamespaces: "if it creates no namespaces, as containers and browsers do",
  RestrictRealtime: "if it asks for no realtime priority",
  NoNewPrivileges: "if it runs no set-user-ID programs",
  RestrictAddressFamilies: "if it opens no other sockets, such as those for raw packets or Bluetooth",
  SystemCallFilter: "if it makes no calls beyond those of usual services",
  CapabilityBoundingSet: "if it needs no rights of root",
  PrivateUsers: "if it has nothing to do with the files and users of others",
  MemoryDenyWriteExecute: "if neither it nor its libraries compile code while they run",
  NoExecPaths: "if it starts no programs of its own making",
} as const satisfies Partial<Record<DirectiveName, string>>;

/** The same for programs from outside of the distribution, which may belong to a person or look after others. */
export const DOUBTS_OUTSIDE = {
  ProtectHome: "if it writes nothing in home directories",
  PrivateTmp: "if it shares no files in /tmp with others",
  ProtectProc: "if it looks at no processes of others",
} as const satisfies Partial<Record<DirectiveName, string>>;
