import { commands, type ExtensionContext, Uri, ViewColumn, type Webview, type WebviewPanel, window } from "vscode";
import { escaped, pageAround } from "../report/reportPage.ts";

/** Shows explanations next to the editor; the one of a unit replaces an earlier one. */
export interface FailurePages {
  readonly show: (key: string, title: string, markdown: string) => Promise<void>;
  /** Asks again for the text of each that is visible; one without a text stays as it is. */
  readonly refresh: (markdownOf: (key: string) => PromiseLike<string | null | undefined>) => Promise<void>;
}

/** The explanations that are open, until the extension is switched off. */
export function failurePages({ extensionUri, subscriptions }: ExtensionContext): FailurePages {
  const panels = new Map<string, WebviewPanel>();
  const create = (key: string, title: string): WebviewPanel => {
    const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const panel = window.createWebviewPanel("unitWarden.failure", title, column, {
      enableFindWidget: true,
      localResourceRoots: [Uri.joinPath(extensionUri, "dist")],
    });
    panels.set(key, panel);
    panel.onDidDispose(() => panels.delete(key));
    return panel;
  };
  subscriptions.push({
    dispose: () => {
      for (const panel of panels.values()) panel.dispose();
    },
  });
  return {
    async show(key, title, markdown) {
      const body = await rendered(markdown);
      const panel = panels.get(key) ?? create(key, title);
      panel.webview.html = pageOf(panel.webview, extensionUri, title, body);
      panel.reveal(undefined, true);
    },
    async refresh(markdownOf) {
      for (const [key, panel] of panels) {
        const markdown = panel.visible ? await markdownOf(key) : undefined;
        const body = markdown && (await rendered(markdown));
        // The reader may have closed it meanwhile.
        if (body && panels.get(key) === panel)
          panel.webview.html = pageOf(panel.webview, extensionUri, panel.title, body);
      }
    },
  };
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

const pageOf = (webview: Webview, extension: Uri, title: string, body: string): string =>
  pageAround(`<body>\n${body}\n</body>`, { title, name: "failure", language: "en" }, { webview, extension });
