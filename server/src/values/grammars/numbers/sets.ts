import { holdsIn, type PerVersion, valueIn } from "../../../facts/version.ts";
import { grammar, list, readWords } from "../../combine.ts";
import { CPU_MAX, type NumberRange, parseNumberRange } from "../../cpuSet.ts";
import { expand, isIssue, type Specifiers } from "../../expand.ts";
import type { Effect, Grammar, Issue, Piece, Reader, Term, Where } from "../../grammar.ts";
import { UINT_MAX } from "../../number.ts";
import { type FixedWord, oneOf, spellAs } from "../../oneOf.ts";
import { colourless, wordTopic } from "../../piece.ts";
import { about } from "../../wording.ts";

const CODE = "value/cpu-set";

interface SetOptions {
  readonly form: string;
  /** What is counted: `processor`. */
  readonly what: string;
  /** A word that may stand instead of the whole set. */
  readonly word?: FixedWord;
  readonly specifiers: (where: Where) => Specifiers;
  /** What follows from a bad word. */
  readonly effect?: PerVersion<Effect>;
}

/** What follows from a bad word, of most sets. */
const EFFECT: PerVersion<Effect> = { 0: "assignment", 258: "word" };

/** Until when systemd counts up to the number after the last one of a range, which there is none for the largest. */
const COUNTS_BEHIND = { until: 258 };

/** A set of numbers. Follows parse_cpu_set(), systemd 257, and config_parse_cpu_set(), systemd 262. */
export function numberSet(
  routine: string,
  { form, what, word, specifiers, effect: effects = EFFECT }: SetOptions,
): Grammar {
  return grammar(routine, form, "reset", (value, into) => {
    const { text } = value;
    const known = word && holdsIn(word, into.where.version) ? word : undefined;
    if (known) into.slot(value.from, value.to, () => [{ ...known, role: "word" }]);
    if (known && text === known.text) {
      into.token(value.from, value.to, "word", wordTopic(text, known.summary ?? ""));
      return undefined;
    }
    const resolved = expand(value, specifiers(into.where), into);
    if (isIssue(resolved)) return resolved;
    const effect = valueIn(effects, into.where.version);
    const reader: Reader = resolved.certain ? into : { ...into, problem: () => undefined };
    return readWords({ ...resolved, text: withoutCommas(resolved.text) }, "quotes", reader, {
      item: (piece, inner) => {
        const range = parseNumberRange(piece.text);
        if (!range || range.low <= range.high) return readRange(piece, range, what, inner);
        reader.problem(backwards(piece, range), "word");
        return undefined;
      },
      effect,
      broken: effect === "refused" ? effect : "assignment",
      gap: NUMBER,
    });
  });
}

/** Commas part words as blanks do, but not between quotes. */
function withoutCommas(text: string): string {
  if (!text.includes(",")) return text;
  if (!/["'\\]/.test(text)) return text.replaceAll(",", " ");
  return text.replace(/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\\.|,/gs, (it) => (it === "," ? " " : it));
}

function readRange(piece: Piece, range: NumberRange | undefined, what: string, into: Reader): Issue | undefined {
  const { from, to } = piece;
  if (!range) return { from, to, code: CODE, ...about(piece, `is neither a ${what} nor a range`) };
  const { low, high } = range;
  const nothing = holdsIn(COUNTS_BEHIND, into.where.version) && BigInt(low) === UINT_MAX;
  if (high > CPU_MAX && !nothing)
    return { from, to, code: CODE, ...about(piece, `is above the largest ${what}, ${CPU_MAX}`) };
  if (low === high || !piece.exact) into.token(from, to, "number");
  else markRange(piece, range, into);
  return undefined;
}

function markRange({ from, to, text }: Piece, { low, high }: NumberRange, into: Reader): void {
  const dash = from + text.indexOf("-");
  const topic = wordTopic(text, `The numbers from ${low} to ${high}, ${high - low + 1} in all.`);
  into.token(from, dash, "number", topic);
  into.token(dash, dash + 1, "operator", topic);
  into.token(dash + 1, to, "number", topic);
}

function backwards(piece: Piece, { low, high }: NumberRange): Issue {
  const { from, to } = piece;
  const wording = about(piece, "runs backwards");
  return { from, to, code: CODE, ...wording, fixes: [spellAs(piece, `${high}-${low}`)] };
}

/** Numbers are not offered. */
const NUMBER: Term = { form: "a number or a range such as `0-3`", read: () => undefined };

const KINDS: readonly FixedWord[] = [
  { text: "private-anonymous", summary: "Private memory that is not backed by a file." },
  { text: "shared-anonymous", summary: "Shared memory that is not backed by a file." },
  { text: "private-file-backed", summary: "Private mappings of files." },
  { text: "shared-file-backed", summary: "Shared mappings of files." },
  { text: "elf-headers", summary: "The first page of each mapped ELF file, by which a debugger finds the symbols." },
  { text: "private-huge", summary: "Private huge pages." },
  { text: "shared-huge", summary: "Shared huge pages." },
  { text: "private-dax", summary: "Private mappings of files on memory devices." },
  { text: "shared-dax", summary: "Shared mappings of files on memory devices." },
  {
    text: "default",
    summary: "What the kernel dumps by default: anonymous memory, ELF headers and private huge pages.",
  },
  { text: "all", summary: "All memory types." },
];

const KIND = oneOf(KINDS, {
  code: "value/coredump-filter",
  what: "memory type",
  form: "a memory type such as `elf-headers`",
});

/** A kind of memory, or a mask of several. Follows safe_atoux64(), systemd 257 and 262. */
const KIND_OR_MASK: Term = {
  form: KIND.form,
  read(piece, into) {
    if (!isMask(piece.text)) return KIND.read(piece, into);
    if (into.cursor !== undefined) KIND.read(piece, colourless(into));
    into.token(piece.from, piece.to, "number");
    return undefined;
  },
};

function isMask(text: string): boolean {
  const [, sign, digits] = /^([+-]?)(?:0x)?0*(|[1-9a-f][0-9a-f]*)$/i.exec(text) ?? [];
  if (digits === undefined || digits.length > 16 || !/[0-9a-f]$/i.test(text)) return false;
  return sign !== "-" || digits === "";
}

const PROCESSORS = "a list of CPUs and ranges such as `0-3`";

/** Sets of processors and memory nodes, and of kinds of memory. */
export const SETS = {
  execCpuAffinity: numberSet("exec_cpu_affinity", {
    form: `${PROCESSORS}, or \`numa\``,
    what: "CPU",
    word: { text: "numa", summary: "The CPUs of the memory nodes in `NUMAMask=`.", since: 245 },
    specifiers: ({ version }) => valueIn({ 0: "none", 248: "full" }, version),
    effect: { 0: "refused", 248: "assignment", 258: "word" },
  }),
  numaMask: numberSet("numa_mask", {
    form: "a list of memory nodes and ranges such as `0-3`, or `all`",
    what: "memory node",
    word: { text: "all", summary: "Every memory node of the machine.", since: 247 },
    specifiers: ({ version }) => valueIn({ 0: "none", 258: "full" }, version),
  }),
  unitCpuSet: numberSet("unit_cpu_set", {
    form: "a list of numbers and ranges such as `0-3`",
    what: "CPU or memory node",
    specifiers: ({ version }) => valueIn({ 0: "none", 250: "full" }, version),
  }),
  execCoredumpFilter: list("exec_coredump_filter", KIND_OR_MASK, {
    form: "a list of memory types, `default`, `all`, or a hexadecimal mask",
    splitting: "plain",
    empty: "unset",
    effect: "assignment",
    broken: "assignment",
  }),
} as const satisfies Record<string, Grammar>;
