import type { Finding } from "../findings/finding.ts";
import type { Found, UnitContext } from "../findings/rule.ts";
import { append } from "../text/append.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { RULES } from "./allRules.ts";
import { choiceAmong, chosen, type RuleCheck } from "./choice.ts";
import { familyOf } from "./codes.ts";
import { RULES_OF_TEXTS, RULES_OF_UNITS } from "./unitRules.ts";
import { findingsInLines } from "./walk.ts";

/**
 * What the rules find in a unit, in their order. A unit whose text is repeated is judged again among other units, and then only the rules
 * that looked at these are asked once more.
 */
export function foundByRules(
  unit: Unit,
  context: UnitContext | undefined,
  isAsked: (rule: RuleCheck) => boolean = () => true,
): readonly Finding[] {
  const kept = context && unit.repeated ? stepsOf(unit) : undefined;
  const found: Finding[] = [];
  if (kept?.steps) {
    for (const it of kept.steps) {
      if ("code" in it) ask(it, unit, context, NO_LINES, found);
      else for (const one of it) found.push(one);
    }
    return found;
  }
  const choice = choiceOf(unit.family);
  const inLines = findingsInLines(unit, choice.judges);
  const watched = kept && context && new WatchedContext(context);
  const steps = new StepList();
  for (const it of chosen(choice, unit, inLines)) {
    if (!isAsked(it)) continue;
    const before = found.length;
    ask(it, unit, watched ?? context, inLines, found);
    if (watched?.wasLookedAt()) steps.ask(it);
    else if (watched) steps.keep(found, before);
  }
  if (kept) kept.steps = steps.all;
  return found;
}

/** The rules that judge the files of a family; those for units are known without all others. */
const choiceOf = memo(({ content }: Unit["family"]) => {
  const families = new Set<string>(content.rules);
  if (families.has("unit")) return choiceAmong([...RULES_OF_TEXTS, ...RULES_OF_UNITS]);
  return choiceAmong(RULES.filter(({ code }) => families.has(familyOf(code))));
});

const NONE: readonly never[] = [];
const NO_LINES: ReadonlyMap<string, readonly Found[]> = new Map();

function ask(
  { code, check }: RuleCheck,
  unit: Unit,
  context: UnitContext | undefined,
  inLines: ReadonlyMap<string, readonly Found[]>,
  found: Finding[],
): void {
  const results = check ? check(unit, context) : (inLines.get(code) ?? NONE);
  // A spread with more behind it would get a hidden class of its own each time.
  for (const it of results) found.push(Object.assign({ ...it }, { fixes: it.fixes ?? NONE, code: it.code ?? code }));
}

/** How to judge a unit again: what stays as it is, and between it the rules to ask. */
type Steps = readonly (readonly Finding[] | RuleCheck)[];

const stepsOf = memo((_: Unit): { steps: Steps | undefined } => ({ steps: undefined }));

/** Steps that become more. */
class StepList {
  readonly #all: (Finding[] | RuleCheck)[] = [];
  #last: Finding[] | undefined;

  ask(rule: RuleCheck): void {
    this.#last = undefined;
    this.#all.push(rule);
  }

  /** Keeps what was found from a place of a list on. */
  keep(found: readonly Finding[], from: number): void {
    if (from === found.length) return;
    if (!this.#last) {
      this.#last = [];
      this.#all.push(this.#last);
    }
    append(this.#last, found.slice(from));
  }

  get all(): Steps {
    return this.#all;
  }
}

/** The units around a file, with a note whether somebody looked at them; not to be copied, as a copy has none of them. */
class WatchedContext implements UnitContext {
  #isLookedAt = false;
  readonly #context: UnitContext;

  constructor(context: UnitContext) {
    this.#context = context;
  }

  /** Whether anything was asked since the last call. */
  wasLookedAt(): boolean {
    const was = this.#isLookedAt;
    this.#isLookedAt = false;
    return was;
  }

  get index(): UnitContext["index"] {
    return this.#look().index;
  }

  get path(): string {
    return this.#look().path;
  }

  get complete(): boolean {
    return this.#look().complete;
  }

  get beside(): UnitContext["beside"] {
    return this.#look().beside;
  }

  #look(): UnitContext {
    this.#isLookedAt = true;
    return this.#context;
  }
}
