import { single } from "../../combine.ts";
import type { Grammar, Issue } from "../../grammar.ts";
import { integer } from "../../grammars/numbers/integers.ts";
import { INFINITY, orWord, type Quantity, termOf } from "../../grammars/numbers/quantity.ts";
import { numberSet } from "../../grammars/numbers/sets.ts";
import { share } from "../../grammars/numbers/shares.ts";
import { size } from "../../grammars/numbers/sizes.ts";
import { timeSpan } from "../../grammars/numbers/times.ts";
import { INT_MAX, UINT_MAX, ULONG_MAX } from "../../number.ts";
import { parsePermyriad } from "../../percentage.ts";
import { noValue } from "../../wording.ts";

/** The grammar of an amount, which is read without a doubt of what systemd takes; `code` is that of a missing value. */
export const amount = (
  routine: string,
  quantity: Quantity,
  empty: Grammar["empty"] = "invalid",
  code: Issue["code"] = "value/number",
): Grammar => single(routine, termOf(quantity), { empty, ...(empty === "invalid" ? { code } : {}) });

/** Whole numbers of 0 or more up to a number of bits. */
export const UINT8 = integer({ low: 0n, high: 255n });
export const UINT16 = integer({ low: 0n, high: 65_535n });
export const INT32 = integer({ low: -INT_MAX - 1n, high: INT_MAX, form: "a whole number" });

const IEC = size({ form: "a size in bytes, or with K, M, G, T, P or E to the base of 1024" });
const SPAN = "a time span in seconds or with units, such as `1min 30s`, or `infinity`";

/** A time span, for which `infinity` stands too. */
export const SPAN_OR_INFINITY: Quantity = orWord(timeSpan(SPAN), {
  ...INFINITY,
  summary: "A time span that never ends.",
});

/** Thousandths: like a percentage, with one digit after the point. Follows parse_permille(), systemd 257 and 262. */
const PERMILLE: Quantity = {
  form: "a percentage such as `87.5%`, or thousandths with `‰`",
  measure(piece, into) {
    const permyriad = parsePermyriad(piece.text);
    if (permyriad !== undefined && permyriad % 10 === 0 && !/\.[0-9]{2}%$|\.[0-9]+\u2030$|\u2031$/.test(piece.text))
      return share({ of: "the whole" }).measure(piece, into);
    const { from, to } = piece;
    return { from, to, code: "value/percentage", ...noValue(piece, this.form) };
  },
};

/** Numbers, sizes, time spans and shares. */
export const QUANTITIES = {
  uint64: amount("uint64", integer({ low: 0n, high: ULONG_MAX, form: "a whole number of 0 or more" })),
  int32: amount("int32", INT32),
  int: amount("int", INT32),
  iecUint64: amount("iec_uint64", IEC, "invalid", "value/size"),
  iecUint64Infinity: amount("iec_uint64_infinity", orWord(IEC, INFINITY), "invalid", "value/size"),
  siUint64: amount(
    "si_uint64",
    size({ base: 1000, form: "a number, or one with K, M, G, T, P or E to the base of 1000" }),
    "invalid",
    "value/size",
  ),
  sec: amount("sec", SPAN_OR_INFINITY, "invalid", "value/time-span"),
  permille: amount("permille", PERMILLE, "invalid", "value/percentage"),
  permyriad: amount("permyriad", share({ of: "the whole" }), "invalid", "value/percentage"),
  loadavg: amount("loadavg", share({ of: "the time" }), "invalid", "value/percentage"),
  oomScoreAdjust: amount(
    "oom_score_adjust",
    integer({ low: -1_000n, high: 1_000n, form: "a whole number from -1000, which is never killed, to 1000" }),
    "unset",
  ),
  ipPort: amount("ip_port", integer({ low: 1n, high: 65_535n, form: "a port from 1 to 65535" }), "unset"),
  cpuSet: numberSet("cpu_set", {
    form: "a list of CPUs and ranges such as `0-3`",
    what: "CPU",
    specifiers: () => "none",
  }),
} as const satisfies Record<string, Grammar>;

const MTUS: Readonly<Record<string, bigint>> = { inet: 68n, inet6: 1280n };

/** The largest size of a packet, as the family of addresses has its smallest. Follows parse_mtu(), systemd 257 and 262. */
export function mtu(family: string): Grammar {
  const low = MTUS[family] ?? 0n;
  const form = `a number of bytes${low > 0n ? ` of at least ${low}` : ""}, also with K, M or G to the base of 1024`;
  const bytes = size({ form });
  return amount(
    "mtu",
    {
      form,
      measure(piece, into) {
        const it = bytes.measure(piece, into);
        if (typeof it !== "bigint" || (it >= low && it <= UINT_MAX)) return it;
        const { from, to } = piece;
        const wording = noValue(piece, it < low ? `at least ${low} bytes` : `at most ${UINT_MAX} bytes`);
        return { from, to, code: "value/size", ...wording };
      },
    },
    "invalid",
    "value/size",
  );
}
