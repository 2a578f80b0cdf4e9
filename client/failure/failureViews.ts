import {
  commands,
  type ExtensionContext,
  l10n,
  Range,
  type TextDocument,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { EXPLAIN_FAILURE_REQUEST, type ExplainedFailure } from "../../server/src/server/protocol.ts";
import { fileNameOf, unitNameOfUri } from "../activeUnit.ts";
import { filesTold } from "../options.ts";
import { pageHtml } from "../report/reportPage.ts";
import { isUnitFile } from "../unitFiles.ts";
import type {
  AppliedChange,
  FailureState,
  FailureTool,
  FromFailures,
  ToFailures,
} from "../webview/failures/messages.ts";

/** Another place to get the news of a failure from; undefined where it cannot be asked about a document. */
export type Source = (document: TextDocument) =>
  | {
      readonly label: string;
      readonly ask: () => Promise<string | undefined>;
      /** What else the machine can do for this unit. */
      readonly tools: readonly ("learn" | "try")[];
    }
  | undefined;

/** The type of these views, by which the editor keeps them. */
const FAILURE_VIEW = "unitWarden.failure";

/** How long a document must rest before its failures are explained again, in milliseconds. */
const REST = 150;
/** As much of a log is kept with a view, its end. */
const MAX_KEPT = 100_000;

/** The views that explain failures, one for each unit. */
export interface FailureViews {
  /** Opens the view of a unit next to the editor, or shows other lines in it. */
  readonly open: (state: FailureState) => void;
}

/** What a page has kept of its view; undefined for anything else. */
function keptFailure(kept: unknown): FailureState | undefined {
  const { view } = (kept ?? {}) as { readonly view?: Partial<Record<keyof FailureState, unknown>> };
  const { uri, text } = view ?? {};
  return typeof uri === "string" && typeof text === "string" ? { uri, text } : undefined;
}

interface OpenView {
  readonly panel: WebviewPanel;
  state: FailureState;
  applied: readonly AppliedChange[];
}

/** Shows failures; `source` asks the systemd of this machine, where the client can. */
export function failureViews(context: ExtensionContext, client: BaseLanguageClient, source?: Source): FailureViews {
  const views = new Map<string, OpenView>();
  const options = { enableScripts: true, localResourceRoots: [Uri.joinPath(context.extensionUri, "dist")] };

  const refresh = async (view: OpenView): Promise<void> => {
    const { uri, text } = view.state;
    const explained = await explain(client, view.state);
    // The reader may have closed it meanwhile, or asked for other lines.
    if (!explained || views.get(uri) !== view || view.state.text !== text) return;
    // What is offered again was undone.
    view.applied = view.applied.filter(({ failure, setting, title }) => !fixIn(explained, { failure, setting, title }));
    const { markdown: _, ...parts } = explained;
    const { state, applied } = view;
    const name = explained.name ?? fileNameOf(uri);
    const tools = toolsFor(Uri.parse(uri), source);
    await view.panel.webview.postMessage({ explained: parts, name, state, applied, tools } satisfies ToFailures);
  };

  const receive = async (view: OpenView, message: FromFailures): Promise<void> => {
    switch (message.kind) {
      case "ready":
        return refresh(view);
      case "open":
        return openLine(Uri.parse(message.uri), message.line);
      case "tool":
        return useTool(view, message.tool);
      case "apply":
        return apply(view, message);
    }
  };

  const apply = async (view: OpenView, wanted: Extract<FromFailures, { kind: "apply" }>): Promise<void> => {
    // By its name, as the text may have changed since the page was drawn.
    const explained = await explain(client, view.state);
    const fix = explained && fixIn(explained, wanted);
    const edit = fix && (await client.protocol2CodeConverter.asWorkspaceEdit(fix.edit));
    if (!edit || !(await workspace.applyEdit(edit))) return refresh(view);
    const { failure, setting, title } = wanted;
    const files = edit.entries().map(([uri]) => fileNameOf(uri.toString()));
    view.applied = [...view.applied, { failure, setting, title, files }];
    for (const [uri, [first]] of edit.entries()) if (first) await openLine(uri, first.range.start.line, true);
    await refresh(view);
  };

  const useTool = async (view: OpenView, tool: FailureTool): Promise<void> => {
    const document = await workspace.openTextDocument(Uri.parse(view.state.uri));
    if (tool === "again") {
      const text = await source?.(document)?.ask();
      if (text !== undefined) open({ uri: view.state.uri, text });
      return;
    }
    // These are about the file in the editor.
    await window.showTextDocument(document, { viewColumn: ViewColumn.One });
    await commands.executeCommand(`unitWarden.tools.${tool}`);
  };

  const attach = (panel: WebviewPanel, state: FailureState): void => {
    const { uri } = state;
    if (views.has(uri)) {
      panel.dispose();
      return;
    }
    const view: OpenView = { panel, state, applied: [] };
    views.set(uri, view);
    panel.onDidDispose(() => views.delete(uri));
    panel.webview.options = options;
    panel.webview.onDidReceiveMessage((message: FromFailures) => receive(view, message));
    panel.webview.html = pageHtml(panel.webview, context.extensionUri, "Unit Warden", "failures");
  };

  const open = ({ uri, text }: FailureState): void => {
    const state = { uri, text: endOf(text) };
    const known = views.get(uri);
    if (known) {
      known.state = state;
      known.applied = [];
      known.panel.reveal();
      void refresh(known);
      return;
    }
    const title = l10n.t("Why {0} failed", unitNameOfUri(uri));
    attach(
      window.createWebviewPanel(FAILURE_VIEW, title, ViewColumn.Beside, { ...options, enableFindWidget: true }),
      state,
    );
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const view of views.values()) if (view.panel.visible) void refresh(view);
    }, REST);
  };
  const deserializeWebviewPanel = async (panel: WebviewPanel, kept: unknown): Promise<void> => {
    const state = keptFailure(kept);
    if (state) attach(panel, state);
    else panel.dispose();
  };
  context.subscriptions.push(
    window.registerWebviewPanelSerializer(FAILURE_VIEW, { deserializeWebviewPanel }),
    filesTold.event(follow),
    // Another server has not been asked yet.
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) follow();
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (isUnitFile(document)) follow();
    }),
  );
  return { open };
}

/** The end of a log, from the beginning of a line. */
function endOf(text: string): string {
  if (text.length <= MAX_KEPT) return text;
  const end = text.slice(-MAX_KEPT);
  return end.slice(end.indexOf("\n") + 1);
}

/** Asks the server; null for what is no unit file. */
export async function explain(client: BaseLanguageClient, state: FailureState): Promise<ExplainedFailure | null> {
  try {
    // The server answers from open documents.
    await workspace.openTextDocument(Uri.parse(state.uri));
    return await client.sendRequest<ExplainedFailure | null>(EXPLAIN_FAILURE_REQUEST, state);
  } catch {
    // The file is gone.
    return null;
  }
}

const fixIn = (
  { failures }: ExplainedFailure,
  { failure, setting, title }: Pick<AppliedChange, "failure" | "setting" | "title">,
) => failures[failure]?.causes.find((it) => it.setting === setting)?.fixes.find((it) => it.title === title);

function toolsFor(uri: Uri, source: Source | undefined): readonly FailureTool[] {
  const document = workspace.textDocuments.find((it) => it.uri.toString() === uri.toString());
  const here = document && source?.(document);
  return here ? ["again", ...here.tools] : [];
}

async function openLine(uri: Uri, line: number, preserveFocus = false): Promise<void> {
  const selection = new Range(line, 0, line, Number.MAX_SAFE_INTEGER);
  await window.showTextDocument(uri, { viewColumn: ViewColumn.One, selection, preserveFocus });
}
