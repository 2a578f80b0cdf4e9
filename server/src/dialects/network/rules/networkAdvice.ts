import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Rule } from "../../../findings/rule.ts";
import { inOneOf, isNull, prefixedAddress } from "./addresses.ts";
import { networkFile } from "./networkFile.ts";
import { isJudgedHere, isSwitchedOn, objectNamed, objectsNamed } from "./objects.ts";

const gatewayOutside: Rule = {
  code: "network/gateway-outside",
  *check(unit) {
    if (unit.path.kind !== "network") return;
    const { network, addresses, dhcp } = networkFile(unit);
    // Where addresses come from elsewhere, or a route says what can be reached, nothing is known.
    if (addresses.length === 0 || addresses.some(isNull)) return;
    const routes = objectsNamed(unit, "Route");
    const own = routes.filter((it) => !isSwitchedOn(it, "GatewayOnLink") && it.value("MultiPathRoute") === undefined);
    const onLink = routes.flatMap((it) => (it.value("Gateway") === undefined ? (it.value("Destination") ?? []) : []));
    const isReached = inOneOf([
      ...addresses,
      ...addresses.flatMap((it) => it.peer ?? []),
      ...onLink.flatMap((it) => prefixedAddress(it) ?? []),
    ]);
    const networks = shownNetworks(addresses.flatMap((it) => (it.family === "ipv4" ? [it.text] : [])));
    if (networks === undefined) return;
    for (const node of [...(network?.list("Gateway") ?? []), ...own.flatMap((it) => it.list("Gateway"))]) {
      const gateway = prefixedAddress(node.text);
      if (!gateway || isNull(gateway) || gateway.family === "ipv6" || dhcp.ipv4 || !isJudgedHere(unit, node)) continue;
      if (isReached(gateway)) continue;
      const message = `"${node.text}" in Gateway= lies outside of the networks of the interface (${networks}): the kernel refuses the route`;
      yield { ...node.valueSpan, severity: "warning", message, directive: "Gateway" };
    }
  },
};

/** So many networks are told in a message. */
const MOST_SHOWN = 8;

/** Networks as a message names them; undefined where there are none. */
function shownNetworks(networks: readonly string[]): string | undefined {
  if (networks.length === 0) return undefined;
  const more = networks.length - MOST_SHOWN;
  const shown = networks.slice(0, MOST_SHOWN).join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** Sections about something that another setting has to switch on. */
const SWITCHES = [
  ["DHCPServer", "DHCPServer=yes"],
  ["IPv6SendRA", "IPv6SendRA=yes"],
  ["DHCPPrefixDelegation", "DHCPPrefixDelegation=yes"],
] as const;

const unusedSection: Rule = {
  code: "network/unused-section",
  *check(unit) {
    if (unit.path.kind !== "network" || unit.path.role === "drop-in") return;
    const { network, dhcp } = networkFile(unit);
    const off = SWITCHES.filter(([name]) => network?.value(name) === undefined);
    const all = dhcp.ipv4 ? off : [["DHCPv4", "DHCP=ipv4 or DHCP=yes"] as const, ...off];
    for (const [name, how] of all) {
      const object = objectNamed(unit, name);
      if (!object || !isJudgedHere(unit, object.header)) continue;
      const message = `[${name}] has no effect without ${how} in [Network]`;
      yield { ...object.header.nameSpan, severity: "info", message, tag: "unnecessary" };
    }
  },
};

/** What networkd says nothing of, and is not what its writer means. */
export const NETWORK_ADVICE_RULES: readonly Rule[] = alsoInDropIns([gatewayOutside, unusedSection]);
