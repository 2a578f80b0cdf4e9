import { lastOption } from "../../../service/containers/lookups.ts";
import { isOnLoopback } from "../../../service/containers/networks.ts";
import type { PayloadWorld } from "../../../service/containers/payloadWorld.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import type { ContainerGap } from "./containerGap.ts";
import type { ContainerRowId } from "./containerRows.ts";
import type { KnownImage } from "./knownImages.ts";

/** What is asked about a container. */
interface ContainerSubject {
  readonly world: PayloadWorld;
  readonly image: KnownImage;
  /** The last line of a key of [Container]. */
  readonly line: (key: string) => Assignment | undefined;
}

type Found = Pick<ContainerGap, "lines" | "grade" | "reason"> & Partial<Pick<ContainerGap, "changes">>;

/** Of a busybox httpd it was seen with every network; of other images nobody knows. */
const graded = (image: KnownImage, lines: readonly string[], provided: string): Found =>
  image.tried
    ? { lines, grade: "read", reason: "its program was tried under the profiles" }
    : { lines, grade: "likely", reason: provided };

const open = (line: string, reason: string): Found => ({ lines: [line], grade: "open", reason });

/** What each row finds in a container that lacks it; undefined where it has it, or the row does not fit. */
export const JUDGES: Readonly<Record<ContainerRowId, (subject: ContainerSubject) => Found | undefined>> = {
  "no-new-privileges": ({ world, image, line }) => {
    if (world.noNewPrivileges) return undefined;
    if (line("NoNewPrivileges")) return open("NoNewPrivileges=true", "the file has another value");
    return graded(image, ["NoNewPrivileges=true"], "if no program of the image is set-user-ID, as sudo is");
  },
  capabilities: ({ world, image }) => {
    const { capabilities, privileged, user } = world;
    const { bounding, added, because } = capabilities;
    const all = because.some((it) => it.name === "cap-drop" && /^(?:cap_)?all$/i.test(it.value));
    if (privileged || all || bounding.every((it) => added.includes(it))) return undefined;
    if (because.some((it) => it.name === "cap-add" && /^all$/i.test(it.value)))
      return open("DropCapability=all", "the file adds all capabilities");
    const isOther = user !== undefined && !user.isRoot;
    const needs = isOther ? [] : image.capabilities.filter((it) => it !== "NET_BIND_SERVICE");
    const low = lowPort(world) || (!isOther && !image.tried && image.capabilities.includes("NET_BIND_SERVICE"));
    const wanted = [...needs, ...(low ? ["NET_BIND_SERVICE"] : [])].filter(
      (it) => bounding.includes(it) && !added.includes(it),
    );
    const lines = ["DropCapability=all", ...(wanted.length > 0 ? [`AddCapability=${wanted.join(" ")}`] : [])];
    const provided = isOther
      ? "if no program of the image has capabilities of its own, as that of Caddy does"
      : "if the image needs no others to start, as those that chroot or kill other users' processes do";
    return graded(image, lines, provided);
  },
  "read-only": ({ world, image, line }) => {
    if (world.readOnly) return undefined;
    if (line("ReadOnly")) return open("ReadOnly=true", "the file has another value");
    const inside = new Set(world.mounts.map((it) => it.inside));
    const writes = image.writes.filter((it) => !inside.has(it)).map((it) => `Tmpfs=${it}`);
    return graded(
      image,
      ["ReadOnly=true", ...writes],
      "if the program writes only to volumes, /tmp, /var/tmp and /run",
    );
  },
  "user-namespace": ({ world }) => {
    const { rootless, userNamespace, options, mounts, hostNamespaces, devices, privileged } = world;
    if (rootless || userNamespace.kind !== "host" || lastOption(options, "rootfs")) return undefined;
    if (userNamespace.option) return open("UserNS=auto", "the file asks for the users of the host");
    if (privileged || hostNamespaces.length > 0 || devices.length > 0)
      return open("UserNS=auto", "the container uses what belongs to root of the host");
    if (mounts.some((it) => it.hostPath !== undefined))
      return open("UserNS=auto", "its paths of the host belong to users that the container then does not have");
    const volumes = mounts.some((it) => it.what !== "tmpfs" && !/[:,]U(?:,|$)/.test(it.option.value));
    return {
      lines: ["UserNS=auto"],
      grade: "likely",
      reason: volumes
        ? "if its volumes are new or get :U, and /etc/subuid has a range for containers"
        : "if /etc/subuid has a range for containers",
    };
  },
  user: ({ world, image }) =>
    world.user || image.tried
      ? undefined
      : open("User=NUMBER", "which users the image can start as only its documentation says"),
  memory: ({ world }) =>
    world.limits.memory ? undefined : open("Memory=512m", "how much it needs at most only its use shows"),
  processes: ({ world }) =>
    world.limits.processes ? undefined : open("PidsLimit=256", "how many it needs at most only its use shows"),
  ports: ({ world: { network } }) => {
    if (network.kind === "host" || network.kind === "none") return undefined;
    const changes = network.ports.flatMap((it) => {
      if (isOnLoopback(it) || it.option.node.key !== "PublishPort") return [];
      const { host, inside, option } = it;
      const protocol = /\/\w+$/.exec(option.value)?.[0] ?? "";
      return [{ node: option.node, value: `127.0.0.1:${host ?? ""}:${inside}${protocol}` }];
    });
    const [first] = changes;
    if (!first) return undefined;
    const lines = changes.map((it) => `PublishPort=${it.value}`);
    return { lines, changes, grade: "open", reason: "who has to reach it from other machines only you know" };
  },
  network: ({ world: { network } }) => {
    if (network.kind !== "bridge" && network.kind !== "user-mode") return undefined;
    if (network.options.length > 0) return undefined;
    return network.ports.length > 0 || network.all
      ? open("Network=NAME.network", "it needs a .network file with Internal=true, and a proxy in it for its clients")
      : open("Network=none", "what it asks others for only its use shows");
  },
  image: ({ world: { options } }) => {
    const name = lastOption(options, "image")?.value ?? "";
    if (name === "" || /@sha256:|\.(?:image|build)$|^localhost\//.test(name)) return undefined;
    return open("Image=NAME@sha256:DIGEST", "podman image inspect shows the digest of the image that you have");
  },
};

/** Whether a port below 1024 of the container is published, so that its program listens there. */
const lowPort = ({ network }: PayloadWorld): boolean => network.ports.some(({ inside }) => Number(inside) < 1024);
