import { isEngineSocket, reachOf } from "../../../service/containers/hostMounts.ts";
import type { NspawnMount, NspawnWorld } from "../nspawnWorld.ts";
import { aboutContainer, asWritten } from "./aboutContainer.ts";

/** Whether root of the container may be root of the host, as far as the file says it. */
const isRootOfHost = ({ users }: NspawnWorld): boolean => users !== undefined && users.kind !== "mapped";

const sameUsers = aboutContainer("nspawn/host-users", function* ({ users }) {
  if (users?.kind === "host")
    yield {
      line: users.line,
      severity: "info",
      message: "PrivateUsers=no makes root of the container root of the host",
    };
  if (users?.kind === "identity")
    yield {
      line: users.line,
      severity: "hint",
      message: `${asWritten(users.line)} gives files and processes of the container the numbers of the host's users`,
    };
});

/** Whether what belongs to root of the host belongs to nobody in the container. */
const hasOtherUsers = ({ users }: NspawnWorld, { mapped }: NspawnMount): boolean => users?.kind === "mapped" && !mapped;

/** Capabilities that no container has by itself and with which it leads its host. */
const RULING: readonly (readonly [name: string, number: number, may: string])[] = [
  ["CAP_SYS_MODULE", 16, "load code into the kernel"],
  ["CAP_SYS_RAWIO", 17, "reach ports and memory of the machine"],
  ["CAP_SYS_TIME", 25, "set the clock of the host"],
  ["CAP_MAC_OVERRIDE", 32, "pass over the rules of SELinux and the like"],
  ["CAP_MAC_ADMIN", 33, "change the rules of SELinux and the like"],
  ["CAP_PERFMON", 38, "watch the kernel and other programs"],
  ["CAP_BPF", 39, "load programs into the kernel"],
];

const capabilities = aboutContainer("nspawn/capabilities", function* (world) {
  const { added, dropped } = world;
  const mapped = world.users?.kind === "mapped";
  const severity = mapped ? "info" : "warning";
  for (const line of added.lines) {
    if (/(?:^|\s)all(?:\s|$)/.test(line.text) && !dropped.all) {
      yield { line, severity, message: `${line.key}=all gives the container every capability` };
      continue;
    }
    const ruling = RULING.filter(
      ([name, number]) =>
        added.numbers.has(number) &&
        !dropped.numbers.has(number) &&
        line.text.toUpperCase().split(/\s+/).includes(name),
    );
    for (const [name, , may] of ruling)
      yield {
        line,
        severity: isRootOfHost(world) ? "warning" : "info",
        message: `${name} lets the container ${may}${mapped ? ", as far as its users are mapped" : ""}`,
      };
  }
});

const engine = aboutContainer("nspawn/engine-socket", function* (world) {
  for (const mount of world.mounts.filter(({ hostPath }) => hostPath !== undefined && isEngineSocket(hostPath))) {
    const others = hasOtherUsers(world, mount);
    yield {
      line: mount.line,
      severity: others ? "info" : "warning",
      message: `${asWritten(mount.line)} lets the container become root of the host${others ? ", as far as its users may open it" : ""}: who reaches the engine's socket starts containers`,
    };
  }
});

const hostFiles = aboutContainer("nspawn/host-files", function* (world) {
  for (const mount of world.mounts) {
    const reach = reachOf(mount);
    if (reach !== "all" && reach !== "system") continue;
    if (/^\/dev\/[^/]/.test(mount.hostPath ?? "")) continue;
    const what = reach === "all" ? "all files of the host" : `${mount.hostPath} of the host`;
    const reads = mount.readOnly || hasOtherUsers(world, mount);
    yield {
      line: mount.line,
      severity: reads ? "info" : "warning",
      message: reads
        ? `${asWritten(mount.line)} shows the container ${what}`
        : `${asWritten(mount.line)} lets the container change ${what}`,
    };
  }
});

const hostNetwork = aboutContainer("nspawn/host-network", function* ({ network }) {
  if (network?.kind === "host")
    yield {
      line: network.line,
      severity: "hint",
      message: `${asWritten(network.line)} leaves the container in the network of the host, with all services on 127.0.0.1`,
    };
});

/** Groups of calls that the filter of systemd-nspawn leaves out, and what they do. */
const OPENING: Readonly<Record<string, string>> = {
  "@module": "load code into the kernel",
  "@raw-io": "reach ports of the machine",
  "@reboot": "load another kernel",
  "@swap": "change the swap of the host",
  "@keyring": "use the keys of the kernel, which knows no containers there",
  "@clock": "set the clock",
  "@obsolete": "use calls that nobody tests any more",
  "@debug": "watch other programs and the kernel",
  init_module: "load code into the kernel",
  finit_module: "load code into the kernel",
  kexec_load: "load another kernel",
  kexec_file_load: "load another kernel",
  bpf: "load programs into the kernel",
  perf_event_open: "watch the kernel and other programs",
  open_by_handle_at: "open files that are not mounted in the container",
};

const calls = aboutContainer("nspawn/system-calls", function* (world) {
  const denied = new Set(world.calls.denied.map(({ word }) => word));
  for (const { word, line } of world.calls.allowed) {
    const may = OPENING[word];
    if (may === undefined || denied.has(word)) continue;
    yield {
      line,
      severity: isRootOfHost(world) ? "warning" : "info",
      message: `${word} lets the container try to ${may}`,
    };
  }
});

/** How well a container of systemd-nspawn is confined. */
export const NSPAWN_CONFINEMENT_RULES = [sameUsers, capabilities, engine, hostFiles, hostNetwork, calls] as const;
