import { isTimeZone, timeZones } from "../../../../facts/timeZones.ts";
import { splitWords } from "../../../../syntax/words.ts";
import { lazy } from "../../../../text/tables.ts";
import { utf8Length } from "../../../../text/utf8.ts";
import { parseV4, parseV6 } from "../../../../values/address.ts";
import { list, single } from "../../../../values/combine.ts";
import { DNS_NAME, IFNAME } from "../../../../values/configs/general/configTexts.ts";
import { DNS_SERVER } from "../../../../values/configs/general/servers.ts";
import { isDnsName, isLocalhost } from "../../../../values/dnsName.ts";
import type { Grammar, Issue, Offer, Piece, Term } from "../../../../values/grammar.ts";
import { nftSets } from "../../../../values/grammars/lists/nftSets.ts";
import { ALTERNATIVE_NAME_MAX, isInterfaceName } from "../../../../values/interfaceName.ts";
import { INT_MAX, parseInteger } from "../../../../values/number.ts";
import { issueAt, part, wordTopic } from "../../../../values/piece.ts";
import { about, invalid, unknown } from "../../../../values/wording.ts";

const words = (routine: string, form: string, item: Term): Grammar =>
  list(routine, item, { form, splitting: "plain", empty: "reset", effect: "word" });

const noDomain = (piece: Piece): Issue => issueAt(piece, "value/domain-name", invalid(piece, "domain name"));

const ROUTING: Offer = { text: "~", summary: "Only where to ask, and no suffix to try.", role: "operator" };

/** A domain to search, or with `~` one whose names are asked here. */
const DOMAIN: Term = {
  form: "a domain, or `~` with one that is only for routing",
  read(piece, into) {
    const { from, to, text } = piece;
    const routes = text.startsWith("~");
    const name = routes ? part(piece, 1) : piece;
    if (!routes) into.slot(from, from, () => [ROUTING]);
    if (routes && piece.exact) into.token(from, from + 1, "operator", wordTopic("~", ROUTING.summary ?? ""));
    if (name.text === "" || name.text === "." || name.text === "*") return undefined;
    if (!isDnsName(name.text)) return noDomain(piece);
    if (isLocalhost(name.text))
      return issueAt(piece, "value/domain-name", about(piece, "is this machine and no domain to search"));
    into.token(name.from, to, "name");
    return undefined;
  },
};

const TIME_SERVER: Term = {
  form: "a host name or an IP address",
  read(piece, into) {
    const isAddress = (parseV4(piece.text) ?? parseV6(piece.text)) !== undefined;
    if (!isAddress && (piece.text === "" || !isDnsName(piece.text))) return noDomain(piece);
    into.token(piece.from, piece.to, isAddress ? "number" : "name");
    return undefined;
  },
};

/** How libidn2 takes a name. Follows dns_name_apply_idna(), systemd 257 and 262. */
const SEARCHED: Term = {
  form: "a domain name",
  read(piece, into) {
    const labels = piece.text.split(".");
    if (labels.some((it) => /^-|-$/.test(it))) return noDomain(piece);
    const isAscii = /^[\x01-\x7f]*$/.test(piece.text);
    if (isAscii && (labels.some((it) => it.length > 63) || utf8Length(piece.text) > 254)) return noDomain(piece);
    into.token(piece.from, piece.to, "name");
    return undefined;
  },
};

/** Domains to search; the same one a second time makes networkd give the whole file up. */
function searchDomains(): Grammar {
  const list = words("radv_search_domains", "a list of domains", SEARCHED);
  return {
    ...list,
    read(value, into) {
      list.read(value, into);
      const { words: found } = splitWords(value.text, "plain");
      const twice = found.find((it, i) => found.findIndex((other) => other.value === it.value) < i);
      if (!twice) return;
      const piece = part(value, twice.from, twice.to);
      into.problem(issueAt(piece, "value/domain-name", about(piece, "stands here a second time")), "rest");
    },
  };
}

/** Servers after so many are left out; systemd says 128. */
const MAX_TIME_SERVERS = 129;

/** The servers of time; systemd counts no more than so many. */
function timeServers(): Grammar {
  const list = words("ntp", "a list of host names and IP addresses", TIME_SERVER);
  return {
    ...list,
    read(value, into) {
      list.read(value, into);
      const beyond = splitWords(value.text, "plain").words[MAX_TIME_SERVERS];
      if (beyond)
        into.problem(
          issueAt(
            part(value, beyond.from),
            "value/number",
            about(beyond.value, `is beyond the ${MAX_TIME_SERVERS} servers that count`),
          ),
          "rest",
        );
    },
  };
}

const AUTO: Offer = { text: ":auto", summary: "The link of the default route.", role: "word" };
const NONE: Offer = { text: ":none", summary: "No link.", role: "word" };
const SELF: Offer = { text: ":self", summary: "This link.", role: "word" };

/** The link from which something comes, and the word for none of the others. */
const uplink = (other: Offer): Term => ({
  form: `the name or number of a network interface, \`:auto\` or \`${other.text}\``,
  read(piece, into) {
    const { from, to, text } = piece;
    into.slot(from, to, () => [AUTO, other], { kind: "interfaces" });
    const word = [AUTO, other].find((it) => it.text === text);
    const index = parseInteger(text);
    if (word) into.token(from, to, "word", wordTopic(text, word.summary ?? ""));
    else if (index !== undefined && index > 0n && index <= INT_MAX) into.token(from, to, "number");
    else if (isInterfaceName(text, ALTERNATIVE_NAME_MAX, into.where.version)) into.token(from, to, "name");
    else return issueAt(piece, "value/network-interface", invalid(piece, "network interface name"));
    return undefined;
  },
});

const ZONE: Term = {
  form: "a time zone such as `Europe/Berlin`",
  read(piece, into) {
    into.slot(piece.from, piece.to, () => timeZones().map((text) => ({ text, role: "word" })));
    if (!isTimeZone(piece.text)) return issueAt(piece, "value/enumeration", unknown(piece, "time zone"));
    into.token(piece.from, piece.to, "word");
    return undefined;
  },
};

const HOST: Term = {
  form: "a host name of letters, digits and dashes",
  read(piece, into) {
    if (!isDnsName(piece.text, true)) return noDomain(piece);
    into.token(piece.from, piece.to, "name");
    return undefined;
  },
};

/** Names of hosts, domains, links and sets. */
export const NETWORK_NAMES = lazy(() => ({
  domains: words("domains", "a list of domains, with `~` only for routing", DOMAIN),
  radvSearchDomains: searchDomains(),
  dnssecNegativeTrustAnchors: words("dnssec_negative_trust_anchors", "a list of domains", DNS_NAME),
  dns: words("dns", `a list of servers, each ${DNS_SERVER.form}`, DNS_SERVER),
  ntp: timeServers(),
  timezone: single("timezone", ZONE, { empty: "unset" }),
  dhcpStaticLeaseHostname: single("dhcp_static_lease_hostname", HOST, { empty: "unset" }),
  uplink: (of: string) => single("uplink", uplink(of === "delegation" ? SELF : NONE), { empty: "unset" }),
  stackedNetdev: (_kind: string) => words("stacked_netdev", "a list of names of network devices", IFNAME),
  stackedNetdevOne: (_kind: string) =>
    single("stacked_netdev", IFNAME, { empty: "invalid", code: "value/network-interface" }),
  nftSet: nftSets("nft_set", [
    { text: "address", summary: "Puts the address into the set.", role: "word" },
    { text: "prefix", summary: "Puts the network of the address into the set.", role: "word" },
    { text: "ifindex", summary: "Puts the number of the interface into the set.", role: "word" },
  ]),
}));
