import { readEnumeration } from "./enumerationGrammar.ts";
import type { HoverTopic, Lookup, Offer, Piece, Reader, ReportedIssue, TokenRole, Where } from "./grammar.ts";
import type { ValueType } from "./valueType.ts";

/** A part of a value that has a meaning. */
export interface Token {
  readonly from: number;
  readonly to: number;
  readonly role: TokenRole;
  readonly topic?: () => HoverTopic;
}

/** A part of a value in whose place something else may stand. */
export interface Slot {
  readonly from: number;
  readonly to: number;
  readonly offers: () => readonly Offer[];
  readonly lookup?: Lookup;
}

const nothing = (): void => undefined;

const whole = (text: string): Piece => ({ text, from: 0, to: text.length, exact: true, certain: true });

/** Nobody reads more mistakes of one value. */
const MAX_PROBLEMS = 2000;

/** What is wrong with a value, in the order in which it is read; brief issues have no fixes. Offsets count in the value. */
export function issuesOf(type: ValueType, text: string, where: Where, brief?: "brief"): readonly ReportedIssue[] {
  if (text.length > MAX_KEPT) return readIssues(type, text, where, brief);
  const before = LAST.get(type);
  const last = before?.text === text ? before : { text, answers: [] };
  if (last !== before) LAST.set(type, last);
  const known = last.answers.find((it) => it.brief === brief && isSamePlace(it, where));
  if (known) return known.issues;
  // Of a value that is read again, such as for another version or unit, it is noted whether these count.
  const isFirst = last.answers.length === 0;
  let [byVersion, byUnit] = [isFirst, isFirst];
  const watched = isFirst
    ? where
    : {
        ...where,
        get version() {
          byVersion = true;
          return where.version;
        },
        get unit() {
          byUnit = true;
          return where.unit;
        },
      };
  const issues = readIssues(type, text, watched, brief);
  if (last.answers.length >= MOST_ANSWERS) last.answers.length = 0;
  last.answers.push({ where, brief, issues, byVersion, byUnit: byUnit || issues.length > 0 });
  return issues;
}

/** So many places are told apart: a file of many units asks for a value in each of them. */
const MOST_ANSWERS = 16;

/** What was found in the value of each type that was read last: a long file says the same on many lines. */
const LAST = new WeakMap<ValueType, { readonly text: string; readonly answers: Answer[] }>();

interface Answer {
  readonly where: Where;
  readonly brief: "brief" | undefined;
  readonly issues: readonly ReportedIssue[];
  /** Whether it may be another one for another version, and for another unit. */
  readonly byVersion: boolean;
  readonly byUnit: boolean;
}

/** Longer values are seldom met twice. */
const MAX_KEPT = 200;

const isSamePlace = ({ where: a, byVersion, byUnit }: Answer, b: Where): boolean =>
  a === b ||
  ((!byVersion || a.version === b.version) &&
    a.podman === b.podman &&
    a.kind === b.kind &&
    a.scope === b.scope &&
    a.certain === b.certain &&
    (!byUnit || a.unit.full === b.unit.full));

function readIssues(type: ValueType, text: string, where: Where, brief?: "brief"): readonly ReportedIssue[] {
  const problems: ReportedIssue[] = [];
  read(type, text, {
    where,
    quiet: true,
    ...(brief && { brief: true }),
    problem(issue, effect) {
      if (problems.length < MAX_PROBLEMS) problems.push({ ...issue, effect });
    },
    token: nothing,
    slot: nothing,
  });
  return problems;
}

/** The parts of a value from the left, none inside another but specifiers and escapes. */
export function tokensOf(type: ValueType, text: string, where: Where): readonly Token[] {
  const tokens: Token[] = [];
  read(type, text, {
    where,
    problem: nothing,
    token: (from, to, role, topic) => void (to > from && tokens.push({ from, to, role, ...(topic ? { topic } : {}) })),
    slot: nothing,
  });
  return tokens.sort((a, b) => a.from - b.from || b.to - a.to);
}

/** The slots that the cursor touches, the narrowest first. */
export function slotsAt(type: ValueType, text: string, cursor: number, where: Where): readonly Slot[] {
  const slots: Slot[] = [];
  readAll(type, text, {
    where,
    cursor,
    problem: nothing,
    token: nothing,
    slot(from, to, offers, lookup) {
      if (from <= cursor && cursor <= to) slots.push({ from, to, offers, ...(lookup ? { lookup } : {}) });
    },
  });
  return slots.sort((a, b) => a.to - a.from - (b.to - b.from));
}

function read(type: ValueType, text: string, into: Reader): void {
  if (type.kind !== "grammar" || text !== "") readAll(type, text, into);
  else if (type.missing)
    into.problem({ from: 0, to: 0, code: type.missing.code, message: "needs a value" }, type.missing.effect);
}

function readAll(type: ValueType, text: string, into: Reader): void {
  switch (type.kind) {
    case "enumeration":
      readEnumeration(type, whole(text), into);
      break;
    case "grammar":
      type.read(whole(text), into);
      break;
  }
}
