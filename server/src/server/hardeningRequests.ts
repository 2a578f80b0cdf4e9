import { hardeningChoices } from "../features/hardenAction.ts";
import { learntSettingsOffered } from "../features/learntActions.ts";
import { offeredSettings } from "../features/moreSettings.ts";
import { lspEdit, type View } from "../features/view.ts";
import { applyEdits } from "../text/span.ts";
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
}

function previews(view: View, { rules }: UserSettings): HardeningChoices["choices"] {
  return hardeningChoices(view, rules).map(({ id, title, hardened: { edits } }) => ({
    id,
    title,
    text: applyEdits(view.unit.file.text, edits),
    edits: edits.map((edit) => lspEdit(view, edit)),
  }));
}
