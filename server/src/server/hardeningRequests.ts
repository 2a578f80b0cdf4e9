import type { Connection } from "vscode-languageserver";
import { hardeningChoices } from "../features/hardenAction.ts";
import type { ShownFindings } from "../features/hardeningSummary.ts";
import { offeredSettings } from "../features/moreSettings.ts";
import { lspEdit, type View } from "../features/view.ts";
import { applyEdits } from "../text/span.ts";
import type { Guard } from "./guard.ts";
import {
  HARDENING_CHOICES_REQUEST,
  type HardeningChoices,
  OFFERED_SETTINGS_REQUEST,
  type OfferedSettings,
} from "./protocol.ts";
import type { Settings } from "./settings.ts";

/** What the requests about hardening are answered from. */
export interface HardeningRequests {
  readonly view: (uri: string) => View | undefined;
  readonly versionOf: (uri: string) => number;
  readonly shown: (view: View, uri: string) => ShownFindings;
  readonly settings: () => Settings;
  readonly guard: Guard;
}

/** Answers what the previews and pickers of a client ask. */
export function answerHardeningRequests(
  connection: Connection,
  { view: viewOf, versionOf, shown, settings, guard: { run } }: HardeningRequests,
): void {
  connection.onRequest(HARDENING_CHOICES_REQUEST, ({ uri }: { uri: string }): HardeningChoices | null => {
    const view = viewOf(uri);
    return view ? run(() => ({ version: versionOf(uri), choices: previews(view, settings()) }), null) : null;
  });
  connection.onRequest(OFFERED_SETTINGS_REQUEST, ({ uri }: { uri: string }): OfferedSettings | null => {
    const view = viewOf(uri);
    if (!view) return null;
    return run(() => ({ version: versionOf(uri), settings: offeredSettings(view, shown(view, uri)) }), null);
  });
}

function previews(view: View, { rules }: Settings): HardeningChoices["choices"] {
  return hardeningChoices(view, rules).map(({ id, title, hardened: { edits } }) => ({
    id,
    title,
    text: applyEdits(view.unit.file.text, edits),
    edits: edits.map((edit) => lspEdit(view, edit)),
  }));
}
