import { memo } from "../../../units/memo.ts";
import type { Unit } from "../../../units/unit.ts";
import { parseBoolean } from "../../../values/boolean.ts";
import {
  isLinkLocal6,
  isSuitableForServer,
  type PrefixedAddress,
  prefixedAddress,
  refusedAddress,
  refusedPool,
} from "./addresses.ts";
import { type ConfigObject, isSwitchedOn, objectNamed, objectsNamed } from "./objects.ts";

/** What a .network file says with its drop-ins, as far as its settings depend on each other. */
export interface NetworkFile {
  readonly match: ConfigObject | undefined;
  readonly link: ConfigObject | undefined;
  readonly network: ConfigObject | undefined;
  /** The section about DHCPv4, also under its old name. */
  readonly dhcp4: ConfigObject | undefined;
  readonly server: ConfigObject | undefined;
  readonly sendRa: ConfigObject | undefined;
  /** Which protocols its DHCP clients ask for. */
  readonly dhcp: { readonly ipv4: boolean; readonly ipv6: boolean };
  /** Whether a line leaves the interface without an IPv6 address of its link. */
  readonly withoutLinkLocal6: boolean;
  /** The addresses that it sets, those of [Network] and of [Address], with their peers. */
  readonly addresses: readonly StaticAddress[];
}

/** An address that a file sets. */
export interface StaticAddress extends PrefixedAddress {
  readonly peer: PrefixedAddress | undefined;
  /** As it is written. */
  readonly text: string;
  /** The line that sets it. */
  readonly node: { readonly keySpan: { readonly start: number; readonly end: number } };
}

/** The families that a word of DHCP= and of LinkLocalAddressing= stands for. Follows address_family_from_string(), systemd 257 and 262. */
function familiesOf(word: string | undefined): { readonly ipv4: boolean; readonly ipv6: boolean } {
  const all = parseBoolean(word ?? "") ?? (word === "both" ? true : undefined);
  if (all !== undefined) return { ipv4: all, ipv6: all };
  return { ipv4: word === "ipv4" || word === "v4", ipv6: word === "ipv6" || word === "v6" };
}

/** Reads a .network file. */
export const networkFile: (unit: Unit) => NetworkFile = memo((unit: Unit): NetworkFile => {
  const network = objectNamed(unit, "Network");
  const linkLocal = network?.value("LinkLocalAddressing");
  const addresses = [...ofNetwork(network), ...objectsNamed(unit, "Address").flatMap(ofSection)];
  return {
    match: objectNamed(unit, "Match"),
    link: objectNamed(unit, "Link"),
    network,
    dhcp4: objectNamed(unit, "DHCPv4") ?? objectNamed(unit, "DHCP"),
    server: objectNamed(unit, "DHCPServer"),
    sendRa: objectNamed(unit, "IPv6SendRA") ?? objectNamed(unit, "IPv6PrefixDelegation"),
    dhcp: familiesOf(network?.value("DHCP")),
    withoutLinkLocal6:
      linkLocal !== undefined &&
      !familiesOf(linkLocal).ipv6 &&
      !addresses.some((it) => it.family === "ipv6" && isLinkLocal6(it)),
    addresses,
  };
});

function ofNetwork(network: ConfigObject | undefined): StaticAddress[] {
  return (network?.list("Address") ?? []).flatMap((node) => {
    const address = prefixedAddress(node.text);
    return address && !refusedPool(address) ? [{ ...address, peer: undefined, text: node.text, node }] : [];
  });
}

function ofSection(object: ConfigObject): StaticAddress[] {
  const node = object.last("Address");
  const address = prefixedAddress(node?.text);
  if (!node || !address || refusedAddress(object) !== undefined || object.dropped()) return [];
  return [{ ...address, peer: prefixedAddress(object.value("Peer")), text: node.text, node }];
}

/** Whether it has an address whose network a DHCP server can serve. */
export const hasAddressForServer = ({ addresses, server }: NetworkFile): boolean =>
  server?.value("ServerAddress") !== undefined || addresses.some((it) => isSuitableForServer(it, it.peer));

/** Whether the addresses of the file are those that networkd counts when it looks for gateways. */
export const hasStaticAddress = ({ addresses, server, network }: NetworkFile): boolean =>
  addresses.length > 0 || (isSwitchedOn(network, "DHCPServer") && server?.value("ServerAddress") !== undefined);
