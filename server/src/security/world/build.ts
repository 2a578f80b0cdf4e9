import { holdsIn } from "../../facts/version.ts";
import { expandSpecifiers, fullName } from "../../units/specifiers.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import { isWithin } from "../../values/path.ts";
import { effective } from "../effective.ts";
import { needsMountNamespace } from "../refusals/verifyPrograms.ts";
import type { UnitSettings } from "../settings.ts";
import { type Cause, causeOf, causeOrDynamic } from "./cause.ts";
import { entry, type MountEntry } from "./entry.ts";
import { binds, images, type ListedPath, listedPaths, temporaryFileSystems } from "./items.ts";
import { credentialEntries, hostEntries, logEntries } from "./manager.ts";
import { directoryEntries, type OwnDirectories } from "./ownDirectories.ts";
import { apiCause, apiEntries, namespaceEntries, protections } from "./protections.ts";

/** Where the files of a service come from; the files of an image only the machine knows. */
export type RootFiles =
  | { readonly kind: "host" }
  | { readonly kind: "directory"; readonly path: string; readonly by: Cause }
  | { readonly kind: "image"; readonly by: Cause };

/** What the settings of a service ask for, before it is put in order. */
export interface Plan {
  /** Whether there is nothing but processes in /proc. */
  readonly pidsOnly: boolean;
  /** Whether other units put files into its private /tmp. */
  readonly sharesTmp: boolean;
  readonly root: RootFiles;
  readonly entries: readonly MountEntry[];
  readonly own: OwnDirectories;
}

/** Everything that systemd is to mount for a service. Follows setup_namespace() and apply_mount_namespace(), systemd 257 to 262. */
export function planOf(unit: Unit): Plan {
  const { settings } = effective(unit);
  const root = rootOf(unit, settings);
  const own = directoryEntries(unit, settings, root.kind !== "host");
  const pidsOnly = settings.procSubset === "pid" && settings.scope === "system";
  const joins = mergedAssignments(unit, "Unit", "JoinsNamespaceOf").some((it) => it.text !== "");
  const sharesTmp = joins && settings.privateTmp === "yes";
  if (!hasOwnMounts(settings)) return { root, pidsOnly, sharesTmp, own: { ...own, entries: [] }, entries: [] };
  const api =
    apiCause(unit, settings) ?? (settings.mountApiVfs === undefined && root.kind !== "host" ? root.by : undefined);
  const requested = [
    ...accessEntries(unit, root),
    ...own.entries,
    ...mountEntries(unit, settings),
    ...protections(unit, settings),
    ...(api ? apiEntries(unit, settings, api) : []),
    ...namespaceEntries(unit, settings),
    ...logEntries(unit, settings, root.kind === "host" ? undefined : (api ?? root.by)),
    ...(api && root.kind !== "host" ? hostEntries(settings, api) : []),
  ];
  const by = requested[0]?.by ?? causeOf(unit, "PrivateMounts", "yes");
  const source = `/run/systemd/propagate/${fullName(unit)}`;
  const incoming = entry("/run/systemd/incoming", "bind", by, { readOnly: true, minor: true, source });
  return { root, pidsOnly, sharesTmp, own, entries: [...requested, ...credentialEntries(unit, settings), incoming] };
}

/** Follows exec_needs_mount_namespace() as it is asked at the start, when a private /tmp is there. */
function hasOwnMounts(settings: UnitSettings): boolean {
  return needsMountNamespace(settings) || settings.privateTmp === "yes";
}

function rootOf(unit: Unit, settings: UnitSettings): RootFiles {
  const { rootDirectory, rootImage, rootMStack } = settings;
  if (rootImage !== "") return { kind: "image", by: causeOf(unit, "RootImage", rootImage) };
  if (rootMStack !== "") return { kind: "image", by: causeOf(unit, "RootMStack", rootMStack) };
  if (rootDirectory === "" || rootDirectory === "/") return { kind: "host" };
  const path = expandSpecifiers(unit, causeOf(unit, "RootDirectory", rootDirectory).node?.text ?? rootDirectory);
  return { kind: "directory", path: path ?? rootDirectory, by: causeOf(unit, "RootDirectory", rootDirectory) };
}

const ACCESS = [
  { name: "ReadWritePaths", mode: "read-write" },
  { name: "ReadOnlyPaths", mode: "read-only" },
  { name: "InaccessiblePaths", mode: "inaccessible" },
  { name: "ExecPaths", mode: "exec" },
  { name: "NoExecPaths", mode: "noexec" },
] as const;

/** Without `+` these are paths of the host: where the service has another root, those outside it do not count. */
function accessEntries(unit: Unit, root: RootFiles): MountEntry[] {
  return ACCESS.flatMap(({ name, mode }) =>
    listedPaths(unit, name).flatMap((listed) => {
      const path = seenPath(listed, root);
      return path === undefined ? [] : [entry(path, mode, listed.by, { optional: listed.optional })];
    }),
  );
}

function seenPath({ path, rooted }: ListedPath, root: RootFiles): string | undefined {
  if (rooted || root.kind === "host") return path;
  if (root.kind === "image") return undefined;
  return isWithin(path, root.path) ? path.slice(root.path.length) || "/" : undefined;
}

function mountEntries(unit: Unit, settings: UnitSettings): MountEntry[] {
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

function temporaryDirectories(unit: Unit, { privateTmp, dynamicUser, ...settings }: UnitSettings): MountEntry[] {
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
