import { type ExtensionContext, l10n, Uri, ViewColumn, type WebviewPanel, window, workspace } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { fileNameOf } from "../activeUnit.ts";
import { exists } from "../files.ts";
import { fileChanges } from "../options.ts";
import { onRunning } from "../server/running.ts";
import { isUnitFile } from "../unitFiles.ts";
import type { Notice } from "../webview/messages.ts";
import { type PageName, pageHtml } from "./page.ts";
import { restoreViews } from "./restore.ts";

/** How long a document must rest before what is shown of it is drawn again, in milliseconds. */
const REST = 150;

/** What a view is about, which its page keeps. */
export interface ViewSubject {
  /** The address of a file where `content` may have nothing to show. */
  readonly key: string;
  /** What else it is made of. */
  readonly text?: string;
}

/** A view next to the editor that follows the documents. */
export interface LivePanel<To, From> {
  readonly title: string;
  /** What the page shows now; undefined leaves it as it is. What it takes a while to make can be told of meanwhile. */
  readonly content: (tell: (message: To) => void) => Promise<To | undefined>;
  readonly receive: (message: From, refresh: () => Promise<void>) => Promise<void> | void;
  /** Takes another text, where the view has one. */
  readonly replace?: (text: string) => void;
}

/** One type of such views. */
export interface LivePanelType<To, From> {
  /** As the manifest names it in `onWebviewPanel:…`. */
  readonly viewType: string;
  readonly page: PageName;
  /** Whether a new view takes the focus from the editor. */
  readonly takesFocus?: boolean;
  readonly panel: (subject: ViewSubject) => LivePanel<To, From>;
}

/** Views that are drawn again as unit files change, and files that the server watches, and when the server is another one. */
export interface LivePanels {
  /** Of the views with one key only one is open. */
  open(key: string, text?: string): void;
}

interface OpenPanel {
  readonly panel: WebviewPanel;
  readonly refresh: () => Promise<void>;
  readonly replace?: ((text: string) => void) | undefined;
}

/** The views of one type, also those that were open before the window was loaded again. */
export function livePanels<To, From>(
  context: ExtensionContext,
  client: BaseLanguageClient,
  { viewType, page, takesFocus = false, panel: panelOf }: LivePanelType<To, From>,
): LivePanels {
  const panels = new Map<string, OpenPanel>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refreshAll = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const { panel, refresh } of panels.values()) if (panel.visible) void refresh();
    }, REST);
  };
  const options = { enableScripts: true, localResourceRoots: [Uri.joinPath(context.extensionUri, "dist")] };

  const attach = (
    panel: WebviewPanel,
    subject: ViewSubject,
    { content, receive, replace }: LivePanel<To, From>,
  ): void => {
    const { key } = subject;
    let isFilled = false;
    const post = (message: To | Notice): void => {
      // The reader may have closed it meanwhile.
      if (panels.get(key)?.panel === panel) void panel.webview.postMessage(message);
    };
    const refresh = async (): Promise<void> => {
      if (!isFilled && client.state !== State.Running)
        post({ notice: l10n.t("Waiting for the server of Unit Warden…") });
      // What fails with the server is asked for again when there is the next one.
      const shown = await content(post).catch((error: unknown) => client.error(`Nothing to show of ${key}`, error));
      if (shown) post(shown);
      else if (!isFilled && client.state === State.Running) {
        const name = fileNameOf(key);
        const isGone = !(await isThere(Uri.parse(key)));
        post({
          notice: isGone ? l10n.t("{0} no longer exists.", name) : l10n.t("There is nothing to show of {0}.", name),
        });
      }
      isFilled ||= shown !== undefined;
    };
    panels.set(key, { panel, refresh, replace });
    panel.onDidDispose(() => {
      if (panels.get(key)?.panel === panel) panels.delete(key);
    });
    panel.onDidChangeViewState(() => {
      // A page that is covered by another one is loaded again when it is seen again.
      if (!panel.visible) isFilled = false;
    });
    panel.webview.options = options;
    panel.webview.onDidReceiveMessage((message) => receive(message, refresh));
    panel.webview.html = pageHtml(panel.webview, context.extensionUri, "Unit Warden", page, subject);
  };

  context.subscriptions.push(
    onRunning(client, refreshAll),
    fileChanges.event(refreshAll),
    workspace.onDidGrantWorkspaceTrust(refreshAll),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (isUnitFile(document)) refreshAll();
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("unitWarden")) refreshAll();
    }),
  );
  restoreViews(context, {
    viewType,
    read: subjectIn,
    attach: (panel, subject) => {
      if (panels.has(subject.key)) panel.dispose();
      else attach(panel, subject, panelOf(subject));
    },
  });
  return {
    open(key, text) {
      const known = panels.get(key);
      if (known) {
        known.panel.reveal();
        if (text === undefined) return;
        known.replace?.(text);
        void known.refresh();
        return;
      }
      const subject = { key, ...(text === undefined ? {} : { text }) };
      const made = panelOf(subject);
      const column = { viewColumn: ViewColumn.Beside, preserveFocus: !takesFocus };
      const panel = window.createWebviewPanel(viewType, made.title, column, { ...options, enableFindWidget: true });
      attach(panel, subject, made);
    },
  };
}

/** What a page has kept; undefined for anything else. */
function subjectIn(kept: object): ViewSubject | undefined {
  const { key, text } = kept as Partial<Record<keyof ViewSubject, unknown>>;
  if (typeof key !== "string") return undefined;
  return typeof text === "string" ? { key, text } : { key };
}

/** Whether there is a file, or a document that is none yet. */
const isThere = async (uri: Uri): Promise<boolean> =>
  workspace.textDocuments.some((it) => it.uri.toString() === uri.toString()) || exists(uri);
