import { commands, type ExtensionContext } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type LivePanels, livePanels } from "../views/livePanels.ts";
import { escaped } from "../views/page.ts";
import type { FromPage, ToPage } from "../webview/messages.ts";

/** One type of views that show a document of the server, each about a file. */
export interface DocumentViews {
  /** As the manifest names it in `onWebviewPanel:…`. */
  readonly viewType: string;
  readonly title: (uri: string) => string;
  /** The document in Markdown; null where a file has none. */
  readonly text: (uri: string) => Thenable<string | null>;
  readonly receive: (message: FromPage, refresh: () => Promise<void>) => Promise<void> | void;
}

/** Such views, which are drawn again as files change. */
export const documentPanels = (
  context: ExtensionContext,
  client: BaseLanguageClient,
  { viewType, title, text, receive }: DocumentViews,
): LivePanels =>
  livePanels<ToPage, FromPage>(context, client, {
    viewType,
    page: "webview",
    panel: ({ key }) => ({
      title: title(key),
      async content() {
        const found = await text(key);
        return found ? { document: await rendered(found) } : undefined;
      },
      receive,
    }),
  });

/** A document as the editor's own renderer makes it. */
async function rendered(markdown: string): Promise<string> {
  try {
    return await commands.executeCommand<string>("markdown.api.render", markdown);
  } catch {
    // The reader has switched Markdown off in the editor.
    return `<pre>${escaped(markdown)}</pre>`;
  }
}
