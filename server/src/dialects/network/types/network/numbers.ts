import { holdsIn } from "../../../../facts/version.ts";
import { lazy } from "../../../../text/tables.ts";
import { grammar, single } from "../../../../values/combine.ts";
import { amount, INT32, mtu, SPAN_OR_INFINITY } from "../../../../values/configs/general/quantities.ts";
import { meanings, wordChoice } from "../../../../values/configs/general/wordChoice.ts";
import { switchSet } from "../../../../values/enumerations/wordSet.ts";
import type { Grammar, Issue, Term } from "../../../../values/grammar.ts";
import { integer } from "../../../../values/grammars/numbers/integers.ts";
import {
  INFINITY,
  isAmount,
  orWord,
  type Quantity,
  termOf,
  within,
} from "../../../../values/grammars/numbers/quantity.ts";
import { size } from "../../../../values/grammars/numbers/sizes.ts";
import { timeSpan } from "../../../../values/grammars/numbers/times.ts";
import { parseInteger, UINT_MAX, ULONG_MAX } from "../../../../values/number.ts";
import { issueAt } from "../../../../values/piece.ts";
import type { ValueType } from "../../../../values/valueType.ts";
import { about, noValue } from "../../../../values/wording.ts";

const SECOND = 1_000_000_000n;
const MILLISECOND = 1_000_000n;

const SPAN = timeSpan("a time span in seconds or with units, such as `1min 30s`");

/** A time span within bounds; `complains` where systemd takes the nearest bound instead. */
const span = (
  routine: string,
  quantity: Quantity,
  empty: Grammar["empty"],
  bounds: { readonly low?: bigint; readonly high?: bigint; readonly infinity?: true },
): Grammar =>
  amount(
    routine,
    {
      form: quantity.form,
      measure: (piece, into) => {
        const it = quantity.measure(piece, into);
        if (typeof it === "object") return it;
        const { low = 0n, high = 2n ** 64n * 1000n, infinity } = bounds;
        if (it === "infinity" ? infinity : it >= low && it <= high) return it;
        const { from, to } = piece;
        const tooLow = it !== "infinity" && it < low;
        const bound = tooLow
          ? low < SECOND
            ? "more than 0s"
            : `at least ${low / SECOND}s`
          : `at most ${high / SECOND}s`;
        return { from, to, code: "value/time-span", ...noValue(piece, bound) };
      },
    },
    empty,
    "value/time-span",
  );

/** A lifetime, for which systemd takes the nearest that a router may say. */
const routerLifetime = grammar("router_lifetime", SPAN_OR_INFINITY.form, "unset", (value, into) => {
  const it = SPAN_OR_INFINITY.measure(value, into);
  if (!isAmount(it)) return it;
  if (it === 0n || (it !== "infinity" && it >= 4n * SECOND && it <= 9000n * SECOND)) return undefined;
  const bound = it !== "infinity" && it < 4n * SECOND ? "4s" : "9000s";
  const { from, to } = value;
  return {
    from,
    to,
    code: "value/time-span",
    ...about(value, "is out of range"),
    consequence: `systemd takes ${bound} instead`,
    effect: "complains",
  };
});

const LIFETIME = { high: (UINT_MAX - 1n) * SECOND, infinity: true } as const;
const MILLISECONDS = UINT_MAX * MILLISECOND;

const HEXADECIMAL = /^(?:\+?(?:0x)?[0-9a-f]+|-(?:0x)?0+)$/i;

/** Part of a prefix. Follows config_parse_dhcp_pd_subnet_id(), systemd 257 and 262. */
const SUBNET: Term = {
  form: "`auto`, or a hexadecimal number",
  read(piece, into) {
    const digits = piece.text.replace(/^[+-]/, "").replace(/^0x/i, "");
    const number = HEXADECIMAL.test(piece.text) ? BigInt(`0x${digits}`) : undefined;
    if (number === undefined || number >= 2n ** 63n)
      return issueAt(piece, "value/number", noValue(piece, "auto or a hexadecimal number"));
    into.token(piece.from, piece.to, "number");
    return undefined;
  },
};

const from = (low: bigint, high: bigint): Quantity => integer({ low, high });
const WINDOW = from(1n, 1023n);

const SEGMENT = within(
  size({ form: "a size in bytes, also with K or M to the base of 1024" }),
  { low: 1n, high: UINT_MAX },
  "value/size",
);

const SWITCH = { yes: "Turns the setting on.", no: "Turns the setting off." };

/** What is set of a route by its kind. Follows config_parse_route_metric(), systemd 257 and 262. */
function routeMetric(kind: string): ValueType {
  const routine = "route_metric";
  switch (kind) {
    case "mtu":
      return { ...mtu("unspec"), empty: "unset" };
    case "advmss":
      return amount(routine, SEGMENT, "unset", "value/size");
    case "hoplimit":
      return amount(routine, from(1n, 255n), "unset");
    case "rtoMin":
      return span(routine, SPAN, "unset", { low: 1n, high: MILLISECONDS });
    case "quickack":
    case "fastopenNoCookie":
      return switchSet(routine, SWITCH, { empty: "unset" });
    default:
      return amount(routine, WINDOW, "unset");
  }
}

const MARK: Term = {
  form: "a number, optionally with `/` and a mask",
  read(piece, into) {
    const [mark = "", mask] = splitOnce(piece.text, "/");
    const isWord = (text: string): boolean => {
      const number = parseInteger(text);
      return number !== undefined && number >= 0n && number <= UINT_MAX;
    };
    if (!isWord(mark) || (mask !== undefined && !isWord(mask)))
      return issueAt(piece, "value/number", noValue(piece, "a number, or a number, / and a mask"));
    into.token(piece.from, piece.to, "number");
    return undefined;
  },
};

/** The two sides of the first separator; the second is undefined where there is none. */
export function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** The ends of a range, which are the same where there is no dash. */
function ends<T>(text: string, read: (end: string) => T): readonly [T, T] {
  const [low, high = low] = splitOnce(text, "-");
  return [read(low), read(high)];
}

const PORTS: Term = {
  form: "a port, or two with a dash between them",
  read(piece, into) {
    const [low, high] = ends(piece.text, parseInteger);
    if (low === undefined || high === undefined || low < 1n || low > high || high > 65_535n)
      return issueAt(piece, "value/number", noValue(piece, "a port or a range of ports such as 80-90"));
    into.token(piece.from, piece.to, "number");
    return undefined;
  },
};

/** Users by their numbers. Follows parse_uid_range(), systemd 257 and 262. */
const USERS: Term = {
  form: "a user, a user ID, or two IDs with a dash between them",
  read(piece, into) {
    into.slot(piece.from, piece.to, () => [], { kind: "users" });
    const [low, high] = ends(piece.text, uid);
    const isName = /^[A-Za-z_][A-Za-z0-9_.-]*\$?$/.test(piece.text);
    if (!isName && (low === undefined || high === undefined || low > high))
      return issueAt(piece, "value/user", noValue(piece, "a user, an ID or a range of IDs"));
    into.token(piece.from, piece.to, isName ? "name" : "number");
    return undefined;
  },
};

/** Follows parse_uid(), systemd 257 and 262: decimal, and none of the two that stand for nobody. */
function uid(text: string): number | undefined {
  const number = /^(?:0|[1-9][0-9]{0,9})$/.test(text) ? Number(text) : undefined;
  return number === undefined || number === 65_535 || number >= 2 ** 32 - 1 ? undefined : number;
}

/** The priority of the packets of DHCP, which only newer versions check. */
const SOCKET_PRIORITY: Term = {
  form: "a number from 0 to 15",
  read: (piece, into) => termOf(holdsIn({ since: 258 }, into.where.version) ? from(0n, 15n) : INT32).read(piece, into),
};

/** Three numbers for routers that are preferred much, usually and little, or one for all. */
const METRICS: Term = {
  form: "a number, or three with colons between them for high, medium and low preference",
  read(piece, into) {
    const parts = piece.text.split(":");
    const numbers = parts.map(parseInteger);
    if (![1, 3].includes(parts.length) || numbers.some((it) => it === undefined || it < 0n || it > UINT_MAX))
      return issueAt(piece, "value/number", noValue(piece, "a number, or three with colons between them"));
    into.token(piece.from, piece.to, "number");
    return undefined;
  },
};

const NUMBER: { readonly empty: "invalid"; readonly code: Issue["code"] } = { empty: "invalid", code: "value/number" };

/** Numbers, lifetimes and what else is counted in .network files. */
export const NETWORK_NUMBERS = lazy(() => ({
  routingPolicyRuleFwmark: single("routing_policy_rule_fwmark", MARK, NUMBER),
  routingPolicyRulePortRange: single("routing_policy_rule_port_range", PORTS, NUMBER),
  routingPolicyRuleUidRange: single("routing_policy_rule_uid_range", USERS, { empty: "invalid", code: "value/user" }),
  ndiscRouteMetric: (_family: string) => single("ndisc_route_metric", METRICS, NUMBER),
  dhcpMaxAttempts: amount("dhcp_max_attempts", orWord(from(1n, ULONG_MAX), INFINITY), "unset"),
  dhcpSocketPriority: single("dhcp_socket_priority", SOCKET_PRIORITY, { empty: "unset" }),
  dhcpPdSubnetId: single(
    "dhcp_pd_subnet_id",
    wordChoice({ words: meanings({ auto: "The next that is free." }), other: SUBNET, form: SUBNET.form }),
    { empty: "unset" },
  ),
  dhcpServerIpv6OnlyPreferred: span("dhcp_server_ipv6_only_preferred", SPAN_OR_INFINITY, "unset", {
    low: 300n * SECOND,
    infinity: true,
  }),
  routerLifetime,
  routerUint32MsecUsec: span("router_uint32_msec_usec", SPAN_OR_INFINITY, "unset", {
    high: MILLISECONDS,
    infinity: true,
  }),
  routerHomeAgentLifetime: span("router_home_agent_lifetime", SPAN, "unset", { low: 1n, high: 65_535n * SECOND }),
  prefixLifetime: span("prefix_lifetime", SPAN_OR_INFINITY, "invalid", LIFETIME),
  routePrefixLifetime: span("route_prefix_lifetime", SPAN_OR_INFINITY, "invalid", LIFETIME),
  pref64PrefixLifetime: span("pref64_prefix_lifetime", SPAN, "invalid", { high: 65_528n * SECOND }),
  routeMetric,
}));
