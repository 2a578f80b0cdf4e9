import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Disposable,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
  TextDocuments,
} from "vscode-languageserver";
import { fragmentOf } from "../units/index/lookup.ts";
import { NEWEST_VERSION, type SystemdVersion } from "../values/version.ts";
import { type Client, hasFiles, hasViews, isTrusted, offerTo, readClient } from "./capabilities.ts";
import { withClientFiles } from "./clientFiles.ts";
import { answerCodeActions } from "./codeActionRequests.ts";
import { UnitDocuments } from "./documents.ts";
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
import { answerTextRequests } from "./textRequests.ts";
import { answerUnitRequests } from "./unitRequests.ts";
import { isLocal, pathOfUri } from "./uris.ts";
import { WATCHED } from "./watched.ts";
import { worldsOf } from "./worlds.ts";
import { afterPatience, followedBy, Writings } from "./writings.ts";

const SECTION = "unitWarden";

/**
 * Wires the features to a connection and listens. One call serves one client until the connection ends. What `ownFiles` do
 * not reach, the client is asked for where it can be.
 */
export function serve(connection: Connection, ownFiles: Files, loadManual: LoadManual): void {
  const ask = <R>(method: string, params: object): Promise<R> => connection.sendRequest<R>(method, params);
  const files = withClientFiles(ownFiles, ask, () => client.files);
  const progress = progressOf(connection, () => client.progress);
  const writings = new Writings({ later: afterPatience, settled: (uri, first) => judging.settled(uri, first) });
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

  const overrides: OverrideSources = {
    units,
    client: () => client,
    settings: () => settings,
    roots: () => roots,
    open: (path) => documents.all().find((it) => pathOfUri(it.uri) === path),
    guard,
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

  answerTextRequests(connection, {
    documents,
    units,
    judging,
    worldOf,
    isNew: (uri) => writings.of(uri).isNew,
    target: targetOf,
    zone,
    client: () => client,
    settings: () => settings,
    guard,
  });
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
