import { lazy } from "../../../text/tables.ts";
import { single } from "../../combine.ts";
import type { Grammar, Term } from "../../grammar.ts";
import { parseInteger } from "../../number.ts";
import { oneOf } from "../../oneOf.ts";
import { issueAt, wordTopic } from "../../piece.ts";
import { about } from "../../wording.ts";

/** Protocols on top of IP by their numbers. Follows IPPROTO_… of glibc 2.41. */
const IP_PROTOCOLS: readonly (readonly [name: string, number: number, summary?: string])[] = [
  ["tcp", 6],
  ["udp", 17],
  ["icmp", 1],
  ["icmpv6", 58, "ICMP for IPv6."],
  ["sctp", 132],
  ["gre", 47, "Generic routing encapsulation."],
  ["esp", 50, "Encrypted packets of IPsec."],
  ["ah", 51, "Authenticated packets of IPsec."],
  ["ipip", 4, "IPv4 in IPv4."],
  ["ipv6", 41, "IPv6 in IPv4."],
  ["igmp", 2],
  ["dccp", 33],
  ["udplite", 136],
  ["l2tp", 115],
  ["mpls", 137],
  ["pim", 103],
  ["rsvp", 46],
  ["egp", 8],
  ["pup", 12],
  ["idp", 22],
  ["tp", 29],
  ["mtp", 92],
  ["beetph", 94],
  ["encap", 98],
  ["comp", 108],
  ["ethernet", 143],
  ["raw", 255],
  ["ip", 0],
  ["hopopts", 0],
  ["routing", 43],
  ["fragment", 44],
  ["none", 59],
  ["dstopts", 60],
  ["mh", 135],
];

/** What is too large for a packet. */
const BEYOND = ["smc", "mptcp"];

const PROTOCOL_NAME = oneOf(
  IP_PROTOCOLS.map(([text, number, summary]) => ({ text, summary: summary ?? `Number ${number}.` })),
  {
    code: "value/enumeration",
    what: "protocol",
    form: "a protocol such as `tcp`, or its number",
    canonical: (text) => text.toLowerCase(),
  },
);

/** A protocol; `relaxed` takes numbers that have no name. Follows parse_ip_protocol_full(), systemd 257 and 262. */
const protocol = (relaxed: boolean): Term => ({
  form: PROTOCOL_NAME.form,
  read(piece, into) {
    const number = parseInteger(piece.text);
    if (number === undefined) {
      if (BEYOND.includes(piece.text.toLowerCase()))
        return issueAt(piece, "value/enumeration", about(piece, "has a number above 255"));
      return PROTOCOL_NAME.read(piece, into);
    }
    const known = IP_PROTOCOLS.find((it) => BigInt(it[1]) === number);
    if (number < 0n || number > 255n || !(relaxed || known))
      return issueAt(piece, "value/number", about(piece, `is the number of no ${relaxed ? "" : "known "}protocol`));
    into.token(piece.from, piece.to, "number", known && wordTopic(piece.text, `The protocol \`${known[0]}\`.`));
    return undefined;
  },
});

/** Names of protocols. */
export const WORDS = lazy(() => ({
  ipProtocol: (relaxed: string): Grammar => single("ip_protocol", protocol(relaxed === "true"), { empty: "unset" }),
}));
