import { type Address, parseV4, parseV6 } from "./address.ts";
import { isLocalhost } from "./dnsName.ts";
import { parseUnsigned } from "./number.ts";

/** Addresses whose first bits are the same. */
export interface Network {
  readonly address: Address;
  /** How many bits of the address count. */
  readonly prefix: number;
}

/** The words that stand for networks, with what they stand for. */
export const NAMED_NETWORKS: Readonly<Record<string, readonly string[]>> = {
  any: ["0.0.0.0/0", "::/0"],
  localhost: ["127.0.0.0/8", "::1/128"],
  "link-local": ["169.254.0.0/16", "fe80::/64"],
  multicast: ["224.0.0.0/4", "ff00::/8"],
};

/** The networks that one word stands for. Follows config_parse_in_addr_prefixes(), systemd 257 to 262. */
export function networksOf(word: string): readonly Network[] | undefined {
  const name = isLocalhost(word) ? "localhost" : word;
  if (Object.hasOwn(NAMED_NETWORKS, name)) return (NAMED_NETWORKS[name] ?? []).flatMap((it) => parseNetwork(it) ?? []);
  const network = parseNetwork(word);
  return network && [network];
}

/** Follows in_addr_prefix_from_string_auto(), systemd 257 to 262: without a length the whole address counts. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf("/");
  const host = slash < 0 ? text : text.slice(0, slash);
  const address = parseV4(host) ?? parseV6(host);
  if (!address) return undefined;
  const prefix = slash < 0 ? address.length * 8 : parseUnsigned(text.slice(slash + 1));
  return prefix === undefined || prefix > address.length * 8 ? undefined : { address, prefix };
}

/** The first and the last address of a network. */
export function endsOf({ address, prefix }: Network): readonly [first: Address, last: Address] {
  const host = address.map((_, i) => 0xff >> Math.max(0, Math.min(8, prefix - i * 8)));
  return [address.map((byte, i) => byte & ~(host[i] ?? 0) & 0xff), address.map((byte, i) => byte | (host[i] ?? 0))];
}

/** An address in its usual spelling: IPv6 in lower case, the longest run of zeros left out. */
export function addressText(address: Address): string {
  if (address.length === 4) return address.join(".");
  const groups: number[] = [];
  for (let i = 0; i < 16; i += 2) groups.push(((address[i] ?? 0) << 8) | (address[i + 1] ?? 0));
  let longest = { from: 0, length: 1 };
  for (let from = 0; from < groups.length; from++) {
    let to = from;
    while (groups[to] === 0) to++;
    if (to - from > longest.length) longest = { from, length: to - from };
  }
  const text = (some: readonly number[]): string => some.map((group) => group.toString(16)).join(":");
  if (longest.length < 2) return text(groups);
  return `${text(groups.slice(0, longest.from))}::${text(groups.slice(longest.from + longest.length))}`;
}
