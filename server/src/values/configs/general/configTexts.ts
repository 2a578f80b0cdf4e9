import type { PerVersion } from "../../../facts/version.ts";
import { lazy } from "../../../text/tables.ts";
import { list, single } from "../../combine.ts";
import { isDnsName, isHostname } from "../../dnsName.ts";
import type { Grammar, Piece, Term } from "../../grammar.ts";
import { interfaceName } from "../../grammars/lists/interfaces.ts";
import { path } from "../../grammars/paths/path.ts";
import { ALTERNATIVE_NAME_MAX, INTERFACE_NAME_MAX } from "../../interfaceName.ts";
import { issueAt } from "../../piece.ts";
import { about, invalid, noValue } from "../../wording.ts";

/** A text of which nothing is checked but what `unfit` says. */
export function textTerm(form: string, unfit?: (piece: Piece) => string | undefined): Term {
  return {
    form,
    read(piece, into) {
      into.token(piece.from, piece.to, "text");
      const message = unfit?.(piece);
      return message === undefined ? undefined : issueAt(piece, "value/name", about(piece, message));
    },
  };
}

/** Whether systemd takes a text as harmless. Follows string_is_safe(), systemd 257 and 262. */
export const isSafe = (it: string): boolean => !/[\x01-\x1f"'\\\x7f]/.test(it);

const SAFE = "has a quote, a backslash or a control character, which are not allowed";
const ASCII = "has characters beyond ASCII, which are not allowed";

/** A text as it stands, with the flags of the routine: `safe`, `ascii` or `safeAndAscii`. */
function string(flags: string): Grammar {
  const [safe, ascii] = [flags.startsWith("safe"), /ascii/i.test(flags)];
  const form = `${ascii ? "ASCII text" : "any text"}${safe ? " without quotes and backslashes" : ""}`;
  const term = textTerm(form, (piece) => {
    if (safe && !isSafe(piece.text)) return SAFE;
    return ascii && /[^\x01-\x7f]/.test(piece.text) ? ASCII : undefined;
  });
  const grammar = single("string", term, { empty: "unset" });
  return safe || ascii ? grammar : { ...grammar, plain: true };
}

/** A domain name. */
export const DNS_NAME: Term = {
  form: "a domain name such as `example.com`",
  read(piece, into) {
    if (!isDnsName(piece.text)) return issueAt(piece, "value/domain-name", invalid(piece, "domain name"));
    into.token(piece.from, piece.to, "name");
    return undefined;
  },
};

const HOSTNAME: Term = {
  form: "a host name such as `web1` or `web1.example.com`",
  read(piece, into) {
    if (!isHostname(piece.text) || !isDnsName(piece.text))
      return issueAt(piece, "value/domain-name", invalid(piece, "host name"));
    into.token(piece.from, piece.to, "name");
    return undefined;
  },
};

const ID: Term = {
  form: "an ID of 32 hexadecimal digits, or a UUID",
  read(piece, into) {
    const plain = ID128.test(piece.text) ? piece.text.replaceAll("-", "") : undefined;
    if (plain === undefined || /^0+$/.test(plain))
      return issueAt(piece, "value/name", noValue(piece, "an ID of 32 hexadecimal digits that are not all 0"));
    into.token(piece.from, piece.to, "text");
    return undefined;
  },
};

/** Follows sd_id128_from_string(), systemd 257 and 262. */
const ID128 = /^(?:[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i;

/** How long a name may be: `alternative` names are longer. */
const lengthOf = (argument: string): PerVersion<number> => ({
  0: argument === "alternative" ? ALTERNATIVE_NAME_MAX : INTERFACE_NAME_MAX,
});

/** The name of a network interface of up to 15 characters. */
export const IFNAME: Term = interfaceName(lengthOf(""));

/** Texts and names. */
export const TEXT_GRAMMARS = lazy(() => ({
  string,
  strv: list("strv", textTerm("any text"), {
    form: "a list of words",
    splitting: "retain",
    empty: "reset",
    effect: "assignment",
    broken: "assignment",
  }),
  path: single("path", path({ form: "an absolute path", plain: true }), { empty: "unset" }),
  hostname: single("hostname", HOSTNAME, { empty: "unset" }),
  dnsName: single("dns_name", DNS_NAME, { empty: "unset" }),
  id128: single("id128", ID, { empty: "invalid", code: "value/name" }),
  ifname: single("ifname", IFNAME, { empty: "unset" }),
  ifnames: (argument: string) =>
    list("ifnames", interfaceName(lengthOf(argument)), {
      form: "a list of names of network interfaces",
      splitting: "plain",
      empty: "reset",
      effect: "word",
    }),
}));
