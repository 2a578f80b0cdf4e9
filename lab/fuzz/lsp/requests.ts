import type { Position, Range } from "vscode-languageserver-protocol";
import * as protocol from "../../../server/src/server/protocol.ts";

/** A request as it is sent. */
export interface Asked {
  readonly method: string;
  readonly params: object;
}

/** Every request about a whole document. */
export function documentRequests(uri: string, whole: Range): Asked[] {
  const textDocument = { uri };
  const options = { tabSize: 2, insertSpaces: true };
  const withUri = [
    ...[protocol.STATUS_REQUEST, protocol.UNIT_OF_REQUEST, protocol.EFFECTIVE_REQUEST, protocol.REPORT_REQUEST],
    ...[protocol.HARDENING_CHOICES_REQUEST, protocol.OFFERED_SETTINGS_REQUEST, protocol.NIX_REQUEST],
    protocol.OVERRIDE_REQUEST,
  ];
  return [
    { method: "textDocument/diagnostic", params: { textDocument } },
    { method: "textDocument/documentSymbol", params: { textDocument } },
    { method: "textDocument/foldingRange", params: { textDocument } },
    { method: "textDocument/documentLink", params: { textDocument } },
    { method: "textDocument/codeLens", params: { textDocument } },
    { method: "textDocument/semanticTokens/full", params: { textDocument } },
    { method: "textDocument/inlayHint", params: { textDocument, range: whole } },
    { method: "textDocument/formatting", params: { textDocument, options } },
    { method: "textDocument/codeAction", params: { textDocument, range: whole, context: { diagnostics: [] } } },
    {
      method: "textDocument/codeAction",
      params: { textDocument, range: whole, context: { diagnostics: [], only: ["source.fixAll"] } },
    },
    ...withUri.map((method) => ({ method, params: { uri } })),
    { method: protocol.LEVELS_REQUEST, params: { uris: [uri] } },
    { method: protocol.OVERVIEW_REQUEST, params: { uris: [uri] } },
    { method: protocol.SANDBOX_REQUEST, params: { uri, whatIf: "strict" } },
    { method: protocol.FIX_REQUEST, params: { uri, all: "strict" } },
  ];
}

/** Every request about a place in a document; `word` is what a reader would type there. */
export function placeRequests(uri: string, position: Position, range: Range, word: string): Asked[] {
  const textDocument = { uri };
  const at = { textDocument, position };
  const options = { tabSize: 2, insertSpaces: true };
  return [
    { method: "textDocument/hover", params: at },
    { method: "textDocument/completion", params: at },
    { method: "textDocument/definition", params: at },
    { method: "textDocument/references", params: { ...at, context: { includeDeclaration: true } } },
    { method: "textDocument/documentHighlight", params: at },
    { method: "textDocument/prepareRename", params: at },
    { method: "textDocument/rename", params: { ...at, newName: word } },
    { method: "textDocument/prepareCallHierarchy", params: at },
    { method: "textDocument/selectionRange", params: { textDocument, positions: [position] } },
    { method: "textDocument/semanticTokens/range", params: { textDocument, range } },
    { method: "textDocument/rangeFormatting", params: { textDocument, range, options } },
    { method: "textDocument/inlayHint", params: { textDocument, range } },
    { method: "textDocument/codeAction", params: { textDocument, range, context: { diagnostics: [] } } },
    { method: "workspace/symbol", params: { query: word } },
    { method: protocol.EXPLAIN_FAILURE_REQUEST, params: { uri, text: word } },
    { method: protocol.COMMAND_REQUEST, params: { exec: word } },
  ];
}
