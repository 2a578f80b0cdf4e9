import {
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  RegistrationRequest,
  type TextDocuments,
  UnregistrationRequest,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

import type { SystemdVersion } from "../values/version.ts";
import { type Client, diagnosticOffer, PULL_ID } from "./capabilities.ts";
import type { UnitDocuments } from "./documents.ts";
import type { Judging } from "./judging.ts";
import type { Progress } from "./progress.ts";
import type { Settings } from "./settings.ts";
import { shownFindings } from "./shownFindings.ts";
import { WorkspaceFindings } from "./workspaceFindings.ts";

/** What the requests for diagnostics are answered from. */
export interface Pulls {
  readonly documents: TextDocuments<TextDocument>;
  readonly units: UnitDocuments;
  readonly judging: Judging;
  readonly target: (uri: string) => SystemdVersion;
  /** The folders of the workspace. */
  readonly roots: () => readonly string[];
  readonly client: () => Client;
  readonly settings: () => Settings;
  readonly progress: Progress;
}

/** Answers the requests for diagnostics of documents and of the workspace. */
export function answerPulls(connection: Connection, pulls: Pulls): void {
  const { client, documents, judging, units } = pulls;
  const workspace = new WorkspaceFindings({
    ...pulls,
    files: units.files,
    delivery: judging.delivery,
    ready: () => judging.surveyed(),
    check: (view, uri) => shownFindings(view.unit, pulls.settings(), judging.surroundings(uri)).reported,
    open: () => documents.keys(),
  });
  const report = async (uri: string, previous?: string): Promise<DocumentDiagnosticReport> => {
    await judging.opening(uri);
    return documents.get(uri) ? judging.delivery.answer(uri, previous) : workspace.report(uri, previous);
  };
  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
    const own = await report(uri, previousResultId);
    if (!client().relatedDiagnostics || token.isCancellationRequested) return own;
    const others = await Promise.all(
      (await units.readRelatives(uri)).map(async (it) => [it, await report(it)] as const),
    );
    return others.length > 0 ? { ...own, relatedDocuments: Object.fromEntries(others) } : own;
  });
  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token, _, partial) => ({
    items: await workspace.answer(previousResultIds, token, partial),
  }));
}

/** Offers the diagnostics of the workspace to a client, or takes the offer back, as the reader has set it. */
export async function offerWorkspace(connection: Connection, wanted: boolean): Promise<void> {
  const method = DocumentDiagnosticRequest.method;
  await connection.sendRequest(UnregistrationRequest.type, { unregisterations: [{ id: PULL_ID, method }] });
  await connection.sendRequest(RegistrationRequest.type, {
    registrations: [{ id: PULL_ID, method, registerOptions: diagnosticOffer(wanted) }],
  });
}
