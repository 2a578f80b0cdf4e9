import type { DirectiveName } from "../../catalog/catalog.ts";
import { addressFamily } from "../../facts/addressFamilies.ts";
import { NAMESPACE_KINDS } from "../../facts/namespaces.ts";
import { callsFor } from "../../security/callSet.ts";
import { capabilitiesOf, overlap, without } from "../../security/capabilitySet.ts";
import { needsMountNamespace } from "../../security/refusals/verifyPrograms.ts";
import type { UnitSettings } from "../../security/settings.ts";
import { forwardsPorts, isOnBridge, type ServiceTrap, type TrapContext } from "./trap.ts";

const UID_MAP = "newuidmap: write to uid_map failed: Operation not permitted";
const storage = "open /var/lib/containers/storage/storage.lock: read-only file system";

/** Paths above those that podman writes to. */
const STORAGE = new Set(["/", "/var", "/var/lib", "/var/lib/containers", "/var/lib/containers/storage"]);

/** Whether a list names a path above podman's storage. */
const coversStorage = ({ text }: Pick<TrapContext, "text">): boolean =>
  text.split(/\s+/).some((it) => {
    const [path = ""] = it.replace(/^[-+]*/, "").split(":");
    return STORAGE.has(path.replace(/(?<=[^/]|^\/)\/+$/, ""));
  });

/** Lines that open paths again may open podman's; then the trap is another one. */
const givesBack = ({ settings: { present } }: Pick<TrapContext, "settings">): boolean =>
  present.has("ReadWritePaths") || present.has("BindPaths");

const USER_BIT = NAMESPACE_KINDS.findIndex((it) => it.text === "user");
/** Those that podman makes for every container. */
const NEEDED = ["ipc", "mnt", "pid", "uts"].map((name) => 1 << NAMESPACE_KINDS.findIndex((it) => it.text === name));

function deniesNamespace({ settings: { namespaces }, world }: TrapContext): boolean {
  if (namespaces === undefined) return false;
  const mask = namespaces;
  const mapped = world.userNamespace.kind === "mapped" && (mask & (1 << USER_BIT)) === 0;
  return mapped || NEEDED.some((bit) => (mask & bit) === 0);
}

function deniesNetlink({ settings: { addressFamilies }, world }: TrapContext): boolean {
  const netlink = addressFamily("AF_NETLINK") ?? -1;
  const { allow, members } = addressFamilies;
  if (!allow && members === undefined) return false;
  return isOnBridge(world) && (members?.has(netlink) ?? false) !== allow;
}

/** The calls with which a runtime enters the root file system of its container. */
const ENTERING = ["mount", "pivot_root", "umount2"];

function deniesEntering({ settings: { systemCalls, version } }: TrapContext): boolean {
  if (!systemCalls) return false;
  return ENTERING.some((name) => {
    const call = callsFor(name, version);
    const isListed = call?.some((bits, i) => (bits & (systemCalls.members[i] ?? 0)) !== 0) ?? false;
    return call !== undefined && isListed !== systemCalls.allow;
  });
}

/** Without it podman takes itself for a user's. */
const ADMINISTRATION = capabilitiesOf("CAP_SYS_ADMIN");
const SETTING_UP = capabilitiesOf("CAP_MKNOD");
/** With a network of its own somebody has to switch its loopback on. */
const WITH_NETWORK = capabilitiesOf("CAP_NET_ADMIN");

const lacksCapability = ({ settings: { boundingSet }, world }: TrapContext): boolean =>
  overlap(without(SETTING_UP, boundingSet), SETTING_UP) ||
  (world.network.kind !== "host" && overlap(without(WITH_NETWORK, boundingSet), WITH_NETWORK));

const isOther = (text: string): boolean => text !== "" && !/^(?:root|0)$/.test(text);

/** A trap that breaks every start, with the status and the words of podman then. */
const noStart = (
  directive: DirectiveName,
  status: number,
  message: string,
  holds: ServiceTrap["holds"],
): ServiceTrap => ({ directive, effect: "no-start", holds, seen: { status, message } });

const isOn =
  (key: keyof UnitSettings): ServiceTrap["holds"] =>
  ({ settings }) =>
    settings[key] === true;
const differs =
  (key: keyof UnitSettings, ...fine: readonly unknown[]): ServiceTrap["holds"] =>
  ({ settings }) =>
    !fine.includes(settings[key]);

/**
 * What breaks the start of a container of the system manager. Seen with podman 5.4.2, crun 1.21, netavark 1.14 and systemd
 * 257, each setting alone.
 */
export const NO_START: readonly ServiceTrap[] = [
  noStart(
    "ProtectSystem",
    125,
    storage,
    ({ settings }) => settings.protectSystem === "strict" && !givesBack({ settings }),
  ),
  noStart("PrivateDevices", 126, "mknod `/dev/null`: Operation not permitted", isOn("privateDevices")),
  noStart("ProtectHostname", 126, "sethostname: Operation not permitted", differs("protectHostname", "no", "private")),
  noStart(
    "ProtectKernelTunables",
    126,
    "netavark: Sysctl error: IO Error: Read-only file system",
    ({ settings, world }) => settings.protectKernelTunables && isOnBridge(world),
  ),
  noStart(
    "ProtectControlGroups",
    126,
    "mkdir /sys/fs/cgroup/system.slice/x.service/runtime: read-only file system",
    differs("protectControlGroups", "no"),
  ),
  noStart(
    "RestrictSUIDSGID",
    127,
    "cannot resolve `null` under rootfs: No such file or directory",
    isOn("restrictSuidSgid"),
  ),
  noStart("RestrictNamespaces", 126, "clone: Operation not permitted", deniesNamespace),
  noStart(
    "ProcSubset",
    125,
    "open /proc/sys/kernel/cap_last_cap: no such file or directory",
    differs("procSubset", "all"),
  ),
  noStart(
    "RestrictAddressFamilies",
    126,
    "netavark: host netlink socket: open: IO error: Address family not supported by protocol",
    deniesNetlink,
  ),
  noStart("SystemCallFilter", 126, "pivot_root: Operation not permitted", deniesEntering),
  noStart("CapabilityBoundingSet", 1, UID_MAP, ({ settings }) =>
    overlap(without(ADMINISTRATION, settings.boundingSet), ADMINISTRATION),
  ),
  noStart("CapabilityBoundingSet", 126, "mknod `/dev/null`: Operation not permitted", lacksCapability),
  noStart("DynamicUser", 1, UID_MAP, isOn("dynamicUser")),
  // Of podman 5.5 and later, which writes no such file, nothing was seen.
  noStart(
    "User",
    125,
    "creating idfile: open /run/x.cid: permission denied",
    ({ text, world }) => isOther(text) && world.podman < 5.5,
  ),
  noStart(
    "PrivateUsers",
    126,
    "creating network namespace for container: operation not permitted",
    differs("privateUsers", "no"),
  ),
  noStart(
    "PrivatePIDs",
    0,
    "Failed to parse MAINPID= field in notification message: No such process",
    differs("privatePids", "no"),
  ),
  noStart(
    "DevicePolicy",
    208,
    "Failed to set up standard input: Operation not permitted",
    ({ text }) => text === "strict",
  ),
  noStart("ReadOnlyPaths", 125, storage, (it) => coversStorage(it) && !givesBack(it)),
  noStart(
    "InaccessiblePaths",
    125,
    "mkdir /var/lib/containers: read-only file system",
    (it) => coversStorage(it) && !givesBack(it),
  ),
  noStart("TemporaryFileSystem", 1, "cannot retrieve cmd line", coversStorage),
  noStart("SecureBits", 1, UID_MAP, ({ text }) => /\bnoroot\b/.test(text)),
];

/** Directives that give a service a mount namespace, so that podman's rules stay behind when it stops. */
const MOUNTING: readonly DirectiveName[] = [
  "ProtectSystem",
  "ProtectHome",
  "PrivateTmp",
  "ProtectKernelTunables",
  "ProtectKernelModules",
  "ProtectKernelLogs",
  "ProtectProc",
  "PrivateIPC",
  "PrivateMounts",
  "MountFlags",
  "MountAPIVFS",
  "ReadOnlyPaths",
  "ReadWritePaths",
  "InaccessiblePaths",
  "TemporaryFileSystem",
  "NoExecPaths",
  "ExecPaths",
  "BindPaths",
  "BindReadOnlyPaths",
  "LogNamespace",
  "NetworkNamespacePath",
  "BindLogSockets",
];

const isOff = (text: string): boolean => /^(?:|no|n|false|f|off|0|default|shared)$/i.test(text);

/**
 * What leaves published ports dead from the second start on: ExecStop= runs in another mount namespace than ExecStart=, so that
 * netavark does not find the network of the container, and its rules for the old address stay before the new ones.
 */
export const DEAD_PORT: readonly ServiceTrap[] = MOUNTING.map((directive) => ({
  directive,
  effect: "dead-port",
  holds: ({ settings, world, text }) =>
    !isOff(text) && forwardsPorts(world) && (needsMountNamespace(settings) || settings.privateTmp !== "no"),
}));

/** What keeps everyone from a published port, from the first start on. */
export const NO_PORT: readonly ServiceTrap[] = [
  {
    directive: "PrivateNetwork",
    effect: "no-port",
    holds: ({ settings, world }) =>
      settings.privateNetwork && (forwardsPorts(world) || (!world.rootless && world.network.kind === "host")),
  },
  {
    directive: "IPAddressDeny",
    effect: "no-port",
    holds: ({ settings, world }) => forwardsPorts(world) && settings.ipDeny.allV4 && settings.ipAllow.count === 0,
  },
];
