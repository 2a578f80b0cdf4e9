import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import type { ManualPlace } from "../../server/src/manual/place.ts";
import type { ManualAnswer } from "../../server/src/server/protocol.ts";
import { pageHtml } from "../report/reportPage.ts";
import type { FromManual, ShownPage, ToManual } from "../webview/manual/messages.ts";

/** The view of manual pages; there is one at most. */
export interface ManualPanel extends Disposable {
  /** Opens it next to the editor, if need be, and goes to a place. */
  go(place: ManualPlace, answer: ShownPage): void;
  /** Goes back or forward, if it is open. */
  step(by: -1 | 1): void;
}

/** Makes the view: `ask` gets a page, `open` goes wherever a link leads. */
export function manualPanel(
  extension: Uri,
  ask: (place: ManualPlace) => Promise<ManualAnswer | null>,
  open: (place: ManualPlace) => Promise<void>,
): ManualPanel {
  let panel: WebviewPanel | undefined;
  /** What the page gets as soon as its script runs. */
  let waiting: ToManual | undefined;
  let ready = false;

  const send = (message: ToManual): void => {
    if (ready) void panel?.webview.postMessage(message);
    else waiting = message;
  };
  const receive = async (message: FromManual): Promise<void> => {
    switch (message.kind) {
      case "ready":
        ready = true;
        if (waiting) send(waiting);
        waiting = undefined;
        return;
      case "wanted": {
        if (!message.again) return open(message.place);
        const answer = await ask(message.place);
        return send({ kind: "page", place: message.place, ...(answer?.kind === "page" ? { answer } : {}) });
      }
      case "shows":
        if (panel) panel.title = message.title;
    }
  };
  const create = (): WebviewPanel => {
    const made = window.createWebviewPanel("unitWarden.manual", l10n.t("Manual"), ViewColumn.Beside, {
      enableScripts: true,
      localResourceRoots: [Uri.joinPath(extension, "dist")],
    });
    ready = false;
    made.webview.onDidReceiveMessage(receive);
    // A view that is covered by another loses its script, which starts again when it is seen again.
    made.onDidChangeViewState(() => {
      if (!made.visible) ready = false;
    });
    made.onDidDispose(() => {
      panel = undefined;
      ready = false;
    });
    made.webview.html = pageHtml(made.webview, extension, l10n.t("Manual"), "manual");
    return made;
  };
  return {
    go(place, answer) {
      if (panel) panel.reveal();
      else panel = create();
      send({ kind: "go", place, answer });
    },
    step(by) {
      if (ready) send({ kind: "step", by });
    },
    dispose: () => panel?.dispose(),
  };
}
