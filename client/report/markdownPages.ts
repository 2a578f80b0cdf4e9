import { commands, type ExtensionContext, Uri, ViewColumn, type Webview, type WebviewPanel, window } from "vscode";
import { restoreViews } from "../views/restore.ts";
import { escaped, pageAround } from "./reportPage.ts";

/** Shows explanations next to the editor; the one of a unit replaces an earlier one. */
export interface MarkdownPages {
  readonly show: (key: string, title: string, markdown: string) => Promise<void>;
  /** Asks again for the text of each that is visible; one without a text stays as it is. */
  readonly refresh: (markdownOf: (key: string) => PromiseLike<string | null | undefined>) => Promise<void>;
}

/** What a page shows, which is also what it keeps. */
interface Explanation {
  readonly key: string;
  readonly title: string;
  readonly markdown: string;
}

/** The explanations of one type that are open, also those from before the window was loaded again. */
export function markdownPages(context: ExtensionContext, viewType: string): MarkdownPages {
  const { extensionUri } = context;
  const panels = new Map<string, WebviewPanel>();
  const options = { enableScripts: true, localResourceRoots: [Uri.joinPath(extensionUri, "dist")] };
  const attach = (panel: WebviewPanel, key: string): void => {
    panels.set(key, panel);
    panel.onDidDispose(() => {
      if (panels.get(key) === panel) panels.delete(key);
    });
  };
  const create = (key: string, title: string): WebviewPanel => {
    const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const panel = window.createWebviewPanel(viewType, title, column, { ...options, enableFindWidget: true });
    attach(panel, key);
    return panel;
  };
  const fill = async (panel: WebviewPanel, shown: Explanation): Promise<void> => {
    const body = await rendered(shown.markdown);
    // The reader may have closed it meanwhile.
    if (panels.get(shown.key) === panel) panel.webview.html = pageOf(panel.webview, extensionUri, shown, body);
  };
  restoreViews<Explanation>(context, {
    viewType,
    read: explanationIn,
    attach(panel, shown) {
      if (panels.has(shown.key)) return panel.dispose();
      panel.webview.options = options;
      attach(panel, shown.key);
      return fill(panel, shown);
    },
  });
  return {
    async show(key, title, markdown) {
      const panel = panels.get(key) ?? create(key, title);
      await fill(panel, { key, title, markdown });
      panel.reveal(undefined, true);
    },
    async refresh(markdownOf) {
      for (const [key, panel] of panels) {
        const markdown = panel.visible ? await markdownOf(key) : undefined;
        if (markdown) await fill(panel, { key, title: panel.title, markdown });
      }
    },
  };
}

function explanationIn(kept: object): Explanation | undefined {
  const { key, title, markdown } = kept as Partial<Record<keyof Explanation, unknown>>;
  if (typeof key !== "string" || typeof title !== "string" || typeof markdown !== "string") return undefined;
  return { key, title, markdown };
}

/** The editor's own renderer makes the page; scripts and pictures in the text the page would neither run nor load. */
async function rendered(markdown: string): Promise<string> {
  try {
    return await commands.executeCommand<string>("markdown.api.render", markdown);
  } catch {
    // The reader has switched Markdown off in the editor.
    return `<pre>${escaped(markdown)}</pre>`;
  }
}

function pageOf(webview: Webview, extension: Uri, shown: Explanation, body: string): string {
  const script = webview.asWebviewUri(Uri.joinPath(extension, "dist", "keep.js"));
  const kept = escaped(JSON.stringify(shown));
  return pageAround(
    `<body data-view="${kept}">\n${body}\n<script src="${script}"></script>\n</body>`,
    { title: shown.title, name: "failure", language: "en", runsScripts: true },
    { webview, extension },
  );
}
