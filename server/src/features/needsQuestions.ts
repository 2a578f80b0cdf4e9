import type { Profile } from "../hardening/hardening.ts";
import { nextOpenQuestion, openQuestions, withAnswers } from "../hardening/openQuestions.ts";
import { addStatements } from "../hardening/statementEdits.ts";
import { detailQuestion, type StatedAnswer, statementTexts } from "../needs/questions.ts";
import { needNamed } from "../needs/vocabulary.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { lspEdit, type View } from "./view.ts";

/** Under which profile it is looked for questions: what is answered counts under all of them. */
const PROFILE: Profile = "strict";

/** A question about a service, as a client shows it. */
export interface NeedsQuestion {
  readonly id: string;
  readonly text: string;
  /** What a yes would mean. */
  readonly examples: string;
  /** What it asks about: the name, a question of its own, what counts as that, and how details are asked for. */
  readonly needs: readonly {
    readonly need: string;
    readonly text: string;
    readonly meaning: string;
    readonly details?: string;
  }[];
  /** The lines that a no helps to add. */
  readonly adds: readonly string[];
}

/** Whether anything about a service is open that its owner can tell. */
export const hasOpenQuestion = memo((unit: Unit): boolean => openQuestions(unit, PROFILE).next().done !== true);

/** The next question about a service after some answers, without those that were asked. */
export function nextQuestion(
  { unit }: View,
  answers: readonly StatedAnswer[],
  ids: readonly string[],
): NeedsQuestion | undefined {
  const next = nextOpenQuestion(withAnswers(unit, answers), PROFILE, ids);
  if (!next) return undefined;
  const { question, needs, adds } = next;
  return { id: question.id, text: question.text, examples: question.examples, needs: needs.map(needQuestion), adds };
}

function needQuestion(name: NeedsQuestion["needs"][number]["need"]): NeedsQuestion["needs"][number] {
  const need = needNamed(name);
  const details = need && detailQuestion(need.name);
  return {
    need: name,
    text: `It ${need?.needs ?? name}?`,
    meaning: need?.meaning ?? "",
    ...(details !== undefined && { details }),
  };
}

/** The edits that state answers in a unit. */
export const statingEdits = (view: View, answers: readonly StatedAnswer[]): readonly ReturnType<typeof lspEdit>[] =>
  addStatements(view.unit.file, statementTexts(answers)).map((edit) => lspEdit(view, edit));
