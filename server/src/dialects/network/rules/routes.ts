import { parseUnsigned } from "../../../values/number.ts";
import { familyOfAddress, isNull, prefixedAddress } from "./addresses.ts";
import { type ConfigObject, isSwitchedOff, isSwitchedOn } from "./objects.ts";

/** What the rest of a file says, as far as it decides about routes. */
export interface RouteFacts {
  /** Whether it asks for an IPv4 address by DHCP. */
  readonly dhcp4: boolean;
  /** Whether router advertisements are switched off by a line. */
  readonly withoutRa: boolean;
}

const DYNAMIC: ReadonlySet<string> = new Set(["_dhcp4", "_ipv6ra", "_dhcp"]);
const REJECTS: ReadonlySet<string> = new Set(["unreachable", "prohibit", "blackhole", "throw"]);

/** The family that the first of the settings with an address gives a route; undefined where none has one. */
export function routeFamily(object: ConfigObject): "ipv4" | "ipv6" | undefined {
  const nodes = ["Destination", "Source", "PreferredSource"]
    .map((it) => object.last(it))
    .filter((it) => it !== undefined);
  const [first] = nodes.toSorted((a, b) => a.start - b.start);
  return familyOfAddress(first?.text);
}

/** The gateway of a route that is an address and not all zeros. */
export function gatewayOf(object: ConfigObject): string | undefined {
  const gateway = object.value("Gateway");
  const address = prefixedAddress(gateway);
  return address && !isNull(address) ? gateway : undefined;
}

/** Why a [Route] section counts for nothing. Follows route_section_verify_nexthops(), systemd 257 and 262. */
export function refusedRoute(object: ConfigObject, { dhcp4, withoutRa }: RouteFacts): string | undefined {
  const gateway = object.value("Gateway");
  const dynamic = gateway !== undefined && DYNAMIC.has(gateway);
  const family = routeFamily(object);
  if (gateway === "_dhcp4" && !dhcp4) return "has Gateway=_dhcp4, but DHCP= asks for no IPv4 address";
  if (gateway === "_ipv6ra" && withoutRa) return "has Gateway=_ipv6ra, but IPv6AcceptRA= is off";
  const gatewayFamily = familyOfAddress(gatewayOf(object));
  if (family === undefined && familyOfAddress(gateway) === undefined && !dynamic)
    return "needs Gateway=, Destination=, Source= or PreferredSource=";
  if (family === "ipv6" && gatewayFamily === "ipv4") return "has an IPv4 gateway for an IPv6 route";
  const multipath = object.list("MultiPathRoute");
  if (family === "ipv6" && multipath.some((it) => familyOfAddress(it.text.split(/[@ ]/)[0]) === "ipv4"))
    return "has an IPv4 gateway in MultiPathRoute= for an IPv6 route";
  const ways =
    dynamic || gatewayFamily !== undefined ? "Gateway=" : multipath.length > 0 ? "MultiPathRoute=" : undefined;
  const nextHop = object.value("NextHop");
  if (nextHop !== undefined && nextHop !== "0" && ways) return `has NextHop= with ${ways}`;
  if (REJECTS.has(object.value("Type") ?? "") && ways) return `has Type=${object.value("Type")} with ${ways}`;
  if (ways === "Gateway=" && multipath.length > 0) return "has MultiPathRoute= with Gateway=";
  return undefined;
}

/** Why a [NextHop] section counts for nothing. Follows nexthop_section_verify(), systemd 257 and 262. */
export function refusedNextHop(object: ConfigObject): string | undefined {
  const family = object.value("Family");
  const gateway = gatewayOf(object);
  const own = familyOfAddress(object.value("Gateway"));
  if (own !== undefined && family !== undefined && own !== family)
    return `has Family=${family} and an address of the other protocol`;
  const what =
    object.list("Group").length > 0 ? "a group" : isSwitchedOn(object, "Blackhole") ? "Blackhole=" : undefined;
  if (!what) return undefined;
  if (gateway !== undefined) return `has ${what} and a gateway`;
  if (what === "a group" && family !== undefined) return "has a group and Family=";
  if (what === "a group" && isSwitchedOn(object, "Blackhole")) return "has a group and Blackhole=";
  return isSwitchedOn(object, "OnLink") ? `has ${what} and OnLink=` : undefined;
}

/** Why a [RoutingPolicyRule] section counts for nothing. Follows routing_policy_rule_section_verify(), systemd 257 and 262. */
export function refusedRule(object: ConfigObject): string | undefined {
  const [from, to] = [familyOfAddress(object.value("From")), familyOfAddress(object.value("To"))];
  if (from && to && from !== to) return "has From= and To= of different protocols";
  const family = object.value("Family");
  const own = from ?? to;
  if (own && family !== undefined && family !== own) return `has Family=${family} and addresses of another protocol`;
  const type = object.value("Type");
  if (type === "goto" || (type === undefined && object.value("GoTo") !== undefined)) {
    const target = parseUnsigned(object.value("GoTo") ?? "0") ?? 0;
    if (!(target > 0)) return "has Type=goto without GoTo=";
    const priority = object.value("Priority");
    if (priority !== undefined && (parseUnsigned(priority) ?? 0) >= target)
      return "has GoTo= to a priority that is not behind its own";
  }
  return undefined;
}

/** Whether networkd has to assume that the gateway is on the link. Follows route_section_verify_nexthops() and nexthop_section_verify(), systemd 257 and 262. */
export const assumesOnLink = (object: ConfigObject, key: "GatewayOnLink" | "OnLink"): boolean =>
  gatewayOf(object) !== undefined && !isSwitchedOn(object, key) && !isSwitchedOff(object, key);
