import type { DirectiveName } from "../../catalog/catalog.ts";
import { capabilityNames, NO_CAPABILITIES, sameSet } from "../../security/capabilitySet.ts";
import { effective } from "../../security/effective.ts";
import type { Unit } from "../../units/unit.ts";

/** What says in podman's words what a setting of [Service] was meant to do. */
export interface Move {
  /** The lines for [Container]. */
  readonly lines: readonly string[];
  /** What of [Service] goes with it. */
  readonly along?: readonly DirectiveName[];
}

/** What every container has anyway, so that the setting can go. */
const OWN: Readonly<Partial<Record<DirectiveName, string>>> = {
  BindLogSockets: "it only changes what podman sees",
  BindPaths: "it only changes what podman sees",
  BindReadOnlyPaths: "it only changes what podman sees",
  ExecPaths: "it only changes what podman sees",
  InaccessiblePaths: "the container does not see these paths",
  LockPersonality: "podman's seccomp profile limits personality()",
  LogNamespace: "it only changes what podman sees",
  MountAPIVFS: "the container has mounts of its own",
  MountFlags: "the container has mounts of its own",
  NoExecPaths: "it only changes what podman sees",
  PrivateDevices: "the container has a /dev of its own",
  PrivateIPC: "the container has an IPC namespace of its own",
  PrivateMounts: "the container has mounts of its own",
  PrivatePIDs: "the container has process IDs of its own",
  ProcSubset: "podman masks the rest of /proc",
  ProtectClock: "the container cannot set the clock",
  ProtectControlGroups: "the container sees its control group read-only",
  ProtectHome: "the container does not see the homes of the host",
  ProtectHostname: "the container has a host name of its own",
  ProtectKernelLogs: "the container cannot read the log of the kernel",
  ProtectKernelModules: "the container cannot load modules",
  ProtectKernelTunables: "podman mounts /proc/sys and /sys read-only",
  ProtectProc: "the container sees its own processes only",
  ReadWritePaths: "it only changes what podman sees",
  RestrictNamespaces: "podman's seccomp profile limits namespaces",
  SystemCallArchitectures: "podman's seccomp profile limits architectures",
  SystemCallFilter: "podman's seccomp profile filters system calls",
};

/** Why the container does not need a setting; undefined where it is not so. */
export const ownOf = (directive: DirectiveName): string | undefined => OWN[directive];

/** The keys of [Container] that do for the program what a line of [Service] was meant to do. */
export function moveOf(unit: Unit, directive: DirectiveName, text: string): Move | undefined {
  switch (directive) {
    case "ProtectSystem":
    case "ReadOnlyPaths":
      return { lines: ["ReadOnly=true"] };
    case "PrivateTmp":
      return { lines: ["Tmpfs=/tmp"] };
    case "NoNewPrivileges":
    case "RestrictSUIDSGID":
      return { lines: ["NoNewPrivileges=true"] };
    case "User":
      return /%/.test(text) ? undefined : { lines: [`User=${text}`], along: ["Group"] };
    case "DynamicUser":
    case "PrivateUsers":
      return { lines: ["UserNS=auto"] };
    case "PrivateNetwork":
      return { lines: ["Network=none"] };
    case "NetworkNamespacePath":
      return { lines: [`Network=ns:${text}`] };
    case "CapabilityBoundingSet": {
      const { boundingSet } = effective(unit).settings;
      const kept = capabilityNames(boundingSet).map((it) => it.replace(/^CAP_/, ""));
      if (sameSet(boundingSet, NO_CAPABILITIES)) return { lines: ["DropCapability=all"] };
      // Of a list of those that are taken away nobody wants to hear what is left.
      return kept.length > 15 ? undefined : { lines: ["DropCapability=all", `AddCapability=${kept.join(" ")}`] };
    }
    default:
      return undefined;
  }
}
