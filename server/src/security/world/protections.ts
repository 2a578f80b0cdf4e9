import { append } from "../../text/append.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import type { UnitSettings } from "../settings.ts";
import { type Cause, causeOf, causeOrDynamic } from "./cause.ts";
import { entry, type Mode, type MountEntry } from "./entry.ts";
import {
  API_FILE_SYSTEMS,
  type Fixed,
  HOME_FOLDERS,
  HOSTNAME,
  KERNEL_LOGS,
  KERNEL_MODULES,
  KERNEL_TUNABLES,
  PROTECT_SYSTEM,
} from "./tables.ts";

/** What the Protect…= settings, PrivateDevices= and PrivateBPF= do to single paths. */
export function protections(unit: Unit, settings: UnitSettings): MountEntry[] {
  const { protectSystem, protectHome, protectControlGroups, dynamicUser } = settings;
  const minor = { minor: true };
  // What hides parts of /proc does not fail where ProcSubset=pid has hidden them before.
  const lenient = { minor: true, optional: settings.procSubset === "pid" };
  const entries: MountEntry[] = [];
  if (settings.privateDevices) entries.push(entry("/dev", "private-dev", causeOf(unit, "PrivateDevices", "yes")));
  if (settings.protectKernelTunables)
    append(entries, fixed(KERNEL_TUNABLES, causeOf(unit, "ProtectKernelTunables", "yes"), minor));
  if (settings.protectKernelModules)
    append(entries, fixed(KERNEL_MODULES, causeOf(unit, "ProtectKernelModules", "yes")));
  if (settings.protectKernelLogs) append(entries, fixed(KERNEL_LOGS, causeOf(unit, "ProtectKernelLogs", "yes"), minor));
  if (protectControlGroups !== "no") {
    const by = causeOf(unit, "ProtectControlGroups", protectControlGroups);
    const mode: Mode = protectControlGroups === "yes" ? "read-only" : "cgroup";
    entries.push(entry("/sys/fs/cgroup", mode, by, { readOnly: protectControlGroups !== "private" }));
  }
  if (protectHome !== "no")
    append(entries, homes(causeOrDynamic(unit, "ProtectHome", protectHome, dynamicUser), protectHome));
  const system = PROTECT_SYSTEM[protectSystem];
  if (system) append(entries, fixed(system, causeOrDynamic(unit, "ProtectSystem", protectSystem, dynamicUser)));
  if (settings.privateBpf === "yes")
    entries.push(entry("/sys/fs/bpf", "bpf", causeOf(unit, "PrivateBPF", "yes"), minor));
  if (settings.protectHostname === "yes")
    append(entries, fixed(HOSTNAME, causeOf(unit, "ProtectHostname", "yes"), lenient));
  return entries;
}

const HOME_MODES: Readonly<Record<string, Mode>> = { yes: "inaccessible", "read-only": "read-only", tmpfs: "tmpfs" };

function homes(by: Cause, value: string): MountEntry[] {
  const mode = HOME_MODES[value] ?? "read-only";
  return HOME_FOLDERS.map((path) => entry(path, mode, by, { optional: true, readOnly: true }));
}

function fixed(table: readonly Fixed[], by: Cause, more: { optional?: boolean; minor?: boolean } = {}): MountEntry[] {
  const { minor = false } = more;
  return table.map(([path, mode, optional]) =>
    entry(path, mode, by, { optional: more.optional === true || optional !== undefined, minor }),
  );
}

/** What is mounted at /proc, /sys, /dev and /run, and who makes systemd do so. */
export function apiEntries(unit: Unit, settings: UnitSettings, by: Cause): MountEntry[] {
  return fixed(API_FILE_SYSTEMS, by, { minor: true }).map((it) => withProcCause(it, unit, settings));
}

/**
 * Who makes systemd mount these whatever root the service has; MountAPIVFS= itself where it is on. Follows
 * namespace_parameters_mount_apivfs(), systemd 257 to 262.
 */
export function apiCause(unit: Unit, settings: UnitSettings): Cause | undefined {
  if (settings.mountApiVfs) return causeOf(unit, "MountAPIVFS", "yes");
  const { protectProc, procSubset, privatePids, privateBpf, protectControlGroups } = settings;
  if (protectControlGroups !== "no") return causeOf(unit, "ProtectControlGroups", protectControlGroups);
  if (settings.protectKernelTunables) return causeOf(unit, "ProtectKernelTunables", "yes");
  if (protectProc !== "default") return causeOf(unit, "ProtectProc", protectProc);
  if (procSubset !== "all") return causeOf(unit, "ProcSubset", procSubset);
  if (privateBpf !== "no") return causeOf(unit, "PrivateBPF", privateBpf);
  return privatePids === "no" ? undefined : causeOf(unit, "PrivatePIDs", privatePids);
}

/** A /proc of its own is rather due to what changes it than to what else brings it. */
function withProcCause(it: MountEntry, unit: Unit, { procSubset, protectProc, scope }: UnitSettings): MountEntry {
  if (it.mode !== "procfs" || scope === "user") return it;
  if (procSubset !== "all") return entry(it.path, it.mode, causeOf(unit, "ProcSubset", procSubset), { minor: true });
  if (protectProc === "default") return it;
  return entry(it.path, it.mode, causeOf(unit, "ProtectProc", protectProc), { minor: true });
}

/** The /sys and the /dev/mqueue of namespaces of its own. */
export function namespaceEntries(unit: Unit, settings: UnitSettings): MountEntry[] {
  const { present } = settings;
  const entries: MountEntry[] = [];
  const network = settings.privateNetwork
    ? causeOf(unit, "PrivateNetwork", "yes")
    : present.has("NetworkNamespacePath") && pathCause(unit, "NetworkNamespacePath");
  if (network) entries.push(entry("/sys", "private-sysfs", network, { minor: true }));
  const ipc = settings.privateIpc
    ? causeOf(unit, "PrivateIPC", "yes")
    : present.has("IPCNamespacePath") && pathCause(unit, "IPCNamespacePath");
  if (ipc) entries.push(entry("/dev/mqueue", "mqueue", ipc, { minor: true }));
  return entries;
}

function pathCause(unit: Unit, name: "NetworkNamespacePath" | "IPCNamespacePath"): Cause {
  return causeOf(unit, name, mergedAssignments(unit, "Service", name).findLast((it) => it.text !== "")?.text ?? "");
}
