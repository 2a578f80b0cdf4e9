import { type DirectiveName, directive, isRead } from "../catalog/catalog.ts";
import { effective } from "../security/effective.ts";
import { isRoot } from "../security/settings.ts";
import { HOME_FOLDERS } from "../security/world/tables.ts";
import { hasOtherRoot, hasOwnRoot, isDynamic } from "../service/effective.ts";
import {
  assigned,
  inForce,
  isBelow,
  isDenyList,
  isOn,
  paths,
  secretIn,
  setting,
  textOf,
  words,
} from "../service/settings.ts";
import type { Assignment } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";
import { restrictsByDefault } from "../units/unitDefaults.ts";
import { parseBoolean } from "../values/boolean.ts";
import { allowsOnlyUnix } from "./networkUse.ts";
import type { HardeningDirective, Row } from "./profiles.ts";

/**
 * How a file stands to a row: `held` by the setting, something that implies it or has the same effect;
 * `weak` by `node`, where `value` is a key of the row's weak values and `span` the place, if it is not the whole value.
 */
export type Status =
  | { readonly kind: "missing" }
  | { readonly kind: "held" }
  | { readonly kind: "weak"; readonly node: Assignment; readonly value: string; readonly span?: Span };

const MISSING: Status = { kind: "missing" };
const HELD: Status = { kind: "held" };

/** What a unit file says about a row, with its drop-ins; a weak value in a drop-in is nothing to say about the file. */
export function status(unit: Unit, row: Row): Status {
  const found = merged(unit, row);
  if (found.kind !== "weak" || unit.dropIns.length === 0) return found;
  return unit.file.nodes.includes(found.node) ? found : HELD;
}

function merged(unit: Unit, row: Row): Status {
  const { directive: name } = row;
  if (!worksIn(unit, name) || isImplied(unit, name) || EQUAL[name]?.(unit)) return HELD;
  const own = SPECIAL_CASES[name];
  if (own) return own(unit);
  const found = setting(unit, name);
  if (!found) return MISSING;
  return found.value in row.weak ? { kind: "weak", ...found } : HELD;
}

/** In user units these make the start fail, or have no effect (seen with 257 and 262). */
const NOT_FOR_USERS: readonly HardeningDirective[] = [
  "CapabilityBoundingSet",
  "DevicePolicy",
  "DynamicUser",
  "PrivateBPF",
  "ProcSubset",
  "ProtectProc",
  "RemoveIPC",
  "SocketBindDeny",
];

function worksIn(unit: Unit, name: HardeningDirective): boolean {
  const row = directive("Service", name);
  if (!row || !isRead(row, unit.version)) return false;
  return unit.path.scope === "system" || (row.scope !== "system" && !NOT_FOR_USERS.includes(name));
}

const BY_DYNAMIC_USER: readonly HardeningDirective[] = [
  "RemoveIPC",
  "PrivateTmp",
  "NoNewPrivileges",
  "RestrictSUIDSGID",
  "ProtectSystem",
];

/** DynamicUser= wins over explicit weaker values, but leaves every ProtectHome= other than `no` alone. */
function isImplied(unit: Unit, name: HardeningDirective): boolean {
  if (!isDynamic(unit)) return false;
  if (name === "ProtectHome") return (setting(unit, name)?.value ?? "no") === "no";
  return BY_DYNAMIC_USER.includes(name);
}

const TEMPORARY = ["/tmp", "/var/tmp"];

/** Whether all of some directories are hidden by path settings. */
function hides(unit: Unit, directories: readonly string[]): boolean {
  const hidden = new Set(paths(unit, "TemporaryFileSystem", "InaccessiblePaths"));
  hidden.delete("/");
  return directories.every((it) => isBelow(it, hidden));
}

/** Other settings that do the same; a setting that has an equal is not missing. */
const EQUAL: Partial<Record<HardeningDirective, (unit: Unit) => boolean>> = {
  ProtectSystem: (unit) => hasOwnRoot(unit) || paths(unit, "ReadOnlyPaths").includes("/"),
  RestrictSUIDSGID: restrictsByDefault,
  ProtectHome: (unit) => hasOwnRoot(unit) || hides(unit, HOME_FOLDERS),
  PrivateTmp: (unit) => hasOwnRoot(unit) || hides(unit, TEMPORARY),
  ProtectProc: (unit) => isOn(unit, "PrivatePIDs"),
  // A list of devices closes all others, whoever makes it.
  DevicePolicy: (unit) => devicesOf(unit).length > 0 || isOn(unit, "PrivateDevices"),
  DynamicUser: (unit) => isOn(unit, "DynamicUser") || !startsAsRoot(unit),
  RemoveIPC: (unit) => startsAsRoot(unit) && textOf(unit, "Group") === undefined,
  PrivateNetwork: (unit) => hasOwnNetwork(unit) || paths(unit, "IPAddressDeny").includes("any"),
  IPAddressDeny: hasOwnNetwork,
  SocketBindDeny: (unit) => hasOwnNetwork(unit) || allowsOnlyUnix({ unit }),
  // One without effect is no missing one: a rule of its own speaks of it.
  TemporaryFileSystem: (unit) => hasOtherRoot(unit) || paths(unit, "TemporaryFileSystem").includes("/"),
};

const devicesOf = (unit: Unit): readonly string[] => effective(unit).settings.devices;

function startsAsRoot(unit: Unit): boolean {
  const user = textOf(unit, "User");
  return user === undefined || isRoot(user);
}

function hasOwnNetwork(unit: Unit): boolean {
  return isOn(unit, "PrivateNetwork") || textOf(unit, "NetworkNamespacePath") !== undefined;
}

/** Directives whose value is more than one word of a set. */
const SPECIAL_CASES: Partial<Record<HardeningDirective, (unit: Unit) => Status>> = {
  RestrictNamespaces: (unit) => {
    const last = inForce(unit, "RestrictNamespaces").at(-1);
    if (!last) return MISSING;
    return parseBoolean(last.value.text) === false ? { kind: "weak", node: last, value: "no" } : HELD;
  },
  SystemCallArchitectures: (unit) => listed(unit, "SystemCallArchitectures"),
  RestrictAddressFamilies: (unit) => listed(unit, "RestrictAddressFamilies"),
  SystemCallFilter: (unit) => listed(unit, "SystemCallFilter"),
  CapabilityBoundingSet: (unit) => {
    const all = assigned(unit, "CapabilityBoundingSet");
    const last = all.at(-1);
    if (!last) return MISSING;
    return /^~\s*$/.test(last.value.text) ? { kind: "weak", node: last, value: "~" } : HELD;
  },
  UMask: (unit) => {
    const last = assigned(unit, "UMask").findLast((it) => /^0*[0-7]{1,4}$/.test(it.value.text));
    if (!last) return MISSING;
    const closed = (Number.parseInt(last.value.text, 8) & 0o007) === 0o007;
    return closed ? HELD : { kind: "weak", node: last, value: "open" };
  },
  NoExecPaths: (unit) => (paths(unit, "NoExecPaths").length > 0 ? HELD : MISSING),
  IPAddressDeny: (unit) => (paths(unit, "IPAddressDeny").length > 0 ? HELD : MISSING),
  SocketBindDeny: (unit) => (words(unit, "SocketBindDeny").length > 0 ? HELD : MISSING),
  TemporaryFileSystem: () => MISSING,
  StateDirectory: () => MISSING,
  CacheDirectory: () => MISSING,
  LogsDirectory: () => MISSING,
  RuntimeDirectory: () => MISSING,
  LoadCredential: (unit) => {
    const secret = secretIn(unit);
    return secret ? { kind: "weak", node: secret.node, span: secret.span, value: "secret" } : HELD;
  },
};

/** The standing of a list: an allow list holds, a deny list and one that was emptied are weak. */
function listed(unit: Unit, name: DirectiveName & HardeningDirective): Status {
  const lines = inForce(unit, name);
  const [first] = lines;
  if (first) return isDenyList(lines) ? { kind: "weak", node: first, value: "~" } : HELD;
  const emptied = assigned(unit, name).at(-1);
  return emptied ? { kind: "weak", node: emptied, value: "" } : MISSING;
}
