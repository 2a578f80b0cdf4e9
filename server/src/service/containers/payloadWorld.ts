import type { PodmanVersion } from "../../facts/podmanVersions.ts";
import { memo } from "../../units/memo.ts";
import { mountsIn, type PayloadMount } from "./hostMounts.ts";
import { isPrivileged, lastOption, optionsNamed, securityOption, securityOptions, switchedOn } from "./lookups.ts";
import { networkIn, type PayloadNetwork } from "./networks.ts";
import { capabilitiesIn, type PayloadCapabilities } from "./payloadCapabilities.ts";
import {
  type ContainerQuadlet,
  isQuadletTrue,
  linesOfKey,
  type PodmanOption,
  podmanOptions,
  type QuadletSpan,
} from "./podmanOptions.ts";

/** What podman makes for the program in a container, as far as its quadlet says it; what the image says is unknown. */
export interface PayloadWorld {
  readonly rootless: boolean;
  readonly podman: PodmanVersion;
  readonly options: readonly PodmanOption[];
  readonly privileged: PodmanOption | undefined;
  /** The user in the container; undefined where the image decides. */
  readonly user: { readonly name: string; readonly isRoot: boolean; readonly option: PodmanOption } | undefined;
  readonly userNamespace: PayloadUserNamespace;
  readonly capabilities: PayloadCapabilities;
  /** The line that sets no_new_privs, in [Container], PodmanArgs= or [Service]. */
  readonly noNewPrivileges: QuadletSpan | undefined;
  readonly seccomp: { readonly kind: "default" | "none" | "own"; readonly option: PodmanOption | undefined };
  /** The line that makes the root file system read-only. */
  readonly readOnly: PodmanOption | undefined;
  readonly mounts: readonly PayloadMount[];
  readonly devices: readonly PodmanOption[];
  readonly network: PayloadNetwork;
  /** The options that share a name space of the host, such as `--pid=host`. */
  readonly hostNamespaces: readonly PodmanOption[];
  /** What podman masks and the quadlet opens again. */
  readonly unmasked: readonly PodmanOption[];
  /** What takes the container out of SELinux' or AppArmor's hands. */
  readonly unlabelled: readonly PodmanOption[];
  /** What limits memory and processes: keys of the container, or of the service whose control group it is in. */
  readonly limits: { readonly memory: QuadletSpan | undefined; readonly processes: QuadletSpan | undefined };
}

/** The user name space of a container: the host's, one whose users are others of the host, or one that something else makes. */
export interface PayloadUserNamespace {
  readonly kind: "host" | "mapped" | "joined" | "pod";
  /** As podman calls it, such as `auto`; "" where nothing says it. */
  readonly mode: string;
  readonly option: PodmanOption | undefined;
}

/** What the program of a container is given and kept from. */
export const payloadWorld: (quadlet: ContainerQuadlet) => PayloadWorld = memo((quadlet: ContainerQuadlet) => {
  const options = podmanOptions(quadlet);
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
    devices: optionsNamed(options, "device"),
    network: networkIn(options, rootless, quadlet.podman),
    hostNamespaces: options.filter((it) => SHAREABLE.has(it.name) && it.value === "host"),
    unmasked: securityOptions(options).flatMap((it) => (it.name === "unmask" ? [it.source] : [])),
    unlabelled: securityOptions(options).flatMap((it) => (isUnlabelled(it.name, it.value) ? [it.source] : [])),
    limits: limitsIn(quadlet, options),
  };
});

/** The name spaces that an option can share with the host; that of the network is told apart. */
const SHAREABLE: ReadonlySet<string> = new Set(["pid", "ipc", "uts", "cgroupns"]);

function userIn(options: readonly PodmanOption[]): PayloadWorld["user"] {
  const user = lastOption(options, "user");
  const name = user?.value.split(":")[0] ?? "";
  if (!user || name === "") return undefined;
  return { name, isRoot: /^(?:root|0+)$/.test(name), option: user };
}

function userNamespaceIn(options: readonly PodmanOption[], rootless: boolean): PayloadUserNamespace {
  const mode = lastOption(options, "userns");
  const map = lastOption(options, "uidmap", "subuidname");
  const by = mode ?? map;
  const [kind = ""] = mode?.value.split(":") ?? [];
  if (kind === "container" || kind === "ns") return { kind: "joined", mode: kind, option: by };
  if (by === undefined && lastOption(options, "pod")) return { kind: "pod", mode: "", option: undefined };
  const isHost = mode ? kind === "host" || kind === "" : map === undefined;
  // The containers of a user are always in a name space whose users are those that are left to it.
  return { kind: isHost && !rootless ? "host" : "mapped", mode: mode ? mode.value : map ? "map" : "", option: by };
}

function seccompIn(options: readonly PodmanOption[], privileged: PodmanOption | undefined): PayloadWorld["seccomp"] {
  const option = securityOption(options, "seccomp");
  if (option) return { kind: option.value === "unconfined" ? "none" : "own", option: option.source };
  return privileged ? { kind: "none", option: privileged } : { kind: "default", option: undefined };
}

const isUnlabelled = (name: string, value: string): boolean =>
  (name === "label" && /^(?:disable|type:(?:spc_t|unconfined_t|container_runtime_t))$/.test(value)) ||
  (name === "apparmor" && value === "unconfined");

/** The last line of a switch in [Service], where systemd takes it for true. */
function inService(quadlet: ContainerQuadlet, name: string): QuadletSpan | undefined {
  const last = linesOfKey(quadlet, "Service", name).at(-1);
  return last && (isQuadletTrue(last.node.text) || /^[ty]$/i.test(last.node.text)) ? last : undefined;
}

function limitsIn(quadlet: ContainerQuadlet, options: readonly PodmanOption[]): PayloadWorld["limits"] {
  // Elsewhere than in the control group of its service the limits of the service do not reach it.
  const isSplit = (lastOption(options, "cgroups")?.value ?? "split") === "split";
  const ofService = (name: string): QuadletSpan | undefined => {
    const last = isSplit ? linesOfKey(quadlet, "Service", name).at(-1) : undefined;
    return last && !/^(?:infinity|)$/.test(last.node.text) ? last : undefined;
  };
  const memory = lastOption(options, "memory");
  const processes = lastOption(options, "pids-limit");
  return {
    memory: memory && memory.value !== "0" ? memory : ofService("MemoryMax"),
    processes: processes && !/^(?:-1|0)$/.test(processes.value) ? processes : ofService("TasksMax"),
  };
}
