import { splitWords } from "../../../syntax/words.ts";
import { grammar, wordPiece } from "../../combine.ts";
import { expand, isIssue } from "../../expand.ts";
import type { Grammar, HoverTopic, Issue, Piece, Reader, Wording } from "../../grammar.ts";
import { part, wordTopic } from "../../piece.ts";
import { about, noValue } from "../../wording.ts";
import { integer } from "./integers.ts";
import { INFINITY, isAmount, orWord, type Quantity, within } from "./quantity.ts";
import { size } from "./sizes.ts";
import { timeSpan } from "./times.ts";

const CODE = "value/io-device";
const LONGEST = 4096;

/** A path and an amount after it, such as `/dev/sda 10M`. Follows config_parse_io_limit() and similar routines, systemd 257 and 262. */
function deviceLimit(routine: string, quantity: Quantity): Grammar {
  const form = `a path and ${quantity.form}`;
  return grammar(routine, form, "reset", (value, into) => {
    const { words, error } = splitWords(value.text, "quotes");
    const [word] = words;
    if (!word) {
      into.slot(value.from, value.to, () => [], { kind: "paths" });
      if (error) into.problem(broken(value), "assignment");
      return;
    }
    const path = wordPiece(value, word);
    const blanks = /^\s*/.exec(value.text.slice(word.to))?.[0].length ?? 0;
    const amount = part(value, word.to + blanks);
    into.slot(path.from, path.to, () => [], { kind: "paths" });
    if (amount.text === "") {
      if (blanks > 0) quantity.measure(amount, { ...into, token: () => undefined, problem: () => undefined });
      into.problem({ from: value.from, to: value.to, code: CODE, ...noValue(value, form) }, "assignment");
      return;
    }
    const issue = readPath(path, into) ?? troubleIn(quantity, amount, into);
    if (issue) into.problem(issue, "assignment");
  });
}

const broken = ({ from, to }: Piece): Issue => ({
  from,
  to,
  code: "value/quoting",
  message: "has a quote that is not closed, or ends in a backslash",
});

function troubleIn(quantity: Quantity, piece: Piece, into: Reader): Issue | undefined {
  const amount = quantity.measure(piece, into);
  return isAmount(amount) ? undefined : amount;
}

/** A path of any kind, of which only `..` and its length count. */
function readPath(piece: Piece, into: Reader): Issue | undefined {
  const resolved = expand(piece, "full", into);
  if (isIssue(resolved)) return resolved;
  const { from, to } = piece;
  into.token(from, to, "path");
  if (!resolved.certain) return undefined;
  if (resolved.text === "" || resolved.text.length >= LONGEST)
    return { from, to, code: CODE, ...about(resolved, "is empty or too long for a path") };
  if (resolved.text.split("/").includes(".."))
    return { from, to, code: CODE, ...about(resolved, 'has "..", which is not allowed in a path') };
  return undefined;
}

const perSecond =
  (what: string) =>
  (amount: bigint): HoverTopic =>
    wordTopic(`${amount}`, amount === 1n ? `One ${what} in each second.` : `${amount} ${what}s in each second.`)();

const bandwidth = (form: string): Quantity => size({ base: 1000, form, topic: perSecond("byte") });
const ABOVE_ZERO = { low: 1n };
const NOT_ZERO = (piece: Piece): Wording => noValue(piece, "a limit above 0");
const LIMIT = "a size to the base of 1000, or `infinity`";
const COUNT = "a number, optionally with K or M to the base of 1000, or `infinity`";

/** Limits of one device each. */
export const DEVICE_LIMITS = {
  ioLimit: deviceLimit("io_limit", within(orWord(bandwidth(LIMIT), INFINITY), ABOVE_ZERO, CODE, NOT_ZERO)),
  /** The same routine, but what it counts are operations. */
  ioOperationsLimit: deviceLimit(
    "io_limit",
    within(
      orWord(size({ base: 1000, form: COUNT, topic: perSecond("operation") }), INFINITY),
      ABOVE_ZERO,
      CODE,
      NOT_ZERO,
    ),
  ),
  ioDeviceWeight: deviceLimit("io_device_weight", integer({ low: 1n, high: 10_000n })),
  ioDeviceLatency: deviceLimit("io_device_latency", timeSpan("a time span in seconds or with units")),
  blockioBandwidth: deviceLimit(
    "blockio_bandwidth",
    within(bandwidth("a size to the base of 1000"), ABOVE_ZERO, CODE, NOT_ZERO),
  ),
  blockioDeviceWeight: deviceLimit("blockio_device_weight", integer({ low: 10n, high: 1_000n })),
} as const satisfies Record<string, Grammar>;
