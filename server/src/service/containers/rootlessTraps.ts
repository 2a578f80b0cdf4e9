import type { DirectiveName } from "../../catalog/catalog.ts";
import { USER_NAMESPACE_SETTINGS } from "../userNamespace.ts";
import type { ServiceTrap } from "./trap.ts";

const UID_MAP = "newuidmap: write to uid_map failed: Operation not permitted";

const isOff = (text: string): boolean => /^(?:|no|n|false|f|off|0|default)$/i.test(text);

/**
 * A user manager filters system calls only together with no_new_privs, under which newuidmap is no set-user-ID program. As long
 * as an earlier podman of the session left its pause process nobody needs newuidmap, so that a start by hand succeeds.
 */
const FILTERING: readonly DirectiveName[] = [
  "NoNewPrivileges",
  "LockPersonality",
  "MemoryDenyWriteExecute",
  "SystemCallArchitectures",
  "SystemCallFilter",
  "RestrictAddressFamilies",
  "RestrictNamespaces",
  "RestrictRealtime",
  "RestrictSUIDSGID",
];

/**
 * What breaks a container of a user. Seen with podman 5.4.2 and systemd 257: PrivateTmp=, ProtectSystem=, ProtectClock=,
 * ProtectHostname=, ReadOnlyPaths= and PrivateNetwork= at every start, six of those that filter calls at the first one.
 */
export const ROOTLESS: readonly ServiceTrap[] = [
  ...FILTERING.map(
    (directive): ServiceTrap => ({
      directive,
      effect: "boot",
      holds: ({ text }) => !isOff(text),
      seen: { status: 125, message: UID_MAP },
    }),
  ),
  ...USER_NAMESPACE_SETTINGS.map(
    (directive): ServiceTrap => ({
      directive,
      effect: "no-start",
      holds: ({ text }) => !isOff(text),
      seen: { status: 125, message: UID_MAP },
    }),
  ),
];
