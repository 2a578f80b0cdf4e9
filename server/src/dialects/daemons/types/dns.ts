import { type Address, parseV4, parseV6 } from "../../../values/address.ts";
import type { ValueCode } from "../../../values/codes.ts";
import { grammar, list } from "../../../values/combine.ts";
import { isDnsName } from "../../../values/dnsName.ts";
import type { Effect, Grammar, Issue, Offer, Piece, Reader, Term, Wording } from "../../../values/grammar.ts";
import { ALTERNATIVE_NAME_MAX, isInterfaceName } from "../../../values/interfaceName.ts";
import { INT_MAX, parseInteger } from "../../../values/number.ts";
import { oneOf } from "../../../values/oneOf.ts";
import { issueAt, part, wordTopic } from "../../../values/piece.ts";
import { about, invalid, unknown } from "../../../values/wording.ts";
import { RECORD_TYPES } from "./recordTypes.ts";

/** What may stand behind an address. */
interface ServerParts {
  readonly code: ValueCode;
  /** Whether a `#` and the name of the server may follow. */
  readonly name?: true;
  /** Whether the interface has to be one. */
  readonly interface?: true;
}

const FORM = "addresses of DNS servers such as `9.9.9.9` or `9.9.9.9#dns.quad9.net`";
const STUBS = new Set(["0.0.0.0", "127.0.0.53", "127.0.0.54"]);

const PUBLIC: readonly Offer[] = [
  { text: "9.9.9.9#dns.quad9.net", summary: "Quad9, with the name that its certificate has.", role: "name" },
  { text: "149.112.112.112#dns.quad9.net", summary: "Quad9, the second address.", role: "name" },
  { text: "2620:fe::fe#dns.quad9.net", summary: "Quad9 over IPv6.", role: "name" },
  { text: "1.1.1.1#cloudflare-dns.com", summary: "Cloudflare, with the name that its certificate has.", role: "name" },
  { text: "2606:4700:4700::1111#cloudflare-dns.com", summary: "Cloudflare over IPv6.", role: "name" },
  { text: "8.8.8.8#dns.google", summary: "Google, with the name that its certificate has.", role: "name" },
  { text: "2001:4860:4860::8888#dns.google", summary: "Google over IPv6.", role: "name" },
];

/** Follows in_addr_port_ifindex_name_from_string_auto(), systemd 257 and 262; whether an interface is there only the machine knows. */
function serverIssue(piece: Piece, into: Reader, { code, name, interface: real }: ServerParts): Issue | undefined {
  const { text } = piece;
  const hash = text.indexOf("#");
  const bare = hash < 0 ? piece : part(piece, 0, hash);
  const percent = bare.text.indexOf("%");
  const host = percent < 0 ? bare : part(bare, 0, percent);
  if (hash >= 0 && (!name || hash === text.length - 1))
    return issueAt(
      piece,
      code,
      name
        ? "needs the name of the server after the #"
        : about(piece, "has the name of a server, which is not allowed"),
    );
  if (percent >= 0) {
    const zone = part(bare, percent + 1);
    if (zone.text === "" || (real && !isInterface(zone.text, into)))
      return issueAt(zone.text === "" ? piece : zone, code, invalid(zone, "interface"));
    if (piece.exact) into.slot(zone.from, zone.to, () => [], { kind: "interfaces" });
  }
  const [address, port] = hostAndPort(host.text);
  if (!address) return issueAt(piece, code, whyNoAddress(piece, host.text));
  if (port !== undefined && !isPort(port))
    return issueAt(piece, code, { ...invalid(port, "port"), allowed: "a number from 1 to 65535" });
  markServer(piece, into, host, hash, percent);
  return undefined;
}

const isInterface = (text: string, { where }: Reader): boolean => {
  const index = parseInteger(text);
  return (
    (index !== undefined && index > 0n && index <= INT_MAX) ||
    isInterfaceName(text, ALTERNATIVE_NAME_MAX, where.version)
  );
};

function isPort(text: string): boolean {
  const number = /^\s/.test(text) ? undefined : parseInteger(text);
  return number !== undefined && number > 0n && number <= 65_535n;
}

/** The address and, where there is one, the text of its port. */
function hostAndPort(host: string): readonly [address: Address | undefined, port?: string] {
  const colon = host.lastIndexOf(":");
  if (colon < 0) return [parseV4(host)];
  if (host.startsWith("["))
    return host[colon - 1] === "]" ? [parseV6(host.slice(1, colon - 1)), host.slice(colon + 1)] : [undefined];
  const v6 = parseV6(host);
  return v6 ? [v6] : [parseV4(host.slice(0, colon)), host.slice(colon + 1)];
}

function whyNoAddress(piece: Piece, host: string): Wording {
  const v6 = /^\[(.*)\]$/.exec(host)?.[1];
  if (v6 !== undefined && parseV6(v6)) return about(piece, "has brackets, which are only for an address with a port");
  if (/^[a-z][a-z0-9.-]*$/i.test(host)) return about(piece, "is a name where an IP address is needed");
  return invalid(piece, "server");
}

function markServer(piece: Piece, into: Reader, host: Piece, hash: number, percent: number): void {
  if (!piece.exact) {
    into.token(piece.from, piece.to, "number");
    return;
  }
  into.token(
    host.from,
    host.to,
    "number",
    STUBS.has(host.text) ? wordTopic(host.text, "Is the resolver itself and is left out.") : undefined,
  );
  if (percent >= 0 && (hash < 0 || percent < hash))
    into.token(
      piece.from + percent + 1,
      hash < 0 ? piece.to : piece.from + hash,
      "name",
      wordTopic(piece.text.slice(percent + 1), "The network interface that leads to the server."),
    );
  if (hash >= 0)
    into.token(
      piece.from + hash + 1,
      piece.to,
      "name",
      wordTopic(
        piece.text.slice(hash + 1),
        "The name that the certificate of the server has to have, for DNS over TLS.",
      ),
    );
}

const server = (parts: ServerParts, form: string): Term => ({
  form,
  read(piece, into) {
    into.slot(piece.from, piece.to, () => PUBLIC);
    return serverIssue(piece, into, parts);
  },
});

/** A list of DNS servers. systemd-resolved says of a bad one which it is, and not where: `code` distinguishes the two. */
const servers = (routine: string, code: ValueCode): Grammar => {
  const item = server({ code, name: true, interface: true }, FORM);
  return list(routine, item, { form: FORM, splitting: "plain", empty: "reset", effect: "word", broken: "rest" });
};

const ROOT: Offer = { text: "~.", summary: "All domains: asks these servers first for every name.", role: "operator" };

/** A domain to search, or with `~` only one to route. Follows dns_search_domain_new(), systemd 257 and 262. */
const DOMAIN: Term = {
  form: "a domain such as `example.com`, with `~` in front to route names of it only",
  read(piece, into) {
    into.slot(piece.from, piece.to, () => [ROOT]);
    const routes = piece.text.startsWith("~");
    const name = routes ? part(piece, 1) : piece;
    if (piece.exact && routes)
      into.token(
        piece.from,
        piece.from + 1,
        "operator",
        wordTopic("~", "Only routes names of this domain to the servers; single names are not looked up in it."),
      );
    if (["", ".", "*"].includes(name.text) || isDnsName(name.text)) {
      into.token(name.from, name.to, "name");
      return undefined;
    }
    return issueAt(name, "daemon/domain", invalid(name, "domain"));
  },
};

const DOMAINS = "a list of domains such as `example.com` or `~corp.example`";

/** A list of domains; of a delegate a bad one ends the reading of the file, which is not loaded. */
const domains = (routine: string, splitting: "quotes" | "plain", effect: Effect): Grammar =>
  list(routine, DOMAIN, { form: DOMAINS, splitting, empty: "reset", effect, broken: "assignment" });

const LISTENER = "an address with an optional port, after an optional `udp:` or `tcp:`";
const PROTOCOLS: readonly Offer[] = [
  { text: "udp:", summary: "Listens with UDP only.", role: "word" },
  { text: "tcp:", summary: "Listens with TCP only.", role: "word" },
];

/** Follows config_parse_dns_stub_listener_extra(), systemd 257 and 262. */
function readListener(value: Piece, into: Reader): Issue | undefined {
  into.slot(value.from, value.to, () => PROTOCOLS);
  const protocol = /^(?:udp|tcp):/.exec(value.text)?.[0] ?? "";
  into.token(value.from, value.from + protocol.length, "word");
  return serverIssue(part(value, protocol.length), into, { code: "value/address" });
}

const RECORD = oneOf(RECORD_TYPES, {
  code: "value/enumeration",
  what: "type of DNS records",
  form: "a type of DNS records such as `AAAA`",
  canonical: (text) => text.toUpperCase(),
});

/** A type by its name, or by a number. Follows dns_type_from_string(), systemd 262. */
const RECORD_TYPE: Term = {
  form: RECORD.form,
  read(piece, into) {
    if (!/^TYPE[0-9]+$/i.test(piece.text)) return RECORD.read(piece, into);
    into.token(piece.from, piece.to, "word");
    const number = parseInteger(piece.text.slice(4));
    return number !== undefined && number <= 65_535n
      ? undefined
      : issueAt(piece, "value/number", unknown(piece, "type of DNS records"));
  },
};

const NTP: readonly Offer[] = [
  ...["0", "1", "2", "3"].map(
    (it): Offer => ({ text: `${it}.pool.ntp.org`, summary: "The public pool.", role: "name" }),
  ),
  { text: "time.cloudflare.com", summary: "Cloudflare.", role: "name" },
  { text: "ptbtime1.ptb.de", summary: "The German institute of metrology.", role: "name" },
];

/** A name or an address. Follows dns_name_is_valid_or_address(), systemd 257 and 262. */
const TIME_SERVER: Term = {
  form: "names or addresses of NTP servers",
  read(piece, into) {
    into.slot(piece.from, piece.to, () => NTP);
    into.token(piece.from, piece.to, "name");
    const { text } = piece;
    if (parseV4(text) || parseV6(text) || (text !== "" && isDnsName(text))) return undefined;
    return issueAt(piece, "daemon/server", invalid(piece, "NTP server"));
  },
};

/** Value types of resolved.conf, timesyncd.conf and files of DNS delegates. */
export const DNS_TYPES = {
  dnsServers: servers("dns_servers", "daemon/server"),
  delegateDnsServers: servers("delegate_dns_servers", "value/address"),
  searchDomains: domains("search_domains", "quotes", "word"),
  delegateDomains: domains("delegate_domains", "plain", "refused"),
  dnsStubListenerExtra: grammar("dns_stub_listener_extra", LISTENER, "reset", readListener),
  recordTypes: list("record_types", RECORD_TYPE, {
    form: "a list of types of DNS records such as `AAAA`",
    splitting: "plain",
    empty: "reset",
    effect: "word",
    broken: "assignment",
  }),
  servers: list("servers", TIME_SERVER, {
    form: TIME_SERVER.form,
    splitting: "plain",
    empty: "reset",
    effect: "word",
    broken: "rest",
  }),
} as const satisfies Record<string, Grammar>;
