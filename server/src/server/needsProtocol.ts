import type { OfferedSetting } from "../features/moreSettings.ts";
import type { NeedsQuestion } from "../features/needsQuestions.ts";

export type { NeedsQuestion } from "../features/needsQuestions.ts";

/** The next question to the owner of a service, or undefined where none is open, for the text of `version`, and the edits that state the answers. */
export interface NeedsAnswer {
  readonly version: number;
  readonly question?: NeedsQuestion;
  readonly edits: OfferedSetting["edits"];
}

/** What was answered to questions before, by the names of needs, and the ids of the questions that were asked. */
export interface AnsweredNeeds {
  readonly answers: readonly {
    readonly need: string;
    readonly says: "needs" | "no";
    readonly details?: readonly string[];
  }[];
  readonly ids: readonly string[];
}

/** Takes AnsweredNeeds with `uri` and gives NeedsAnswer, or null for a document that is closed or no unit file. */
export const NEEDS_QUESTION_REQUEST = "unitWarden/needsQuestion";
