import type { PodmanVersion } from "../../facts/podmanVersions.ts";
import { lastOption, optionsNamed, switchedOn } from "./lookups.ts";
import type { PodmanOption } from "./podmanOptions.ts";

/** A port that a container publishes. */
export interface PublishedPort {
  /** The address of the host; undefined for all. */
  readonly address: string | undefined;
  /** The port of the host; undefined where podman picks one. */
  readonly host: string | undefined;
  readonly inside: string;
  readonly option: PodmanOption;
}

/** Which network a container is in. */
export interface PayloadNetwork {
  /** `pod` where the pod decides; `joined` is that of another container or a name space by its path. */
  readonly kind: "host" | "none" | "bridge" | "user-mode" | "joined" | "pod";
  /** What it is called, such as `x.network` or `pasta`. */
  readonly name: string;
  /** The networks as written. */
  readonly options: readonly PodmanOption[];
  readonly ports: readonly PublishedPort[];
  /** What publishes all ports that the image exposes. */
  readonly all: PodmanOption | undefined;
}

/** The network of a container and its published ports. */
export function networkIn(options: readonly PodmanOption[], rootless: boolean, podman: PodmanVersion): PayloadNetwork {
  const networks = optionsNamed(options, "network");
  const rest = {
    options: networks,
    ports: optionsNamed(options, "publish").map(portOf),
    all: switchedOn(options, "publish-all"),
  };
  const name = networks.at(-1)?.value ?? "";
  if (name === "" && lastOption(options, "pod")) return { kind: "pod", name: "", ...rest };
  const [mode = ""] = name.split(":");
  const userMode = podman >= 5 ? "pasta" : "slirp4netns";
  if (mode === "" || mode === "private")
    return rootless ? { kind: "user-mode", name: userMode, ...rest } : { kind: "bridge", name: "podman", ...rest };
  return { kind: kindOf(mode), name: mode === name ? name : mode, ...rest };
}

function kindOf(mode: string): PayloadNetwork["kind"] {
  if (mode === "host" || mode === "none") return mode;
  if (mode === "pasta" || mode === "slirp4netns") return "user-mode";
  return mode === "container" || mode === "ns" || mode.endsWith(".container") ? "joined" : "bridge";
}

/** `[[ADDRESS:]HOST:]INSIDE[/PROTOCOL]`, an IPv6 address in brackets. */
function portOf(option: PodmanOption): PublishedPort {
  const [, bracketed, rest = option.value] = /^\[([^\]]*)\]:(.*)$/s.exec(option.value) ?? [];
  const parts = rest.split(":");
  const inside = (parts.at(-1) ?? "").replace(/\/\w+$/, "");
  const host = parts.length > 1 ? parts.at(-2) : undefined;
  const address = bracketed ?? (parts.length > 2 ? parts.slice(0, -2).join(":") : undefined);
  return { address: address || undefined, host: host || undefined, inside, option };
}

/** Whether only this machine reaches a published port. */
export const isOnLoopback = ({ address }: Pick<PublishedPort, "address">): boolean =>
  address !== undefined && /^(?:127(?:\.\d+){3}|::1|localhost)$/.test(address);
