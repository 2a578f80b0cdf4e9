import { type CompletionItem, type ExtensionContext, workspace } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { OPEN_MANUAL } from "../server/src/manual/place.ts";
import { TRUST_NOTIFICATION } from "../server/src/server/protocol.ts";
import { UNIT_FILES } from "./unitFiles.ts";

/** The id and name under which the editor shows the server's log. */
export const CLIENT = { id: "unitWarden", name: "Unit Warden" } as const;

/** Opens the list of values as soon as `Name=` is accepted: the editor does so only for what is typed by hand. */
function suggestValues(item: CompletionItem): CompletionItem {
  if (!String(item.insertText ?? "").endsWith("=")) return item;
  item.command = { command: "editor.action.triggerSuggest", title: "Suggest values" };
  return item;
}

/** What the desktop and the web client share, with the state of the workspace at the time of the call. */
export const clientOptions = (): LanguageClientOptions => ({
  documentSelector: [...UNIT_FILES],
  markdown: { isTrusted: { enabledCommands: [OPEN_MANUAL] } },
  initializationOptions: { views: true, files: true, trusted: workspace.isTrusted },
  middleware: {
    async provideCompletionItem(document, position, context, token, next) {
      const answer = await next(document, position, context, token);
      const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
      for (const item of items) suggestValues(item);
      return answer;
    },
  },
});

/** Tells the server when the reader comes to trust the workspace, so that completion may look at the machine. */
export function announceTrust(context: ExtensionContext, client: BaseLanguageClient): void {
  context.subscriptions.push(
    workspace.onDidGrantWorkspaceTrust(() => void client.sendNotification(TRUST_NOTIFICATION)),
  );
}
