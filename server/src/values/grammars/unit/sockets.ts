import { NETLINK_FAMILIES } from "../../../facts/netlinkFamilies.ts";
import { holdsIn, NEWEST_VERSION } from "../../../facts/version.ts";
import { utf8Length } from "../../../text/utf8.ts";
import { parseV4, parseV6 } from "../../address.ts";
import { grammar } from "../../combine.ts";
import { expand, isIssue } from "../../expand.ts";
import type { Grammar, Issue, Offer, Piece, Reader, Term, Wording } from "../../grammar.ts";
import { ALTERNATIVE_NAME_MAX, isInterfaceName } from "../../interfaceName.ts";
import { INT_MAX, parseInteger, UINT_MAX } from "../../number.ts";
import { meant } from "../../oneOf.ts";
import { issueAt, part, wordTopic } from "../../piece.ts";
import { about, invalid, noValue, unknown } from "../../wording.ts";
import { legacyRun } from "../paths/legacyRun.ts";

const CODE = "value/socket-address";

/** The bytes that the path or name of an AF_UNIX socket may have, the NUL at the end or the one in front not counted. */
const LONGEST = 107;

const issue = (piece: Piece, wording: Wording | string): Issue => issueAt(piece, CODE, wording);

/** Follows socket_address_parse() and config_parse_socket_listen(), systemd 257; `any` are addresses that are not AF_UNIX too. */
export function socketAddress(any: boolean): Term {
  const form = any
    ? "an absolute path, `@` and a name, a port, an address with a port, or `vsock:` with a context ID and a port"
    : "an absolute path, or `@` and a name";
  return {
    form,
    read(piece, into) {
      const { text } = piece;
      into.slot(piece.from, piece.to, () => (any ? [...LOCAL, ...REMOTE] : LOCAL), { kind: "paths" });
      if (text.startsWith("/") || text.startsWith("@")) return local(piece, into);
      if (text.startsWith("vsock")) return vsock(piece, into) ?? (any ? undefined : onlyLocal(piece));
      return internet(piece, into) ?? (any ? undefined : onlyLocal(piece));
    },
  };
}

const onlyLocal = (piece: Piece): Issue =>
  issue(piece, about(piece, "has no sequential packets, which only paths and names with @ support"));

const LOCAL: readonly Offer[] = [
  { text: "/run/", summary: "A socket in the file system, here below `/run/`.", role: "path" },
  {
    text: "%t/",
    summary: "A socket in the file system, below `/run/` or the runtime directory of a user.",
    role: "path",
  },
  { text: "@", summary: "A name in the abstract namespace, with no file.", role: "operator" },
];

const REMOTE: readonly Offer[] = [
  { text: "127.0.0.1:", summary: "IPv4 from the local machine only; the port follows.", role: "name" },
  { text: "[::1]:", summary: "IPv6 from the local machine only; the port follows.", role: "name" },
  { text: "0.0.0.0:", summary: "IPv4 on all addresses; the port follows.", role: "name" },
  { text: "[::]:", summary: "IPv6, and IPv4 unless `BindIPv6Only=` says otherwise; the port follows.", role: "name" },
  {
    text: "vsock::",
    summary: "Between a virtual machine and its host, with any context ID; the port follows.",
    role: "word",
  },
];

/** An abstract socket whose name is empty. */
const NAMELESS = { until: 247 };

/** Follows sockaddr_un_set_path(), systemd 257 to 262. */
function local(piece: Piece, into: Reader): Issue | undefined {
  const abstract = piece.text.startsWith("@");
  const path = piece.text;
  if (path.length < 2 && !(abstract && holdsIn(NAMELESS, into.where.version)))
    return issue(piece, abstract ? "needs a name after the @" : "needs the path of a file, not /");
  const bytes = utf8Length(path);
  if (bytes > LONGEST)
    return issue(piece, about(piece, `has ${bytes} bytes, but a socket address has at most ${LONGEST}`));
  if (!abstract) into.token(piece.from, piece.to, "path");
  else {
    const sign = part(piece, 0, 1);
    into.token(sign.from, piece.exact ? sign.to : piece.to, "operator");
    if (piece.exact) into.token(sign.to, piece.to, "name");
  }
  return undefined;
}

const VSOCK = /^(vsock(?:-stream|-dgram|-seqpacket)?):([^:]*):(.*)$/s;

function vsock(piece: Piece, into: Reader): Issue | undefined {
  const [, scheme = "", cid = "", port = ""] = VSOCK.exec(piece.text) ?? [];
  if (scheme === "") return issue(piece, noValue(piece, "vsock:, a context ID, : and a port"));
  const colon = scheme.length + 1 + cid.length;
  const [head, id, last] = [
    part(piece, 0, scheme.length),
    part(piece, scheme.length + 1, colon),
    part(piece, colon + 1),
  ];
  if (cid !== "" && !isUnsigned(cid)) return issue(id, invalid(id, "context ID"));
  if (!isUnsigned(port) || parseInteger(port) === UINT_MAX)
    return issue(last, last.text === "" ? "needs a port at the end" : invalid(last, "vsock port"));
  if (!piece.exact) return undefined;
  into.token(head.from, head.to, "word", wordTopic(scheme, VSOCK_TEXT));
  into.token(id.from, id.to, "number");
  into.token(last.from, last.to, "number");
  return undefined;
}

const VSOCK_TEXT = "A socket between a virtual machine and its host. An empty context ID means any.";

function isUnsigned(text: string): boolean {
  const number = parseInteger(text);
  return number !== undefined && number >= 0n && number <= UINT_MAX;
}

/** Follows in_addr_port_ifindex_name_from_string_auto(), systemd 257. */
function internet(piece: Piece, into: Reader): Issue | undefined {
  const percent = piece.text.indexOf("%");
  const hosted = percent < 0 ? piece : part(piece, 0, percent);
  const colon = hosted.text.lastIndexOf(":");
  const port = part(hosted, colon + 1);
  const host = colon < 0 ? undefined : part(hosted, 0, colon);
  if (piece.text.includes("#")) return malformed(piece);
  if (percent >= 0) {
    const wrong = host ? interfaceIssue(part(piece, percent + 1)) : malformed(piece);
    if (wrong) return wrong;
  }
  const bare = host && addressIssue(host, piece);
  if (bare) return bare;
  const number = /^\s/.test(port.text) ? undefined : parseInteger(port.text);
  if (number === undefined) return host ? issue(port, portSays(port)) : malformed(piece);
  if (number < 1n || number > LARGEST_PORT) return issue(port, portSays(port));
  if (!piece.exact && percent >= 0) return undefined;
  if (host) into.token(host.from, host.to, "name");
  into.token(port.from, port.to, "number");
  return undefined;
}

const LARGEST_PORT = 65_535n;

const portSays = (port: Piece): Wording | string =>
  port.text === "" ? "needs a port at the end" : noValue(port, `a port of 1 to ${LARGEST_PORT}`);

function malformed(piece: Piece): Issue {
  const whole = noValue(piece, "a path, a name with @, a port, or an address with a port");
  if (parseV4(piece.text)) return issue(piece, about(piece, "is an address without a port"));
  const v6 = piece.text.replace(/^\[(.*)\]$/, "$1");
  return issue(piece, parseV6(v6) ? { ...about(v6, "is an address without a port"), allowed: `[${v6}]:PORT` } : whole);
}

function addressIssue(host: Piece, piece: Piece): Issue | undefined {
  const { text } = host;
  if (text.startsWith("[")) {
    if (parseV6(text.slice(1, -1)) && text.endsWith("]")) return undefined;
    if (text.endsWith("]")) return issue(host, invalid(host, "IPv6 address"));
    return malformed(piece);
  }
  if (parseV4(text)) return undefined;
  if (text === "*")
    return {
      ...issue(host, { ...about("*", "is no address"), allowed: "only the port, to listen on every address" }),
      fixes: portAlone(piece),
    };
  if (text.includes(":")) return malformed(piece);
  return issue(host, invalid(host, "IPv4 address"));
}

const portAlone = (piece: Piece) => {
  const port = piece.text.slice(2);
  return piece.exact ? [{ title: `Listen on port ${port}`, from: piece.from, to: piece.to, text: port }] : [];
};

/** Whether an interface is there, only the machine knows. */
function interfaceIssue(name: Piece): Issue | undefined {
  const index = parseInteger(name.text);
  if (index !== undefined && index >= 1n && index <= INT_MAX) return undefined;
  if (isInterfaceName(name.text, ALTERNATIVE_NAME_MAX, NEWEST_VERSION)) return undefined;
  return issue(name, name.text === "" ? "needs an interface after the %" : invalid(name, "interface"));
}

function listen(term: Term): Grammar {
  return grammar("socket_listen", term.form, "reset", (value, into) => {
    const zone = value.text.indexOf("%%");
    if (zone >= 0) into.slot(value.from + zone + 2, value.to, () => [], { kind: "interfaces" });
    const resolved = expand(value, "full", into);
    if (isIssue(resolved)) return resolved;
    const legacy = term === NETLINK ? undefined : legacyRun(resolved);
    if (legacy) into.problem(legacy, "complains");
    const patched = legacy ? { ...resolved, text: resolved.text.replace(/^\/.*?run/, "/run"), exact: false } : resolved;
    const wrong = term.read(patched, into);
    return resolved.certain ? wrong : undefined;
  });
}

/** Follows socket_address_parse_netlink(), systemd 257. */
const NETLINK: Term = {
  form: "a netlink family, and optionally a multicast group",
  read(piece, into) {
    const [, name = "", gap = "", rest = ""] = /^(\S*)(\s*)(.*)$/s.exec(piece.text) ?? [];
    const [family, group] = [part(piece, 0, name.length), part(piece, name.length + gap.length)];
    into.slot(family.from, family.to, () => NETLINK_FAMILIES.map((it) => ({ ...it, role: "word" })));
    const known = NETLINK_FAMILIES.find(({ text }) => text === name);
    const number = parseInteger(name);
    if (!known && !(number !== undefined && number >= 0n && number <= INT_MAX))
      return {
        ...issue(family, unknown(family, "netlink family")),
        code: "value/netlink-family",
        fixes: meant(family, NETLINK_FAMILIES),
      };
    if (known) into.token(family.from, family.to, "word", wordTopic(name, known.summary));
    else into.token(family.from, family.to, "number");
    if (rest === "") return undefined;
    if (!isUnsigned(rest)) return { ...issue(group, invalid(group, "multicast group")), code: "value/netlink-family" };
    into.token(group.from, group.to, "number");
    return undefined;
  },
};

/** What sockets listen on, but for paths alone. */
export const SOCKETS = {
  socketListenAddress: listen(socketAddress(true)),
  socketListenSequentialPacket: listen(socketAddress(false)),
  socketListenNetlink: listen(NETLINK),
} as const satisfies Record<string, Grammar>;
