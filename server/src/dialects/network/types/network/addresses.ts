import { lazy } from "../../../../text/tables.ts";
import type { Address } from "../../../../values/address.ts";
import { parseBoolean } from "../../../../values/boolean.ts";
import { grammar, list, single } from "../../../../values/combine.ts";
import {
  address,
  hardwareAddress,
  isNullAddress,
  noAddress,
  notNull,
  parseIp,
  prefix,
} from "../../../../values/configs/general/addresses.ts";
import { meanings, wordChoice } from "../../../../values/configs/general/wordChoice.ts";
import type { Grammar, Issue, Offer, Piece, ReportedIssue, Term } from "../../../../values/grammar.ts";
import { ETHERNET } from "../../../../values/hardwareAddress.ts";
import { addressText, type Network } from "../../../../values/ipNetworks.ts";
import { issueAt, part, wordTopic } from "../../../../values/piece.ts";
import { about, noValue } from "../../../../values/wording.ts";

const NEEDED: { readonly empty: "invalid"; readonly code: Issue["code"] } = { empty: "invalid", code: "value/address" };

const PREFIX4 = "an address with a prefix length such as `192.0.2.1/24`";
const PREFIX6 = "an IPv6 prefix such as `2001:db8::/64`";
const ANY_PREFIX = prefix({ family: "both", form: PREFIX4 });

/** Words in front of which an address may stand too, or which stand for what a protocol announces. */
const orWords = (words: readonly Offer[], other: Term): Term =>
  wordChoice({ words: words.map(({ text, summary = "" }) => ({ text, summary })), other, form: other.form });

const GATEWAYS: readonly Offer[] = [
  { text: "_dhcp4", summary: "The router that DHCPv4 announces.", role: "word" },
  { text: "_ipv6ra", summary: "The router that advertises itself.", role: "word" },
];

/** An old word for any router. */
const OLD_GATEWAY = { text: "_dhcp", summary: "The router that DHCPv4 announces or that advertises itself." };

const isLinkLocal = ([a, b]: Address): boolean => a === 169 && b === 254;
const isMulticast = (it: Address): boolean => (it.length === 4 ? (it[0] ?? 0) >> 4 === 14 : it[0] === 255);
const isMapped = (it: Address): boolean =>
  it.length === 16 && it.slice(0, 10).every((byte) => byte === 0) && it[10] === 255 && it[11] === 255;

/** Addresses of a machine; without a length of the prefix systemd assumes all bits and says so. */
const hostAddress: Grammar = grammar("address", PREFIX4, "unset", (value, into): Issue | ReportedIssue | undefined => {
  const issue = ANY_PREFIX.read(value, into);
  if (issue || value.text.includes("/")) return issue;
  const bits = parseIp(value.text, "both")?.length === 4 ? 32 : 128;
  const { from, to } = value;
  return {
    from,
    to,
    code: "value/address",
    ...about(value, "has no prefix length"),
    consequence: `systemd assumes /${bits}`,
    fixes: [{ title: `Append /${bits}`, from: to, to, text: `/${bits}`, safe: true }],
    effect: "complains",
  };
});

const DYNAMIC = address({
  family: "inet",
  form: "an address from 169.254.1.0 to 169.254.254.255",
  unfit: (it) => {
    const third = it[2] ?? 0;
    return isLinkLocal(it) && third >= 1 && third <= 254 ? undefined : "is no address to choose for a link";
  },
});

const MACS = hardwareAddress(ETHERNET, (bytes) =>
  bytes.every((it) => it === 0) || ((bytes[0] ?? 0) & 1) === 1 ? "is not the address of one host" : undefined,
);

const NEIGHBOR = (family: "inet6" | "both"): Term =>
  address({
    family,
    unfit: (it) => {
      if (isNullAddress(it)) return "stands for any address";
      if (family === "inet6") return undefined;
      if (isMulticast(it)) return "is the address of a group";
      return it.length === 4 && it.every((byte) => byte === 255) ? "is the address of all" : undefined;
    },
  });

const ROUTER_LENGTHS = [32, 40, 48, 56, 64, 96];

const network6 = (
  routine: string,
  unfit?: (it: Network) => string | undefined,
  empty: "invalid" | "unset" = "invalid",
) =>
  single(
    routine,
    prefix({ family: "inet6", form: PREFIX6, ...(unfit ? { unfit } : {}) }),
    empty === "invalid" ? NEEDED : { empty },
  );

/** An address of the machine in a prefix: how its second half comes about. */
const TOKEN_FORM = "an IPv6 address, `static:` with one, `eui64`, or `prefixstable` with an optional address and key";
const TOKENS: readonly Offer[] = [
  { text: "eui64", summary: "From the hardware address.", role: "word" },
  { text: "prefixstable", summary: "Stable for each prefix, and hard to guess.", role: "word" },
  { text: "static:", summary: "The given second half.", role: "word" },
];

/** Follows config_parse_address_generation_type(), systemd 257 and 262. */
const TOKEN: Term = {
  form: TOKEN_FORM,
  read(piece, into) {
    const { from, to, text } = piece;
    into.slot(from, to, () => TOKENS);
    if (text === "eui64" || text === "prefixstable") {
      into.token(from, to, "word", wordTopic(text, TOKENS.find((it) => it.text === text)?.summary ?? ""));
      return undefined;
    }
    const [, host, key] = /^prefixstable(?::([^,]*))?(?:,(.*))?$/s.exec(text) ?? [];
    const stable = text.startsWith("prefixstable");
    // What a comma follows may be a key.
    const named = part(piece, 0, text.split(",", 1)[0]?.length);
    if (stable && host === undefined && key === undefined)
      return issueAt(named, "value/address", noValue(named, TOKEN_FORM));
    if (key !== undefined && (!ID.test(key) || /^[0-]*$/.test(key)))
      return issueAt(piece, "value/address", "has an invalid secret key");
    const address = stable ? host : text.replace(/^static:/, "");
    const ip = address === undefined ? undefined : parseIp(address, "inet6");
    if (address !== undefined && !ip) return noAddress(named, "inet6");
    if (ip && !stable && isNullAddress(ip.slice(8)))
      return issueAt(piece, "value/address", about(piece, "has 0 as its second half"));
    into.token(from, to, "number", ip && wordTopic(text, `The second half of \`${addressText(ip)}\`.`));
    return undefined;
  },
};

const ID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i;

const token = (routine: string): Grammar => single(routine, TOKEN, { empty: "reset" });

const LABEL: Term = {
  form: "a label of up to 15 ASCII characters",
  read(piece, into) {
    if (!/^[\x20-\x7e]{1,15}$/.test(piece.text))
      return issueAt(piece, "value/name", noValue(piece, "a label of up to 15 ASCII characters"));
    into.token(piece.from, piece.to, "name");
    return undefined;
  },
};

const addressList = (routine: string, form: string, item: Term): Grammar =>
  list(routine, item, { form, splitting: "plain", empty: "reset", effect: "word" });

const BROADCAST = wordChoice({
  words: meanings({ yes: "The last address of the prefix.", no: "None." }),
  boolean: true,
  form: "a boolean, or an IPv4 address",
  other: address({ family: "inet", unfit: notNull }),
});

const anyAddress = address({ family: "both" });

/** Where a route begins or ends that has no other address of its own. */
const SOURCE = wordChoice({
  words: meanings({ no: "None." }),
  form: "an IP address, or `no`",
  other: {
    form: anyAddress.form,
    read(piece, into) {
      return parseBoolean(piece.text) === false ? undefined : anyAddress.read(piece, into);
    },
  },
});

/** Addresses and prefixes of .network files. */
export const NETWORK_ADDRESSES = lazy(() => ({
  address: hostAddress,
  broadcast: single("broadcast", BROADCAST, { empty: "unset" }),
  addressLabel: single("address_label", LABEL, { empty: "unset" }),
  dhcpLabel: single("dhcp_label", LABEL, { empty: "unset" }),
  inAddrPrefix: single("in_addr_prefix", ANY_PREFIX, { empty: "unset" }),
  gateway: (ofRoute: string) =>
    single("gateway", ofRoute === "1" ? orWords(GATEWAYS, orOld(anyAddress)) : anyAddress, { empty: "reset" }),
  routeDestination: single("route_destination", ANY_PREFIX, NEEDED),
  preferredSrcAddress: single("preferred_src", anyAddress, NEEDED),
  preferredSrc: single("preferred_src", SOURCE, { empty: "unset" }),
  ipv4llAddress: single("ipv4ll_address", DYNAMIC, { empty: "unset" }),
  ipv6ProxyNdpAddress: single("ipv6_proxy_ndp_address", NEIGHBOR("inet6"), { empty: "reset" }),
  neighborProxyAddress: single("neighbor_proxy_address", NEIGHBOR("both"), { empty: "reset" }),
  ipv6AddressLabelPrefix: network6("ipv6_address_label_prefix", tooLongForMapped, "unset"),
  prefix: network6("prefix"),
  routePrefix: network6("route_prefix"),
  pref64Prefix: network6("pref64_prefix", (it) =>
    ROUTER_LENGTHS.includes(it.prefix) ? undefined : `has another length than ${ROUTER_LENGTHS.join(", ")}`,
  ),
  dhcp6PdPrefixHint: network6("dhcp6_pd_prefix_hint", (it) =>
    it.prefix === 0 ? "has no length from 1 to 128" : undefined,
  ),
  addressGenerationType: token("address_generation_type"),
  prefixToken: token("prefix_token"),
  dhcpServerAddress: single(
    "dhcp_server_address",
    prefix({
      family: "inet",
      form: PREFIX4,
      unfit: ({ address: it }) => (it[0] === 127 || isLinkLocal(it) ? "is no address that others reach" : undefined),
    }),
    { empty: "unset" },
  ),
  dhcpServerEmit: addressList(
    "dhcp_server_emit",
    "a list of IPv4 addresses, or `_server_address`",
    orWords(
      [{ text: "_server_address", summary: "The address of this server.", role: "word" }],
      address({ family: "inet", unfit: notNull }),
    ),
  ),
  radvDns: addressList(
    "radv_dns",
    "a list of IPv6 addresses, or `_link_local`",
    orWords(
      [{ text: "_link_local", summary: "The address of this router on the link.", role: "word" }],
      address({ family: "inet6", unfit: notNull }),
    ),
  ),
  dhcpStaticLeaseAddress: single("dhcp_static_lease_address", address({ family: "inet", unfit: notNull }), {
    empty: "unset",
  }),
  dhcpStaticLeaseHwaddr: single("dhcp_static_lease_hwaddr", MACS, { empty: "unset" }),
}));

/** An address, or a word that is not offered any more. */
function orOld(other: Term): Term {
  return {
    form: other.form,
    read(piece: Piece, into) {
      if (piece.text !== OLD_GATEWAY.text) return other.read(piece, into);
      into.token(piece.from, piece.to, "word", wordTopic(OLD_GATEWAY.text, OLD_GATEWAY.summary));
      return undefined;
    },
  };
}

function tooLongForMapped(it: Network): string | undefined {
  return isMapped(it.address) && it.prefix > 96
    ? "has more than the 96 bits that count of an IPv4 address in IPv6"
    : undefined;
}
