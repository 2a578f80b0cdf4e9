import { splitWords } from "../../../../syntax/words.ts";
import type { Address } from "../../../../values/address.ts";
import { list, single } from "../../../../values/combine.ts";
import { address, hardwareAddress, notNull, prefix } from "../../../../values/configs/general/addresses.ts";
import type { Grammar, Offer, ReportedIssue, Term } from "../../../../values/grammar.ts";
import { ETHERNET } from "../../../../values/hardwareAddress.ts";
import { ALTERNATIVE_NAME_MAX, isInterfaceName } from "../../../../values/interfaceName.ts";
import { addressText, endsOf, parseNetwork } from "../../../../values/ipNetworks.ts";
import { issueAt, part, wordTopic } from "../../../../values/piece.ts";
import { about, invalid } from "../../../../values/wording.ts";
import { atMost } from "../lists.ts";

const CODE = "value/address";

const word = (text: string, summary: string): Offer => ({ text, summary, role: "word" });

/** What the local address may be taken from, which the interface below the tunnel has to have. */
const TYPES: readonly Offer[] = [
  word("ipv4_link_local", "The link-local IPv4 address of the interface below."),
  word("ipv6_link_local", "The link-local IPv6 address of the interface below."),
  word("dhcp4", "The address that a DHCPv4 server gave."),
  word("dhcp6", "The address that a DHCPv6 server gave."),
  word("slaac", "The address that was made from router advertisements."),
  word("dhcp_pd", "The address that was made from a delegated prefix."),
];

const ANY = word("any", "Any address.");

/** Words instead of a term. */
const orOffer = (term: Term, offers: readonly Offer[]): Term => ({
  form: `${term.form}, or ${offers.map((it) => `\`${it.text}\``).join(", ")}`,
  read(piece, into) {
    const { from, to, text } = piece;
    into.slot(from, to, () => offers);
    const found = offers.find((it) => it.text === text);
    if (!found) return term.read(piece, into);
    into.token(from, to, "word", wordTopic(text, found.summary ?? ""));
    return undefined;
  },
});

const BOTH = address({ family: "both" });

const isMulticast = (ip: Address): boolean => (ip.length === 4 ? ((ip[0] ?? 0) & 0xf0) === 0xe0 : ip[0] === 0xff);
const notMulticast = (ip: Address): string | undefined =>
  isMulticast(ip) ? "is the address of a multicast group" : undefined;
const onlyMulticast = (ip: Address): string | undefined =>
  isMulticast(ip) ? undefined : "is no address of a multicast group";

const HOST = address({ family: "both", unfit: notMulticast });
const GROUP = address({ family: "both", form: "the address of a multicast group", unfit: onlyMulticast });

const VXLAN: Readonly<Record<string, Term>> = { group: GROUP, local: orOffer(HOST, TYPES), remote: HOST };

/** How the local address of an L2TP tunnel is found. */
const L2TP_TYPES: readonly Offer[] = [
  word("auto", "Any address of the interface."),
  word("static", "An address that was set by hand."),
  word("dynamic", "An address that a server gave."),
];

const L2TP_ADDRESS = orOffer(address({ family: "both", unfit: notNull }), L2TP_TYPES);

/** An address or where it comes from, and the interface after `@`. Follows config_parse_l2tp_tunnel_local_address(), systemd 257 and 262. */
const L2TP_LOCAL: Term = {
  form: `${L2TP_ADDRESS.form}, also with \`@\` and the name of an interface`,
  read(piece, into) {
    const at = piece.text.indexOf("@");
    if (at < 0) return L2TP_ADDRESS.read(piece, into);
    const name = part(piece, at + 1);
    if (name.text !== "" && !isInterfaceName(name.text, ALTERNATIVE_NAME_MAX, into.where.version))
      return issueAt(name, "value/network-interface", invalid(name, "network interface name"));
    into.token(name.from, name.to, "name");
    return L2TP_ADDRESS.read(part(piece, 0, at), into);
  },
};

/** A network of which no bits behind its prefix are set, or they do not count. Follows config_parse_wireguard_allowed_ips(), systemd 257 and 262. */
const ALLOWED = prefix({ family: "both", form: "an address, or a network such as `10.0.0.0/8`" });

const SIXRD = prefix({
  family: "inet6",
  form: "an IPv6 network such as `2602::/24`",
  unfit: (network) => (network.prefix === 0 ? "has a prefix without length" : undefined),
});

/** That a network has bits behind its prefix. */
function unmasked(text: string): string | undefined {
  const network = parseNetwork(text);
  if (!network) return undefined;
  const [first] = endsOf(network);
  return network.address.every((it, i) => it === first[i]) ? undefined : `${addressText(first)}/${network.prefix}`;
}

/** Value types of addresses in .netdev files, systemd 257 and 262. */
export const netdevAddressTypes = (): Readonly<Record<string, Grammar | ((argument: string) => Grammar)>> => ({
  "6rdPrefix": single("6rd_prefix", SIXRD, { empty: "invalid", code: CODE }),
  adActorSystem: single(
    "ad_actor_system",
    hardwareAddress(ETHERNET, (bytes) =>
      bytes.every((it) => it === 0) || ((bytes[0] ?? 0) & 1) === 1 ? "is null or the address of a group" : undefined,
    ),
    { empty: "invalid", code: "value/hardware-address" },
  ),
  arpIpTargetAddress: atMost(
    16,
    list("arp_ip_target_address", address({ family: "inet" }), {
      form: "a list of up to 16 IPv4 addresses",
      splitting: "plain",
      empty: "reset",
      effect: "word",
    }),
  ),
  fouTunnelAddress: single("fou_tunnel_address", BOTH, { empty: "invalid", code: CODE }),
  geneveAddress: single("geneve_address", HOST, { empty: "invalid", code: CODE }),
  l2tpTunnelLocalAddress: single("l2tp_tunnel_local_address", L2TP_LOCAL, { empty: "unset" }),
  l2tpTunnelRemoteAddress: single("l2tp_tunnel_remote_address", address({ family: "both", unfit: notNull }), {
    empty: "unset",
  }),
  macsecHwAddress: single("macsec_hw_address", hardwareAddress(ETHERNET), {
    empty: "invalid",
    code: "value/hardware-address",
  }),
  srIovMac: single("sr_iov_mac", hardwareAddress(ETHERNET), { empty: "unset" }),
  tunnelLocalAddress: single("tunnel_local_address", orOffer(BOTH, [ANY, ...TYPES]), { empty: "unset" }),
  tunnelRemoteAddress: single("tunnel_remote_address", orOffer(BOTH, [ANY]), { empty: "unset" }),
  vxlanAddress: (argument) => single("vxlan_address", VXLAN[argument] ?? HOST, { empty: "unset" }),
  wireguardAllowedIps: list(
    "wireguard_allowed_ips",
    {
      form: ALLOWED.form,
      read(piece, into) {
        const issue = ALLOWED.read(piece, into);
        const masked = issue ? undefined : unmasked(piece.text);
        if (masked === undefined) return issue;
        const { from, to } = piece;
        const fixes = [{ title: `Change to ${masked}`, from, to, text: masked, safe: true as const }];
        const wording = about(piece, `counts as ${masked}`);
        return { ...issueAt(piece, "value/ip-network", wording, fixes), effect: "complains" } satisfies ReportedIssue;
      },
    },
    {
      form: "a list of addresses and networks such as `10.0.0.0/8`",
      splitting: (text) => splitWords(text, { separators: ", \t\n\r", escapes: "next", coalesce: true }),
      empty: "reset",
      effect: "word",
    },
  ),
});
