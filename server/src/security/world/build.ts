import { holdsIn } from "../../facts/version.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import { effective } from "../effective.ts";
import { needsMountNamespace } from "../refusals/programs.ts";
import type { Settings } from "../settings.ts";
import { type Cause, causeOf, causeOrDynamic } from "./cause.ts";
import { directoryEntries, type Own } from "./directories.ts";
import { type Entry, entry, type Mode } from "./entry.ts";
import { binds, expanded, fullName, images, type ListedPath, listedPaths, temporaryFileSystems } from "./items.ts";
import {
  API_FILE_SYSTEMS,
  type Fixed,
  HOMES,
  HOSTNAME,
  KERNEL_LOGS,
  KERNEL_MODULES,
  KERNEL_TUNABLES,
  LOG_SOCKETS,
  PROTECT_SYSTEM,
} from "./tables.ts";

/** Where the files of a service come from; the files of an image only the machine knows. */
export type Root =
  | { readonly kind: "host" }
  | { readonly kind: "directory"; readonly path: string; readonly by: Cause }
  | { readonly kind: "image"; readonly by: Cause };

/** What the settings of a service ask for, before it is put in order. */
export interface Plan {
  /** Whether there is nothing but processes in /proc. */
  readonly pidsOnly: boolean;
  readonly root: Root;
  readonly entries: readonly Entry[];
  readonly own: Own;
}

/** Everything that systemd is to mount for a service. Follows setup_namespace() and apply_mount_namespace(), systemd 257 to 262. */
export function planOf(unit: Unit): Plan {
  const { settings } = effective(unit);
  const root = rootOf(unit, settings);
  const own = directoryEntries(unit, settings, root.kind !== "host");
  const pidsOnly = settings.procSubset === "pid" && settings.scope === "system";
  if (!hasOwnMounts(settings)) return { root, own: { ...own, entries: [] }, entries: [], pidsOnly };
  const apiBy = apiFileSystems(unit, settings, root);
  const asked = [
    ...accessEntries(unit, root),
    ...own.entries,
    ...mountEntries(unit, settings),
    ...protections(unit, settings),
    ...(apiBy ? fixed(API_FILE_SYSTEMS, apiBy, { minor: true }).map((it) => withProcCause(it, unit, settings)) : []),
    ...namespaceEntries(unit, settings),
    ...logEntries(unit, settings, root, apiBy),
    ...(apiBy && root.kind !== "host" ? hostEntries(settings, apiBy) : []),
  ];
  const by = asked[0]?.by ?? causeOf(unit, "PrivateMounts", "yes");
  const source = `/run/systemd/propagate/${fullName(unit)}`;
  const incoming = entry("/run/systemd/incoming", "bind", by, { readOnly: true, minor: true, source });
  return { root, own, pidsOnly, entries: [...asked, ...credentialEntries(unit, settings), incoming] };
}

/** Follows exec_needs_mount_namespace() as it is asked at the start, when a private /tmp is there. */
function hasOwnMounts(settings: Settings): boolean {
  return needsMountNamespace(settings) || settings.privateTmp === "yes";
}

function rootOf(unit: Unit, settings: Settings): Root {
  const { rootDirectory, rootImage, rootMStack } = settings;
  if (rootImage !== "") return { kind: "image", by: causeOf(unit, "RootImage", rootImage) };
  if (rootMStack !== "") return { kind: "image", by: causeOf(unit, "RootMStack", rootMStack) };
  if (rootDirectory === "" || rootDirectory === "/") return { kind: "host" };
  const path = expanded(unit, causeOf(unit, "RootDirectory", rootDirectory).node?.text ?? rootDirectory);
  return { kind: "directory", path: path ?? rootDirectory, by: causeOf(unit, "RootDirectory", rootDirectory) };
}

const ACCESS = [
  { names: ["ReadWritePaths", "ReadWriteDirectories"], mode: "read-write" },
  { names: ["ReadOnlyPaths", "ReadOnlyDirectories"], mode: "read-only" },
  { names: ["InaccessiblePaths", "InaccessibleDirectories"], mode: "inaccessible" },
  { names: ["ExecPaths"], mode: "exec" },
  { names: ["NoExecPaths"], mode: "noexec" },
] as const;

/** Without `+` these are paths of the host: where the service has another root, those outside of it do not count. */
function accessEntries(unit: Unit, root: Root): Entry[] {
  return ACCESS.flatMap(({ names, mode }) =>
    listedPaths(unit, ...names).flatMap((listed) => {
      const path = seenPath(listed, root);
      return path === undefined ? [] : [entry(path, mode, listed.by, { optional: listed.optional })];
    }),
  );
}

function seenPath({ path, rooted }: ListedPath, root: Root): string | undefined {
  if (rooted || root.kind === "host") return path;
  if (root.kind === "image") return undefined;
  if (path === root.path) return "/";
  return path.startsWith(`${root.path}/`) ? path.slice(root.path.length) : undefined;
}

function mountEntries(unit: Unit, settings: Settings): Entry[] {
  return [
    ...(["BindPaths", "BindReadOnlyPaths"] as const).flatMap((name) =>
      binds(unit, name).map(({ source, target, optional, by }) =>
        entry(target, "bind", by, { source, optional, readOnly: name === "BindReadOnlyPaths" }),
      ),
    ),
    ...temporaryFileSystems(unit).map(({ path, options, by }) =>
      entry(path, "tmpfs", by, {
        readOnly: options.lastIndexOf("ro") > options.lastIndexOf("rw"),
        noexec: options.lastIndexOf("noexec") > options.lastIndexOf("exec"),
      }),
    ),
    ...temporaryDirectories(unit, settings),
    ...images(unit).map(({ target, optional, by }) => entry(target, "image", by, { optional })),
  ];
}

/** Since when a service without default dependencies keeps the host's /var/tmp. */
const KEEPS_VAR_TMP = { since: 258 };

function temporaryDirectories(unit: Unit, { privateTmp, dynamicUser, ...settings }: Settings): Entry[] {
  if (privateTmp === "no") return [];
  const by = causeOrDynamic(unit, "PrivateTmp", privateTmp, dynamicUser);
  const needsVar = (["RequiresMountsFor", "WantsMountsFor"] as const).some((name) =>
    mergedAssignments(unit, "Unit", name).some(({ text }) => /(?:^|\s)\/var(?:\/|\s|$)/.test(text)),
  );
  const keeps =
    holdsIn(KEEPS_VAR_TMP, settings.version) &&
    privateTmp === "disconnected" &&
    !settings.defaultDependencies &&
    !needsVar;
  return (keeps ? ["/tmp"] : ["/tmp", "/var/tmp"]).map((path) => entry(path, "private-tmp", by));
}

function protections(unit: Unit, settings: Settings): Entry[] {
  const { protectSystem, protectHome, protectControlGroups, dynamicUser } = settings;
  const minor = { minor: true };
  // What hides parts of /proc does not fail where ProcSubset=pid has hidden them before.
  const lenient = { minor: true, optional: settings.procSubset === "pid" };
  const entries: Entry[] = [];
  if (settings.privateDevices) entries.push(entry("/dev", "private-dev", causeOf(unit, "PrivateDevices", "yes")));
  if (settings.protectKernelTunables)
    entries.push(...fixed(KERNEL_TUNABLES, causeOf(unit, "ProtectKernelTunables", "yes"), minor));
  if (settings.protectKernelModules)
    entries.push(...fixed(KERNEL_MODULES, causeOf(unit, "ProtectKernelModules", "yes")));
  if (settings.protectKernelLogs) entries.push(...fixed(KERNEL_LOGS, causeOf(unit, "ProtectKernelLogs", "yes"), minor));
  if (protectControlGroups !== "no") {
    const by = causeOf(unit, "ProtectControlGroups", protectControlGroups);
    const mode: Mode = protectControlGroups === "yes" ? "read-only" : "cgroup";
    entries.push(entry("/sys/fs/cgroup", mode, by, { readOnly: protectControlGroups !== "private" }));
  }
  if (protectHome !== "no")
    entries.push(...homes(causeOrDynamic(unit, "ProtectHome", protectHome, dynamicUser), protectHome));
  const system = PROTECT_SYSTEM[protectSystem];
  if (system) entries.push(...fixed(system, causeOrDynamic(unit, "ProtectSystem", protectSystem, dynamicUser)));
  if (settings.privateBpf === "yes")
    entries.push(entry("/sys/fs/bpf", "bpf", causeOf(unit, "PrivateBPF", "yes"), minor));
  if (settings.protectHostname === "yes")
    entries.push(...fixed(HOSTNAME, causeOf(unit, "ProtectHostname", "yes"), lenient));
  return entries;
}

const HOME_MODES: Readonly<Record<string, Mode>> = { yes: "inaccessible", "read-only": "read-only", tmpfs: "tmpfs" };

function homes(by: Cause, value: string): Entry[] {
  const mode = HOME_MODES[value] ?? "read-only";
  return HOMES.map((path) => entry(path, mode, by, { optional: true, readOnly: true }));
}

function fixed(table: readonly Fixed[], by: Cause, more: { optional?: boolean; minor?: boolean } = {}): Entry[] {
  return table.map(([path, mode, optional]) =>
    entry(path, mode, by, { ...more, optional: more.optional === true || optional !== undefined }),
  );
}

/** Who makes systemd mount /proc, /sys, /dev and /run; follows namespace_parameters_mount_apivfs(), systemd 257 to 262. */
function apiFileSystems(unit: Unit, settings: Settings, root: Root): Cause | undefined {
  const { protectProc, procSubset, privatePids, privateBpf, protectControlGroups } = settings;
  if (settings.mountApiVfs) return causeOf(unit, "MountAPIVFS", "yes");
  if (protectControlGroups !== "no") return causeOf(unit, "ProtectControlGroups", protectControlGroups);
  if (settings.protectKernelTunables) return causeOf(unit, "ProtectKernelTunables", "yes");
  if (protectProc !== "default") return causeOf(unit, "ProtectProc", protectProc);
  if (procSubset !== "all") return causeOf(unit, "ProcSubset", procSubset);
  if (privateBpf !== "no") return causeOf(unit, "PrivateBPF", privateBpf);
  if (privatePids !== "no") return causeOf(unit, "PrivatePIDs", privatePids);
  return settings.mountApiVfs === undefined && root.kind !== "host" ? root.by : undefined;
}

/** A /proc of its own is rather due to what changes it than to what else brings it. */
function withProcCause(it: Entry, unit: Unit, { procSubset, protectProc, scope }: Settings): Entry {
  if (it.mode !== "procfs" || scope === "user") return it;
  if (procSubset !== "all") return entry(it.path, it.mode, causeOf(unit, "ProcSubset", procSubset), { minor: true });
  if (protectProc === "default") return it;
  return entry(it.path, it.mode, causeOf(unit, "ProtectProc", protectProc), { minor: true });
}

function namespaceEntries(unit: Unit, settings: Settings): Entry[] {
  const { present } = settings;
  const entries: Entry[] = [];
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

const CREDENTIALS = [
  "LoadCredential",
  "LoadCredentialEncrypted",
  "ImportCredential",
  "SetCredential",
  "SetCredentialEncrypted",
] as const;

/** A service with credentials sees its own and nobody else's; one without sees none. */
function credentialEntries(unit: Unit, { present, loadCredentials, setCredentials, scope }: Settings): Entry[] {
  const base = scope === "user" ? `${expanded(unit, "%t") ?? "/run"}/credentials` : "/run/credentials";
  const has = present.has("ImportCredential") || loadCredentials.size > 0 || setCredentials.size > 0;
  const name = CREDENTIALS.find((it) => mergedAssignments(unit, "Service", it).some(({ text }) => text !== ""));
  const node = name && mergedAssignments(unit, "Service", name).findLast(({ text }) => text !== "");
  // No setting asks for it: it comes with the mount namespace.
  const hidden = entry("/run/credentials", "inaccessible", causeOf(unit, "PrivateMounts", "yes"), {
    optional: true,
    minor: true,
  });
  if (!has || !name || !node) return [hidden];
  const by: Cause = { directive: name, value: node.text.replace(/:.*$/s, ""), node };
  const own = `${base}/${fullName(unit)}`;
  return [
    entry(base, "tmpfs", by, { readOnly: true, noexec: true }),
    entry(own, "bind", by, { readOnly: true, noexec: true, source: own }),
    ...(scope === "user" ? [hidden] : []),
  ];
}

/** What a service with a root of its own is told about the host. */
function hostEntries({ type, notifyAccess }: Settings, by: Cause): Entry[] {
  const bind = (path: string, source: string): Entry =>
    entry(path, "bind", by, { readOnly: true, optional: true, minor: true, source });
  const notifies = type.startsWith("notify") || notifyAccess !== "none";
  return [
    bind("/run/host/.os-release-stage", "/run/systemd/propagate/.os-release-stage"),
    ...(notifies ? [bind("/run/host/notify", "/run/systemd/notify")] : []),
  ];
}

/** Follows exec_context_get_effective_bind_log_sockets(), systemd 257 to 262. */
function logEntries(unit: Unit, settings: Settings, root: Root, apiBy: Cause | undefined): Entry[] {
  const journal = "/run/systemd/journal";
  const namespace = mergedAssignments(unit, "Service", "LogNamespace").findLast((it) => it.text !== "");
  if (settings.present.has("LogNamespace") && namespace) {
    const by = causeOf(unit, "LogNamespace", namespace.text);
    return [entry(journal, "bind", by, { readOnly: true, minor: true, source: `${journal}.${by.value}` })];
  }
  const { bindLogSockets, mountApiVfs } = settings;
  const by = bindLogSockets
    ? causeOf(unit, "BindLogSockets", "yes")
    : mountApiVfs
      ? causeOf(unit, "MountAPIVFS", "yes")
      : root.kind !== "host" && (mountApiVfs === undefined || settings.privateDevices)
        ? (apiBy ?? root.by)
        : undefined;
  if (bindLogSockets === false || !by) return [];
  const more = { readOnly: true, noexec: true, optional: true, minor: true };
  return LOG_SOCKETS.map((name) => `${journal}/${name}`).map((path) =>
    entry(path, "bind", by, { ...more, source: path }),
  );
}
