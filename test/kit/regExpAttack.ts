import { type AST, parseRegExpLiteral, visitRegExpAST } from "@eslint-community/regexpp";

type Parsed = AST.RegExpLiteral;
type Part = AST.Alternative | AST.Element | AST.QuantifiableElement;

/** The length of a text of single characters for which work that grows with the square is surely slow. */
const LENGTH = 6_000;
/** Processor time in microseconds that no linear expression needs for so much text. */
const SLOW = 6_000;
/** What work that grows with the square takes of it for a quarter of the text, and a little less: what takes less is not tried further. */
const SLOW_QUARTER = SLOW / 20;
/** So often a slow answer is asked for again: the machine may have done something else. */
const ATTEMPTS = 3;
/** The whole text takes a linear expression four times the time of a quarter, on a slow machine too, and a quadratic one sixteen times. */
const STEEP = 8;

/**
 * A text for which an expression takes more than linear time, made of parts that the expression itself matches: repeated
 * once and again, with what comes before them and with something after them that nothing matches. Undefined where none was
 * found.
 */
export function slowTextFor(literal: RegExp): string | undefined {
  const parsed = parseRegExpLiteral(literal);
  for (const { before, pump } of attacksOn(parsed, literal.flags)) {
    for (const after of ["", "\n", "!"]) {
      const text = (length: number): string => before + pump.repeat(Math.ceil(length / pump.length)) + after;
      // The short ones first, so that exponential ones do not take for ever.
      // From one repetition to the next an expression may begin once, so that longer ones need longer texts.
      const short = [24, 400].some((length) => isSlow(literal, text(length)));
      const long = LENGTH * Math.sqrt(pump.length);
      if (short || isSteep(literal, text(long / 4), text(long))) return JSON.stringify([before, pump, after]);
    }
  }
  return undefined;
}

function isSlow(literal: RegExp, text: string, least = SLOW): boolean {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) if (taken(literal, text) < least) return false;
  return true;
}

/** Whether a text is slow, and takes many times the time of a quarter of it, each in its best turn. */
function isSteep(literal: RegExp, quarter: string, text: string): boolean {
  const first = taken(literal, quarter);
  if (first < SLOW_QUARTER) return false;
  const others = Array.from({ length: ATTEMPTS - 1 }, () => taken(literal, quarter));
  return isSlow(literal, text, Math.max(SLOW, STEEP * Math.min(first, ...others)));
}

/** Processor time in microseconds. */
function taken(literal: RegExp, text: string): number {
  const start = process.cpuUsage();
  if (literal.global) text.replace(literal, "");
  else literal.test(text);
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

interface Attack {
  readonly before: string;
  readonly pump: string;
}

function attacksOn(parsed: Parsed, flags: string): readonly Attack[] {
  const pumps = new Set<string>();
  const prefixes = new Set([""]);
  const sample = (part: Part): string => sampleOf(part, flags);
  visitRegExpAST(parsed, {
    onAlternativeEnter({ elements }) {
      let begun = "";
      for (const it of elements) {
        begun += sample(it);
        pumps.add(begun);
        prefixes.add(begun);
      }
    },
    onQuantifierEnter: ({ element }) => void pumps.add(sample(element)),
    onCharacterClassEnter: (part) => void pumps.add(sample(part)),
    onCharacterSetEnter: (part) => {
      if (part.parent.type !== "CharacterClass") pumps.add(sample(part as AST.Element));
    },
    onCharacterEnter: ({ value }) => void pumps.add(String.fromCodePoint(value)),
  });
  const all = [...pumps].filter((it) => it !== "" && it.length < 200);
  const starts = [...prefixes].sort((a, b) => a.length - b.length).slice(0, MOST_PREFIXES);
  return starts.flatMap((before) => all.slice(0, MOST_PUMPS).map((pump) => ({ before, pump })));
}

/** More of both found nothing more. */
const MOST_PREFIXES = 3;
const MOST_PUMPS = 30;

/** Some text that a part of an expression matches; assertions match nothing. */
function sampleOf(part: Part, flags: string): string {
  switch (part.type) {
    case "Alternative":
      return part.elements.map((it) => sampleOf(it, flags)).join("");
    case "Group":
    case "CapturingGroup":
      return part.alternatives[0] ? sampleOf(part.alternatives[0], flags) : "";
    case "Quantifier":
      return sampleOf(part.element, flags).repeat(Math.max(1, Math.min(part.min, 9)));
    case "Character":
      return String.fromCodePoint(part.value);
    case "Assertion":
    case "Backreference":
      return "";
    default: {
      const one = new RegExp(`^(?:${part.raw})$`, flags.replace(/[gy]/g, ""));
      return CANDIDATES.find((it) => one.test(it)) ?? "";
    }
  }
}

const CANDIDATES = [
  "a",
  " ",
  "0",
  "/",
  "-",
  ".",
  "A",
  ":",
  "=",
  "_",
  '"',
  "'",
  "\\",
  "%",
  "\t",
  "\n",
  "$",
  "#",
  "é",
  "\0",
];
