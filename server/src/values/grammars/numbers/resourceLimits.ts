import { single } from "../../combine.ts";
import type { Grammar, HoverTopic, Issue, Piece, Reader, Term } from "../../grammar.ts";
import { parseInteger, ULONG_MAX } from "../../number.ts";
import { colourless, part, wordTopic } from "../../piece.ts";
import { about, noValue } from "../../wording.ts";
import { integer, LIMIT_COUNT } from "./integers.ts";
import { type Amount, INFINITY, isAmount, orWord, type Quantity, within } from "./quantity.ts";
import { size } from "./sizes.ts";
import { timeSpan } from "./times.ts";

const CODE = "value/resource-limit";

interface Limit {
  readonly quantity: Quantity;
  /** For a reader, the whole value. */
  readonly form: string;
  /** The limit as the kernel gets it. */
  readonly counted?: (amount: bigint) => bigint;
}

/** One limit, or a soft and a hard one. Follows rlimit_parse(), systemd 257 and 262. */
function resourceLimit({ quantity, form, counted = (amount) => amount }: Limit): Grammar {
  const above = (soft: Amount, hard: Amount): boolean =>
    hard !== "infinity" && (soft === "infinity" || counted(soft) > counted(hard));
  const term: Term = {
    form,
    read(value, into) {
      const [soft, hard, rest] = fields(value);
      const first = quantity.measure(soft, into);
      if (!isAmount(first)) return first;
      if (!hard) return undefined;
      into.token(hard.from - 1, hard.from, "operator", COLON);
      const second = hard.text === "" ? noHardLimit(hard, quantity, into) : quantity.measure(hard, into);
      if (!isAmount(second)) return second;
      if (rest && rest.text !== "")
        return {
          from: rest.from - 1,
          to: rest.to,
          code: CODE,
          ...about(rest, "is one limit too many"),
          allowed: "a soft and a hard limit",
        };
      return above(first, second) ? aboveHard(value, soft, hard) : undefined;
    },
  };
  return single("rlimit", term, { empty: "invalid", code: CODE, form });
}

const COLON = wordTopic(":", "The soft limit comes before it; a process may raise it up to the hard limit after it.");

/** The fields between colons: the first two, and what is left. A backslash takes the next character as it is. */
function fields(value: Piece): readonly [Piece, Piece?, Piece?] {
  const colons: number[] = [];
  for (let at = 0; at < value.text.length && colons.length < 2; at++) {
    const char = value.text.charAt(at);
    if (char === "\\") at++;
    else if (char === ":") colons.push(at);
  }
  const [first, second] = colons;
  if (first === undefined) return [plain(value)];
  const soft = plain(part(value, 0, first));
  const hard = plain(part(value, first + 1, second));
  return second === undefined ? [soft, hard] : [soft, hard, part(value, second + 1)];
}

const plain = (piece: Piece): Piece =>
  piece.text.includes("\\") ? { ...piece, text: piece.text.replace(/\\(.)/gsu, "$1"), exact: false } : piece;

function noHardLimit(hard: Piece, quantity: Quantity, into: Reader): Issue {
  quantity.measure(hard, into);
  return { from: hard.from - 1, to: hard.to, code: CODE, message: "needs a hard limit after the colon" };
}

function aboveHard({ from, to }: Piece, soft: Piece, hard: Piece): Issue {
  const text = `${hard.text.trim()}:${soft.text.trim()}`;
  const fixes = soft.exact && hard.exact ? [{ title: `Change to ${text}`, from, to, text }] : [];
  return { from, to, code: CODE, ...about(soft, "is a soft limit above the hard one"), fixes };
}

const NICE_FORM = "a nice level with its sign, or a number from 0 to 40";
const RAW_NICE = integer({ low: 0n, high: 40n, form: NICE_FORM });

/** What a process may lower its nice level to; the kernel counts it downwards from 20. Follows rlimit_parse_nice(). */
const NICE: Quantity = {
  form: NICE_FORM,
  measure(piece, into) {
    const { from, to, text } = piece;
    const sign = text.charAt(0);
    if (sign !== "+" && sign !== "-") {
      const raw = RAW_NICE.measure(piece, colourless(into));
      if (isAmount(raw)) into.token(from, to, "number", () => niceTopic(text, raw));
      return raw;
    }
    const level = parseInteger(text.slice(1));
    if (level === undefined) return { from, to, code: "value/number", ...noValue(piece, NICE_FORM) };
    if (level < 0n || level > (sign === "+" ? 19n : 20n))
      return { from, to, code: "value/number", ...noValue(piece, "a nice level from -20 to +19") };
    const raw = sign === "+" ? 20n - level : 20n + level;
    into.token(from, to, "number", () => niceTopic(text, raw));
    return raw;
  },
};

function niceTopic(text: string, raw: Amount): HoverTopic {
  const level = 20 - Number(raw);
  const means =
    level === 20 ? "The processes may not lower their nice level." : `The nice level may go down to ${level}.`;
  return wordTopic(text, means)();
}

const NANOSECONDS_OF_SECOND = 1_000_000_000n;
const pair = (form: string): string => `${form}, \`infinity\`, or a soft and a hard one separated by \`:\``;

/** Limit*=, by what the limit counts. */
export const RESOURCE_LIMITS = {
  rlimitSize: resourceLimit({
    quantity: orWord(
      within(size({ form: "a size to the base of 1024, or `infinity`" }), { high: ULONG_MAX - 1n }, "value/size"),
      INFINITY,
    ),
    form: pair("a size to the base of 1024"),
  }),
  rlimitSeconds: resourceLimit({
    quantity: orWord(timeSpan("a time span in seconds or with units, or `infinity`"), INFINITY),
    form: pair("a time span in seconds or with units"),
    counted: (nanoseconds) => (nanoseconds + NANOSECONDS_OF_SECOND - 1n) / NANOSECONDS_OF_SECOND,
  }),
  rlimitMicroseconds: resourceLimit({
    quantity: orWord(timeSpan("a time span in microseconds or with units, or `infinity`", "us"), INFINITY),
    form: pair("a time span in microseconds or with units"),
  }),
  /** Takes no `infinity`. */
  rlimitNice: resourceLimit({ quantity: NICE, form: `${NICE_FORM}, or two of them separated by \`:\`` }),
  rlimitCount: resourceLimit({ quantity: orWord(LIMIT_COUNT, INFINITY), form: pair("a number") }),
} as const satisfies Record<string, Grammar>;
