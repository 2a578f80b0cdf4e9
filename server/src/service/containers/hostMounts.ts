import type { PodmanOption } from "./podmanOptions.ts";

/** What is mounted into a container. */
export interface PayloadMount {
  /** The path of the host as written; undefined where podman makes the content: a volume, an image, a tmpfs. */
  readonly hostPath: string | undefined;
  /** What it is where it is no path: the name of a volume, or its type. */
  readonly what: string;
  readonly inside: string;
  readonly readOnly: boolean;
  readonly option: PodmanOption;
}

/** All mounts that a quadlet asks for, by Volume=, Mount= or Tmpfs=. */
export const mountsIn = (options: readonly PodmanOption[]): readonly PayloadMount[] =>
  options.flatMap((it): readonly PayloadMount[] => {
    if (it.name === "volume") return [ofVolume(it)];
    if (it.name === "mount") return ofMount(it);
    if (it.name !== "tmpfs") return [];
    const [inside = ""] = it.value.split(":");
    return [{ hostPath: undefined, what: "tmpfs", inside, readOnly: /[:,]ro(?:,|$)/.test(it.value), option: it }];
  });

/** `SOURCE:PLACE:OPTIONS`; with one part only podman makes a volume without a name. */
function ofVolume(option: PodmanOption): PayloadMount {
  const parts = option.value.split(":");
  const [first = "", second = first, options = ""] = parts;
  const anonymous = parts.length === 1;
  return {
    hostPath: !anonymous && isHostPath(first) ? normal(first) : undefined,
    what: anonymous ? "volume" : first,
    inside: second,
    readOnly: options.split(",").includes("ro"),
    option,
  };
}

function ofMount(option: PodmanOption): readonly PayloadMount[] {
  const fields = new Map(
    option.value.split(",").map((it): [string, string] => {
      const at = it.indexOf("=");
      return at < 0 ? [it, "true"] : [it.slice(0, at), it.slice(at + 1)];
    }),
  );
  const field = (...names: readonly string[]): string | undefined =>
    names.map((name) => fields.get(name)).find((it) => it !== undefined);
  const type = field("type") ?? "bind";
  const source = field("source", "src") ?? "";
  const writes = field("rw");
  const reads = field("ro", "readonly");
  const bound = type === "bind" || type === "glob";
  return [
    {
      hostPath: bound && isHostPath(source) ? normal(source) : undefined,
      what: source === "" ? type : source,
      inside: field("destination", "dst", "target") ?? "",
      readOnly: (reads !== undefined && reads !== "false") || writes === "false",
      option,
    },
  ];
}

/** What begins so is a path of the host to the generator or podman; all else is the name of a volume. */
const isHostPath = (source: string): boolean => /^(?:[/.]|%[hECLSTVt])/.test(source);

/** Without slashes at the end and doubled ones. */
const normal = (path: string): string => path.replace(/\/+/g, "/").replace(/(?<=.)\/$/, "");

/** The sockets with which a container can start others, root of the host among them. */
const ENGINES =
  /(?:^|\/)(?:docker|podman|containerd|crio|buildkitd)\.sock$|^(?:\/var)?\/run\/(?:podman|docker|containerd|crio)$|^%t\/(?:podman|docker)$/;

/** Whether a path of the host is such a socket, or the directory of one. */
export const isEngineSocket = (path: string): boolean => ENGINES.test(path);

/** Directories whose owner is the system: who writes there rules the host. */
const RULING = /^\/(?:boot|dev|etc|lib(?:32|64)?|proc|root|s?bin|sys|usr)(?:\/|$)/;
/** The directories that hold others' files. */
const SHARED = new Set([
  "/",
  "/home",
  "/mnt",
  "/opt",
  "/run",
  "/srv",
  "/tmp",
  "/var",
  "/var/lib",
  "/var/log",
  "/var/run",
]);
/** What every image may read: the time of the host and the like. */
const HARMLESS =
  /^\/etc\/(?:localtime|timezone|machine-id|hosts|resolv\.conf|os-release|ssl(?:\/|$)|pki(?:\/|$)|ca-certificates(?:\/|$))|^\/usr\/share\/zoneinfo(?:\/|$)|^\/dev\/(?:null|zero|full|u?random|log)$/;

/** How much of the host a mount gives away: `all` with the root directory, `system` where its owner is the system. */
export function reachOf({
  hostPath,
  readOnly,
}: Pick<PayloadMount, "hostPath" | "readOnly">): "all" | "system" | "shared" | "own" {
  if (hostPath === undefined) return "own";
  if (hostPath === "/") return "all";
  if (readOnly && HARMLESS.test(hostPath)) return "own";
  if (
    RULING.test(hostPath) ||
    /^(?:\/var)?\/run\/systemd(?:\/|$)|^\/var\/lib\/(?:containers|docker)(?:\/|$)/.test(hostPath)
  )
    return "system";
  return SHARED.has(hostPath) || hostPath === "%h" || hostPath === "%t" ? "shared" : "own";
}

/** The mounts that give a container the socket of a container engine. */
export const engineMounts = (mounts: readonly PayloadMount[]): readonly PayloadMount[] =>
  mounts.filter(({ hostPath }) => hostPath !== undefined && isEngineSocket(hostPath));
