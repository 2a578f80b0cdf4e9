import type { DirectiveName } from "../../catalog/catalog.ts";
import { ADDRESS_FAMILIES } from "../../facts/addressFamilies.ts";
import { CAPABILITIES } from "../../facts/capabilities.ts";
import { mergedAssignments, sinceReset, type Unit } from "../../units/unit.ts";
import { hasNative } from "../callSet.ts";
import { ALL_CAPABILITIES, type CapabilitySet, overlap, without } from "../capabilitySet.ts";
import { holds, startsAsRoot } from "../checks/rights.ts";
import { effective } from "../effective.ts";
import type { Settings } from "../settings.ts";
import { type Cause, causeOf, causeOrDynamic } from "./cause.ts";

/** What a fact is about. */
export type FactTopic = "user" | "capabilities" | "devices" | "processes" | "network" | "system calls";

/** One sentence on what a service may do beside files, and the settings that say so. */
export interface Fact {
  readonly topic: FactTopic;
  readonly text: string;
  readonly by: readonly Cause[];
}

/** What a service may do beside files, a sentence each. */
export function factsOf(unit: Unit): readonly Fact[] {
  const { settings } = effective(unit);
  return [userFact, capabilityFact, deviceFact, processFact, networkFact, callFact].map((it) => it(unit, settings));
}

/** The last line of a list in force, or of a text. */
function lineOf(unit: Unit, name: DirectiveName): Cause[] {
  const node = sinceReset(mergedAssignments(unit, "Service", name)).at(-1);
  return node ? [{ directive: name, value: node.text, node }] : [];
}

function userFact(unit: Unit, settings: Settings): Fact {
  const { user, dynamicUser, privateUsers, scope } = settings;
  const alone =
    privateUsers === "no"
      ? ""
      : privateUsers === "yes" || privateUsers === "self"
        ? ", and finds all other users as nobody"
        : ", in a user namespace of its own";
  const by = [
    ...lineOf(unit, "User"),
    ...(dynamicUser ? [causeOf(unit, "DynamicUser", "yes")] : []),
    ...(privateUsers === "no" ? [] : [causeOf(unit, "PrivateUsers", privateUsers)]),
  ];
  const text =
    scope === "user"
      ? `It runs as the user of the manager${alone}: the sandbox and that user's permissions decide together.`
      : startsAsRoot(settings)
        ? holds(settings, "CAP_DAC_OVERRIDE")
          ? `It runs as root${alone}: where the sandbox allows it, file permissions do not stop it.`
          : `It runs as root${alone}, but not past the permissions of files that are not root's.`
        : dynamicUser
          ? `It runs as a user that systemd makes up for it${alone}: of what the sandbox leaves writable it owns only its directories.`
          : `It runs as ${user}${alone}: the sandbox and the permissions of ${user} decide together.`;
  return { topic: "user", text, by };
}

function capabilityFact(unit: Unit, settings: Settings): Fact {
  const { boundingSet, ambientSet, noNewPrivileges, dynamicUser } = settings;
  const lost = without(ALL_CAPABILITIES, boundingSet);
  const kept = without(ALL_CAPABILITIES, lost);
  const ambient = namesOf(without(ambientSet, lost));
  const root = startsAsRoot(settings);
  const [has, misses] = [namesOf(kept), namesOf(lost)];
  const held = has.length === 0 ? "no capability" : misses.length === 0 ? "every capability" : oneOf(has, misses);
  const none = has.length === 0 || (!root && ambient.length === 0 && noNewPrivileges);
  const it = settings.privateUsers === "no" || none ? "It" : "In its own user namespace it";
  const text =
    settings.scope === "user"
      ? "It has no capability of its own."
      : root
        ? `${it} has ${held}${noNewPrivileges ? ", and gets no more from programs that it starts" : ""}.`
        : `${it} has ${ambient.length === 0 ? "no capability" : listed(ambient)} at first, and ${
            noNewPrivileges || has.length === 0 ? "gets no more" : `can get ${held} from programs that it starts`
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
    : `every capability but ${listed(misses)}`;

const namesOf = (set: CapabilitySet): string[] =>
  CAPABILITIES.filter((_, i) => overlap(set, i < 32 ? { low: 1 << i, high: 0 } : { low: 0, high: 1 << (i - 32) }));

/** So many names are read in one sentence. */
const FEW = 6;

function listed(names: readonly string[]): string {
  if (names.length > FEW) return `${names.slice(0, FEW - 1).join(", ")} and ${names.length - FEW + 1} more`;
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

function deviceFact(unit: Unit, settings: Settings): Fact {
  const { privateDevices, devicePolicy, devices } = settings;
  const nodes = [...new Set(devices.map((it) => it.replace(/ \S*$/, "")))];
  const policy = devicePolicy === "auto" && devices.length > 0 ? "closed" : devicePolicy;
  const pseudo = "/dev/null, /dev/zero, /dev/full, /dev/random, /dev/urandom, /dev/tty and terminals";
  const more = nodes.length === 0 ? "" : `${policy === "strict" ? "" : " and "}${listed(nodes)}`;
  const text = privateDevices
    ? `It has a /dev of its own with nothing but ${pseudo}${nodes.length === 0 ? "" : `, and may use ${listed(nodes)} where it gets a node`}.`
    : policy === "auto"
      ? "It finds every device of the machine."
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
  noaccess: "It sees the numbers of all processes, but only of its own user's more than that",
  invisible: "It sees only processes of its own user",
  ptraceable: "It sees only processes that it may trace",
};

function processFact(unit: Unit, settings: Settings): Fact {
  const user = settings.scope === "user";
  const protectProc = user ? "default" : settings.protectProc;
  const subset = !user && settings.procSubset === "pid";
  const own = settings.privatePids !== "no";
  const seen = own
    ? "It sees only its own processes"
    : protectProc !== "default" && holds(settings, "CAP_SYS_PTRACE")
      ? `It sees all processes: ProtectProc=${protectProc} does not bind root with CAP_SYS_PTRACE`
      : (HIDE[protectProc] ?? HIDE.default);
  const text = `${seen}${subset ? ", and of /proc nothing but processes" : ""}.`;
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

function networkFact(unit: Unit, settings: Settings): Fact {
  const { privateNetwork, addressFamilies, ipAllow, ipDeny, present } = settings;
  const joined = present.has("NetworkNamespacePath");
  const where = joined
    ? "It is in the network of another namespace"
    : privateNetwork
      ? "It has no network but a loopback device of its own"
      : "It is in the network of the host";
  const { allow, members } = addressFamilies;
  const families =
    members === undefined
      ? allow
        ? "can make no socket"
        : undefined
      : allow
        ? `can make sockets of ${members.size === 0 ? "no family" : familyNames(members)} alone`
        : members.size === 0
          ? undefined
          : `can make sockets of all families but ${familyNames(members)}`;
  const all = ipDeny.allV4 && ipDeny.allV6;
  const addresses =
    ipDeny.count === 0
      ? undefined
      : all
        ? ipAllow.count === 0
          ? "reaches no IP address"
          : ipAllow.remote === 0
            ? "reaches no IP address but the machine's own"
            : "reaches only the IP addresses that IPAddressAllow= names"
        : "does not reach the IP addresses that IPAddressDeny= names";
  const text = `${[where, families, addresses].filter((it) => it !== undefined).join(", ")}.`;
  const by = [
    ...(joined ? lineOf(unit, "NetworkNamespacePath") : privateNetwork ? [causeOf(unit, "PrivateNetwork", "yes")] : []),
    ...lineOf(unit, "RestrictAddressFamilies"),
    ...lineOf(unit, "IPAddressDeny"),
    ...lineOf(unit, "IPAddressAllow"),
  ];
  return { topic: "network", text: text.replace(/, (?=[^,]*$)/, (families ?? addresses) ? " and " : ", "), by };
}

/** Groups that a reader would miss first. */
const GROUPS = ["@mount", "@privileged", "@module", "@raw-io", "@reboot", "@clock", "@swap", "@debug"] as const;

function callFact(unit: Unit, settings: Settings): Fact {
  const { systemCalls, systemCallArchitectures, version } = settings;
  const by = [...lineOf(unit, "SystemCallFilter"), ...lineOf(unit, "SystemCallArchitectures")];
  const bypass =
    systemCalls && systemCallArchitectures.size === 0
      ? "; calls of another architecture pass the filter by, as SystemCallArchitectures= is not set"
      : "";
  if (!systemCalls) return { topic: "system calls", text: "It can make every system call.", by };
  const { allow, members } = systemCalls;
  const open = GROUPS.filter((it) => hasNative(it, members, allow, version));
  const left = open.length === 0 ? "none of the groups that change the system" : `calls of ${listed(open)} among them`;
  const kind = allow
    ? "It can make only the calls that SystemCallFilter= lists"
    : "It can make all calls but those that SystemCallFilter= lists";
  return { topic: "system calls", text: `${kind}, ${left}${bypass}.`, by };
}
