import { parseV4, parseV6 } from "../../address.ts";
import type { Piece, Reader, Term } from "../../grammar.ts";
import { ALTERNATIVE_NAME_MAX, isInterfaceName } from "../../interfaceName.ts";
import { INT_MAX, parseInteger } from "../../number.ts";
import { issueAt, part } from "../../piece.ts";
import { noValue } from "../../wording.ts";

/** The parts of a server: its address, port, link and name. Follows in_addr_port_ifindex_name_from_string_auto(), systemd 257 and 262. */
const SERVER =
  /^(?:\[([^\]]*)\](?::([^:%#]*))|((?:[^:%#[]*:){2,}[^%#]*)|([^:%#]*)(?::([^:%#]*))?)(?:%([^#]*))?(?:#(.*))?$/s;

function isPort(text: string): boolean {
  const port = parseInteger(text);
  return !/^\s/.test(text) && port !== undefined && port > 0n && port <= 65_535n;
}

function isLink(text: string, into: Reader): boolean {
  const index = parseInteger(text);
  return (
    (index !== undefined && index > 0n && index <= INT_MAX) ||
    isInterfaceName(text, ALTERNATIVE_NAME_MAX, into.where.version)
  );
}

function isServer(text: string, into: Reader): boolean {
  const [, bracketed, port6, v6, v4, port4, link, name] = SERVER.exec(text) ?? [];
  if (name === "" || (link !== undefined && !isLink(link, into))) return false;
  if (bracketed !== undefined) return isPort(port6 ?? "") && parseV6(bracketed) !== undefined;
  if (v6 !== undefined) return parseV6(v6) !== undefined;
  return v4 !== undefined && parseV4(v4) !== undefined && (port4 === undefined || isPort(port4));
}

/** A DNS server. */
export const DNS_SERVER: Term = {
  form: "an IP address, optionally with `:` and a port (IPv6 in brackets then), `%` and a link, and `#` and a name",
  read(piece, into) {
    if (!isServer(piece.text, into))
      return issueAt(
        piece,
        "value/address",
        noValue(piece, "servers such as 192.0.2.1 or [2001:db8::1]:853#dns.example.com"),
      );
    mark(piece, into);
    return undefined;
  },
};

function mark(piece: Piece, into: Reader): void {
  const hash = piece.text.indexOf("#");
  if (!piece.exact || hash < 0) into.token(piece.from, piece.to, "number");
  else {
    const [host, sign, name] = [part(piece, 0, hash), part(piece, hash, hash + 1), part(piece, hash + 1)];
    into.token(host.from, host.to, "number");
    into.token(sign.from, sign.to, "operator");
    into.token(name.from, name.to, "name");
  }
}
