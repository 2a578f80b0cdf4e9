import { hardeningChoices } from "../features/hardenAction.ts";
import { learntSettingsOffered } from "../features/learntActions.ts";
import { offeredSettings } from "../features/moreSettings.ts";
import { nextQuestion, statingEdits } from "../features/needsQuestions.ts";
import { lspEdit, type View } from "../features/view.ts";
import type { StatedAnswer } from "../needs/questions.ts";
import { statementIssues } from "../needs/statementIssues.ts";
import { statedNeeds } from "../needs/statements.ts";
import { needNamed } from "../needs/vocabulary.ts";
import { applyEdits } from "../text/span.ts";
import { type AnsweredNeeds, NEEDS_QUESTION_REQUEST, type NeedsAnswer } from "./needsProtocol.ts";
import {
  HARDENING_CHOICES_REQUEST,
  type HardeningChoices,
  OFFERED_SETTINGS_REQUEST,
  type OfferedSettings,
} from "./protocol.ts";
import type { Session } from "./session.ts";
import type { UserSettings } from "./settings.ts";

/** Answers what the previews and pickers of a client ask. */
export function answerHardeningRequests(session: Session): void {
  const { connection, documents, judging } = session;
  const versionOf = (uri: string): number => documents.get(uri)?.version ?? 0;
  connection.onRequest(HARDENING_CHOICES_REQUEST, ({ uri }: { uri: string }): HardeningChoices | null =>
    session.answer(
      uri,
      (view) => ({ version: versionOf(uri), choices: previews(view, session.settingsFor(uri)) }),
      null,
    ),
  );
  connection.onRequest(OFFERED_SETTINGS_REQUEST, ({ uri }: { uri: string }): OfferedSettings | null =>
    session.answer(
      uri,
      (view) => ({
        version: versionOf(uri),
        settings: [...learntSettingsOffered(view), ...offeredSettings(view, judging.shown(view, uri))],
      }),
      null,
    ),
  );
  connection.onRequest(
    NEEDS_QUESTION_REQUEST,
    ({ uri, answers: given, ids }: AnsweredNeeds & { readonly uri: string }): NeedsAnswer | null => {
      const answers = given.flatMap((it) => readAnswer(it) ?? []);
      return session.answer(
        uri,
        (view) => {
          const question = nextQuestion(view, answers, ids);
          return { version: versionOf(uri), edits: statingEdits(view, answers), ...(question && { question }) };
        },
        null,
      );
    },
  );
}

/** What somebody typed as details goes into a comment: only what is one word there. */
function readAnswer({ need, says, details = [] }: AnsweredNeeds["answers"][number]): StatedAnswer | undefined {
  const known = needNamed(need);
  const isWord = (it: string): boolean =>
    /^[^\s,]+$/.test(it) && statedNeeds(`${need}=${it}`, 0, "needs").every((of) => statementIssues(of).length === 0);
  const words = details.filter(isWord);
  return known && { need: known.name, says, ...(words.length > 0 && { details: words }) };
}

function previews(view: View, { rules }: UserSettings): HardeningChoices["choices"] {
  return hardeningChoices(view, rules).map(({ id, title, hardened: { edits } }) => ({
    id,
    title,
    text: applyEdits(view.unit.file.text, edits),
    edits: edits.map((edit) => lspEdit(view, edit)),
  }));
}
