import { isIgnored, isRead } from "../../../catalog/catalog.ts";
import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import type { Unit } from "../../../units/unit.ts";
import { ETHERNET, parseHardwareAddress } from "../../../values/hardwareAddress.ts";
import { parseTimeSpan } from "../../../values/timeSpan.ts";
import { isNull, prefixedAddress, refusedAddress, refusedPool } from "./addresses.ts";
import { deviceOf } from "./device.ts";
import { networkFile } from "./networkFile.ts";
import { type ConfigObject, isJudgedHere, isSwitchedOff, isSwitchedOn, objectNamed, objectsOf } from "./objects.ts";
import { refusedQueue } from "./queues.ts";
import { refusedDeviceSection } from "./refusedSections.ts";
import { refusedNextHop, refusedRoute, refusedRule } from "./routes.ts";

/** Why a section counts for nothing; undefined where it counts. */
function whyIgnored(object: ConfigObject, unit: Unit): string | undefined {
  if (object.dropped()) return undefined;
  const file = networkFile(unit);
  switch (object.name) {
    case "Address":
      return refusedAddress(object);
    case "Route":
      return refusedRoute(object, { dhcp4: file.dhcp.ipv4, withoutRa: isSwitchedOff(file.network, "IPv6AcceptRA") });
    case "NextHop":
      return refusedNextHop(object);
    case "RoutingPolicyRule":
      return refusedRule(object);
    case "Neighbor":
      return missing(object, "Address", object.value("MACAddress") === undefined ? "LinkLayerAddress" : "MACAddress");
    case "IPv6AddressLabel":
      return missing(object, "Prefix", "Label");
    case "DHCPServerStaticLease":
      return missing(object, "Address", "MACAddress");
    case "SR-IOV":
      return missing(object, "VirtualFunction");
    case "BridgeMDB":
      return refusedGroup(object);
    case "IPv6Prefix":
      return sendsRa(unit) ? refusedPrefix(object) : undefined;
    default:
      return refusedQueue(object);
  }
}

const missing = (object: ConfigObject, ...keys: readonly string[]): string | undefined => {
  const lacks = keys.find((it) => object.value(it) === undefined);
  return lacks === undefined ? undefined : `has no ${lacks}=`;
};

/** Whether prefixes are looked at: only where they are sent. Follows network_adjust_radv(), systemd 257 and 262. */
const sendsRa = (unit: Unit): boolean => {
  const { network, withoutLinkLocal6 } = networkFile(unit);
  return (isSwitchedOn(network, "IPv6SendRA") || isSwitchedOn(network, "IPv6PrefixDelegation")) && !withoutLinkLocal6;
};

/** Follows bridge_mdb_verify(), systemd 257 and 262. */
function refusedGroup(object: ConfigObject): string | undefined {
  const text = object.value("MulticastGroupAddress");
  if (text === undefined) return "has no MulticastGroupAddress=";
  const group = prefixedAddress(text)?.address;
  if (!group) return isGroupOfLink(text) ? undefined : "has a MulticastGroupAddress= that is no group";
  const [first = 0, second, third] = group;
  const isV4 = group.length === 4;
  if (isV4 ? first >> 4 !== 0xe : first !== 0xff) return "has a MulticastGroupAddress= that is no group";
  if (isV4 && first === 224 && second === 0 && third === 0) return "has a group that never leaves the link";
  const isAllNodes = !isV4 && second === 2 && group.slice(2).every((it, i) => it === (i === 13 ? 1 : 0));
  return isAllNodes ? "has the group of all nodes" : undefined;
}

const isGroupOfLink = (text: string): boolean => ((parseHardwareAddress(text, ETHERNET)?.[0] ?? 1) & 1) === 1;

/** Follows prefix_section_verify(), systemd 257 and 262. */
function refusedPrefix(object: ConfigObject): string | undefined {
  const prefix = prefixedAddress(object.value("Prefix"));
  if (!prefix || isNull(prefix)) return "has no Prefix=";
  if (prefix.prefix < 3) return "has a Prefix= of less than 3 bits";
  const [preferred, valid] = [seconds(object.value("PreferredLifetimeSec")), seconds(object.value("ValidLifetimeSec"))];
  return (preferred ?? 1800) > (valid ?? 3600)
    ? "has a PreferredLifetimeSec= that is longer than ValidLifetimeSec="
    : undefined;
}

const ignoredSection: Rule = {
  code: "network/ignored-section",
  *check(unit) {
    const { kind } = unit.path;
    if (kind !== "network" && kind !== "networkd.conf") {
      yield* ofDevice(unit);
      return;
    }
    for (const node of (kind === "network" && networkFile(unit).network?.list("Address")) || []) {
      const address = prefixedAddress(node.text);
      const pool = address && isJudgedHere(unit, node) ? refusedPool(address) : undefined;
      if (pool)
        yield {
          ...node.valueSpan,
          severity: "error",
          message: `Address= ${pool}: networkd ignores it`,
          directive: "Address",
        };
    }
    for (const object of objectsOf(unit)) {
      const why = isJudgedHere(unit, object.header) && isMade(unit, object) ? whyIgnored(object, unit) : undefined;
      if (why === undefined) continue;
      yield {
        ...object.header.nameSpan,
        severity: "error",
        message: `[${object.name}] ${why}: networkd ignores the section`,
      };
    }
  },
};

const readerOf = (unit: Unit): string => (unit.path.kind === "link" ? "udev" : "networkd");

/** What is dropped of .netdev and .link files. */
function* ofDevice(unit: Unit): Iterable<Found> {
  const name = unit.path.kind === "netdev" ? deviceOf(unit).name : undefined;
  for (const object of objectsOf(unit)) {
    if (!isJudgedHere(unit, object.header) || !isMade(unit, object) || object.dropped()) continue;
    const why = object.name === "SR-IOV" ? refusedFunction(object, unit) : refusedDeviceSection(object, name);
    if (why === undefined) continue;
    const message = `[${object.name}] ${why}: ${readerOf(unit)} ignores the section`;
    yield { ...object.header.nameSpan, severity: "error", message };
  }
}

/** Whether networkd makes anything of a section: only a line of it does, and an empty KeyFile= undoes it. Follows config_parse_macsec_key_file(), systemd 257 and 262. */
function isMade(unit: Unit, { name, nodes }: ConfigObject): boolean {
  if (nodes.some((it) => it.kind === "assignment" && it.key === "KeyFile" && it.text === "")) return false;
  return nodes.some((it) => {
    const row = it.kind === "assignment" ? unit.family.content.directive(name, it.key) : undefined;
    return row !== undefined && isRead(row, unit.version) && !isIgnored(row, unit.version);
  });
}

/** Follows sr_iov_section_verify(), systemd 257 and 262. */
function refusedFunction(object: ConfigObject, unit: Unit): string | undefined {
  const all = objectNamed(unit, "Link")?.value("SR-IOVVirtualFunctions");
  const own = object.value("VirtualFunction");
  if (own === undefined) return "has no VirtualFunction=";
  return all !== undefined && Number(own) >= Number(all)
    ? `has a VirtualFunction= that is not less than SR-IOVVirtualFunctions=${all}`
    : undefined;
}

function seconds(text: string | undefined): number | undefined {
  const read = text === undefined ? undefined : parseTimeSpan(text, "s");
  if (!read || !("nanoseconds" in read)) return undefined;
  return read.nanoseconds === "infinity" ? Number.POSITIVE_INFINITY : Number(read.nanoseconds / 1_000_000_000n);
}

const lostSection: Rule = {
  code: "network/lost-section",
  *check(unit) {
    const { separateSections } = unit.family.content;
    for (const object of objectsOf(unit)) {
      const line =
        separateSections.some((it) => it === object.name) && isJudgedHere(unit, object.header)
          ? object.dropped()
          : undefined;
      if (!line) continue;
      const message = `[${object.name}] is lost because of its ${line.key}= line: ${readerOf(unit)} ignores the whole section`;
      yield { ...object.header.nameSpan, severity: "warning", message };
    }
  },
};

/** Sections of which networkd takes nothing. */
export const IGNORED_SECTION_RULES: readonly Rule[] = alsoInDropIns([ignoredSection, lostSection]);
