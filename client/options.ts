import type { CompletionItem } from "vscode";
import type { LanguageClientOptions } from "vscode-languageclient";

/** The id and name under which the editor shows the server's log. */
export const CLIENT = { id: "unitWarden", name: "Unit Warden" } as const;

/** Opens the list of values as soon as `Name=` is accepted: the editor does so only for what is typed by hand. */
function suggestValues(item: CompletionItem): CompletionItem {
  if (!String(item.insertText ?? "").endsWith("=")) return item;
  item.command = { command: "editor.action.triggerSuggest", title: "Suggest values" };
  return item;
}

/** What the desktop and the web client share. */
export const CLIENT_OPTIONS: LanguageClientOptions = {
  documentSelector: [{ language: "systemd" }],
  initializationOptions: { views: true },
  middleware: {
    async provideCompletionItem(document, position, context, token, next) {
      const answer = await next(document, position, context, token);
      const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
      for (const item of items) suggestValues(item);
      return answer;
    },
  },
};
