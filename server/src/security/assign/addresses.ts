import { type Networks, NO_NETWORKS } from "../settings.ts";
import { type Assign, type Assignments, parseNumber, wordsOf } from "./assign.ts";

/** An IP address as bytes: 4 or 16. */
type Address = readonly number[];

interface Network {
  readonly address: Address;
  /** How many bits of the address count. */
  readonly prefix: number;
}

const NAMED: Readonly<Record<string, readonly string[]>> = {
  any: ["0.0.0.0/0", "::/0"],
  localhost: ["127.0.0.0/8", "::1/128"],
  "link-local": ["169.254.0.0/16", "fe80::/64"],
  multicast: ["224.0.0.0/4", "ff00::/8"],
};

/** Follows inet_pton() for IPv4: four decimal numbers without leading zeros. */
function parseV4(text: string): Address | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.map(Number);
}

/** Follows inet_pton() for IPv6: groups of up to four hexadecimal digits, one `::`, IPv4 in the place of the last two. */
function parseV6(text: string): Address | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = [groups(halves[0] ?? "", halves.length === 1), groups(halves[1] ?? "", true)];
  if (!head || !tail) return undefined;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function groups(text: string, last: boolean): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    if (last && i === parts.length - 1 && part.includes(".")) {
      const v4 = parseV4(part);
      if (!v4) return undefined;
      bytes.push(...v4);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(part)) return undefined;
      const group = Number.parseInt(part, 16);
      bytes.push(group >> 8, group & 0xff);
    }
  }
  return bytes;
}

/** Follows in_addr_prefix_from_string_auto(), systemd 257 to 262: without a length the whole address counts. */
function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf("/");
  const host = slash < 0 ? text : text.slice(0, slash);
  const address = parseV4(host) ?? parseV6(host);
  if (!address) return undefined;
  const prefix = slash < 0 ? address.length * 8 : parseNumber(text.slice(slash + 1));
  return prefix === undefined || prefix > address.length * 8 ? undefined : { address, prefix };
}

/** Whether the first address of a network, its host bits being 0, is of this machine (in_addr_is_localhost()). */
function isLocal({ address, prefix }: Network): boolean {
  const masked = address.map((byte, i) => byte & (0xff00 >> Math.max(0, Math.min(8, prefix - i * 8))) & 0xff);
  if (address.length === 4) return masked[0] === 127;
  return masked.every((byte, i) => byte === (i === 15 ? 1 : 0));
}

function withNetwork(networks: Networks, network: Network): Networks {
  const v4 = network.address.length === 4;
  const local = isLocal(network);
  return {
    allV4: networks.allV4 || (v4 && network.prefix === 0),
    allV6: networks.allV6 || (!v4 && network.prefix === 0),
    count: networks.count + 1,
    remote: networks.remote + (local ? 0 : 1),
    remoteStrict: networks.remoteStrict + (local && network.prefix === (v4 ? 8 : 128) ? 0 : 1),
  };
}

/** Follows config_parse_in_addr_prefixes(), systemd 257 to 262: lists add up, bad words are skipped. */
function networks(field: "ipAllow" | "ipDeny"): Assign {
  return (settings, value) => {
    if (value === "") settings[field] = NO_NETWORKS;
    for (const word of wordsOf(value, "plain").words) {
      for (const text of Object.hasOwn(NAMED, word) ? (NAMED[word] ?? []) : [word]) {
        const network = parseNetwork(text);
        if (network) settings[field] = withNetwork(settings[field], network);
      }
    }
    return undefined;
  };
}

/** The lists of systemd.resource-control(5). */
export const ADDRESS_ASSIGNMENTS: Assignments = {
  IPAddressAllow: networks("ipAllow"),
  IPAddressDeny: networks("ipDeny"),
};
