import {
  type CancellationToken,
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  LSPErrorCodes,
  RegistrationRequest,
  ResponseError,
  UnregistrationRequest,
} from "vscode-languageserver";
import { diagnosticOffer, PULL_ID } from "./capabilities.ts";
import type { Session } from "./session.ts";
import { WorkspaceFindings } from "./workspaceFindings.ts";

/** Answers the requests for diagnostics of documents and of the workspace. */
export function answerPulls(session: Session): void {
  const { connection, documents, judging, units } = session;
  const workspace = new WorkspaceFindings(session);
  const cancelled = () => new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
  const report = async (
    uri: string,
    previous?: string,
    token?: CancellationToken,
  ): Promise<DocumentDiagnosticReport> => {
    await judging.opening(uri);
    await session.hosted.judge(uri, token);
    if (token?.isCancellationRequested) throw cancelled();
    return documents.get(uri) ? judging.delivery.answer(uri, previous) : workspace.report(uri, previous);
  };
  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
    if (token.isCancellationRequested) throw cancelled();
    const own = await report(uri, previousResultId, token);
    if (!session.client.relatedDiagnostics || token.isCancellationRequested) return own;
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
