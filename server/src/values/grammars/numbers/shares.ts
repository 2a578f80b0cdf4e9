import { single } from "../../combine.ts";
import type { Grammar, Offer, Piece, Replacement, Wording } from "../../grammar.ts";
import { parsePermyriad } from "../../percentage.ts";
import { wordTopic } from "../../piece.ts";
import { noValue } from "../../wording.ts";
import { type Quantity, termOf, within } from "./quantity.ts";

const CODE = "value/percentage";
const FORM = "a percentage such as `50%`";

/** What a percentage is of, and how far it goes. */
interface Share {
  readonly of: string;
  /** Whether it may be more than all. */
  readonly unbounded?: true;
  readonly form?: string;
}

const PERCENT: Offer = { text: "%", summary: "Percent.", role: "unit" };

/** A percentage, measured in hundredths of a percent. Follows parse_permyriad(), systemd 257 and 262. */
export function share({ of, unbounded, form = FORM }: Share): Quantity {
  return {
    form,
    measure(piece, into) {
      const { from, to, text } = piece;
      const open = /^[0-9]+(?:\.[0-9]*)?/.exec(text)?.[0].length;
      if (open !== undefined && piece.exact) into.slot(from + open, to, () => [PERCENT]);
      const permyriad = parsePermyriad(text);
      if (permyriad === undefined) return { from, to, code: CODE, ...misread(piece, form), fixes: fixes(piece) };
      if (!unbounded && permyriad > 10_000) return { from, to, code: CODE, ...noValue(piece, "at most 100%") };
      const topic = wordTopic(text, meaning(permyriad, of));
      if (piece.exact) into.token(from, to - 1, "number", topic);
      into.token(piece.exact ? to - 1 : from, to, "unit", topic);
      return BigInt(permyriad);
    },
  };
}

const meaning = (permyriad: number, of: string): string => `${permyriad / 100}% of ${of}.`;

function misread(piece: Piece, form: string): Wording {
  if (/^[0-9]+\.[0-9]{3,}%$/.test(piece.text)) return noValue(piece, "a percentage with at most two decimals");
  return noValue(piece, form);
}

function fixes({ from, to, text }: Piece): Replacement[] {
  const number = /^([0-9]+(?:\.[0-9]{1,2})?)\s*%?$/.exec(text)?.[1];
  return number === undefined ? [] : [{ title: `Change to ${number}%`, from, to, text: `${number}%` }];
}

const CPU_FORM = "a percentage of one CPU such as `50%`, which may be more than 100%";

/** Percentages. */
export const SHARE_GRAMMARS = {
  cpuQuota: single(
    "cpu_quota",
    termOf(
      within(share({ of: "the time of one CPU", unbounded: true, form: CPU_FORM }), { low: 1n }, CODE, (piece) =>
        noValue(piece, "a percentage above 0%"),
      ),
    ),
    { empty: "unset" },
  ),
  managedOomMemPressureLimit: single(
    "managed_oom_mem_pressure_limit",
    termOf(share({ of: "the time in which tasks wait for memory" })),
    { empty: "unset" },
  ),
} as const satisfies Record<string, Grammar>;
