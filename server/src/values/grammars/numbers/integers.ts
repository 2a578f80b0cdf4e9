import { single } from "../../combine.ts";
import type { Grammar, Issue, Piece, Replacement } from "../../grammar.ts";
import { INT_MAX, LONG_MAX, parseInteger, UINT_MAX, ULONG_MAX } from "../../number.ts";
import { wordTopic } from "../../piece.ts";
import { about, noValue } from "../../wording.ts";
import { doubted } from "./doubt.ts";
import { INFINITY, orWord, type Quantity, termOf } from "./quantity.ts";

const CODE = "value/number";

interface IntegerOptions {
  readonly low: bigint;
  readonly high: bigint;
  /** For a reader; the bounds where missing. */
  readonly form?: string;
}

/** A whole number within bounds. Follows safe_atoi(), safe_atou() and their 64-bit kin, systemd 257 and 262. */
export function integer({ low, high, form = `a whole number from ${low} to ${high}` }: IntegerOptions): Quantity {
  return {
    form,
    measure(piece, into) {
      const { from, to, text } = piece;
      const number = parseInteger(text);
      if (number === undefined) return { from, to, code: CODE, ...noValue(piece, form), fixes: decimal(piece) };
      if (number < low || number > high) return { from, to, code: CODE, ...noValue(piece, bounded(form, low, high)) };
      const plain = text === number.toString();
      into.token(from, to, "number", plain ? undefined : wordTopic(text, `The number ${number}.`));
      return number;
    },
  };
}

/** A form that names both bounds. */
const bounded = (form: string, low: bigint, high: bigint): string =>
  form.includes(`${low}`) && form.includes(`${high}`) ? form : `a whole number from ${low} to ${high}`;

/** What looks decimal, but has a zero in front, so that it is read as octal. */
function decimal({ from, to, text }: Piece): Replacement[] {
  const digits = /^0+([1-9][0-9]*)$/.exec(text)?.[1];
  return digits === undefined ? [] : [{ title: `Change to ${digits}`, from, to, text: digits }];
}

/** A number that is octal for a zero in front of it and means another one than its digits. */
export function octalByAccident(piece: Piece): Issue | undefined {
  const fixes = decimal(piece);
  const number = parseInteger(piece.text);
  const [fix] = fixes;
  if (!fix || number === undefined || fix.text === number.toString()) return undefined;
  const { from, to, text } = piece;
  return { from, to, code: CODE, ...about(text, "is octal"), consequence: `the leading 0 makes it ${number}`, fixes };
}

const number = (routine: string, quantity: Quantity, empty: Grammar["empty"] = "unset"): Grammar =>
  doubted(
    single(routine, termOf(quantity), { empty, ...(empty === "invalid" ? { code: CODE } : {}) }),
    octalByAccident,
  );

const UNSIGNED = { low: 0n, high: UINT_MAX, form: "a whole number of 0 or more" };
const CONCURRENCY = integer({ ...UNSIGNED, form: "a whole number, or `infinity`" });
const CPU_WEIGHT = integer({ low: 1n, high: 10_000n, form: "a whole number from 1 to 10000, or `idle`" });

/** Whole numbers. */
export const INTEGERS = {
  int: number("int", integer({ low: -INT_MAX - 1n, high: INT_MAX, form: "a whole number" }), "invalid"),
  long: number("long", integer({ low: -LONG_MAX - 1n, high: LONG_MAX, form: "a whole number" }), "invalid"),
  unsigned: number("unsigned", integer(UNSIGNED), "invalid"),
  concurrencyMax: number("concurrency_max", orWord(CONCURRENCY, INFINITY)),
  exitStatus: number("exit_status", integer({ low: 0n, high: 255n, form: "an exit code from 0 to 255" })),
  ttySize: number("tty_size", integer(UNSIGNED)),
  swapPriority: number("swap_priority", integer({ low: -1n, high: 32_767n })),

  cgWeight: number("cg_weight", integer({ low: 1n, high: 10_000n })),
  cgCpuWeight: number(
    "cg_cpu_weight",
    orWord(CPU_WEIGHT, { text: "idle", summary: "Runs only while the CPUs are otherwise idle.", amount: 0n }),
  ),
  cpuShares: number("cpu_shares", integer({ low: 2n, high: 262_144n })),
  blockioWeight: number("blockio_weight", integer({ low: 10n, high: 1_000n })),

  execNice: number(
    "exec_nice",
    integer({ low: -20n, high: 19n, form: "a whole number from -20, the highest priority, to 19" }),
  ),
  execOomScoreAdjust: number(
    "exec_oom_score_adjust",
    integer({ low: -1_000n, high: 1_000n, form: "a whole number from -1000, which is never killed, to 1000" }),
  ),
  execCpuSchedPrio: number("exec_cpu_sched_prio", integer({ low: 0n, high: 99n }), "invalid"),
  execIoPriority: number(
    "exec_io_priority",
    integer({ low: 0n, high: 7n, form: "a whole number from 0, the highest, to 7" }),
  ),
} as const satisfies Record<string, Grammar>;

/** The number of a limit of the kernel. */
export const LIMIT_COUNT = integer({
  low: 0n,
  high: ULONG_MAX - 1n,
  form: "a whole number of 0 or more, or `infinity`",
});
