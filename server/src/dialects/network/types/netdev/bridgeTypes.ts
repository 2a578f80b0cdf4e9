import { parseV4, parseV6 } from "../../../../values/address.ts";
import { parseBoolean } from "../../../../values/boolean.ts";
import { single } from "../../../../values/combine.ts";
import { address, MAC } from "../../../../values/configs/general/addresses.ts";
import { UINT16 } from "../../../../values/configs/general/quantities.ts";
import { parseNumberRange } from "../../../../values/cpuSet.ts";
import type { Grammar, Offer, Piece, Term } from "../../../../values/grammar.ts";
import { interfaceName } from "../../../../values/grammars/lists/interfaces.ts";
import { escapeIssue } from "../../../../values/grammars/names/escapes.ts";
import { integer } from "../../../../values/grammars/numbers/integers.ts";
import { termOf } from "../../../../values/grammars/numbers/quantity.ts";
import { ETHERNET, parseHardwareAddress } from "../../../../values/hardwareAddress.ts";
import { ALTERNATIVE_NAME_MAX } from "../../../../values/interfaceName.ts";
import { INT_MAX, parseInteger } from "../../../../values/number.ts";
import { issueAt, wordTopic } from "../../../../values/piece.ts";
import { about, noValue } from "../../../../values/wording.ts";

/** Words for no, or with `yes` a boolean, instead of something else. Follows parse_boolean(), systemd 257 and 262. */
export function orTruthValue(term: Term, offers: readonly Offer[], yes = false): Term {
  return {
    form: `${term.form}, ${yes ? "or a boolean" : "or `no`"}`,
    read(piece, into) {
      const { from, to, text } = piece;
      into.slot(from, to, () => offers);
      const truth = parseBoolean(text);
      if (truth === undefined || (truth && !yes) || text === "1") return term.read(piece, into);
      const meant = offers.find((it) => parseBoolean(it.text) === truth);
      into.token(from, to, "word", meant && wordTopic(text, meant.summary ?? ""));
      return undefined;
    },
  };
}

const NO_VLAN: Offer = { text: "no", summary: "Frames without a VLAN belong to none.", role: "word" };
const LARGEST_VLAN = 4_094;

/** One VLAN or several. Follows parse_vid_range(), systemd 257 and 262. */
const VLANS: Term = {
  form: "a number from 0 to 4094, or a range such as `100-200`",
  read(piece, into) {
    const range = parseNumberRange(piece.text);
    if (!range) return issueAt(piece, "value/number", noValue(piece, "a VLAN or a range such as 100-200"));
    if (range.low > range.high) return issueAt(piece, "value/number", about(piece, "runs backwards"));
    if (range.high > LARGEST_VLAN)
      return issueAt(piece, "value/number", about(piece, `is above the largest VLAN, ${LARGEST_VLAN}`));
    into.token(piece.from, piece.to, "number");
    return undefined;
  },
};

/** A MAC address or an IP address. Follows config_parse_mdb_group_address(), systemd 257 and 262. */
const GROUP: Term = {
  form: "the address of a multicast group, of IPv4, IPv6 or Ethernet",
  read(piece, into) {
    const { text, from, to } = piece;
    if (!(parseHardwareAddress(text, ETHERNET) ?? parseV4(text) ?? parseV6(text)))
      return issueAt(piece, "value/address", noValue(piece, "a MAC or IP address of a multicast group"));
    into.token(from, to, "number");
    return undefined;
  },
};

const ANY_NAME = interfaceName({ 0: ALTERNATIVE_NAME_MAX });

/** The name or the number of an interface. Follows parse_ifindex() and ifname_valid(), systemd 257 and 262. */
const INTERFACE: Term = {
  form: "the name or the number of a network interface",
  read(piece, into) {
    const number = parseInteger(piece.text);
    if (number === undefined || number <= 0n || number > INT_MAX) return ANY_NAME.read(piece, into);
    into.token(piece.from, piece.to, "number");
    return undefined;
  },
};

const TERMINATION: readonly Offer[] = [
  { text: "yes", summary: "Terminates the bus with 120 ohms.", role: "word" },
  { text: "no", summary: "Does not terminate the bus.", role: "word" },
];

/** A web address in ASCII, with C escapes. Follows config_parse_mud_url(), systemd 257 and 262. */
const MUD_URL: Term = {
  form: "an address such as `https://example.com/device.json`",
  read(piece, into) {
    into.token(piece.from, piece.to, "text");
    return escapeIssue(piece) ?? (isWebAddress(piece.text) ? undefined : noWebAddress(piece));
  },
};

const isWebAddress = (text: string): boolean => /^https?:\/\/[\x01-\x7f]+$/.test(text);
const noWebAddress = (piece: Piece) =>
  issueAt(piece, "value/uri", noValue(piece, "an address that begins with https:// or http://"));

/** Value types of [Bridge…] and [CAN] in .network files, systemd 257 and 262. */
export const bridgeTypes = (): Readonly<Record<string, Grammar>> => ({
  bridgeVlanId: single(
    "bridge_vlan_id",
    orTruthValue(termOf(integer({ low: 0n, high: BigInt(LARGEST_VLAN) })), [NO_VLAN]),
    { empty: "unset" },
  ),
  bridgeVlanIdRange: single("bridge_vlan_id_range", VLANS, { empty: "reset" }),
  fdbHwaddr: single("fdb_hwaddr", MAC, { empty: "invalid", code: "value/hardware-address" }),
  fdbDestination: single("fdb_destination", address({ family: "both" }), { empty: "invalid", code: "value/address" }),
  fdbInterface: single("fdb_interface", INTERFACE, { empty: "unset" }),
  mudUrl: single("mud_url", MUD_URL, { empty: "unset" }),
  mdbGroupAddress: single("mdb_group_address", GROUP, { empty: "invalid", code: "value/address" }),
  canTermination: single("can_termination", orTruthValue(termOf(UINT16), TERMINATION, true), { empty: "unset" }),
});
