import { type ExtensionContext, l10n, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import type { ManualPlace } from "../../server/src/manual/place.ts";
import type { ManualAnswer } from "../../server/src/server/protocol.ts";
import { onRunning } from "../server/running.ts";
import { pageHtml } from "../views/page.ts";
import { restoreViews } from "../views/restore.ts";
import type { FromManual, ShownPage, ToManual } from "../webview/manual/messages.ts";

const VIEW_TYPE = "unitWarden.manual";

/** The view of manual pages; there is one at most. */
export interface ManualPanel {
  /** Opens it next to the editor, if need be, and goes to a place. */
  go(place: ManualPlace, answer: ShownPage): void;
  /** Goes back or forward, if it is open. */
  step(by: -1 | 1): void;
}

/** What the view needs of the rest: `ask` gets a page, `open` goes wherever a link leads, `missing` says that a page is not there. */
export interface ManualNeeds {
  readonly client: BaseLanguageClient;
  readonly ask: (place: ManualPlace) => Promise<ManualAnswer | null>;
  readonly open: (place: ManualPlace) => Promise<void>;
  readonly missing: (place: ManualPlace) => string;
}

/** Makes the view, also the one that was open before the window was loaded again. */
export function manualPanel(context: ExtensionContext, { client, ask, open, missing }: ManualNeeds): ManualPanel {
  let panel: WebviewPanel | undefined;
  /** What the page gets as soon as its script runs. */
  let waiting: ToManual | undefined;
  let ready = false;
  /** The place that the page wants to show again and that there was no server for. */
  let unanswered: ManualPlace | undefined;

  const send = (message: ToManual): void => {
    if (ready) void panel?.webview.postMessage(message);
    else waiting = message;
  };
  const showAgain = async (place: ManualPlace): Promise<void> => {
    unanswered = place;
    if (client.state !== State.Running)
      send({ kind: "notice", notice: l10n.t("Waiting for the server of Unit Warden…") });
    const answer = await ask(place).catch(() => undefined);
    if (answer === undefined) return;
    unanswered = undefined;
    if (answer?.kind === "page") send({ kind: "page", place, answer });
    else send({ kind: "notice", notice: missing(place) });
  };
  const receive = async (message: FromManual): Promise<void> => {
    switch (message.kind) {
      case "ready":
        ready = true;
        if (waiting) send(waiting);
        waiting = undefined;
        return;
      case "wanted":
        return message.again ? showAgain(message.place) : open(message.place);
      case "shows":
        if (panel) panel.title = message.title;
    }
  };
  const options = { enableScripts: true, localResourceRoots: [Uri.joinPath(context.extensionUri, "dist")] };
  const attach = (made: WebviewPanel): void => {
    panel = made;
    ready = false;
    made.webview.options = options;
    made.webview.onDidReceiveMessage(receive);
    // A view that is covered by another loses its script, which starts again when it is seen again.
    made.onDidChangeViewState(() => {
      if (!made.visible) ready = false;
    });
    made.onDidDispose(() => {
      panel = undefined;
      ready = false;
    });
    made.webview.html = pageHtml(made.webview, context.extensionUri, l10n.t("Manual"), "manual", {});
  };
  context.subscriptions.push(
    onRunning(client, () => {
      if (unanswered) void showAgain(unanswered);
    }),
  );
  restoreViews(context, {
    viewType: VIEW_TYPE,
    read: (kept) => kept,
    attach: (made) => {
      if (panel) made.dispose();
      else attach(made);
    },
  });
  return {
    go(place, answer) {
      if (panel) panel.reveal();
      else attach(window.createWebviewPanel(VIEW_TYPE, l10n.t("Manual"), ViewColumn.Beside, options));
      send({ kind: "go", place, answer });
    },
    step(by) {
      if (ready) send({ kind: "step", by });
    },
  };
}
