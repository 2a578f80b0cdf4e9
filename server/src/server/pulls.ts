import {
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  RegistrationRequest,
  UnregistrationRequest,
} from "vscode-languageserver";
import { type Client, diagnosticOffer, PULL_ID } from "./capabilities.ts";
import type { Delivery } from "./delivery.ts";
import type { WorkspaceFindings } from "./workspaceFindings.ts";

/** What the requests for diagnostics are answered from. */
export interface Pulls {
  readonly client: () => Client;
  readonly delivery: Delivery;
  /** Settles once all files that count for a document that was just opened are read; undefined where they were. */
  readonly opening: (uri: string) => Promise<void> | undefined;
  readonly isOpen: (uri: string) => boolean;
  /** The other open documents of the unit of a document, with what counts for them read again. */
  readonly relatives: (uri: string) => Promise<readonly string[]>;
  readonly workspace: WorkspaceFindings;
}

/** Answers the requests for diagnostics of documents and of the workspace. */
export function answerPulls(connection: Connection, pulls: Pulls): void {
  const { client, delivery, isOpen, opening, relatives, workspace } = pulls;
  const report = async (uri: string, previous?: string): Promise<DocumentDiagnosticReport> => {
    await opening(uri);
    return isOpen(uri) ? delivery.answer(uri, previous) : workspace.report(uri, previous);
  };
  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
    const own = await report(uri, previousResultId);
    if (!client().relatedDiagnostics || token.isCancellationRequested) return own;
    const others = await Promise.all((await relatives(uri)).map(async (it) => [it, await report(it)] as const));
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
