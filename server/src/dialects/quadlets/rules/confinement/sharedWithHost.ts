import type { Rule } from "../../../../findings/rule.ts";
import { engineMounts } from "../../../../service/containers/hostMounts.ts";
import { aboutPayload, wordOf } from "./aboutPayload.ts";

const IMAGE = "[Container]\nImage=quay.io/a/b:1\n";
const path = "x.container";

const hostRoot = aboutPayload(
  {
    code: "quadlet/host-root",
    title: "Root directory of the host in the container",
    why: "With Volume=/:… the container has all files of the host that its user may reach: keys, passwords, and, unless it is read-only, programs that the host runs. Mount the directories that the program needs, with :ro where it only reads.",
    bad: { path, text: `${IMAGE}Volume=/:/host\n` },
    good: { path, text: `${IMAGE}Volume=/srv/data:/data\n` },
    silent: [{ path, text: `${IMAGE}Volume=/srv/:/data\n` }],
  },
  function* ({ mounts }) {
    for (const { hostPath, readOnly, option } of mounts) {
      if (hostPath !== "/") continue;
      // Programs that measure the host read it so, with :ro.
      const message = readOnly
        ? `${wordOf(option)} shows the container all files of the host that its user may read`
        : `${wordOf(option)} gives the container the root directory of the host`;
      yield { option, severity: readOnly ? "info" : "warning", message, fixes: [] };
    }
  },
);

const engine = aboutPayload(
  {
    code: "quadlet/engine-socket",
    title: "Socket of the container engine in the container",
    why: "Access to the socket of podman or docker allows starting any container with any mount: with the system's socket that is root of the host, with a user's all that the user has. A read-only mount changes nothing, as a socket is not written to. A proxy that lets only some requests through, or a rootless socket, gives less away.",
    bad: { path, text: `${IMAGE}Volume=/run/podman/podman.sock:/var/run/docker.sock\n` },
    good: { path, text: IMAGE },
    silent: [{ path, text: `${IMAGE}Volume=/run/app/app.sock:/run/app.sock\n` }],
  },
  function* ({ mounts, rootless }) {
    for (const { hostPath, option } of engineMounts(mounts)) {
      // Which manager reads a file the folder often does not say; %t is the user's own then.
      const isUsers = rootless || hostPath?.startsWith("%t");
      const what = isUsers ? "start any container as this user" : "become root of the host";
      yield {
        option,
        severity: isUsers ? "info" : "warning",
        message: `${wordOf(option)} lets the container ${what}: who reaches the engine's socket starts containers`,
        fixes: [],
      };
    }
  },
);

const SHARES: Readonly<Record<string, string>> = {
  pid: "see and signal the processes of the host",
  ipc: "use the shared memory of the host",
  uts: "see and, as root, change the host name",
  cgroupns: "see the control groups of the host",
};

const namespaces = aboutPayload(
  {
    code: "quadlet/host-namespace",
    title: "Container in a namespace of the host",
    why: "With --pid=host a container sees all processes, and through /proc/PID/root the files of those of its user; with --ipc=host it shares their memory. Only programs that watch the host need that.",
    bad: { path, text: `${IMAGE}PodmanArgs=--pid=host\n` },
    good: { path, text: IMAGE },
    silent: [{ path, text: `${IMAGE}PodmanArgs=--pid=container:other --ipc=private\n` }],
  },
  function* ({ hostNamespaces, rootless }) {
    for (const option of hostNamespaces) {
      const isGrave = !rootless && (option.name === "pid" || option.name === "ipc");
      yield {
        option,
        severity: isGrave ? "warning" : "info",
        message: `${wordOf(option)} lets the container ${SHARES[option.name] ?? "share a namespace of the host"}`,
      };
    }
  },
);

const hostNetwork = aboutPayload(
  {
    code: "quadlet/host-network",
    title: "Container in the network of the host",
    why: "With Network=host the container listens on every address of the host, publishes nothing by itself, and reaches services that listen on 127.0.0.1 because they trust this machine. A network of its own with PublishPort= names what is open.",
    bad: { path, text: `${IMAGE}Network=host\n` },
    good: { path, text: `${IMAGE}PublishPort=127.0.0.1:8080:80\n` },
    silent: [{ path, text: `${IMAGE}Network=none\n` }],
  },
  function* ({ network }) {
    const option = network.options.at(-1);
    if (network.kind === "host" && option)
      yield {
        option,
        severity: "hint",
        message: `${wordOf(option)} gives the container the network of the host, with all services on 127.0.0.1`,
      };
  },
);

/** What a container has in common with the host. */
export const SHARED_WITH_HOST: readonly Rule[] = [hostRoot, engine, namespaces, hostNetwork];
