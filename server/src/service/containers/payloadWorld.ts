import type { PodmanVersion } from "../../facts/podmanVersions.ts";
import { memo } from "../../units/memo.ts";
import { mountsIn, type PayloadMount } from "./hostMounts.ts";
import { isPrivileged, lastTold, securityOption, securityOptions, switchedOn, toldOf } from "./lookups.ts";
import { networkIn, type PayloadNetwork } from "./networks.ts";
import { capabilitiesIn, type PayloadCapabilities } from "./payloadCapabilities.ts";
import { type ContainerQuadlet, isQuadletTrue, linesOfKey, type Told, type ToldAt, toldOptions } from "./told.ts";

/** What podman makes for the program in a container, as far as its quadlet says it; what the image says is unknown. */
export interface PayloadWorld {
  readonly rootless: boolean;
  readonly podman: PodmanVersion;
  readonly options: readonly Told[];
  readonly privileged: Told | undefined;
  /** The user in the container; undefined where the image decides. */
  readonly user: { readonly name: string; readonly isRoot: boolean; readonly option: Told } | undefined;
  readonly userNamespace: PayloadUserNamespace;
  readonly capabilities: PayloadCapabilities;
  /** The line that sets no_new_privs, in [Container], PodmanArgs= or [Service]. */
  readonly noNewPrivileges: ToldAt | undefined;
  readonly seccomp: { readonly kind: "default" | "none" | "own"; readonly option: Told | undefined };
  /** The line that makes the root file system read-only. */
  readonly readOnly: Told | undefined;
  readonly mounts: readonly PayloadMount[];
  readonly devices: readonly Told[];
  readonly network: PayloadNetwork;
  /** The options that share a name space of the host, such as `--pid=host`. */
  readonly hostNamespaces: readonly Told[];
  /** What podman masks and the quadlet opens again. */
  readonly unmasked: readonly Told[];
  /** What takes the container out of SELinux' or AppArmor's hands. */
  readonly unlabelled: readonly Told[];
  /** What limits memory and processes: keys of the container, or of the service whose control group it is in. */
  readonly limits: { readonly memory: ToldAt | undefined; readonly processes: ToldAt | undefined };
}

/** The user name space of a container: the host's, one whose users are others of the host, or one that something else makes. */
export interface PayloadUserNamespace {
  readonly kind: "host" | "mapped" | "joined" | "pod";
  /** As podman calls it, such as `auto`; "" where nothing says it. */
  readonly mode: string;
  readonly option: Told | undefined;
}

/** What the program of a container is given and kept from. */
export const payloadWorld: (quadlet: ContainerQuadlet) => PayloadWorld = memo((quadlet: ContainerQuadlet) => {
  const options = toldOptions(quadlet);
  const rootless = quadlet.scope === "user";
  const privileged = isPrivileged(options);
  return {
    rootless,
    podman: quadlet.podman,
    options,
    privileged,
    user: userIn(options),
    userNamespace: userNamespaceIn(options, rootless),
    capabilities: capabilitiesIn(options),
    noNewPrivileges: securityOption(options, "no-new-privileges")?.source ?? inService(quadlet, "NoNewPrivileges"),
    seccomp: seccompIn(options, privileged),
    readOnly: switchedOn(options, "read-only"),
    mounts: mountsIn(options),
    devices: toldOf(options, "device"),
    network: networkIn(options, rootless, quadlet.podman),
    hostNamespaces: options.filter((it) => SHAREABLE.has(it.option) && it.value === "host"),
    unmasked: securityOptions(options).flatMap((it) => (it.name === "unmask" ? [it.source] : [])),
    unlabelled: securityOptions(options).flatMap((it) => (isUnlabelled(it.name, it.value) ? [it.source] : [])),
    limits: limitsIn(quadlet, options),
  };
});

/** The name spaces that an option can share with the host; that of the network is told apart. */
const SHAREABLE: ReadonlySet<string> = new Set(["pid", "ipc", "uts", "cgroupns"]);

function userIn(options: readonly Told[]): PayloadWorld["user"] {
  const user = lastTold(options, "user");
  const name = user?.value.split(":")[0] ?? "";
  if (!user || name === "") return undefined;
  return { name, isRoot: /^(?:root|0+)$/.test(name), option: user };
}

function userNamespaceIn(options: readonly Told[], rootless: boolean): PayloadUserNamespace {
  const mode = lastTold(options, "userns");
  const map = lastTold(options, "uidmap", "subuidname");
  const by = mode ?? map;
  const [kind = ""] = mode?.value.split(":") ?? [];
  if (kind === "container" || kind === "ns") return { kind: "joined", mode: kind, option: by };
  if (by === undefined && lastTold(options, "pod")) return { kind: "pod", mode: "", option: undefined };
  const isHost = mode ? kind === "host" || kind === "" : map === undefined;
  // The containers of a user are always in a name space whose users are those that are left to it.
  return { kind: isHost && !rootless ? "host" : "mapped", mode: mode ? mode.value : map ? "map" : "", option: by };
}

function seccompIn(options: readonly Told[], privileged: Told | undefined): PayloadWorld["seccomp"] {
  const option = securityOption(options, "seccomp");
  if (option) return { kind: option.value === "unconfined" ? "none" : "own", option: option.source };
  return privileged ? { kind: "none", option: privileged } : { kind: "default", option: undefined };
}

const isUnlabelled = (name: string, value: string): boolean =>
  (name === "label" && /^(?:disable|type:(?:spc_t|unconfined_t|container_runtime_t))$/.test(value)) ||
  (name === "apparmor" && value === "unconfined");

/** The last line of a switch in [Service], where systemd takes it for true. */
function inService(quadlet: ContainerQuadlet, name: string): ToldAt | undefined {
  const last = linesOfKey(quadlet, "Service", name).at(-1);
  return last && (isQuadletTrue(last.node.text) || /^[ty]$/i.test(last.node.text)) ? last : undefined;
}

function limitsIn(quadlet: ContainerQuadlet, options: readonly Told[]): PayloadWorld["limits"] {
  // Elsewhere than in the control group of its service the limits of the service do not reach it.
  const isSplit = (lastTold(options, "cgroups")?.value ?? "split") === "split";
  const ofService = (name: string): ToldAt | undefined => {
    const last = isSplit ? linesOfKey(quadlet, "Service", name).at(-1) : undefined;
    return last && !/^(?:infinity|)$/.test(last.node.text) ? last : undefined;
  };
  const memory = lastTold(options, "memory");
  const processes = lastTold(options, "pids-limit");
  return {
    memory: memory && memory.value !== "0" ? memory : ofService("MemoryMax"),
    processes: processes && !/^(?:-1|0)$/.test(processes.value) ? processes : ofService("TasksMax"),
  };
}
