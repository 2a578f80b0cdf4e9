import { type ExtensionContext, Uri, ViewColumn, type WebviewPanel, window, workspace } from "vscode";
import { filesTold } from "../options.ts";
import { isUnitFile } from "../unitFiles.ts";
import { pageHtml } from "./reportPage.ts";

/** How long a document must rest before what is shown of it is drawn again, in milliseconds. */
const REST = 150;

/** A view next to the editor that follows the documents. */
export interface LivePanel<To, From> {
  /** Of the views with one key only one is open. */
  readonly key: string;
  readonly title: string;
  readonly page: Parameters<typeof pageHtml>[3];
  /** What the page shows now; undefined leaves it as it is. What it takes a while to make can be told of meanwhile. */
  readonly content: (tell: (message: To) => void) => Promise<To | undefined>;
  readonly receive: (message: From, refresh: () => Promise<void>) => Promise<void> | void;
}

/** Opens views that are drawn again as unit files change, and files that the server watches. */
export interface LivePanels {
  open<To, From>(panel: LivePanel<To, From>): void;
}

/** The views of one kind, until the extension is switched off. */
export function livePanels(context: ExtensionContext): LivePanels {
  const panels = new Map<string, { panel: WebviewPanel; refresh: () => Promise<void> }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refreshAll = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const { panel, refresh } of panels.values()) if (panel.visible) void refresh();
    }, REST);
  };
  context.subscriptions.push(
    filesTold.event(refreshAll),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (isUnitFile(document)) refreshAll();
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("unitWarden")) refreshAll();
    }),
  );
  return {
    open({ key, title, page, content, receive }) {
      const known = panels.get(key);
      if (known) {
        known.panel.reveal();
        return;
      }
      const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
      const panel = window.createWebviewPanel(page === "webview" ? "unitWarden" : `unitWarden.${page}`, title, column, {
        enableScripts: true,
        localResourceRoots: [Uri.joinPath(context.extensionUri, "dist")],
      });
      const refresh = async (): Promise<void> => {
        const shown = await content((message) => {
          if (panels.get(key)?.panel === panel) void panel.webview.postMessage(message);
        });
        // The reader may have closed it meanwhile.
        if (shown && panels.get(key)?.panel === panel) await panel.webview.postMessage(shown);
      };
      panels.set(key, { panel, refresh });
      panel.onDidDispose(() => panels.delete(key));
      panel.webview.onDidReceiveMessage((message) => receive(message, refresh));
      panel.webview.html = pageHtml(panel.webview, context.extensionUri, "Unit Warden", page);
    },
  };
}
