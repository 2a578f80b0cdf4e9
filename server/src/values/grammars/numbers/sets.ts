import { holdsIn, type PerVersion, valueIn } from "../../../facts/version.ts";
import { list, readWords } from "../../combine.ts";
import { CPU_MAX, type NumberRange, parseNumberRange } from "../../cpuSet.ts";
import { expand, isTrouble, type Specifiers } from "../../expand.ts";
import {
  type Effect,
  type Grammar,
  type Piece,
  quoted,
  type Reader,
  type Term,
  type Topic,
  type Trouble,
  type Where,
} from "../../grammar.ts";
import { UINT_MAX } from "../../number.ts";
import { change, type FixedWord, oneOf } from "../../oneOf.ts";

const CODE = "value/cpu-set";

interface SetOptions {
  readonly form: string;
  /** What is counted: `processor`. */
  readonly what: string;
  /** A word that may stand in the place of the whole set. */
  readonly word?: FixedWord;
  readonly specifiers: (where: Where) => Specifiers;
}

/** What follows from a bad word. */
const EFFECT: PerVersion<Effect> = { 0: "assignment", 258: "word" };

/** Until when systemd counts up to the number behind the last one of a range, which there is none for the largest. */
const COUNTS_BEHIND = { until: 258 };

/** A set of numbers. Follows parse_cpu_set(), systemd 257, and config_parse_cpu_set(), systemd 262. */
function numberSet(routine: string, { form, what, word, specifiers }: SetOptions): Grammar {
  return {
    kind: "grammar",
    routine: `config_parse_${routine}`,
    form,
    empty: "reset",
    read(value, into) {
      const { text } = value;
      if (word) into.slot(value.from, value.to, () => [{ ...word, role: "word" }]);
      if (word && text === word.text) {
        const topic = () => ({ kind: "prose", title: `\`${text}\``, text: word.summary ?? "" }) as const;
        into.token(value.from, value.to, "word", topic);
        return;
      }
      const resolved = expand(value, specifiers(into.where), into);
      if (isTrouble(resolved)) return into.problem(resolved, "assignment");
      const effect = valueIn(EFFECT, into.where.version);
      const reader: Reader = resolved.certain ? into : { ...into, problem: () => undefined };
      readWords({ ...resolved, text: withoutCommas(resolved.text) }, "quotes", reader, {
        item: (piece, inner) => {
          const range = parseNumberRange(piece.text);
          if (!range || range.low <= range.high) return readRange(piece, range, what, inner);
          reader.problem(backwards(piece, range), "word");
          return undefined;
        },
        effect,
        broken: "assignment",
        gap: NUMBER,
      });
    },
  };
}

/** Commas part words as blanks do, but not between quotes. */
function withoutCommas(text: string): string {
  if (!text.includes(",")) return text;
  if (!/["'\\]/.test(text)) return text.replaceAll(",", " ");
  return text.replace(/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\\.|,/gs, (it) => (it === "," ? " " : it));
}

function readRange(piece: Piece, range: NumberRange | undefined, what: string, into: Reader): Trouble | undefined {
  const { from, to } = piece;
  if (!range)
    return { from, to, code: CODE, says: `has ${quoted(piece)}, which is no number of a ${what} and no range` };
  const { low, high } = range;
  const nothing = holdsIn(COUNTS_BEHIND, into.where.version) && BigInt(low) === UINT_MAX;
  if (high > CPU_MAX && !nothing)
    return { from, to, code: CODE, says: `has ${quoted(piece)}, but the largest number of a ${what} is ${CPU_MAX}` };
  if (low === high || !piece.exact) into.token(from, to, "number");
  else markRange(piece, range, into);
  return undefined;
}

function markRange({ from, to, text }: Piece, { low, high }: NumberRange, into: Reader): void {
  const dash = from + text.indexOf("-");
  const topic = (): Topic => ({
    kind: "prose",
    title: `\`${text}\``,
    text: `The numbers from ${low} to ${high}, ${high - low + 1} in all.`,
  });
  into.token(from, dash, "number", topic);
  into.token(dash, dash + 1, "operator", topic);
  into.token(dash + 1, to, "number", topic);
}

function backwards(piece: Piece, { low, high }: NumberRange): Trouble {
  const { from, to } = piece;
  const says = `has the range ${quoted(piece)}, which runs backwards`;
  return { from, to, code: CODE, says, fixes: [change(piece, `${high}-${low}`)] };
}

/** Numbers are not offered. */
const NUMBER: Term = { form: "a number or a range such as `0-3`", read: () => undefined };

const KINDS: readonly FixedWord[] = [
  { text: "private-anonymous", summary: "Memory of the process alone that no file stands behind." },
  { text: "shared-anonymous", summary: "Shared memory that no file stands behind." },
  { text: "private-file-backed", summary: "Mapped files whose changes the process keeps to itself." },
  { text: "shared-file-backed", summary: "Mapped files whose changes others see." },
  { text: "elf-headers", summary: "The first page of each mapped ELF file, by which a debugger finds its symbols." },
  { text: "private-huge", summary: "Huge pages of the process alone." },
  { text: "shared-huge", summary: "Huge pages that are shared." },
  { text: "private-dax", summary: "Files on memory devices, mapped for the process alone." },
  { text: "shared-dax", summary: "Files on memory devices, mapped with others." },
  {
    text: "default",
    summary: "What the kernel dumps of itself: anonymous memory, ELF headers and private huge pages.",
  },
  { text: "all", summary: "Every kind of memory." },
];

const KIND = oneOf(KINDS, {
  code: "value/coredump-filter",
  what: "a kind of memory",
  form: "a kind of memory such as `elf-headers`",
});

/** A kind of memory, or a mask of several. Follows safe_atoux64(), systemd 257 and 262. */
const KIND_OR_MASK: Term = {
  form: KIND.form,
  read(piece, into) {
    if (!isMask(piece.text)) return KIND.read(piece, into);
    if (into.cursor !== undefined) KIND.read(piece, { ...into, token: () => undefined });
    into.token(piece.from, piece.to, "number");
    return undefined;
  },
};

function isMask(text: string): boolean {
  const [, sign, digits] = /^([+-]?)(?:0x)?0*(|[1-9a-f][0-9a-f]*)$/i.exec(text) ?? [];
  if (digits === undefined || digits.length > 16 || !/[0-9a-f]$/i.test(text)) return false;
  return sign !== "-" || digits === "";
}

const PROCESSORS = "a list of processors and ranges such as `0-3`";

/** Sets of processors and memory nodes, and of kinds of memory. */
export const SETS = {
  execCpuAffinity: numberSet("exec_cpu_affinity", {
    form: `${PROCESSORS}, or \`numa\``,
    what: "processor",
    word: { text: "numa", summary: "The processors of the memory nodes in `NUMAMask=`." },
    specifiers: () => "full",
  }),
  numaMask: numberSet("numa_mask", {
    form: "a list of memory nodes and ranges such as `0-3`, or `all`",
    what: "memory node",
    word: { text: "all", summary: "Every memory node of the machine." },
    specifiers: ({ version }) => valueIn({ 0: "none", 258: "full" }, version),
  }),
  unitCpuSet: numberSet("unit_cpu_set", {
    form: "a list of numbers and ranges such as `0-3`",
    what: "processor or memory node",
    specifiers: () => "full",
  }),
  execCoredumpFilter: list("exec_coredump_filter", KIND_OR_MASK, {
    form: "a list of kinds of memory, `default`, `all`, or a hexadecimal mask",
    splitting: "plain",
    empty: "unset",
    effect: "assignment",
    broken: "assignment",
    same: (word) => word,
  }),
} as const satisfies Record<string, Grammar>;
