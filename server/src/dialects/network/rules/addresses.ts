import { Recent } from "../../../text/recent.ts";
import { type Address, parseV4, parseV6 } from "../../../values/address.ts";
import type { ConfigObject } from "./objects.ts";

/** A version of the internet protocol. */
export type IpFamily = "ipv4" | "ipv6";

/** An address with the length of its network. */
export interface PrefixedAddress {
  readonly address: Address;
  readonly family: IpFamily;
  readonly prefix: number;
}

/** Reads an address with or without the length of its network; undefined where it is none. */
export function prefixedAddress(text: string | undefined): PrefixedAddress | undefined {
  if (text === undefined) return undefined;
  const known = READ.get(text) ?? readAddress(text) ?? "none";
  READ.set(text, known);
  return known === "none" ? undefined : known;
}

/** Each is asked for several times for one section, and many sections have the same. */
const READ = new Recent<string, PrefixedAddress | "none">(64);

function readAddress(text: string): PrefixedAddress | undefined {
  const [host = "", length] = text.split("/", 2);
  const address = parseV4(host) ?? parseV6(host);
  if (!address) return undefined;
  const family = address.length === 4 ? "ipv4" : "ipv6";
  return { address, family, prefix: length === undefined ? address.length * 8 : Number(length) };
}

/** The family of an address or network; undefined where it is none. */
export const familyOfAddress = (text: string | undefined): IpFamily | undefined => prefixedAddress(text)?.family;

/** Whether all bits of an address are zero. */
export const isNull = ({ address }: Pick<PrefixedAddress, "address">): boolean => address.every((it) => it === 0);

/** Whether an address lies in a network. */
export const isInNetwork = (address: Pick<PrefixedAddress, "address">, network: PrefixedAddress): boolean =>
  networkOf(address, bitsOf(network)) === networkOf(network, bitsOf(network));

/** Says whether an address lies in one of some networks, at a cost that does not grow with how many these are. */
export function inOneOf(networks: readonly PrefixedAddress[]): (address: Pick<PrefixedAddress, "address">) => boolean {
  const lengths = new Set(networks.map(bitsOf));
  const known = new Set(networks.map((it) => `${bitsOf(it)} ${networkOf(it, bitsOf(it))}`));
  return (address) => [...lengths].some((bits) => known.has(`${bits} ${networkOf(address, bits)}`));
}

/** The bits of an address that all in its network have in common; all of them where it does not say how many. */
function bitsOf({ prefix, address }: PrefixedAddress): number {
  const most = address.length * 8;
  return Number.isNaN(prefix) ? most : Math.max(0, Math.min(most, prefix));
}

/** The first bits of an address, and how long it is. */
const networkOf = ({ address }: Pick<PrefixedAddress, "address">, bits: number): string =>
  address.map((byte, i) => byte & (0xff << (8 - Math.max(0, Math.min(8, bits - i * 8)))) & 0xff).join(".");

const LOCALHOST: PrefixedAddress = { address: [127, 0, 0, 0], family: "ipv4", prefix: 8 };
const LINK_LOCAL: PrefixedAddress = { address: [169, 254, 0, 0], family: "ipv4", prefix: 16 };
const LINK_LOCAL_6: PrefixedAddress = {
  address: [0xfe, 0x80, ...new Array<number>(14).fill(0)],
  family: "ipv6",
  prefix: 10,
};

/** Whether an IPv6 address serves the link alone. */
export const isLinkLocal6 = (it: PrefixedAddress): boolean => isInNetwork(it, LINK_LOCAL_6);

/** Whether a DHCP server may lend addresses of the network of an address. Follows network_adjust_dhcp_server(), systemd 257 and 262. */
export function isSuitableForServer(address: PrefixedAddress, peer: PrefixedAddress | undefined): boolean {
  const isOfPeer = peer !== undefined && !isNull(peer);
  return (
    address.family === "ipv4" && !isInNetwork(address, LOCALHOST) && !isInNetwork(address, LINK_LOCAL) && !isOfPeer
  );
}

/** Why an [Address] section counts for nothing. Follows address_section_verify(), systemd 257 and 262. */
export function refusedAddress(object: ConfigObject): string | undefined {
  const address = prefixedAddress(object.value("Address")) ?? addressOfPeer(object);
  if (!address) return "has no Address=";
  const pool = refusedPool(address);
  if (pool) return pool;
  const flag =
    address.family === "ipv4" ? ["HomeAddress", "ManageTemporaryAddress"].find((it) => isSet(object, it)) : undefined;
  return flag === undefined ? undefined : `has an IPv4 address and ${flag}=, which is for IPv6`;
}

/** Beside Peer= alone the own address is one of zeros. */
function addressOfPeer(object: ConfigObject): PrefixedAddress | undefined {
  const peer = prefixedAddress(object.value("Peer"));
  return peer && { ...peer, address: peer.address.map(() => 0) };
}

/** Why an address of zeros, which stands for one of a pool, is none. Follows address_section_verify(), systemd 257 and 262. */
export function refusedPool(address: PrefixedAddress): string | undefined {
  const least = address.family === "ipv4" ? 8 : 64;
  return isNull(address) && address.prefix < least
    ? `asks for an address from a pool with less than ${least} bits of prefix`
    : undefined;
}

const isSet = (object: ConfigObject, key: string): boolean => /^(?:1|yes|y|true|t|on)$/i.test(object.value(key) ?? "");

/** What of an [Address] section has no effect. Follows address_section_verify() and address_section_adjust_broadcast(), systemd 257 and 262. */
export function* withoutEffect(object: ConfigObject): Iterable<readonly [key: string, why: string]> {
  const address = prefixedAddress(object.value("Address"));
  if (!address) return;
  const broadcast = prefixedAddress(object.value("Broadcast"));
  const peer = prefixedAddress(object.value("Peer"));
  if (broadcast && !isNull(broadcast)) {
    if (address.family === "ipv6") yield ["Broadcast", "is for IPv4 addresses, and this one is IPv6"];
    else if (address.prefix > 30) yield ["Broadcast", "needs a network of at most 30 bits of prefix"];
    else if (peer && !isNull(peer)) yield ["Broadcast", "is not for an address with Peer="];
    else if (isNull(address)) yield ["Broadcast", "is not for an address from a pool"];
  }
  if (address.family === "ipv6" && object.value("Label") !== undefined)
    yield ["Label", "is for IPv4 addresses, and this one is IPv6"];
  const detection = object.value("DuplicateAddressDetection");
  if ((detection === "ipv4" || detection === "ipv6") && detection !== address.family)
    yield ["DuplicateAddressDetection", `${detection} does not fit the address, which is of the other protocol`];
}
