import { list, single } from "../../../../values/combine.ts";
import { IFNAME, textTerm } from "../../../../values/configs/general/configTexts.ts";
import { parseNumberRange } from "../../../../values/cpuSet.ts";
import type { Grammar, Issue, Term } from "../../../../values/grammar.ts";
import { INFINITY, orWord, termOf, within } from "../../../../values/grammars/numbers/quantity.ts";
import { timeSpan } from "../../../../values/grammars/numbers/times.ts";
import { UINT_MAX } from "../../../../values/number.ts";
import { issueAt } from "../../../../values/piece.ts";
import { noValue } from "../../../../values/wording.ts";
import { ROUTE_TABLE, tableGrammar } from "../routeTable.ts";
import { orTruthValue } from "./bridgeTypes.ts";

const MILLISECOND = 1_000_000n;

/** A time span that the kernel counts in milliseconds with 32 bits, or none at all. */
const RESTART = orWord(
  within(
    timeSpan("a time span in seconds or with units, such as `100ms`, or `infinity`"),
    { high: UINT_MAX * MILLISECOND + MILLISECOND - 1n },
    "value/time-span",
    (piece) => noValue(piece, "a time span of at most 4294967295ms"),
  ),
  { ...INFINITY, summary: "Never restarts by itself." },
);

/** A priority of a packet, or several, and what stands for it on the other side. Follows parse_range(), systemd 257 and 262. */
const MAPPING: Term = {
  form: "two numbers such as `1-3`",
  read(piece, into) {
    if (!parseNumberRange(piece.text)) return issueAt(piece, "value/number", noValue(piece, "two numbers such as 1-3"));
    into.token(piece.from, piece.to, "number");
    return undefined;
  },
};

/** Ports from one to another. Follows parse_ip_port_range(), systemd 257 and 262. */
const PORTS: Term = {
  form: "a port or a range of ports such as `4000-5000`",
  read(piece, into): Issue | undefined {
    const range = parseNumberRange(piece.text);
    if (!range || range.low < 1 || range.high > 65_535 || range.low > range.high)
      return issueAt(piece, "value/number", noValue(piece, "a range of ports such as 4000-5000"));
    into.token(piece.from, piece.to, "number");
    return undefined;
  },
};

const NO_ROUTES = orTruthValue(ROUTE_TABLE, [
  { text: "no", summary: "No routes to the addresses of the peer.", role: "word" },
]);

/** Value types of .netdev files that are like no other, and of [CAN], systemd 257 and 262. */
export const netdevOtherTypes = (): Readonly<Record<string, Grammar>> => ({
  canRestartUsec: single("can_restart_usec", termOf(RESTART), { empty: "invalid", code: "value/time-span" }),
  l2tpSessionName: single("l2tp_session_name", IFNAME, { empty: "invalid", code: "value/network-interface" }),
  portRange: single("port_range", PORTS, { empty: "invalid", code: "value/number" }),
  vlanQosMaps: list("vlan_qos_maps", MAPPING, {
    form: "a list of pairs of numbers such as `1-3`",
    splitting: "escapes",
    empty: "reset",
    effect: "word",
  }),
  vrfTable: tableGrammar("vrf_table", "invalid"),
  wiphy: single("wiphy", textTerm("the name or the number of a physical WLAN device"), { empty: "unset" }),
  wireguardRouteTable: tableGrammar("wireguard_route_table", "unset", NO_ROUTES),
  wireguardPeerRouteTable: tableGrammar("wireguard_peer_route_table", "unset", NO_ROUTES),
});
