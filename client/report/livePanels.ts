import { type ExtensionContext, l10n, Uri, ViewColumn, type WebviewPanel, window, workspace } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { filesTold } from "../options.ts";
import { onRunning } from "../server/running.ts";
import { isUnitFile } from "../unitFiles.ts";
import { absence } from "../views/absence.ts";
import { restoreViews } from "../views/restore.ts";
import type { Said } from "../webview/messages.ts";
import { pageHtml } from "./reportPage.ts";

/** How long a document must rest before what is shown of it is drawn again, in milliseconds. */
const REST = 150;

/** A view next to the editor that follows the documents. */
export interface LivePanel<To, From> {
  readonly title: string;
  /** What the page shows now; undefined leaves it as it is. What it takes a while to make can be told of meanwhile. */
  readonly content: (tell: (message: To) => void) => Promise<To | undefined>;
  readonly receive: (message: From, refresh: () => Promise<void>) => Promise<void> | void;
}

/** One type of such views. */
export interface LivePanelType<To, From> {
  readonly viewType: string;
  readonly page: Parameters<typeof pageHtml>[3];
  /** The view with a key, which is the address of a file where `content` may have nothing to show. */
  readonly panel: (key: string) => LivePanel<To, From>;
}

/** Views that are drawn again as unit files change, and files that the server watches, and when the server is another one. */
export interface LivePanels {
  /** Of the views with one key only one is open. */
  open(key: string): void;
}

/** The views of one type, also those that were open before the window was loaded again. */
export function livePanels<To, From>(
  context: ExtensionContext,
  client: BaseLanguageClient,
  { viewType, page, panel: panelOf }: LivePanelType<To, From>,
): LivePanels {
  const panels = new Map<string, { readonly panel: WebviewPanel; readonly refresh: () => Promise<void> }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refreshAll = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const { panel, refresh } of panels.values()) if (panel.visible) void refresh();
    }, REST);
  };
  const options = { enableScripts: true, localResourceRoots: [Uri.joinPath(context.extensionUri, "dist")] };

  const attach = (panel: WebviewPanel, key: string): void => {
    const { content, receive } = panelOf(key);
    let isFilled = false;
    const post = (message: To | Said): void => {
      // The reader may have closed it meanwhile.
      if (panels.get(key)?.panel === panel) void panel.webview.postMessage(message);
    };
    const refresh = async (): Promise<void> => {
      if (!isFilled && client.state !== State.Running) post({ said: l10n.t("Waiting for the server of Unit Warden…") });
      // What fails with the server is asked for again when there is the next one.
      const shown = await content(post).catch((error: unknown) => client.error(`Nothing to show of ${key}`, error));
      if (shown) post(shown);
      else if (!isFilled && client.state === State.Running)
        post({ said: await absence(key, (name) => l10n.t("{0} is not a service.", name)) });
      isFilled ||= shown !== undefined;
    };
    panels.set(key, { panel, refresh });
    panel.onDidDispose(() => {
      if (panels.get(key)?.panel === panel) panels.delete(key);
    });
    panel.onDidChangeViewState(() => {
      // A page that is covered by another one is loaded again when it is seen again.
      if (!panel.visible) isFilled = false;
    });
    panel.webview.options = options;
    panel.webview.onDidReceiveMessage((message) => receive(message, refresh));
    panel.webview.html = pageHtml(panel.webview, context.extensionUri, "Unit Warden", page, { key });
  };

  context.subscriptions.push(
    onRunning(client, refreshAll),
    filesTold.event(refreshAll),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (isUnitFile(document)) refreshAll();
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("unitWarden")) refreshAll();
    }),
  );
  restoreViews<{ readonly key: string }>(context, {
    viewType,
    read: (kept) => ("key" in kept && typeof kept.key === "string" ? { key: kept.key } : undefined),
    attach: (panel, { key }) => {
      if (panels.has(key)) panel.dispose();
      else attach(panel, key);
    },
  });
  return {
    open(key) {
      const known = panels.get(key);
      if (known) {
        known.panel.reveal();
        return;
      }
      const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
      attach(window.createWebviewPanel(viewType, panelOf(key).title, column, options), key);
    },
  };
}
