import { createConnection, ProposedFeatures, TextDocumentSyncKind } from "vscode-languageserver/node";

/** A server that finds the same in every document: what an editor, its extension host and the protocol cost. */
const connection = createConnection(ProposedFeatures.all);
connection.onInitialize(() => ({ capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental } }));
connection.onDidOpenTextDocument(({ textDocument: { uri, version } }) => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 9 } };
  void connection.sendDiagnostics({ uri, version, diagnostics: [{ range, severity: 2, message: "Found" }] });
});
connection.listen();
