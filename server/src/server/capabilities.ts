import {
  type ClientCapabilities,
  CodeActionKind,
  type DiagnosticRegistrationOptions,
  type FileOperationRegistrationOptions,
  type InitializeResult,
  MarkupKind,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { TEMPLATE_GLOB } from "../facts/templateNames.ts";
import { UNIT_KINDS } from "../facts/unitKinds.ts";
import type { ListDefaults } from "../features/compactList.ts";
import {
  ADD_SAFE_SETTINGS,
  COMPLETION_TRIGGERS,
  FAILURE_MARKDOWN,
  FIX_ALL_KIND,
  HARDEN_KIND,
  PROGRAM_MARKDOWN,
  REPORT_MARKDOWN,
  TOKEN_TYPES,
} from "../features/offered.ts";
import type { UserSettings } from "./settings.ts";

/** What the connected client can do, as far as the server asks. */
export interface Client {
  readonly markdownHover: boolean;
  readonly markdownCompletion: boolean;
  /** Whether it expands snippets. */
  readonly snippets: boolean;
  readonly configuration: boolean;
  readonly configurationChanges: boolean;
  readonly watchedFiles: boolean;
  readonly workspaceFolders: boolean;
  /** Whether it asks for colours again when told to. */
  readonly refreshesTokens: boolean;
  /** The same for code lenses. */
  readonly refreshesLenses: boolean;
  /** The same for inlay hints. */
  readonly refreshesHints: boolean;
  /** Whether it asks for diagnostics, and again when told to; to any other client they are published. */
  readonly pulls: boolean;
  /** Whether an answer about one document may tell of others. */
  readonly relatedDiagnostics: boolean;
  /** Whether it can be offered diagnostics, and no more, while it runs. */
  readonly registersDiagnostics: boolean;
  /** Whether it can be offered all that is known of units in other files, for these files alone. */
  readonly registersHosted: boolean;
  /** Whether it shows the progress of the server's own work. */
  readonly progress: boolean;
  readonly listDefaults: ListDefaults;
  /** Whether it asks for the edit of a code action when that is chosen. */
  readonly resolvesEdits: boolean;
  /** Whether an edit may create files. */
  readonly createsFiles: boolean;
  /** Whether it may give files other names. */
  readonly renamesFiles: boolean;
  /** Whether it may delete some. */
  readonly deletesFiles: boolean;
  /** Whether the answer to where something is defined may name several files. */
  readonly definitionLinks: boolean;
  /** Whether it asks what can be renamed before it asks for a new name. */
  readonly preparesRename: boolean;
  /** Whether it shows reports itself; it says so in its initialization options. */
  readonly views: boolean;
  /** Whether it reads files for the server; it says so there, too. */
  readonly files: boolean;
}

/** What such an offer consists of. */
const HOSTED_PARTS = ["synchronization", "completion", "hover", "codeLens", "codeAction"] as const;

/** Reads the capabilities; a client that says nothing gets plain answers. */
export function readClient({ textDocument, window, workspace }: ClientCapabilities): Client {
  const markdown = MarkupKind.Markdown;
  const defaults = textDocument?.completion?.completionList?.itemDefaults ?? [];
  return {
    markdownHover: textDocument?.hover?.contentFormat?.includes(markdown) ?? false,
    markdownCompletion: textDocument?.completion?.completionItem?.documentationFormat?.includes(markdown) ?? false,
    snippets: textDocument?.completion?.completionItem?.snippetSupport ?? false,
    configuration: workspace?.configuration ?? false,
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    workspaceFolders: workspace?.workspaceFolders ?? false,
    refreshesTokens: workspace?.semanticTokens?.refreshSupport ?? false,
    refreshesLenses: workspace?.codeLens?.refreshSupport ?? false,
    refreshesHints: workspace?.inlayHint?.refreshSupport ?? false,
    pulls: textDocument?.diagnostic !== undefined && (workspace?.diagnostics?.refreshSupport ?? false),
    relatedDiagnostics: textDocument?.diagnostic?.relatedDocumentSupport ?? false,
    registersDiagnostics: textDocument?.diagnostic?.dynamicRegistration ?? false,
    registersHosted: HOSTED_PARTS.every((it) => textDocument?.[it]?.dynamicRegistration === true),
    progress: window?.workDoneProgress ?? false,
    listDefaults: { editRange: defaults.includes("editRange"), data: defaults.includes("data") },
    resolvesEdits:
      (textDocument?.codeAction?.dataSupport ?? false) &&
      (textDocument?.codeAction?.resolveSupport?.properties.includes("edit") ?? false),
    createsFiles:
      (workspace?.workspaceEdit?.documentChanges ?? false) &&
      (workspace?.workspaceEdit?.resourceOperations?.includes("create") ?? false),
    renamesFiles:
      (workspace?.workspaceEdit?.documentChanges ?? false) &&
      (workspace?.workspaceEdit?.resourceOperations?.includes("rename") ?? false),
    deletesFiles:
      (workspace?.workspaceEdit?.documentChanges ?? false) &&
      (workspace?.workspaceEdit?.resourceOperations?.includes("delete") ?? false),
    preparesRename: textDocument?.rename?.prepareSupport ?? false,
    definitionLinks: textDocument?.definition?.linkSupport ?? false,
    views: false,
    files: false,
  };
}

/** Whether the initialization options, whatever they are, announce views for reports. */
export function hasViews(options: unknown): boolean {
  return optionOf(options, "views") === true;
}

/** Whether they announce answers to the requests for files. */
export function hasFiles(options: unknown): boolean {
  return optionOf(options, "files") === true;
}

/** Whether the reader trusts what is open; so it is unless the initialization options say otherwise. */
export function isTrusted(options: unknown): boolean {
  return optionOf(options, "trusted") !== false;
}

const optionOf = (options: unknown, name: string): unknown =>
  typeof options === "object" && options !== null ? (options as Readonly<Record<string, unknown>>)[name] : undefined;

/** The files and folders whose names units bear. */
const UNIT_FILES: FileOperationRegistrationOptions["filters"] = [
  { pattern: { glob: `**/*.{${UNIT_KINDS.join(",")}}`, matches: "file" } },
  { pattern: { glob: `**/*.{${UNIT_KINDS.join(",")}}.${TEMPLATE_GLOB}`, matches: "file" } },
  { pattern: { glob: `**/*.{${UNIT_KINDS.join(",")}}.d`, matches: "folder" } },
];

/** The id of the offer of diagnostics. */
export const PULL_ID = "unit-warden-diagnostics";

/** The offer of diagnostics to a client that asks for them, with or without those of the whole workspace. */
export const diagnosticOffer = (workspaceDiagnostics: boolean): DiagnosticRegistrationOptions => ({
  id: PULL_ID,
  documentSelector: null,
  interFileDependencies: true,
  workspaceDiagnostics,
});

/**
 * What the server offers to a client; a unit is renamed with its file, which not every client lets a server do. A client
 * that asks for the diagnostics of the workspace does so every few seconds and keeps those of closed documents, so that
 * they are offered only where the reader wants them.
 */
export const offerTo = (
  { preparesRename, pulls, renamesFiles }: Client,
  { workspaceDiagnostics }: Pick<UserSettings, "workspaceDiagnostics">,
): InitializeResult => ({
  ...OFFER,
  capabilities: {
    ...OFFER.capabilities,
    ...(pulls ? { diagnosticProvider: diagnosticOffer(workspaceDiagnostics !== "off") } : {}),
    ...(renamesFiles ? { renameProvider: preparesRename ? { prepareProvider: true } : true } : {}),
    workspace: {
      ...OFFER.capabilities.workspace,
      ...(renamesFiles ? { fileOperations: { willRename: { filters: UNIT_FILES } } } : {}),
    },
  },
});

const OFFER: InitializeResult = {
  serverInfo: { name: "unit-warden" },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS], resolveProvider: true },
    hoverProvider: true,
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    codeLensProvider: {},
    semanticTokensProvider: {
      legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] },
      full: true,
      range: true,
    },
    inlayHintProvider: true,
    documentLinkProvider: {},
    definitionProvider: true,
    referencesProvider: true,
    workspaceSymbolProvider: true,
    callHierarchyProvider: true,
    documentHighlightProvider: true,
    selectionRangeProvider: true,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    executeCommandProvider: { commands: [ADD_SAFE_SETTINGS, REPORT_MARKDOWN, FAILURE_MARKDOWN, PROGRAM_MARKDOWN] },
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, HARDEN_KIND, FIX_ALL_KIND],
      resolveProvider: true,
    },
  },
};
