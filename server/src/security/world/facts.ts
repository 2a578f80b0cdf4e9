import type { DirectiveName } from "../../catalog/catalog.ts";
import { ADDRESS_FAMILIES } from "../../facts/addressFamilies.ts";
import { writtenText } from "../../syntax/tree.ts";
import { settingsIn } from "../../units/settingsReader.ts";
import type { Unit } from "../../units/unit.ts";
import { hasNative } from "../callSet.ts";
import { ALL_CAPABILITIES, capabilityNames, without } from "../capabilitySet.ts";
import { holds, startsAsRoot } from "../checks/rights.ts";
import { effective } from "../effective.ts";
import type { UnitSettings } from "../settings.ts";
import { type Cause, causeOf, causeOrDynamic } from "./cause.ts";

/** What a fact is about. */
export type FactTopic = "user" | "capabilities" | "devices" | "processes" | "network" | "system calls";

/** One sentence on what a service may do besides files, and the settings that say so. */
export interface Fact {
  readonly topic: FactTopic;
  readonly text: string;
  readonly by: readonly Cause[];
}

/** What a service may do besides files, a sentence each. */
export function sandboxFacts(unit: Unit): readonly Fact[] {
  const { settings } = effective(unit);
  return [userFact, capabilityFact, deviceFact, processFact, networkFact, callFact].map((it) => it(unit, settings));
}

/** The last line of a list in force, or of a text. */
function lineOf(unit: Unit, name: DirectiveName): Cause[] {
  const node = settingsIn(unit, "Service").last(name);
  return node ? [{ directive: name, value: writtenText(node.line), node }] : [];
}

function userFact(unit: Unit, settings: UnitSettings): Fact {
  const { user, dynamicUser, privateUsers, scope } = settings;
  const alone =
    privateUsers === "no"
      ? ""
      : privateUsers === "yes" || privateUsers === "self"
        ? ", and sees all other users as nobody"
        : ", in its own user namespace";
  const by = [
    ...lineOf(unit, "User"),
    ...(dynamicUser ? [causeOf(unit, "DynamicUser", "yes")] : []),
    ...(privateUsers === "no" ? [] : [causeOf(unit, "PrivateUsers", privateUsers)]),
  ];
  const text =
    scope === "user"
      ? `It runs as the user of the manager${alone}: both the sandbox and the permissions of that user apply.`
      : startsAsRoot(settings)
        ? holds(settings, "CAP_DAC_OVERRIDE")
          ? `It runs as root${alone}: file permissions do not limit it, only the sandbox does.`
          : `It runs as root${alone}, but the permissions of files of other users apply.`
        : dynamicUser
          ? `It runs as a dynamic user${alone}: of what the sandbox leaves writable it owns only its directories.`
          : `It runs as ${user}${alone}: both the sandbox and the permissions of ${user} apply.`;
  return { topic: "user", text, by };
}

function capabilityFact(unit: Unit, settings: UnitSettings): Fact {
  const { boundingSet, ambientSet, noNewPrivileges, dynamicUser } = settings;
  const lost = without(ALL_CAPABILITIES, boundingSet);
  const kept = without(ALL_CAPABILITIES, lost);
  const ambient = capabilityNames(without(ambientSet, lost));
  const root = startsAsRoot(settings);
  const [has, misses] = [capabilityNames(kept), capabilityNames(lost)];
  const held = has.length === 0 ? "no capability" : misses.length === 0 ? "every capability" : oneOf(has, misses);
  const none = has.length === 0 || (!root && ambient.length === 0 && noNewPrivileges);
  const it = settings.privateUsers === "no" || none ? "It" : "In its own user namespace it";
  const text =
    settings.scope === "user"
      ? "It has no capability."
      : root
        ? `${it} has ${held}${noNewPrivileges ? ", and programs that it starts add none" : ""}.`
        : `${it} starts with ${ambient.length === 0 ? "no capability" : listed(ambient)}, and ${
            noNewPrivileges || has.length === 0
              ? "cannot gain more"
              : `can gain ${held} through programs that it starts`
          }.`;
  const by = [
    ...lineOf(unit, "CapabilityBoundingSet"),
    ...lineOf(unit, "AmbientCapabilities"),
    ...(noNewPrivileges ? [causeOrDynamic(unit, "NoNewPrivileges", "yes", dynamicUser)] : []),
  ];
  return { topic: "capabilities", text, by };
}

const oneOf = (has: readonly string[], misses: readonly string[]): string =>
  has.length <= misses.length
    ? `${has.length === 1 ? "" : "only "}${listed(has)}`
    : `every capability except ${listed(misses)}`;

/** So many names are read in one sentence. */
const FEW = 6;

function listed(names: readonly string[]): string {
  if (names.length > FEW) return `${names.slice(0, FEW - 1).join(", ")} and ${names.length - FEW + 1} more`;
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

function deviceFact(unit: Unit, settings: UnitSettings): Fact {
  const { privateDevices, devicePolicy, devices } = settings;
  const nodes = [...new Set(devices.map((it) => it.replace(/ \S*$/, "")))];
  const policy = devicePolicy === "auto" && devices.length > 0 ? "closed" : devicePolicy;
  const pseudo = "/dev/null, /dev/zero, /dev/full, /dev/random, /dev/urandom, /dev/tty and terminals";
  const more = nodes.length === 0 ? "" : `${policy === "strict" ? "" : " and "}${listed(nodes)}`;
  const text = privateDevices
    ? `It has a private /dev with only ${pseudo}${nodes.length === 0 ? "" : `, and may use ${listed(nodes)} if the node exists`}.`
    : policy === "auto"
      ? "It sees every device of the machine."
      : policy === "strict"
        ? `It can open ${more === "" ? "no device" : `only ${more}`}.`
        : `It can open ${pseudo}${more}, and no other device.`;
  const by = [
    ...(privateDevices ? [causeOf(unit, "PrivateDevices", "yes")] : []),
    ...lineOf(unit, "DevicePolicy"),
    ...lineOf(unit, "DeviceAllow"),
  ];
  return { topic: "devices", text, by };
}

const HIDE: Readonly<Record<string, string>> = {
  default: "It sees all processes",
  noaccess: "It sees the IDs of all processes, but details only of those of its own user",
  invisible: "It sees only processes of its own user",
  ptraceable: "It sees only processes that it can trace",
};

function processFact(unit: Unit, settings: UnitSettings): Fact {
  const user = settings.scope === "user";
  const protectProc = user ? "default" : settings.protectProc;
  const subset = !user && settings.procSubset === "pid";
  const own = settings.privatePids !== "no";
  const seen = own
    ? "It sees only its own processes"
    : protectProc !== "default" && holds(settings, "CAP_SYS_PTRACE")
      ? `It sees all processes: ProtectProc=${protectProc} does not apply to root with CAP_SYS_PTRACE`
      : (HIDE[protectProc] ?? HIDE.default);
  const text = `${seen}${subset ? ", and nothing else in /proc" : ""}.`;
  const by = [
    ...(own ? [causeOf(unit, "PrivatePIDs", settings.privatePids)] : []),
    ...(protectProc === "default" ? [] : [causeOf(unit, "ProtectProc", protectProc)]),
    ...(subset ? [causeOf(unit, "ProcSubset", "pid")] : []),
  ];
  return { topic: "processes", text, by };
}

const NAMES = new Map([...ADDRESS_FAMILIES].map(([name, number]) => [number, name]).reverse() as [number, string][]);
const familyNames = (members: ReadonlySet<number>): string =>
  listed([...members].map((it) => NAMES.get(it) ?? `${it}`));

function networkFact(unit: Unit, settings: UnitSettings): Fact {
  const { privateNetwork, addressFamilies, ipAllow, ipDeny, present } = settings;
  const joined = present.has("NetworkNamespacePath");
  const where = joined
    ? "It is in another network namespace"
    : privateNetwork
      ? "It has only a private loopback network"
      : "It is in the network of the host";
  const { allow, members } = addressFamilies;
  const families =
    members === undefined
      ? allow
        ? "cannot create sockets"
        : undefined
      : allow
        ? `can create only sockets of ${members.size === 0 ? "no family" : familyNames(members)}`
        : members.size === 0
          ? undefined
          : `can create sockets of all families except ${familyNames(members)}`;
  const all = ipDeny.allV4 && ipDeny.allV6;
  const addresses =
    ipDeny.count === 0
      ? undefined
      : all
        ? ipAllow.count === 0
          ? "cannot reach any IP address"
          : ipAllow.remote === 0
            ? "can reach only local IP addresses"
            : "can reach only the IP addresses of IPAddressAllow="
        : "cannot reach the IP addresses of IPAddressDeny=";
  const text = `${listed([where, families, addresses].filter((it) => it !== undefined))}.`;
  const by = [
    ...(joined ? lineOf(unit, "NetworkNamespacePath") : privateNetwork ? [causeOf(unit, "PrivateNetwork", "yes")] : []),
    ...lineOf(unit, "RestrictAddressFamilies"),
    ...lineOf(unit, "IPAddressDeny"),
    ...lineOf(unit, "IPAddressAllow"),
  ];
  return { topic: "network", text, by };
}

/** Groups that a reader would miss first. */
const GROUPS = ["@mount", "@privileged", "@module", "@raw-io", "@reboot", "@clock", "@swap", "@debug"] as const;

function callFact(unit: Unit, settings: UnitSettings): Fact {
  const { systemCalls, systemCallArchitectures, version } = settings;
  const by = [...lineOf(unit, "SystemCallFilter"), ...lineOf(unit, "SystemCallArchitectures")];
  const bypass =
    systemCalls && systemCallArchitectures.size === 0
      ? "; calls of other architectures bypass the filter, as SystemCallArchitectures= is not set"
      : "";
  if (!systemCalls) return { topic: "system calls", text: "It can make every system call.", by };
  const { allow, members } = systemCalls;
  const open = GROUPS.filter((it) => hasNative(it, members, allow, version));
  const extent = open.length === 0 ? "without any group that changes the system" : `including calls of ${listed(open)}`;
  const kind = allow
    ? "It can make only the calls that SystemCallFilter= lists"
    : "It can make all calls except those that SystemCallFilter= lists";
  return { topic: "system calls", text: `${kind}, ${extent}${bypass}.`, by };
}
