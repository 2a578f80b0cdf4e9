import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
} from "vscode-languageserver";
import { offerHosted } from "./hostedOffer.ts";
import { TRUST_NOTIFICATION } from "./protocol.ts";
import { offerWorkspace } from "./pulls.ts";
import type { Session } from "./session.ts";
import { readSettings } from "./settings.ts";
import { WATCHED } from "./watched.ts";

const SECTION = "unitWarden";

/** Follows what the client says of its folders, of trust and of its user's settings once it is connected. */
export function followClient(session: Session): void {
  const { connection, indexing, manuals, survey } = session;
  connection.onNotification(TRUST_NOTIFICATION, () => {
    session.trusted = true;
    survey.look();
  });
  connection.onInitialized(async () => {
    const { client } = session;
    if (client.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((it) => it.uri));
        session.roots = [...session.roots.filter((it) => !gone.has(it)), ...added.map((it) => it.uri)];
        indexing.dropFolders([...gone]);
        session.team.forget();
        session.judging.refreshAll();
        if (client.configuration) void askSettings(session).catch(session.guard.complain);
        survey.look();
      });
    if (client.watchedFiles)
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHED });
    await offerHosted(connection, client);
    if (!client.configuration) {
      void manuals.load();
      return;
    }
    if (client.configurationChanges)
      await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
    await askSettings(session);
  });
  connection.onDidChangeConfiguration(async ({ settings }) => {
    if (session.client.configuration) await askSettings(session);
    else applySettings(session, (settings as Record<string, unknown> | null | undefined)?.[SECTION]);
  });
}

async function askSettings(session: Session): Promise<void> {
  const { connection, roots } = session;
  const sent: unknown = await connection.workspace.getConfiguration(SECTION);
  session.folderScopes = new Map();
  // One folder has the settings of the workspace.
  if (roots.length > 1) {
    const own: unknown = await connection.workspace.getConfiguration(
      roots.map((scopeUri) => ({ scopeUri, section: SECTION })),
    );
    const all: readonly unknown[] = Array.isArray(own) ? own : [];
    session.folderScopes = new Map(roots.map((root, i) => [root, readSettings(all[i]).scope]));
  }
  applySettings(session, sent);
}

function applySettings(session: Session, sent: unknown): void {
  const { client, connection, guard, judging, manuals } = session;
  const before = session.settings.workspaceDiagnostics === "off";
  session.settings = readSettings(sent);
  const after = session.settings.workspaceDiagnostics === "off";
  if (client.pulls && client.registersDiagnostics && before !== after)
    void offerWorkspace(connection, before).catch(guard.complain);
  void manuals.load();
  judging.publishAll();
  if (client.refreshesTokens) void connection.sendRequest(SemanticTokensRefreshRequest.type).catch(() => undefined);
  if (client.refreshesLenses) void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  if (client.refreshesHints) void connection.sendRequest(InlayHintRefreshRequest.type).catch(() => undefined);
}
