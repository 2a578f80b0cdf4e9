import { expandSpecifiers, fullName } from "../../units/specifiers.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import type { UnitSettings } from "../settings.ts";
import { type Cause, causeOf } from "./cause.ts";
import { entry, type MountEntry } from "./entry.ts";
import { LOG_SOCKETS } from "./tables.ts";

const CREDENTIALS = [
  "LoadCredential",
  "LoadCredentialEncrypted",
  "ImportCredential",
  "SetCredential",
  "SetCredentialEncrypted",
] as const;

/** A service with credentials sees its own and nobody else's; one without sees none. */
export function credentialEntries(
  unit: Unit,
  { present, loadCredentials, setCredentials, scope }: UnitSettings,
): MountEntry[] {
  const base = scope === "user" ? `${expandSpecifiers(unit, "%t") ?? "/run"}/credentials` : "/run/credentials";
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

/** What a service with its own root directory is told about the host. */
export function hostEntries({ type, notifyAccess }: UnitSettings, by: Cause): MountEntry[] {
  const bind = (path: string, source: string): MountEntry =>
    entry(path, "bind", by, { readOnly: true, optional: true, minor: true, source });
  const notifies = type.startsWith("notify") || notifyAccess !== "none";
  return [
    bind("/run/host/.os-release-stage", "/run/systemd/propagate/.os-release-stage"),
    ...(notifies ? [bind("/run/host/notify", "/run/systemd/notify")] : []),
  ];
}

/** The sockets of the journal; `rootBy` gives the service another root. Follows exec_context_get_effective_bind_log_sockets(), systemd 257 to 262. */
export function logEntries(unit: Unit, settings: UnitSettings, rootBy: Cause | undefined): MountEntry[] {
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
      : mountApiVfs === undefined || settings.privateDevices
        ? rootBy
        : undefined;
  if (bindLogSockets === false || !by) return [];
  const more = { readOnly: true, noexec: true, optional: true, minor: true };
  return LOG_SOCKETS.map((name) => `${journal}/${name}`).map((path) =>
    entry(path, "bind", by, { ...more, source: path }),
  );
}
