import { isShown } from "../needs/decided.ts";
import { ownerAnswers } from "../needs/ownerAnswers.ts";
import { OWNER_QUESTIONS, type OwnerQuestion, type StatedAnswer, statementTexts } from "../needs/questions.ts";
import { type NeedName, needNamed } from "../needs/vocabulary.ts";
import { factsOf } from "../service/facts.ts";
import { withStated } from "../units/readUnit.ts";
import type { StatedText } from "../units/statedText.ts";
import type { Unit } from "../units/unit.ts";
import { hardenedSection, type Profile, safeSettings } from "./hardening.ts";

/** A question whose answer changes what is added to a service. */
export interface OpenQuestion {
  readonly question: OwnerQuestion;
  /** The needs of it that change something. */
  readonly needs: readonly NeedName[];
  /** The lines that only a no to it adds, once all others are answered with no as well. */
  readonly adds: readonly string[];
}

/** The unit with answers as if they stood in it. */
export function withAnswers(unit: Unit, answers: readonly StatedAnswer[]): Unit {
  const texts = statementTexts(answers).map((text): StatedText => ({ text, from: "answered" }));
  return withStated(unit, [...(unit.path.stated ?? []), ...texts]);
}

/** The questions about a service that are open: not answered yet nor by the unit itself, and one whose answer changes something; looked for one by one. */
export function* openQuestions(unit: Unit, profile: Profile): Generator<OpenQuestion> {
  if (!hardenedSection(unit)) return;
  const facts = factsOf(unit);
  const answers = ownerAnswers(unit);
  const open = OWNER_QUESTIONS.flatMap((it) => it.needs).filter((it) => !answers.has(it) && !isShown(it, facts));
  if (open.length === 0) return;
  const linesWithout = (needs: readonly NeedName[]): readonly string[] => {
    const answered = open.filter((it) => !needs.includes(it)).map((need) => ({ need, says: "no" }) as const);
    return safeSettings(withAnswers(unit, answered), profile).map((it) => it.line);
  };
  const all = linesWithout([]);
  const differs = (lines: readonly string[]): boolean => lines.join("\n") !== all.join("\n");
  for (const question of OWNER_QUESTIONS) {
    const own = question.needs.filter((it) => open.includes(it));
    const without = own.length === 0 ? all : linesWithout(own);
    if (!differs(without)) continue;
    const needs = own.length === 1 ? own : own.filter((it) => differs(linesWithout([it])));
    const deciding = needs.length > 0 ? needs : own;
    const shown = question.needs.filter((it) => !answers.has(it) && isShown(it, facts));
    yield {
      question: shown.length > 0 ? besides(question, deciding, shown) : question,
      needs: deciding,
      adds: all.filter((it) => !without.includes(it)),
    };
  }
}

/** A question about some needs alone, as the unit itself shows others of it. */
const besides = (
  { id, needs }: OwnerQuestion,
  remaining: readonly NeedName[],
  shown: readonly NeedName[],
): OwnerQuestion => ({
  id,
  needs,
  text: `It ${clausesOf(remaining)}?`,
  examples: `besides that it ${clausesOf(shown)}, which the unit shows`,
});

function clausesOf(needs: readonly NeedName[]): string {
  const clauses = needs.flatMap((it) => needNamed(it)?.needs ?? []);
  const last = clauses.pop() ?? "";
  return clauses.length > 0 ? `${clauses.join(", ")} or ${last}` : last;
}

/** The first open question that is not one of some, given by their ids. */
export function nextOpenQuestion(unit: Unit, profile: Profile, ids: readonly string[]): OpenQuestion | undefined {
  for (const it of openQuestions(unit, profile)) if (!ids.includes(it.question.id)) return it;
  return undefined;
}
