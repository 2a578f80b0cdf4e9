import {
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Disposable,
  TextDocuments,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { checkFix } from "../features/checkFix.ts";
import { codeActions } from "../features/codeActions.ts";
import { ADD_SAFE_SETTINGS, addSafeSettings, codeLenses, REPORT_MARKDOWN } from "../features/codeLens.ts";
import { complete, resolveCompletion } from "../features/completion.ts";
import { diagnosticOf } from "../features/diagnostics.ts";
import { hasExposure } from "../features/exposure.ts";
import { folding } from "../features/folding.ts";
import { hover } from "../features/hover.ts";
import { reportMarkdown, reportOf } from "../features/report.ts";
import { symbols } from "../features/symbols.ts";
import { lspEdit, type View } from "../features/view.ts";
import { check } from "../lint/check.ts";
import type { Finding } from "../lint/finding.ts";
import { type Client, hasViews, OFFER, readClient } from "./capabilities.ts";
import { UnitDocuments } from "./documents.ts";
import type { Files } from "./files.ts";
import { overview } from "./overview.ts";
import { FIX_REQUEST, OVERVIEW_REQUEST, REPORT_REQUEST, type Report } from "./protocol.ts";
import { readSettings, type Settings } from "./settings.ts";

const SECTION = "unitWarden";

/** The files whose change on disk changes what is said about an open one. */
const WATCHED = [{ globPattern: "**/*.d/*.conf" }];

/** Wires the features to a connection and listens. One call serves one client until the connection ends. */
export function serve(connection: Connection, files: Files): void {
  const documents = new TextDocuments(TextDocument);
  const units = new UnitDocuments(documents, files);
  const findings = new WeakMap<View, { settings: Settings; found: readonly Finding[] }>();
  const pending = new Map<string, ReturnType<typeof setTimeout>>();
  let client: Client = readClient({});
  let settings: Settings = readSettings(undefined);

  const findingsOf = (view: View): readonly Finding[] => {
    const known = findings.get(view);
    if (known?.settings === settings) return known.found;
    const found = check(view.unit, { profile: settings.hardening.profile });
    findings.set(view, { settings, found });
    return found;
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

  const applySettings = (sent: unknown): void => {
    settings = readSettings(sent);
    for (const { uri } of documents.all()) publishSoon(uri);
  };
  const askSettings = async (): Promise<void> => {
    applySettings(await connection.workspace.getConfiguration(SECTION));
  };

  connection.onInitialize(({ capabilities, initializationOptions }) => {
    client = readClient(capabilities ?? {});
    settings = readSettings(initializationOptions);
    client = { ...client, views: hasViews(initializationOptions) };
    return OFFER;
  });
  connection.onInitialized(async () => {
    if (client.watchedFiles)
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHED });
    if (!client.configuration) return;
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
    request((view, { position }) => complete(view, view.lines.offsetAt(position)), { isIncomplete: false, items: [] }),
  );
  connection.onCompletionResolve((item) => guarded(() => resolveCompletion(item, client.markdownCompletion), item));
  connection.onHover(
    request((view, { position }) => hover(view, view.lines.offsetAt(position), client.markdownHover) ?? null, null),
  );
  connection.onDocumentSymbol(request((view) => symbols(view), []));
  connection.onFoldingRanges(request((view) => folding(view), []));
  connection.onCodeAction(
    request((view, { textDocument, range, context }) => {
      if (context.only && !context.only.some((kind) => kind === "" || kind === "quickfix")) return [];
      const span = { start: view.lines.offsetAt(range.start), end: view.lines.offsetAt(range.end) };
      return codeActions(view, textDocument.uri, span, findingsOf(view));
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
