import { holdsIn, type SystemdVersion } from "../../../facts/version.ts";
import { list, single } from "../../combine.ts";
import type { Grammar, HoverTopic, Offer, Piece, Reader, Term } from "../../grammar.ts";
import { addressText, endsOf, NAMED_NETWORKS, type Network, networksOf } from "../../ipNetworks.ts";
import { parseUnsigned } from "../../number.ts";
import { part, wordTopic } from "../../piece.ts";
import { invalid, noValue } from "../../wording.ts";
import { NFT_SETS } from "./nftSets.ts";

const NETWORK_SUMMARIES: Readonly<Record<string, string>> = {
  any: "Every address",
  localhost: "The local machine",
  "link-local": "Hosts on the same link",
  multicast: "Multicast addresses",
};

const NETWORK_OFFERS: readonly Offer[] = Object.entries(NAMED_NETWORKS).map(([text, networks]) => ({
  text,
  summary: `${NETWORK_SUMMARIES[text]}: \`${networks.join("` and `")}\`.`,
  role: "word",
}));

/** An address, a network or a word for some, of one family or both. Follows in_addr_prefix_from_string_auto(), systemd 257 to 262. */
export const network = (family: "inet" | "inet6" | "both"): Term => ({
  form: `an address, or a network such as \`${family === "inet6" ? "2001:db8::/32" : "10.0.0.0/8"}\``,
  read(piece, into) {
    const { text, from, to } = piece;
    into.slot(from, to, () => NETWORK_OFFERS);
    const networks = networksOf(text)?.filter(
      ({ address }) => family === "both" || address.length === (family === "inet" ? 4 : 16),
    );
    if (!networks || networks.length === 0)
      return { from, to, code: "value/ip-network", ...invalid(piece, "IP address or network") };
    const named = Object.hasOwn(NAMED_NETWORKS, text) || networks.length > 1;
    into.token(from, to, named ? "word" : "number", () => topicOf(text, networks));
    return undefined;
  },
});

const slashed = ({ address, prefix }: Network): string => `${addressText(address)}/${prefix}`;

function topicOf(text: string, networks: readonly Network[]): HoverTopic {
  const title = `\`${text}\``;
  const [network] = networks;
  if (!network || networks.length > 1)
    return { kind: "prose", title, text: `${networks.map((it) => `\`${slashed(it)}\``).join(" and ")}.` };
  const [first, last] = endsOf(network).map(addressText);
  if (first === last) return { kind: "prose", title, text: "One address." };
  const masked = slashed({ ...network, address: endsOf(network)[0] });
  const same =
    masked === slashed(network)
      ? ""
      : ` The bits after the first ${network.prefix} are ignored: this is \`${masked}\`.`;
  return { kind: "prose", title, text: `The addresses from \`${first}\` to \`${last}\`.${same}` };
}

const FAMILIES: readonly Offer[] = [
  { text: "ipv4", summary: "Only IPv4; protocol and ports may follow.", role: "word" },
  { text: "ipv6", summary: "Only IPv6; protocol and ports may follow.", role: "word" },
];
const PROTOCOLS: readonly Offer[] = [
  { text: "tcp", summary: "Only TCP; ports may follow.", role: "word" },
  { text: "udp", summary: "Only UDP; ports may follow.", role: "word" },
];
const PORTS: readonly Offer[] = [{ text: "any", summary: "Every port.", role: "word" }];

const PORT_MAX = 65535;

/** Since when port 0 counts too. */
const PORT_ZERO = { since: 256 };

/** Follows parse_ip_port_range(), systemd 252 to 262. */
function isPorts(text: string, version: SystemdVersion): boolean {
  const dash = text.indexOf("-");
  const ends = dash < 0 ? [text] : [text.slice(0, dash), text.slice(dash + 1)];
  const [low = -1, high = low] = ends.map((it) => parseUnsigned(it) ?? -1);
  return low >= (holdsIn(PORT_ZERO, version) ? 0 : 1) && low <= high && high <= PORT_MAX;
}

/** What may stand between the colons, in this order; each may be missing. Follows parse_socket_bind_item(), systemd 257 to 262. */
const STEPS: readonly {
  readonly takes: (text: string, version: SystemdVersion) => boolean;
  readonly offers: readonly Offer[];
}[] = [
  { takes: (text) => text === "ipv4" || text === "ipv6", offers: FAMILIES },
  { takes: (text) => /^(?:tcp|udp)$/i.test(text), offers: PROTOCOLS },
  { takes: (text, version) => text === "any" || isPorts(text, version), offers: PORTS },
];

const BINDING: Term = {
  form: "`any`, or a port or port range, optionally prefixed with `ipv4:` or `ipv6:` and `tcp:` or `udp:`",
  read(piece, into) {
    const words = piece.text.replace(/\\(.)/gs, "$1").split(":");
    const exact = !piece.text.includes("\\") && piece.exact;
    let [step, at, right] = [0, 0, true];
    for (const text of words) {
      const here = exact ? part(piece, at, at + text.length) : { ...piece, text, exact: false };
      at += text.length + 1;
      const remaining = STEPS.slice(step);
      into.slot(here.from, here.to, () => remaining.flatMap((it) => it.offers));
      const taken = remaining.findIndex((it) => it.takes(text, into.where.version));
      right &&= taken >= 0;
      step += taken + 1;
      if (taken >= 0 && exact) tokens(here, into);
    }
    const { from, to } = piece;
    if (right) return undefined;
    const wording = noValue(piece, "ports such as tcp:80 or ipv4:udp:6000-7000");
    return { from, to, code: "value/socket-bind", ...wording };
  },
};

function tokens(word: Piece, into: Reader): void {
  const known = [...FAMILIES, ...PROTOCOLS, ...PORTS].find((it) => it.text === word.text.toLowerCase());
  into.token(word.from, word.to, known ? "word" : "number", known && wordTopic(known.text, known.summary ?? ""));
}

/** Filters for addresses, ports and packets. */
export const NETWORK_LISTS = {
  inAddrPrefixes: list("in_addr_prefixes", network("both"), {
    form: "a list of addresses, networks such as `10.0.0.0/8`, `any`, `localhost`, `link-local` and `multicast`",
    splitting: "plain",
    empty: "reset",
    effect: "word",
  }),
  cgroupSocketBind: single("cgroup_socket_bind", BINDING, { empty: "reset" }),
  cgroupNftSet: NFT_SETS,
} as const satisfies Record<string, Grammar>;
