import { single } from "../../combine.ts";
import type { Grammar, HoverTopic, Issue, Offer, Piece, Replacement } from "../../grammar.ts";
import { LONG_MAX, ULONG_MAX } from "../../number.ts";
import { part } from "../../piece.ts";
import { parseSize, type SizeError } from "../../size.ts";
import { about, noValue, unknown } from "../../wording.ts";
import { doubted } from "./doubt.ts";
import { integer } from "./integers.ts";
import { INFINITY, markParts, missingNumber, orWord, type Quantity, termOf, unitSlots, within } from "./quantity.ts";
import { share } from "./shares.ts";

const CODE = "value/size";

const suffixes = (base: 1000 | 1024): readonly Offer[] =>
  (["K", "M", "G", "T"] as const).map((text, i) => ({
    text,
    summary: base === 1024 ? `1024^${i + 1} of them.` : `1000^${i + 1} of them.`,
    role: "unit",
  }));

interface SizeOptions {
  readonly base?: 1000 | 1024;
  readonly form: string;
  /** What a hover says of a number; its bytes where missing. */
  readonly topic?: (bytes: bigint) => HoverTopic;
}

const bytesTopic = (bytes: bigint): HoverTopic => ({ kind: "size", bytes: Number(bytes) });

/** A number with a suffix such as M. Follows parse_size(), systemd 257 and 262. */
export function size({ base = 1024, form, topic = bytesTopic }: SizeOptions): Quantity {
  const offers = suffixes(base);
  return {
    form,
    measure(piece, into) {
      const read = parseSize(piece.text, base);
      const { parts } = read;
      if ("error" in read) {
        markParts(piece, parts, into);
        unitSlots(piece, parts, into, () => offers, read.error === "suffix" ? read : undefined);
        return troubleOf(read, piece, form);
      }
      markParts(piece, parts, into, () => topic(read.bytes));
      unitSlots(piece, parts, into, () => offers);
      return read.bytes;
    },
  };
}

function troubleOf(read: SizeError, piece: Piece, form: string): Issue {
  const at = part(piece, read.from, read.to);
  const { from, to } = at;
  const issue = { from, to, code: CODE } as const;
  switch (read.error) {
    case "suffix":
      return {
        ...issue,
        ...(at.text === "%" ? about(piece, "is a percentage, and only a size is allowed") : unknown(at, "size suffix")),
        fixes: suffixFixes(at),
      };
    case "number":
      return { ...issue, ...missingNumber(at) };
    case "order":
      return { ...issue, ...about(at, "follows a suffix that is not larger") };
    case "negative":
      return { ...issue, ...about(piece, "is negative") };
    case "range":
      return { ...issue, ...about(at, "does not fit into 64 bits") };
    case "value":
      return { ...issue, from: piece.from, to: piece.to, ...noValue(piece, form) };
  }
}

/** systemd knows one capital letter, whatever the base; others write `k`, `KB`, `Ki` or `KiB`. */
function suffixFixes(at: Piece): Replacement[] {
  if (!at.exact) return [];
  const letter = /^([kmgtpe])i?b?(?:ytes?)?$/i.exec(at.text)?.[1]?.toUpperCase();
  const meant = letter ?? (/^(?:b|bytes?)$/i.test(at.text) ? "B" : undefined);
  return meant === undefined ? [] : [{ title: `Change to ${meant}`, from: at.from, to: at.to, text: meant }];
}

/** A quantity that is a percentage where the piece ends in such a sign, and otherwise something else. */
function orShare(quantity: Quantity, of: string): Quantity {
  const percentage = share({ of });
  return {
    form: quantity.form,
    measure(piece, into) {
      if (/[%\u2030\u2031]$/.test(piece.text)) return percentage.measure(piece, into);
      const digits = /^[0-9.]+/.exec(piece.text)?.[0].length;
      if (digits === piece.text.length && piece.exact) into.slot(piece.to, piece.to, () => [PERCENT]);
      return quantity.measure(piece, into);
    },
  };
}

const PERCENT: Offer = { text: "%", summary: "A percentage of the total.", role: "unit" };
const MEMORY = "a size to the base of 1024, a percentage of the memory, or `infinity`";
const MEMORY_SIZE = within(orShare(size({ form: MEMORY }), "the machine's memory"), { high: ULONG_MAX - 1n }, CODE);
const MEMORY_LIMIT = within(orWord(MEMORY_SIZE, INFINITY), { low: 1n }, CODE, (piece) =>
  noValue(piece, "a size above 0"),
);
const TASKS = orShare(
  integer({
    low: 1n,
    high: ULONG_MAX - 1n,
    form: "a whole number, a percentage of the machine's tasks, or `infinity`",
  }),
  "the machine's task limit",
);
const IEC = "a size in bytes, or with K, M, G, T, P or E to the base of 1024";

/** The smallest memory that a process can be given. */
const PAGE = 4096n;

/** A limit below a page, in which nothing runs. */
function tooSmall(value: Piece): Issue | undefined {
  const read = parseSize(value.text, 1024);
  if ("error" in read || read.bytes >= PAGE || !/^[0-9]+$/.test(value.text)) return undefined;
  const { from, to, text } = value;
  const fixes = [{ title: `Change to ${text}M`, from: to, to, text: "M" }];
  return { from, to, code: CODE, ...about(value, "is in bytes and less than one memory page"), fixes };
}

const sized = (routine: string, quantity: Quantity, empty: Grammar["empty"] = "unset"): Grammar =>
  single(routine, termOf(quantity), { empty, ...(empty === "invalid" ? { code: CODE } : {}) });

/** Sizes, and what may be a share of something. */
export const SIZES = {
  iecSize: sized("iec_size", size({ form: IEC }), "invalid"),
  iecSizeLong: sized("iec_size_long", within(size({ form: IEC }), { high: LONG_MAX }, CODE), "invalid"),
  /** A limit of memory that may not be nothing. */
  memoryLimit: doubted(sized("memory_limit", MEMORY_LIMIT), tooSmall),
  /** A limit of memory that may be 0. */
  memoryLimitOrZero: sized("memory_limit", orWord(MEMORY_SIZE, INFINITY)),
  tasksMax: sized("tasks_max", orWord(TASKS, INFINITY)),
  execQuota: sized(
    "exec_quota",
    orWord(orShare(size({ form: "a size to the base of 1024, a percentage, or `off`" }), "the file system"), {
      text: "off",
      summary: "Sets no quota.",
      amount: "infinity",
    }),
  ),
} as const satisfies Record<string, Grammar>;
