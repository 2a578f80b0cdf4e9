import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import type { Unit } from "../../../units/unit.ts";
import { parseBoolean } from "../../../values/boolean.ts";
import { withoutEffect } from "./addresses.ts";
import { idleInDevice, idleInLink } from "./ignoredDevice.ts";
import { hasAddressForServer, hasStaticAddress, type NetworkFile, networkFile } from "./networkFile.ts";
import { type ConfigObject, isJudgedHere, isSwitchedOff, isSwitchedOn, objectsNamed } from "./objects.ts";
import { assumesOnLink, routeFamily } from "./routes.ts";

/** A setting that another one leaves without effect: where it stands, and why. */
type Conflict = readonly [object: ConfigObject | undefined, key: string, why: string];

const withoutMeaning: Rule = {
  code: "network/conflict",
  *check(unit) {
    if (unit.path.kind === "netdev") for (const it of idleInDevice(unit)) yield* warning(unit, ...it);
    if (unit.path.kind === "link") for (const it of idleInLink(unit)) yield* warning(unit, ...it);
    if (unit.path.kind !== "network") return;
    const file = networkFile(unit);
    for (const [object, key, why] of [...ofLink(file), ...ofNetwork(file), ...ofBond(unit, file), ...ofDhcp(file)])
      yield* warning(unit, object, key, why);
    for (const object of objectsNamed(unit, "Address"))
      for (const [key, why] of withoutEffect(object))
        yield* atHeader(unit, object, `${key}= ${why}: networkd ignores it`);
    for (const object of objectsNamed(unit, "Route")) {
      const scope = object.value("Scope");
      if (routeFamily(object) === "ipv6" && scope !== undefined && scope !== "global" && scope !== "0")
        yield* atHeader(unit, object, "Scope= is for IPv4 routes: networkd ignores it");
    }
  },
};

function* warning(unit: Unit, object: ConfigObject | undefined, key: string, why: string): Iterable<Found> {
  const node = object?.last(key);
  if (node && isJudgedHere(unit, node))
    yield { ...node.keySpan, severity: "warning", message: `${key}= ${why}`, directive: key };
}

function* atHeader(unit: Unit, { header }: ConfigObject, message: string): Iterable<Found> {
  if (isJudgedHere(unit, header)) yield { ...header.nameSpan, severity: "warning", message };
}

/** Follows network_verify(), systemd 257 and 262. */
function* ofLink({ link, network, dhcp4 }: NetworkFile): Iterable<Conflict> {
  const policy = link?.value("ActivationPolicy");
  const carrier = network?.value("BindCarrier");
  if (policy === "bound" && carrier === undefined)
    yield [link, "ActivationPolicy", "is bound, which needs BindCarrier=: networkd ignores it"];
  if (policy !== undefined && policy !== "bound" && carrier !== undefined)
    yield [link, "ActivationPolicy", "has to be bound with BindCarrier=: networkd takes it as bound"];
  const loss = network?.value("IgnoreCarrierLoss");
  if (policy === "always-up" && loss !== undefined && parseBoolean(loss) !== true && loss !== "infinity")
    yield [network, "IgnoreCarrierLoss", "conflicts with ActivationPolicy=always-up: networkd takes it as yes"];
  const online = link?.value("RequiredForOnline");
  if ((policy === "manual" || policy === "down") && online !== undefined && parseBoolean(online) !== false)
    yield [
      link,
      "RequiredForOnline",
      `waits for an interface that ActivationPolicy=${policy} leaves down: the boot may be delayed`,
    ];
  const mtu = link?.value("MTUBytes");
  if (mtu !== undefined && isSwitchedOn(dhcp4, "UseMTU") && !isSwitchedOn(dhcp4, "Anonymize"))
    yield [dhcp4, "UseMTU", "has no effect with MTUBytes= in [Link]: networkd switches it off"];
}

/** Follows network_verify() and the functions that it calls, systemd 257 and 262. */
function* ofNetwork(file: NetworkFile): Iterable<Conflict> {
  const { network, withoutLinkLocal6, sendRa } = file;
  if (isSwitchedOn(network, "KeepMaster"))
    for (const it of ["BatmanAdvanced", "Bond", "Bridge", "VRF"])
      if (network?.value(it) !== undefined) yield [network, it, "has no effect with KeepMaster=: networkd ignores it"];
  if (isSwitchedOff(network, "IPv6ProxyNDP") && network?.value("IPv6ProxyNDPAddress") !== undefined)
    yield [network, "IPv6ProxyNDPAddress", "has no effect while IPv6ProxyNDP= is off: networkd ignores it"];
  if (withoutLinkLocal6) {
    const why = "needs an IPv6 address of the link, which LinkLocalAddressing= leaves out: networkd switches it off";
    if (isSwitchedOn(network, "IPv6AcceptRA")) yield [network, "IPv6AcceptRA", why];
    for (const it of ["IPv6SendRA", "IPv6PrefixDelegation"])
      if (network?.value(it) !== undefined && !isSwitchedOff(network, it)) yield [network, it, why];
  }
  if (isSwitchedOn(network, "DHCPServer") && !hasAddressForServer(file))
    yield [network, "DHCPServer", "needs a static IPv4 address of the interface: networkd switches it off"];
  const preference = sendRa?.value("RouterPreference");
  if (
    /^0(?:$|[a-z ])/.test(sendRa?.value("RouterLifetimeSec") ?? "") &&
    preference !== undefined &&
    preference !== "medium"
  )
    yield [sendRa, "RouterPreference", "has no effect with RouterLifetimeSec=0: networkd ignores it"];
}

/** Follows network_verify() and network_adjust_dhcp(), systemd 257 and 262: what is given to a bond has no addresses of its own. */
function* ofBond(unit: Unit, { network, dhcp }: NetworkFile): Iterable<Conflict> {
  const bond = network?.value("Bond");
  if (bond === undefined || isSwitchedOn(network, "KeepMaster")) return;
  const why = `has no effect on an interface of the bond ${bond}: networkd ignores it`;
  for (const it of ["Address", "Gateway"]) if (network?.value(it) !== undefined) yield [network, it, why];
  for (const name of ["Address", "Route"])
    for (const it of objectsNamed(unit, name))
      for (const key of ["Address", "Gateway", "Destination"]) if (it.value(key) !== undefined) yield [it, key, why];
  if (dhcp.ipv4 || dhcp.ipv6) yield [network, "DHCP", why];
  const linkLocal = network?.value("LinkLocalAddressing");
  if (linkLocal !== undefined && parseBoolean(linkLocal) !== false) yield [network, "LinkLocalAddressing", why];
  if (isSwitchedOn(network, "DHCPServer")) yield [network, "DHCPServer", why];
}

/** Follows network_adjust_dhcp() and network_adjust_dhcp4(), systemd 257 and 262. */
function* ofDhcp({ network, dhcp4, dhcp, withoutLinkLocal6 }: NetworkFile): Iterable<Conflict> {
  if (dhcp.ipv6 && withoutLinkLocal6)
    yield [
      network,
      "DHCP",
      "asks for IPv6, which needs an IPv6 address of the link: LinkLocalAddressing= leaves it out, and networkd switches DHCPv6 off",
    ];
  const id = dhcp4?.value("ClientIdentifier");
  if (isSwitchedOn(dhcp4, "Anonymize") && id !== undefined && id !== "mac")
    yield [dhcp4, "ClientIdentifier", "has to be mac with Anonymize=: networkd takes it as mac"];
  const critical = dhcp4?.value("CriticalConnection");
  if (critical !== undefined && network?.value("KeepConfiguration") !== undefined)
    yield [
      dhcp4,
      "CriticalConnection",
      "is the old way to say KeepConfiguration=, which is set, too: networkd ignores it",
    ];
}

const gatewayOnLink: Rule = {
  code: "network/gateway-on-link",
  *check(unit) {
    if (unit.path.kind !== "network" || hasStaticAddress(networkFile(unit))) return;
    const { network } = networkFile(unit);
    const message = "Gateway= without a static address in the file: networkd takes the gateway to be on the link";
    for (const node of network?.list("Gateway") ?? [])
      if (isJudgedHere(unit, node) && !node.text.startsWith("_"))
        yield { ...node.keySpan, severity: "warning", message, directive: "Gateway" };
    for (const [name, key] of [
      ["Route", "GatewayOnLink"],
      ["NextHop", "OnLink"],
    ] as const)
      for (const object of objectsNamed(unit, name)) {
        const isGroup = name === "NextHop" && (object.list("Group").length > 0 || isSwitchedOn(object, "Blackhole"));
        if (assumesOnLink(object, key) && !isGroup) yield* atHeader(unit, object, message);
      }
  },
};

/** Settings of one .network file that do not go together. */
export const CONFLICT_RULES: readonly Rule[] = alsoInDropIns([withoutMeaning, gatewayOnLink]);
