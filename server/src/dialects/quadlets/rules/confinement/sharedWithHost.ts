import type { Rule } from "../../../../findings/rule.ts";
import { engineMounts } from "../../../../service/containers/hostMounts.ts";
import { aboutPayload, wordOf } from "./aboutPayload.ts";

const hostRoot = aboutPayload("quadlet/host-root", function* ({ mounts }) {
  for (const { hostPath, readOnly, option } of mounts) {
    if (hostPath !== "/") continue;
    // Programs that measure the host read it so, with :ro.
    const message = readOnly
      ? `${wordOf(option)} shows the container all files of the host that its user may read`
      : `${wordOf(option)} gives the container the root directory of the host`;
    yield { option, severity: readOnly ? "info" : "warning", message, fixes: [] };
  }
});

const engine = aboutPayload("quadlet/engine-socket", function* ({ mounts, rootless }) {
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
});

const SHARES: Readonly<Record<string, string>> = {
  pid: "see and signal the processes of the host",
  ipc: "use the shared memory of the host",
  uts: "see and, as root, change the host name",
  cgroupns: "see the control groups of the host",
};

const namespaces = aboutPayload("quadlet/host-namespace", function* ({ hostNamespaces, rootless }) {
  for (const option of hostNamespaces) {
    const isGrave = !rootless && (option.name === "pid" || option.name === "ipc");
    yield {
      option,
      severity: isGrave ? "warning" : "info",
      message: `${wordOf(option)} lets the container ${SHARES[option.name] ?? "share a namespace of the host"}`,
    };
  }
});

const hostNetwork = aboutPayload("quadlet/host-network", function* ({ network }) {
  const option = network.options.at(-1);
  if (network.kind === "host" && option)
    yield {
      option,
      severity: "hint",
      message: `${wordOf(option)} gives the container the network of the host, with all services on 127.0.0.1`,
    };
});

/** What a container has in common with the host. */
export const SHARED_WITH_HOST: readonly Rule[] = [hostRoot, engine, namespaces, hostNetwork];
