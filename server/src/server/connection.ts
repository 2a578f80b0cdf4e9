import {
  type CancellationToken,
  type CompletionList,
  type CompletionParams,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Disposable,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
  type TextDocumentPositionParams,
  TextDocuments,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { checkFix } from "../features/checkFix.ts";
import { codeActions, isWanted } from "../features/codeActions.ts";
import { ADD_SAFE_SETTINGS, addSafeSettings, codeLenses, REPORT_MARKDOWN } from "../features/codeLens.ts";
import { compactList } from "../features/compactList.ts";
import { resolveCompletion } from "../features/completion/resolve.ts";
import { complete } from "../features/completion.ts";
import { diagnosticOf } from "../features/diagnostics.ts";
import { hasExposure } from "../features/exposure.ts";
import { folding } from "../features/folding.ts";
import { HARDEN_KIND, hardenActions } from "../features/hardenAction.ts";
import { hover } from "../features/hover.ts";
import { inlayHints } from "../features/inlayHints.ts";
import { documentLinks } from "../features/links.ts";
import { reportMarkdown, reportOf } from "../features/report.ts";
import { semanticTokens } from "../features/semanticTokens.ts";
import { symbols } from "../features/symbols.ts";
import { lspEdit, spanOf, type View } from "../features/view.ts";
import type { World } from "../features/world.ts";
import { check } from "../lint/check.ts";
import type { Finding } from "../lint/finding.ts";
import { once } from "../units/once.ts";
import { NEWEST_VERSION, type SystemdVersion } from "../values/version.ts";
import { type Client, hasViews, isTrusted, OFFER, readClient } from "./capabilities.ts";
import { UnitDocuments } from "./documents.ts";
import type { Files } from "./files.ts";
import { coveredVersion, installedVersion } from "./installed.ts";
import { answerManualRequests } from "./manualRequests.ts";
import { type LoadManual, manualsOf } from "./manuals.ts";
import { overview } from "./overview.ts";
import { FIX_REQUEST, OVERVIEW_REQUEST, REPORT_REQUEST, type Report, TRUST_NOTIFICATION } from "./protocol.ts";
import { readSettings, type Settings } from "./settings.ts";
import { isLocal } from "./unitFiles.ts";
import { answerFrom, worldsOf } from "./worlds.ts";

const SECTION = "unitWarden";

/** The files whose change on disk changes what is said about an open one. */
const WATCHED = [{ globPattern: "**/*.d/*.conf" }];

/** Wires the features to a connection and listens. One call serves one client until the connection ends. */
export function serve(connection: Connection, files: Files, loadManual: LoadManual): void {
  const documents = new TextDocuments(TextDocument);
  let installed: SystemdVersion | undefined;
  const targetOf = (uri: string): SystemdVersion => {
    if (settings.systemdVersion !== "auto") return settings.systemdVersion;
    return isLocal(uri) && installed !== undefined ? coveredVersion(installed) : NEWEST_VERSION;
  };
  const units = new UnitDocuments(documents, files, targetOf);
  let roots: readonly string[] = [];
  let trusted = true;
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const worldOf = worldsOf({
    files: units.files,
    roots: () => roots,
    trusted: () => trusted,
    manual: () => manuals.shelf,
    now: Date.now,
    zone,
  });
  const judged = once((_: View): { by?: Settings; found: readonly Finding[] } => ({ found: [] }));
  const pending = new Map<string, ReturnType<typeof setTimeout>>();
  let client: Client = readClient({});
  let settings: Settings = readSettings(undefined);
  const manuals = manualsOf(loadManual, () => settings.manual.source, {
    views: () => client.views,
    log: (line) => connection.console.warn(line),
  });

  const findingsOf = (view: View): readonly Finding[] => {
    const known = judged(view);
    if (known.by === settings) return known.found;
    known.found = check(view.unit, { profile: settings.hardening.profile, severities: settings.rules });
    known.by = settings;
    return known.found;
  };

  const publish = (uri: string): void => {
    pending.delete(uri);
    const document = documents.get(uri);
    if (!document) return;
    const view = units.view(uri);
    const diagnostics = view ? findingsOf(view).map((it) => diagnosticOf(view, it)) : [];
    void connection.sendDiagnostics({ uri, version: document.version, diagnostics });
  };
  /** Several changes that arrive together are judged once. */
  const publishSoon = (uri: string): void => {
    if (!pending.has(uri))
      pending.set(
        uri,
        setTimeout(() => guarded(() => publish(uri), undefined), 0),
      );
  };
  const guarded = <T>(answer: () => T, otherwise: T): T => {
    try {
      return answer();
    } catch (error) {
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return otherwise;
    }
  };
  /** Every request goes through here: looked up in the current text, cancelled when asked, never failing the client. */
  const request =
    <P extends { textDocument: { uri: string } }, R>(answer: (view: View, params: P) => R, otherwise: R) =>
    (params: P, token: CancellationToken): R => {
      if (token.isCancellationRequested) return otherwise;
      return guarded(() => {
        const view = units.view(params.textDocument.uri);
        return view ? answer(view, params) : otherwise;
      }, otherwise);
    };

  /** The same at a position, for what depends on more than the text: where files are missing, it waits a moment for them. */
  const worldly =
    <P extends TextDocumentPositionParams, R>(
      answer: (view: View, offset: number, world: World, params: P) => R,
      otherwise: R,
      late: (answered: R) => R = (it) => it,
    ) =>
    (params: P, token: CancellationToken): Promise<R> | R => {
      const { uri } = params.textDocument;
      const view = token.isCancellationRequested ? undefined : guarded(() => units.view(uri), undefined);
      if (!view) return otherwise;
      const offset = view.lines.offsetAt(params.position);
      return answerFrom(worldOf(uri), (world) => guarded(() => answer(view, offset, world, params), otherwise), late);
    };

  const applySettings = (sent: unknown): void => {
    settings = readSettings(sent);
    void manuals.load();
    for (const { uri } of documents.all()) publishSoon(uri);
    if (client.refreshesTokens) void connection.sendRequest(SemanticTokensRefreshRequest.type).catch(() => undefined);
    if (client.refreshesHints) void connection.sendRequest(InlayHintRefreshRequest.type).catch(() => undefined);
  };
  const askSettings = async (): Promise<void> => {
    applySettings(await connection.workspace.getConfiguration(SECTION));
  };

  connection.onInitialize(async ({ capabilities, initializationOptions, workspaceFolders, rootUri }) => {
    client = { ...readClient(capabilities ?? {}), views: hasViews(initializationOptions) };
    settings = readSettings(initializationOptions);
    trusted = isTrusted(initializationOptions);
    roots = workspaceFolders?.map((it) => it.uri) ?? (rootUri ? [rootUri] : []);
    installed = await installedVersion(files);
    return OFFER;
  });
  connection.onNotification(TRUST_NOTIFICATION, () => {
    trusted = true;
  });
  connection.onInitialized(async () => {
    if (client.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((it) => it.uri));
        roots = [...roots.filter((it) => !gone.has(it)), ...added.map((it) => it.uri)];
      });
    if (client.watchedFiles)
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHED });
    if (!client.configuration) {
      void manuals.load();
      return;
    }
    if (client.configurationChanges)
      await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
    await askSettings();
  });
  connection.onDidChangeConfiguration(async ({ settings: sent }) => {
    if (client.configuration) await askSettings();
    else applySettings((sent as Record<string, unknown> | null | undefined)?.[SECTION]);
  });

  /** A unit file is judged once its drop-ins are read, so that nothing is reported that they put right. */
  const refresh = async (uri: string): Promise<void> => {
    await units.readDropIns(uri);
    publishSoon(uri);
  };
  const refreshAll = (): void => {
    for (const { uri } of documents.all()) void refresh(uri);
  };
  const opening = new Set<string>();
  documents.onDidOpen(async ({ document: { uri } }) => {
    opening.add(uri);
    await refresh(uri);
    opening.delete(uri);
  });
  documents.onDidChangeContent(({ document: { uri } }) => {
    if (opening.has(uri)) return;
    if (units.view(uri)?.unit.path.role === "drop-in") refreshAll();
    else publishSoon(uri);
  });
  connection.onDidChangeWatchedFiles(refreshAll);
  documents.onDidClose(({ document }) => {
    clearTimeout(pending.get(document.uri));
    pending.delete(document.uri);
    units.forget(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  connection.onCompletion(
    worldly<CompletionParams, CompletionList>(
      (view, offset, world, { context }) =>
        compactList(complete(view, offset, world, context?.triggerCharacter), client.listDefaults),
      { isIncomplete: false, items: [] },
      (list) => ({ ...list, isIncomplete: true }),
    ),
  );
  connection.onCompletionResolve((item) =>
    answerFrom(worldOf(), (world) => guarded(() => resolveCompletion(item, client.markdownCompletion, world), item)),
  );
  connection.onHover(worldly((view, offset, world) => hover(view, offset, client.markdownHover, world) ?? null, null));
  connection.languages.semanticTokens.on(request((view) => semanticTokens(view), { data: [] }));
  connection.languages.semanticTokens.onRange(
    request((view, { range }) => semanticTokens(view, spanOf(view, range)), { data: [] }),
  );
  connection.languages.inlayHint.on(
    request((view, { range }) => (settings.inlayHints.enabled ? inlayHints(view, range, Date.now(), zone) : []), []),
  );
  connection.onDocumentLinks(
    request((view, { textDocument }) => documentLinks(view, client.views, worldOf(textDocument.uri).world), []),
  );
  connection.onDocumentSymbol(request((view) => symbols(view), []));
  connection.onFoldingRanges(request((view) => folding(view), []));
  connection.onCodeAction(
    request((view, { textDocument, range, context }) => {
      const { uri } = textDocument;
      const span = spanOf(view, range);
      const version = client.annotatedEdits ? documents.get(uri)?.version : undefined;
      return [
        ...(isWanted("quickfix", context.only) ? codeActions(view, uri, span, findingsOf(view)) : []),
        ...(isWanted(HARDEN_KIND, context.only) ? hardenActions(view, uri, span, version) : []),
      ];
    }, []),
  );

  connection.onCodeLens(
    request(
      (view, { textDocument }) => codeLenses(view, textDocument.uri, settings.hardening.profile, client.views),
      [],
    ),
  );
  connection.onExecuteCommand(async ({ command, arguments: args }) => {
    const uri = typeof args?.[0] === "string" ? args[0] : "";
    const view = units.view(uri);
    if (!view) return null;
    if (command === REPORT_MARKDOWN)
      return hasExposure(view.unit) ? guarded(() => reportMarkdown(view.unit), null) : null;
    if (command !== ADD_SAFE_SETTINGS) return null;
    const edits = guarded(() => addSafeSettings(view, settings.hardening.profile), []);
    if (edits.length > 0) await connection.workspace.applyEdit({ changes: { [uri]: edits } });
    return null;
  });
  connection.onRequest(REPORT_REQUEST, ({ uri }: { uri: string }): Report | null => {
    const view = units.view(uri);
    return view && hasExposure(view.unit) ? guarded(() => ({ uri, ...reportOf(view.unit) }), null) : null;
  });
  answerManualRequests(connection, manuals);
  connection.onRequest(OVERVIEW_REQUEST, ({ uris }: { uris: readonly string[] }) => overview(units, uris));
  connection.onRequest(FIX_REQUEST, ({ uri, id }: { uri: string; id: string }): WorkspaceEdit | null => {
    const view = units.view(uri);
    const edits = view ? guarded(() => checkFix(view.unit, id), []) : [];
    return view && edits.length > 0 ? { changes: { [uri]: edits.map((edit) => lspEdit(view, edit)) } } : null;
  });

  const listening: Disposable = documents.listen(connection);
  connection.onShutdown(() => listening.dispose());
  connection.listen();
}
