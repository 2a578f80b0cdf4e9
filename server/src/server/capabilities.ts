import {
  type ClientCapabilities,
  CodeActionKind,
  type InitializeResult,
  MarkupKind,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { ADD_SAFE_SETTINGS, REPORT_MARKDOWN } from "../features/codeLens.ts";

/** What the connected client can do, as far as the server asks. */
export interface Client {
  readonly markdownHover: boolean;
  readonly markdownCompletion: boolean;
  readonly configuration: boolean;
  readonly configurationChanges: boolean;
  readonly watchedFiles: boolean;
  /** Whether it shows reports itself; it says so in its initialization options. */
  readonly views: boolean;
}

/** Reads the capabilities; a client that says nothing gets plain answers. */
export function readClient({ textDocument, workspace }: ClientCapabilities): Client {
  const markdown = MarkupKind.Markdown;
  return {
    markdownHover: textDocument?.hover?.contentFormat?.includes(markdown) ?? false,
    markdownCompletion: textDocument?.completion?.completionItem?.documentationFormat?.includes(markdown) ?? false,
    configuration: workspace?.configuration ?? false,
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    views: false,
  };
}

/** Whether the initialization options, whatever they are, announce views for reports. */
export function hasViews(options: unknown): boolean {
  return typeof options === "object" && options !== null && "views" in options && options.views === true;
}

/** What the server offers. */
export const OFFER: InitializeResult = {
  serverInfo: { name: "unit-warden" },
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    completionProvider: { triggerCharacters: ["[", "="], resolveProvider: true },
    hoverProvider: true,
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    codeLensProvider: {},
    executeCommandProvider: { commands: [ADD_SAFE_SETTINGS, REPORT_MARKDOWN] },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
  },
};
