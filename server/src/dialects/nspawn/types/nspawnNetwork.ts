import { grammar, list, single } from "../../../values/combine.ts";
import { notA } from "../../../values/configs/general/expansion.ts";
import type { Grammar, Issue, Piece, Reader, Term } from "../../../values/grammar.ts";
import { partsOf } from "../../../values/grammars/paths/fields.ts";
import { INTERFACE_NAME_MAX, isInterfaceName } from "../../../values/interfaceName.ts";
import { parseInteger } from "../../../values/number.ts";
import { issueAt, part, wordTopic } from "../../../values/piece.ts";
import { about, invalid } from "../../../values/wording.ts";

const CODE = "value/network-interface";
const FIELDS = { separators: ":", escapes: "next" } as const;

const isName = (text: string, into: Reader): boolean => isInterfaceName(text, INTERFACE_NAME_MAX, into.where.version);

function readName(piece: Piece, into: Reader): Issue | undefined {
  if (!isName(piece.text, into)) return issueAt(piece, CODE, invalid(piece, "network interface name"));
  into.token(piece.from, piece.to, "name");
  return undefined;
}

/** An interface of the host, and what it is called in the container. Follows interface_pair_parse(), systemd 257 and 262. */
const PAIR: Term = {
  form: "an interface of the host, optionally with `:` and its name in the container",
  read(word, into) {
    const { parts, rest, broken } = partsOf(word, FIELDS, 1);
    const [outside = word] = parts;
    into.slot(outside.from, outside.to, () => [], { kind: "interfaces" });
    return broken ?? readName(outside, into) ?? (rest && rest.text !== "" ? readName(rest, into) : undefined);
  },
};

/** One wrong name costs the whole file. */
const pairs = (routine: string): Grammar =>
  list(routine, PAIR, {
    form: "a list of interfaces of the host, each optionally with `:` and its name in the container",
    splitting: "plain",
    empty: "nothing",
    effect: "refused",
    broken: "refused",
  });

/** Follows veth_extra_parse(), systemd 257 and 262, for which a wrong second name is the first one. */
function readExtra(value: Piece, into: Reader): Issue | undefined {
  const { parts, rest, broken } = partsOf(value, FIELDS, 2);
  const [outside = value, inside] = parts;
  if (broken) return broken;
  const wrong = readName(outside, into);
  if (wrong) return wrong;
  if (inside && isName(inside.text, into)) into.token(inside.from, inside.to, "name");
  return rest && issueAt(rest, CODE, about(rest, "is one name too many; at most two are allowed"));
}

const ZONE: Term = {
  form: "the name of a zone of up to 12 characters",
  read(piece, into) {
    into.token(piece.from, piece.to, "name");
    return isName(`vz-${piece.text}`, into)
      ? undefined
      : notA(piece, CODE, "the name of a zone, to which an interface with vz- before it belongs");
  },
};

const PROTOCOLS = [
  { text: "tcp:", summary: "A port of TCP.", role: "word" },
  { text: "udp:", summary: "A port of UDP.", role: "word" },
] as const;

/** Follows expose_port_parse(), systemd 257 and 262. */
function readPort(value: Piece, into: Reader): Issue | undefined {
  const { text } = value;
  const protocol = /^(?:tcp|udp):/.test(text) ? 4 : 0;
  const first = part(value, 0, protocol);
  into.slot(first.from, first.to, () => PROTOCOLS);
  if (protocol > 0) into.token(first.from, first.to - 1, "word");
  const colon = text.indexOf(":", protocol);
  const outside = part(value, protocol, colon < 0 ? text.length : colon);
  const wrong = readNumber(outside, "of the host", into);
  return wrong ?? (colon < 0 ? undefined : readNumber(part(value, colon + 1), "of the container", into));
}

function readNumber(piece: Piece, of: string, into: Reader): Issue | undefined {
  const number = parseInteger(piece.text);
  if (number === undefined || number < 1n || number > 65_535n)
    return notA(piece, "value/number", `a port from 1 to 65535 ${of}`);
  into.token(piece.from, piece.to, "number", wordTopic(piece.text, `A port ${of}.`));
  return undefined;
}

/** The section [Network] of .nspawn files. */
export const NSPAWN_NETWORK = {
  networkIfacePair: pairs("network_iface_pair"),
  macvlanIfacePair: pairs("macvlan_iface_pair"),
  ipvlanIfacePair: pairs("ipvlan_iface_pair"),
  vethExtra: {
    ...grammar("veth_extra", "a name on the host, optionally with `:` and one in the container", "invalid", readExtra),
    missing: { code: CODE, effect: "assignment" },
  },
  networkZone: single("network_zone", ZONE, { empty: "unset" }),
  exposePort: {
    ...grammar(
      "expose_port",
      "a port, optionally `tcp:` or `udp:` before it and `:` and one in the container after it",
      "invalid",
      readPort,
    ),
    missing: { code: "value/number", effect: "assignment" },
  },
} as const satisfies Record<string, Grammar>;
