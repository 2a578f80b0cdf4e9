import { type CompletionItem, CompletionList, EventEmitter, type ExtensionContext, l10n, workspace } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { OPEN_MANUAL } from "../server/src/manual/place.ts";
import { TRUST_NOTIFICATION } from "../server/src/server/protocol.ts";
import { UNIT_FILES } from "./unitFiles.ts";

/** The id and name under which the editor shows the server's log. */
export const CLIENT = { id: "unitWarden", name: "Unit Warden" } as const;

/**
 * Opens the next list as soon as `Name=`, a folder or a header with its line is accepted, or a name of Nix with the place of its
 * value: the editor does so only for what is typed by hand. As if it were typed, so that nothing is shown where there is
 * nothing to choose.
 */
function suggestNext(item: CompletionItem): void {
  const { insertText = "" } = item;
  const isNext =
    typeof insertText === "string" ? /(?:[=/]|\]\r?\n)$/.test(insertText) : /= (?:\$0|"\$0");$/.test(insertText.value);
  if (!isNext) return;
  item.command = {
    command: "editor.action.triggerSuggest",
    title: l10n.t("Suggest next values"),
    arguments: [{ auto: true }],
  };
}

/** Fires once the server was told of files that changed on disk, which the client collects for a moment. */
export const fileChanges = new EventEmitter<void>();

/** What the desktop and the web client share. A server is told of the workspace as it is when that server starts. */
export const clientOptions = (): LanguageClientOptions => ({
  documentSelector: [...UNIT_FILES],
  markdown: { isTrusted: { enabledCommands: [OPEN_MANUAL] }, supportHtml: false },
  initializationOptions: () => ({
    views: true,
    files: true,
    trusted: workspace.isTrusted,
    workspaceDiagnostics: workspace.getConfiguration(CLIENT.id).get("workspaceDiagnostics"),
  }),
  middleware: {
    async provideCompletionItem(document, position, context, token, next) {
      const answer = await next(document, position, context, token);
      const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
      for (const item of items) suggestNext(item);
      // While the editor asks again it shows the old list, whatever is typed meanwhile, and Enter takes the first of it.
      // That ends no name: its line goes on with "=".
      const isName = !document.lineAt(position).text.slice(0, position.character).includes("=");
      return Array.isArray(answer) || !answer || isName ? answer : new CompletionList(items, false);
    },
    workspace: {
      async didChangeWatchedFile(event, next) {
        await next(event);
        fileChanges.fire();
      },
    },
  },
});

/** Tells the server when the reader comes to trust the workspace, so that completion may look at the machine. */
export function announceTrust(context: ExtensionContext, client: BaseLanguageClient): void {
  // A server that does not run yet is told when it starts.
  const announce = (): void => void client.sendNotification(TRUST_NOTIFICATION).catch(() => undefined);
  context.subscriptions.push(workspace.onDidGrantWorkspaceTrust(announce));
}
