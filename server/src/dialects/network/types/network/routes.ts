import { holdsIn } from "../../../../facts/version.ts";
import { firstWord } from "../../../../syntax/words.ts";
import { lazy } from "../../../../text/tables.ts";
import { grammar, list } from "../../../../values/combine.ts";
import { parseIp } from "../../../../values/configs/general/addresses.ts";
import type { Grammar, Issue, Offer, Piece, Reader, ReportedIssue, Term } from "../../../../values/grammar.ts";
import { ALTERNATIVE_NAME_MAX, isInterfaceName } from "../../../../values/interfaceName.ts";
import { INT_MAX, parseInteger, UINT_MAX } from "../../../../values/number.ts";
import { issueAt, part, wordTopic } from "../../../../values/piece.ts";
import { about, invalid, noValue } from "../../../../values/wording.ts";

const TABLES: readonly Offer[] = [
  { text: "main", summary: "The table 254, in which routes are without this setting.", role: "word" },
  { text: "local", summary: "The table 255, which the kernel fills.", role: "word" },
  { text: "default", summary: "The table 253, which is looked in last.", role: "word" },
];

const TABLE_FORM = "`main`, `local`, `default`, a name of `networkd.conf`, or a number from 1";

/** A number that fits into 32 bits without a sign. */
function word32(text: string): number | undefined {
  const number = parseInteger(text);
  return number === undefined || number < 0n || number > UINT_MAX ? undefined : Number(number);
}

/** A table of routes. Names of other ones stand in `networkd.conf`. Follows manager_get_route_table_from_string(), systemd 257 and 262. */
function readTable(piece: Piece, into: Reader): Issue | ReportedIssue | undefined {
  const { from, to, text } = piece;
  into.slot(from, to, () => TABLES);
  const known = TABLES.find((it) => it.text === text);
  const number = word32(text);
  if (known) into.token(from, to, "word", wordTopic(text, known.summary ?? ""));
  else if (number !== undefined && number > 0) into.token(from, to, "number");
  else if (/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(text)) {
    into.token(from, to, "name");
    const wording = about(piece, "is a table that counts only if RouteTable= of networkd.conf has it");
    return { from, to, code: "value/number", ...wording, effect: "silent" };
  } else return issueAt(piece, "value/number", noValue(piece, TABLE_FORM));
  return undefined;
}

const table = (routine: string): Grammar => ({
  ...grammar(routine, TABLE_FORM, "invalid", readTable),
  missing: { code: "value/number", effect: "assignment" },
});

/** Since when a hop may have its interface alone. */
const WITHOUT_ADDRESS = { since: 258 };

/** A hop with its weight among several. Follows config_parse_multipath_route(), systemd 257 and 262. */
function readHop(value: Piece, into: Reader): Issue | undefined {
  const found = firstWord(value.text, 0, "plain");
  if (!found || "kind" in found) return issueAt(value, "value/address", noValue(value, "an address"));
  const { word, next } = found;
  const [host = "", device] = splitAt(word.value, "@");
  if (device !== undefined) {
    const index = parseInteger(device);
    const isIndex = index !== undefined && index > 0n && index <= INT_MAX;
    if (!isIndex && !isInterfaceName(device, ALTERNATIVE_NAME_MAX, into.where.version))
      return issueAt(value, "value/network-interface", invalid(device, "interface"));
  }
  const onlyLink = host === "" && device !== undefined && holdsIn(WITHOUT_ADDRESS, into.where.version);
  if (!onlyLink && !parseIp(host, "both"))
    return issueAt(
      value,
      "value/address",
      noValue(part(value, word.from, word.to), "an IP address with an optional @ and interface"),
    );
  const weight = next === undefined ? undefined : part(value, next);
  const number = weight && word32(weight.text);
  if (weight && weight.text !== "" && (number === undefined || number < 1 || number > 256))
    return issueAt(weight, "value/number", noValue(weight, "a weight from 1 to 256"));
  into.token(value.from + word.from, value.from + word.to, "number");
  if (weight) into.token(weight.from, weight.to, "number");
  return undefined;
}

const splitAt = (text: string, sign: string): readonly [string, string?] => {
  const at = text.indexOf(sign);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

/** A next hop of a group with its weight. Follows config_parse_nexthop_group(), systemd 257 and 262. */
const HOP: Term = {
  form: "the ID of a next hop, optionally with `:` and a weight from 1 to 256",
  read(piece, into) {
    const [id = "", weight] = splitAt(piece.text, ":");
    const [number, parts] = [word32(id), weight === undefined ? 1 : word32(weight)];
    if (parts === undefined || parts < 1 || parts > 256)
      return issueAt(piece, "value/number", about(piece, "has a weight that is no number from 1 to 256"));
    if (number === undefined || number === 0) return issueAt(piece, "value/number", noValue(piece, "IDs of next hops"));
    into.token(piece.from, piece.to, "number");
    return undefined;
  },
};

/** The same ID is said twice in a line. */
function withoutTwice(grammar: Grammar): Grammar {
  return {
    ...grammar,
    read(value, into) {
      const seen = new Set<number>();
      grammar.read(value, into);
      for (const { 0: text, index } of value.text.matchAll(/[^ \t]+/g)) {
        const id = word32(splitAt(text, ":")[0]) ?? 0;
        const piece = part(value, index, index + text.length);
        if (id > 0 && seen.has(id) && !HOP.read(piece, { ...into, token: () => undefined }))
          into.problem(issueAt(piece, "value/number", about(piece, "is a next hop that stands here already")), "word");
        seen.add(id);
      }
    },
  };
}

const PREDEFINED: Readonly<Record<string, number>> = { default: 253, main: 254, local: 255 };

/** The name of a table of routes with its number. Follows config_parse_route_table_names(), systemd 257 and 262. */
const TABLE_NAME: Term = {
  form: "a name, `:` and the number of a table",
  read(piece, into) {
    const [name = "", digits] = splitAt(piece.text, ":");
    const number = digits === undefined ? undefined : word32(digits);
    const why =
      digits === undefined
        ? noValue(piece, "a name, : and a number")
        : name === "" || /^[0-9]+$/.test(name)
          ? about(piece, "has no name in front of the colon")
          : Object.hasOwn(PREDEFINED, name)
            ? about(piece, `names a table that is ${PREDEFINED[name]}`)
            : number === undefined || number === 0
              ? about(piece, "has no number behind the colon")
              : Object.values(PREDEFINED).includes(number)
                ? about(piece, "has a number with a name of its own")
                : undefined;
    if (why !== undefined) return issueAt(piece, "value/number", why);
    if (!piece.exact) return undefined;
    into.token(piece.from, piece.from + name.length, "name");
    into.token(piece.from + name.length, piece.from + name.length + 1, "operator");
    into.token(piece.from + name.length + 1, piece.to, "number");
    return undefined;
  },
};

/** In a line a name has one number, and a number one name. */
function withoutConflicts(grammar: Grammar): Grammar {
  return {
    ...grammar,
    read(value, into) {
      grammar.read(value, into);
      const [numbers, names] = [new Map<string, number>(), new Map<number, string>()];
      for (const { 0: text, index } of value.text.matchAll(/[^ \t]+/g)) {
        const piece = part(value, index, index + text.length);
        if (TABLE_NAME.read(piece, { ...into, token: () => undefined })) continue;
        const [name, digits = ""] = splitAt(text, ":");
        const number = word32(digits) ?? 0;
        const [other, otherName] = [numbers.get(name), names.get(number)];
        if (other === number) continue;
        if (other === undefined && otherName === undefined) {
          numbers.set(name, number);
          names.set(number, name);
        } else {
          const wording = about(
            piece,
            `contradicts an earlier line, where the table ${otherName ?? name} is ${otherName === undefined ? other : number}`,
          );
          into.problem(issueAt(piece, "value/number", wording), "word");
        }
      }
    },
  };
}

const LISTED = { splitting: "plain", empty: "reset", effect: "word" } as const;

/** Tables of routes, and routes with several ways. */
export const NETWORK_ROUTES = lazy(() => ({
  routeTable: table("route_table"),
  routingPolicyRuleTable: table("routing_policy_rule_table"),
  dhcpOrRaRouteTable: (_family: string) => table("dhcp_or_ra_route_table"),
  multipathRoute: grammar(
    "multipath_route",
    "an IP address, optionally with `@` and an interface, and a weight from 1 to 256",
    "reset",
    readHop,
  ),
  nexthopGroup: withoutTwice(list("nexthop_group", HOP, { ...LISTED, form: `a list of ${HOP.form}` })),
  routeTableNames: withoutConflicts(
    list("route_table_names", TABLE_NAME, {
      ...LISTED,
      form: "a list of names of tables, each with `:` and its number",
    }),
  ),
}));
