import { parseV4, parseV6 } from "../../address.ts";
import type { Grammar, Issue, Offer, Piece, Wording } from "../../grammar.ts";
import { issueAt, part } from "../../piece.ts";
import { about, noValue } from "../../wording.ts";
import { atStart, option, type PartReader, QUADLET_VALUE, wordAmong } from "./terms.ts";

const wrong = (piece: Piece, wording: Wording): Issue => issueAt(piece, QUADLET_VALUE, atStart(wording));

/** A text that has to match; `what` says what it takes. */
const matching =
  (pattern: RegExp, what: string, offers: readonly Offer[] = []): PartReader =>
  (piece, into) => {
    into.slot(piece.from, piece.to, () => offers);
    into.token(piece.from, piece.to, "number");
    return piece.text === "" || pattern.test(piece.text) ? undefined : wrong(piece, noValue(piece, what));
  };

const number = (what: string, pattern = /^[+-]?\d+$/, offers: readonly Offer[] = []): Grammar =>
  option(what, matching(pattern, what.replaceAll("`", ""), offers));

const offer = (text: string, summary: string): Offer => ({ text, summary, role: "number" });

const SIZE = "a size such as `512m`, with `b`, `k`, `m` or `g`";
/** As go-units reads sizes: a number and one letter, or a unit written out. */
const SIZE_PATTERN = /^\d+(?:\.\d+)? ?(?:[bkmgtp]|[kmgtp]i?b)?$/i;
const DURATION = "a time such as `30s` or `1m30s`";
/** As Go's ParseDuration() reads them. */
const DURATION_PATTERN = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/;

/** The address without a zone. */
const isAddress = (text: string): boolean => parseV4(text) !== undefined || parseV6(text) !== undefined;

const address = (
  what: string,
  accepts: (text: string) => boolean,
  words: Readonly<Record<string, string>> = {},
): Grammar =>
  option(what, (piece, into) => {
    const { text } = piece;
    if (text === "" || accepts(text) || Object.hasOwn(words, text))
      return wordAmong(words, "address", { others: () => true, role: "number" })(piece, into);
    return wrong(piece, noValue(piece, what));
  });

const isSubnet = (text: string): boolean => {
  const [host = "", bits = "", more] = text.split("/");
  const most = parseV4(host) ? 32 : parseV6(host) ? 128 : -1;
  return more === undefined && /^\d+$/.test(bits) && Number(bits) <= most;
};

/** A range of the network: a subnet, or two addresses with a dash between them. */
const isRange = (text: string): boolean => isSubnet(text) || (text.includes("-") && text.split("-").every(isAddress));

const PORT = /^(\d{1,6})(?:-(\d{1,6}))?$/;

/** What is wrong with a port or a range of them. */
function portIssue(piece: Piece): Issue | undefined {
  const [, first, last = first] = PORT.exec(piece.text) ?? [];
  if (first === undefined) return wrong(piece, about(piece, "is no port and no range of ports"));
  if (Number(first) > 65_535 || Number(last) > 65_535)
    return wrong(piece, about(piece, "is above the last port, 65535"));
  return Number(first) > Number(last) ? wrong(piece, about(piece, "runs backwards")) : undefined;
}

/** `[[address:][port of the host]:]port of the container[/protocol]`. */
const PUBLISHED: PartReader = (piece, into) => {
  const slash = piece.text.indexOf("/");
  const head = slash < 0 ? piece : part(piece, 0, slash);
  if (slash >= 0) {
    const protocol = part(piece, slash + 1);
    into.token(piece.from + slash, piece.from + slash + 1, "operator");
    const issue = wordAmong({ tcp: "The usual protocol.", udp: "Datagrams.", sctp: "SCTP." }, "protocol")(
      protocol,
      into,
    );
    if (issue && !/^(?:tcp|udp|sctp)$/i.test(protocol.text)) return issue;
  }
  const at = head.text.lastIndexOf(":");
  const inside = at < 0 ? head : part(head, at + 1);
  into.token(inside.from, inside.to, "number");
  if (at < 0) return inside.text === "" ? undefined : portIssue(inside);
  const outer = part(head, 0, at);
  const mark = outer.text.startsWith("[") ? outer.text.indexOf("]") + 1 : outer.text.indexOf(":");
  const host = mark > 0 ? part(outer, 0, mark) : undefined;
  const outside = mark > 0 ? part(outer, Math.min(mark + 1, outer.text.length)) : mark === 0 ? part(outer, 1) : outer;
  if (host) {
    into.slot(host.from, host.to, () => [offer("127.0.0.1", "Only this machine reaches the port.")]);
    into.token(host.from, host.to, "text");
  } else into.slot(outside.from, outside.to, () => [offer("127.0.0.1:", "Only this machine reaches the port.")]);
  into.token(outside.from, outside.to, "number");
  return (outside.text === "" ? undefined : portIssue(outside)) ?? portIssue(inside);
};

/** Values that count or measure something, and addresses. */
export const QUADLET_NUMBERS = {
  quadletNumber: number("a number"),
  quadletUnsigned: option("a number; anything else is read as 0", (piece, into) => {
    into.token(piece.from, piece.to, "number");
    return piece.text === "" || /^(?:0x[0-9a-f]+|\d+)$/i.test(piece.text)
      ? undefined
      : issueAt(piece, QUADLET_VALUE, { ...about(piece, "is no number"), consequence: "the generator reads it as 0" });
  }),
  quadletPidsLimit: number("a number, or `-1` for no limit", /^[+-]?\d+$/, [
    offer("100", "Enough for most programs that are no servers with many workers."),
    offer("-1", "No limit."),
  ]),
  quadletSize: number(SIZE, SIZE_PATTERN, [
    offer("256m", "256 MiB."),
    offer("512m", "512 MiB."),
    offer("1g", "1 GiB."),
  ]),
  quadletLogSize: number("a size in bytes, or `-1` for no limit", /^(?:-1|\d+)$/),
  quadletDuration: number(DURATION, DURATION_PATTERN, [offer("30s", "Half a minute."), offer("1m", "A minute.")]),
  quadletInterval: number(`${DURATION}, or \`disable\``, new RegExp(`^disable$|${DURATION_PATTERN.source}`), [
    offer("30s", "Half a minute, which is podman's own interval."),
    { text: "disable", summary: "Runs the check only by hand.", role: "word" },
  ]),
  quadletRetryDelay: number(DURATION, DURATION_PATTERN, [offer("5s", "Five seconds.")]),
  quadletSeconds: number("a number of seconds", /^\d+$/, [offer("10", "Podman's own timeout.")]),
  quadletWait: number("a number of seconds, or `-1` for as long as it takes", /^-?\d+$/, [
    offer("10", "Podman's own timeout."),
  ]),
  quadletIp: address("an IPv4 address", (text) => parseV4(text) !== undefined),
  quadletIp6: address("an IPv6 address", (text) => parseV6(text) !== undefined),
  quadletDns: address("an IP address, or `none`", (text) => isAddress(text.split("%")[0] ?? ""), {
    none: "Leaves `/etc/resolv.conf` of the image as it is.",
  }),
  quadletGateway: address("an IP address", isAddress),
  quadletSubnet: address("a subnet such as `10.89.0.0/24`", isSubnet),
  quadletRange: address("a subnet, or two addresses with `-` between them", isRange),
  quadletPublish: option("`[[ADDRESS:]HOSTPORT:]PORT[/PROTOCOL]`", PUBLISHED),
  quadletExpose: option("a port or range of ports, with `/tcp` or `/udp` after it", (piece, into) => {
    const port = part(piece, 0, /^[^/]*/.exec(piece.text)?.[0].length ?? 0);
    into.token(port.from, port.to, "number");
    return undefined;
  }),
} as const satisfies Record<string, Grammar>;
