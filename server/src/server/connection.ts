import {
  type CancellationToken,
  CodeLensRefreshRequest,
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
} from "vscode-languageserver";
import { UNIT_KINDS } from "../facts/unitKinds.ts";
import { codeLenses } from "../features/codeLens.ts";
import { compactList } from "../features/compactList.ts";
import { resolveCompletion } from "../features/completion/resolve.ts";
import { complete } from "../features/completion.ts";
import { folding } from "../features/folding.ts";
import { format } from "../features/format.ts";
import { highlights } from "../features/highlights.ts";
import { hover } from "../features/hover.ts";
import { inlayHints } from "../features/inlayHints.ts";
import { documentLinks } from "../features/links.ts";
import { selectionRange } from "../features/selectionRanges.ts";
import { semanticTokens } from "../features/semanticTokens.ts";
import { symbols } from "../features/symbols.ts";
import { spanOf, type View } from "../features/view.ts";
import type { World } from "../features/world.ts";
import { fragmentOf } from "../units/index/lookup.ts";
import { NEWEST_VERSION, type SystemdVersion } from "../values/version.ts";
import { type Client, hasFiles, hasViews, isTrusted, offerTo, readClient } from "./capabilities.ts";
import { withClientFiles } from "./clientFiles.ts";
import { answerCodeActions } from "./codeActionRequests.ts";
import { UnitDocuments } from "./documents.ts";
import { effectiveView } from "./effectiveView.ts";
import type { Files } from "./files.ts";
import { guardOf } from "./guard.ts";
import { answerHardeningRequests } from "./hardeningRequests.ts";
import { Indexing } from "./indexing.ts";
import { coveredVersion, installedVersion } from "./installed.ts";
import { Judging } from "./judging.ts";
import { answerManualRequests } from "./manualRequests.ts";
import { type LoadManual, manualsOf } from "./manuals.ts";
import { answerNavigation } from "./navigation.ts";
import { answerNewUnits } from "./newUnits.ts";
import { answerOverrides, type OverrideSources } from "./overrides.ts";
import { servicesBelow } from "./overview.ts";
import { progressOf } from "./progress.ts";
import { TRUST_NOTIFICATION } from "./protocol.ts";
import { answerPulls, offerWorkspace } from "./pulls.ts";
import { readSettings, type Settings } from "./settings.ts";
import { answerStatusRequests } from "./statusRequests.ts";
import { answerUnitRequests } from "./unitRequests.ts";
import { isLocal, pathOfUri } from "./uris.ts";
import { answerFrom, worldsOf } from "./worlds.ts";
import { afterPatience, followedBy, Writings } from "./writings.ts";

const SECTION = "unitWarden";

/** The files whose change on disk changes what is said about an open one. */
const WATCHED = [
  { globPattern: "**/*.d/*.conf" },
  { globPattern: `**/*.{${UNIT_KINDS.join(",")}}` },
  { globPattern: "**/*.{wants,requires,upholds}/*" },
  // Of a folder that comes with all that is in it, clients may tell the folder alone.
  { globPattern: "**/*.{d,wants,requires,upholds}" },
];

/**
 * Wires the features to a connection and listens. One call serves one client until the connection ends. What `ownFiles` do
 * not reach, the client is asked for where it can be.
 */
export function serve(connection: Connection, ownFiles: Files, loadManual: LoadManual): void {
  const ask = <R>(method: string, params: object): Promise<R> => connection.sendRequest<R>(method, params);
  const files = withClientFiles(ownFiles, ask, () => client.files);
  const progress = progressOf(connection, () => client.progress);
  const writings = new Writings({ later: afterPatience, settled: (uri) => judging.settled(uri) });
  const documents = new TextDocuments(followedBy(writings));
  const guard = guardOf(connection);
  let installed: SystemdVersion | undefined;
  const targetOf = (uri: string): SystemdVersion => {
    if (settings.systemdVersion !== "auto") return settings.systemdVersion;
    return isLocal(uri) && installed !== undefined ? coveredVersion(installed) : NEWEST_VERSION;
  };
  let roots: readonly string[] = [];
  let trusted = true;
  /** Whether the index was asked for. */
  let indexed = false;
  const units = new UnitDocuments(documents, files, targetOf, {
    trusted: () => trusted,
    elsewhere(name, near) {
      if (!indexed) void indexing.ready().then(() => judging.refreshAll(), guard.complain);
      indexed = true;
      return fragmentOf(indexing.current(), name, near)?.placed.path;
    },
  });
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const worldOf = worldsOf({
    files: units.files,
    units: (uri) => judging.seen(uri),
    trusted: () => trusted,
    roots: () => roots,
    manual: () => manuals.shelf,
    now: Date.now,
    zone,
  });
  const indexing = new Indexing({
    files: units.files,
    roots: () => roots,
    trusted: () => trusted,
    open: (uri) => units.view(uri)?.unit.file,
    now: Date.now,
    progress,
  });
  const judging = new Judging({
    connection,
    documents,
    units,
    indexing,
    client: () => client,
    settings: () => settings,
    writings,
    guard,
  });
  let client: Client = readClient({});
  let settings: Settings = readSettings(undefined);
  const manuals = manualsOf(loadManual, () => settings.manual.source, {
    views: () => client.views,
    log: (line) => connection.console.warn(line),
  });

  /** Every request goes through here: looked up in the current text, cancelled when asked, never failing the client. */
  const request =
    <P extends { textDocument: { uri: string } }, R>(answer: (view: View, params: P) => R, otherwise: R) =>
    (params: P, token: CancellationToken): R => {
      if (token.isCancellationRequested) return otherwise;
      return guard.run(() => {
        const view = units.view(params.textDocument.uri);
        return view ? answer(view, params) : otherwise;
      }, otherwise);
    };

  /** The same once the drop-ins of a document that was just opened are read, as its numbers depend on them. */
  const whole =
    <P extends { textDocument: { uri: string } }, R>(answer: (view: View, params: P) => R, otherwise: R) =>
    (params: P, token: CancellationToken): Promise<R> | R => {
      const answered = request(answer, otherwise);
      const opening = judging.opening(params.textDocument.uri);
      return opening ? opening.then(() => answered(params, token)) : answered(params, token);
    };

  const overrides: OverrideSources = {
    units,
    client: () => client,
    settings: () => settings,
    roots: () => roots,
    open: (path) => documents.all().find((it) => pathOfUri(it.uri) === path),
    guard,
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
      const view = token.isCancellationRequested ? undefined : guard.run(() => units.view(uri), undefined);
      if (!view) return otherwise;
      const offset = view.lines.offsetAt(params.position);
      return answerFrom(worldOf(uri), (world) => guard.run(() => answer(view, offset, world, params), otherwise), late);
    };

  const applySettings = (sent: unknown): void => {
    const before = settings.workspaceDiagnostics;
    settings = readSettings(sent);
    if (client.pulls && client.registersDiagnostics && (before === "off") !== (settings.workspaceDiagnostics === "off"))
      void offerWorkspace(connection, before === "off").catch(guard.complain);
    void manuals.load();
    judging.publishAll();
    if (client.refreshesTokens) void connection.sendRequest(SemanticTokensRefreshRequest.type).catch(() => undefined);
    if (client.refreshesLenses) void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    if (client.refreshesHints) void connection.sendRequest(InlayHintRefreshRequest.type).catch(() => undefined);
  };
  const askSettings = async (): Promise<void> => {
    applySettings(await connection.workspace.getConfiguration(SECTION));
  };

  connection.onInitialize(async ({ capabilities, initializationOptions, workspaceFolders, rootUri }) => {
    const [views, answersFiles] = [hasViews(initializationOptions), hasFiles(initializationOptions)];
    client = { ...readClient(capabilities ?? {}), views, files: answersFiles };
    settings = readSettings(initializationOptions);
    trusted = isTrusted(initializationOptions);
    roots = workspaceFolders?.map((it) => it.uri) ?? (rootUri ? [rootUri] : []);
    installed = await installedVersion(files);
    return offerTo(client, settings);
  });
  connection.onNotification(TRUST_NOTIFICATION, () => {
    trusted = true;
    judging.look();
  });
  connection.onInitialized(async () => {
    if (client.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((it) => it.uri));
        roots = [...roots.filter((it) => !gone.has(it)), ...added.map((it) => it.uri)];
        indexing.left([...gone]);
        judging.look();
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

  judging.follow();

  connection.onCompletion(
    worldly<CompletionParams, CompletionList>(
      (view, offset, world, { context }) =>
        compactList(
          complete(view, offset, { world, trigger: context?.triggerCharacter, snippets: client.snippets }),
          client.listDefaults,
        ),
      { isIncomplete: false, items: [] },
      (list) => ({ ...list, isIncomplete: true }),
    ),
  );
  connection.onCompletionResolve((item) =>
    answerFrom(worldOf(), (world) => guard.run(() => resolveCompletion(item, client.markdownCompletion, world), item)),
  );
  const hoverOn = worldly(
    (view, offset, world) => hover(view, offset, client.markdownHover, world, settings.hardening.profile) ?? null,
    null,
  );
  connection.onHover((params, token) => {
    const { textDocument, position } = params;
    const shown = guard.run(() => effectiveView(documents.get(textDocument.uri), position.line, targetOf), undefined);
    if (!shown) return hoverOn(params, token);
    const { view, source } = shown;
    const offset = view.lines.offsetAt(position);
    return answerFrom(worldOf(source), (world) =>
      guard.run(() => hover(view, offset, client.markdownHover, world, settings.hardening.profile) ?? null, null),
    );
  });
  connection.languages.semanticTokens.on(request((view) => semanticTokens(view), { data: [] }));
  connection.languages.semanticTokens.onRange(
    request((view, { range }) => semanticTokens(view, spanOf(view, range)), { data: [] }),
  );
  connection.languages.inlayHint.on(
    request((view, { range }) => (settings.inlayHints.enabled ? inlayHints(view, range, Date.now(), zone) : []), []),
  );
  connection.onDocumentLinks(async ({ textDocument: { uri } }, token) => {
    // Clients ask once for a text: what is not known yet would be no link until the next edit.
    const around = units.view(uri) && (await judging.around(uri));
    const view = token.isCancellationRequested ? undefined : guard.run(() => units.view(uri), undefined);
    return view
      ? answerFrom(worldOf(uri), (world) => guard.run(() => documentLinks(view, client.views, world, around), []))
      : [];
  });
  connection.onDocumentHighlight(
    request((view, { position }) => highlights(view, view.lines.offsetAt(position)) ?? null, null),
  );
  connection.onSelectionRanges(
    request((view, { positions }) => positions.map((it) => selectionRange(view, view.lines.offsetAt(it))), null),
  );
  connection.onDocumentFormatting(request((view) => format(view), []));
  connection.onDocumentRangeFormatting(request((view, { range }) => format(view, range), []));
  connection.onDocumentSymbol(request((view) => symbols(view), []));
  connection.onFoldingRanges(request((view) => folding(view), []));
  answerCodeActions(connection, {
    view: (uri) => units.view(uri),
    opening: (uri) => judging.opening(uri),
    shown: (view, uri) => judging.shown(view, uri),
    client: () => client,
    settings: () => settings,
    selection: () => judging.selection,
    surroundings: (uri) => judging.surroundings(uri),
    overrides,
    guard,
  });

  connection.onCodeLens(
    whole(
      (view, { textDocument: { uri } }) =>
        codeLenses(view, uri, settings.hardening.profile, client.views, settings.rules, writings.of(uri).isNew),
      [],
    ),
  );
  answerUnitRequests(connection, {
    units,
    settings: () => settings,
    target: targetOf,
    installed: () => installed,
    unsearched: async () => {
      const far = roots.filter((it) => files.reach(it) === "far");
      return far.length > 0 ? servicesBelow(await indexing.ready(), far) : [];
    },
    guard,
  });
  answerHardeningRequests(connection, {
    view: (uri) => units.view(uri),
    versionOf: (uri) => documents.get(uri)?.version ?? 0,
    shown: (view, uri) => judging.shown(view, uri),
    settings: () => settings,
    guard,
  });
  answerNavigation(connection, {
    view: (uri) => units.view(uri),
    around: (uri) => judging.around(uri),
    gathered: (uri) => units.gathered(uri),
    read: (uri) => units.files.read(uri),
    list: (uri) => units.files.list(uri),
    versionOf: (uri) => documents.get(uri)?.version ?? null,
    roots: () => roots,
    client: () => client,
    guarded: guard.run,
  });
  answerOverrides(connection, overrides);
  answerNewUnits(connection, {
    settings: () => settings,
    target: () => targetOf("untitled:new"),
    around: (uri) => judging.around(uri),
    guard,
  });
  answerPulls(connection, {
    documents,
    units,
    judging,
    target: targetOf,
    roots: () => roots,
    client: () => client,
    settings: () => settings,
    progress,
  });
  answerManualRequests(connection, manuals);
  answerStatusRequests(connection, {
    units,
    settings: () => settings,
    target: targetOf,
    installed: () => installed,
    opening: (uri) => judging.opening(uri),
    guard,
  });
  const listening: Disposable = documents.listen(connection);
  connection.onShutdown(() => listening.dispose());
  connection.listen();
}
