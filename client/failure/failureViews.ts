import { commands, type ExtensionContext, l10n, type TextDocument, Uri, ViewColumn, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { EXPLAIN_FAILURE_REQUEST, type ExplainedFailure } from "../../server/src/server/protocol.ts";
import { fileNameOf, unitNameOfUri } from "../activeUnit.ts";
import { openLine } from "../files.ts";
import { type LivePanel, type LivePanels, livePanels, type ViewSubject } from "../views/livePanels.ts";
import type { AppliedChange, FailureTool, FromFailures, ToFailures } from "../webview/failures/messages.ts";

/** Another place to get the news of a failure from; undefined where it cannot be asked about a document. */
export type Source = (document: TextDocument) =>
  | {
      readonly label: string;
      readonly ask: () => Promise<string | undefined>;
      /** What else the machine can do for this unit. */
      readonly tools: readonly ("learn" | "try")[];
    }
  | undefined;

/** As much of a log is kept with a view, its end. */
const MAX_KEPT = 100_000;

/** The views that explain failures, one for each unit, whose text are the lines that tell of them. */
export function failureViews(context: ExtensionContext, client: BaseLanguageClient, source?: Source): LivePanels {
  return livePanels(context, client, {
    viewType: "unitWarden.failure",
    page: "failures",
    takesFocus: true,
    panel: (subject) => failurePanel(subject, client, source),
  });
}

function failurePanel(
  { key, text: lines = "" }: ViewSubject,
  client: BaseLanguageClient,
  source: Source | undefined,
): LivePanel<ToFailures, FromFailures> {
  const uri = Uri.parse(key);
  let text = endOf(lines);
  let applied: readonly AppliedChange[] = [];
  const replace = (other: string): void => {
    text = endOf(other);
    applied = [];
  };

  const content = async (): Promise<ToFailures | undefined> => {
    const state = { key, text };
    const explained = await explain(client, key, text);
    // The reader may have asked for other lines meanwhile.
    if (state.text !== text) return content();
    if (!explained) return undefined;
    // What is offered again was undone.
    applied = applied.filter((it) => !fixIn(explained, it));
    const { markdown: _, ...parts } = explained;
    return { explained: parts, name: explained.name ?? fileNameOf(key), state, applied, tools: toolsFor(uri, source) };
  };

  const apply = async ({ failure, setting, title }: Extract<FromFailures, { kind: "apply" }>): Promise<void> => {
    // By its name, as the text may have changed since the page was drawn.
    const explained = await explain(client, key, text);
    const fix = explained && fixIn(explained, { failure, setting, title });
    const edit = fix && (await client.protocol2CodeConverter.asWorkspaceEdit(fix.edit));
    if (!edit || !(await workspace.applyEdit(edit))) return;
    const files = edit.entries().map(([it]) => fileNameOf(it.toString()));
    applied = [...applied, { failure, setting, title, files }];
    for (const [it, [first]] of edit.entries()) if (first) await openLine(it, first.range.start.line, true);
  };

  const useTool = async (tool: FailureTool): Promise<void> => {
    const document = await workspace.openTextDocument(uri);
    if (tool === "again") {
      const news = await source?.(document)?.ask();
      if (news !== undefined) replace(news);
      return;
    }
    // These are about the file in the editor.
    await window.showTextDocument(document, { viewColumn: ViewColumn.One });
    await commands.executeCommand(`unitWarden.tools.${tool}`);
  };

  return {
    title: l10n.t("Why {0} failed", unitNameOfUri(key)),
    content,
    replace,
    async receive(message, refresh) {
      if (message.kind === "open") return openLine(Uri.parse(message.uri), message.line);
      if (message.kind === "tool") await useTool(message.tool);
      if (message.kind === "apply") await apply(message);
      return refresh();
    },
  };
}

/** The end of a log, from the beginning of a line. */
function endOf(text: string): string {
  if (text.length <= MAX_KEPT) return text;
  const end = text.slice(-MAX_KEPT);
  return end.slice(end.indexOf("\n") + 1);
}

/** Asks the server; null for what is no unit file, or is gone. */
export async function explain(client: BaseLanguageClient, uri: string, text: string): Promise<ExplainedFailure | null> {
  try {
    // The server answers from open documents.
    await workspace.openTextDocument(Uri.parse(uri));
    return await client.sendRequest<ExplainedFailure | null>(EXPLAIN_FAILURE_REQUEST, { uri, text });
  } catch {
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
