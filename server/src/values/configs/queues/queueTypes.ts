import { list } from "../../combine.ts";
import { switchSet } from "../../enumerations/wordSet.ts";
import type { Grammar } from "../../grammar.ts";
import { termOf, within } from "../../grammars/numbers/quantity.ts";
import { size } from "../../grammars/numbers/sizes.ts";
import { QUANTITIES, UINT8 } from "../general/quantities.ts";
import { atMost } from "../lists.ts";
import type { ConfigGrammars } from "../made.ts";
import {
  alike,
  MAX32,
  type NumberRow,
  numberTypes,
  type SizeRow,
  type SpanRow,
  sizeTypes,
  spanTypes,
} from "../rows.ts";
import { routineName } from "../wordSet.ts";
import { HANDLES } from "./handles.ts";

/** Numbers that may be unset again, as all of a queueing discipline. */
const any32 = [0, MAX32, "unset"] as const;

/** Numbers of packets, bands and queues. */
const NUMBERS: Readonly<Record<string, NumberRow>> = {
  ...alike(
    ["codelU32", "fqCodelU32", "fqU32", "hhfPacketLimit", "htbClassU32", "htbU32", "netemPacketLimit", "pfifoSize"],
    any32,
  ),
  ...alike(["piePacketLimit", "sfbU32"], any32),
  fqPiePacketLimit: [1, MAX32, "unset"],
  cakeFwmark: [1, MAX32, "unset"],
  cakeMpu: [1, 256, "unset"],
  cakeOverhead: [-64, 256, "unset"],
  etsU8: [0, 16, "unset"],
  gredU32: [0, 16, "unset"],
  qfqWeight: [1, 1024, "unset"],
  teqlId: [0, 2 ** 31 - 1, "unset"],
};

/** Sizes in bytes, to the base of 1024, and rates in bits each second, to the base of 1000. */
const SIZES: Readonly<Record<string, SizeRow>> = {
  bfifoSize: [1024, 0, MAX32, "unset"],
  drrSize: [1024, 0, MAX32, "unset"],
  fqCodelSize: [1024, 0, MAX32 - 1, "unset"],
  fqSize: [1024, 0, MAX32, "unset"],
  qfqMaxPacket: [1024, 512, 65_536, "unset"],
  tbfSize: [1024, 0, undefined, "unset"],
  cakeBandwidth: [1000, 0, undefined, "unset"],
  // The kernel has 32 bits for the bytes each second.
  fqMaxRate: [1000, 0, MAX32 * 8 + 7, "unset"],
  htbClassRate: [1000, 0, undefined, "unset"],
  tbfRate: [1000, 0, undefined, "unset"],
};

const MICROSECOND = 1_000;

const SPANS: Readonly<Record<string, SpanRow>> = {
  cakeRtt: ["s", MICROSECOND, MAX32 * MICROSECOND, "unset"],
  codelUsec: ["s", 0, undefined, "unset"],
  fqCodelUsec: ["s", 0, undefined, "unset"],
  fqUsec: ["s", 0, MAX32 * MICROSECOND, "unset"],
  netemDelay: ["s", 0, undefined, "unset"],
  sfqPerturbPeriod: ["s", 0, undefined, "unset"],
  tbfLatency: ["s", 0, undefined, "unset"],
};

const QUANTUM = within(
  size({ form: "a size of at least 1 byte, also with K, M or G to the base of 1024" }),
  { low: 1n, high: BigInt(MAX32) },
  "value/size",
);

/** A share that may be unset again. */
const { missing: _, ...SHARE } = QUANTITIES.permille;

/** How many priorities the kernel has, and how many bands. */
const PRIORITIES = 16;

const SWITCH = { yes: "Switches it on.", no: "Switches it off." };
const SWITCHES = ["codelBool", "fqBool", "fqCodelBool", "gredBool"] as const;

/** What routines were called before they had the names that tc(8) uses. */
const FORMER: Readonly<Record<string, string>> = {
  codel: "controlledDelay",
  fqCodel: "fairQueueingControlledDelay",
  fq: "fairQueueing",
  gred: "genericRandomEarlyDetection",
  hhf: "heavyHitterFilter",
  htb: "hierarchyTokenBucket",
  netem: "networkEmulator",
  qfq: "quickFairQueueing",
  sfb: "stochasticFairBlue",
  sfq: "stochasticFairnessQueueing",
  tbf: "tokenBucketFilter",
  teql: "trivialLinkEqualizer",
};

/** The same value types under the names of the routines of systemd 257 too, which read the same. */
function underFormerNames(types: ConfigGrammars): ConfigGrammars {
  const all: Record<string, ConfigGrammars[string]> = { ...types };
  for (const [name, type] of Object.entries(types)) {
    const short = Object.keys(FORMER).find((it) => name.startsWith(it));
    if (short !== undefined) all[`${FORMER[short]}${name.slice(short.length)}`] = type;
  }
  return all;
}

/** Value types of queueing disciplines and their classes, systemd 257 and 262. */
export const queueTypes = (): ConfigGrammars =>
  underFormerNames({
    ...numberTypes(NUMBERS),
    ...sizeTypes(SIZES),
    ...spanTypes(SPANS),
    ...HANDLES,
    ...Object.fromEntries(SWITCHES.map((it) => [it, switchSet(routineName(it), SWITCH, { empty: "unset" })])),
    htbClassSize: (argument) => {
      const high = argument === "overhead" ? 65_535 : MAX32;
      return sizeTypes({ htbClassSize: [1024, 0, high, "unset"] }).htbClassSize as Grammar;
    },
    netemRate: { ...SHARE, routine: "config_parse_netem_rate", empty: "unset" },
    etsQuanta: atMost(
      PRIORITIES,
      list("ets_quanta", termOf(QUANTUM), {
        form: "a list of up to 16 sizes, also with K, M or G to the base of 1024",
        splitting: "plain",
        empty: "reset",
        effect: "word",
      }),
    ),
    etsPrio: atMost(
      PRIORITIES,
      list("ets_prio", termOf(UINT8), {
        form: "a list of up to 16 numbers of bands",
        splitting: "plain",
        empty: "reset",
        effect: "word",
      }),
    ),
  });
