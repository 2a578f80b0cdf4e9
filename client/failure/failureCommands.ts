import {
  commands,
  type ExtensionContext,
  env,
  l10n,
  type QuickPickItem,
  QuickPickItemKind,
  Range,
  type TextDocument,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { looksLikeFailure } from "../../server/src/failures/looksLikeFailure.ts";
import { EFFECTIVE_SCHEME, EXPLAIN_FAILURE_REQUEST, type ExplainedFailure } from "../../server/src/server/protocol.ts";
import { fileNameOf, unitNameOfUri } from "../activeUnit.ts";
import { pickOne, tell } from "../saying.ts";
import { isUnitFile } from "../unitFiles.ts";
import { failurePages } from "./failurePage.ts";
import { askForUnit, type FailedUnits } from "./units.ts";

/** Another place to get the news of a failure from; undefined where it cannot be asked about a document. */
export type Source = (
  document: TextDocument,
) => { readonly label: string; readonly ask: () => Promise<string | undefined> } | undefined;

/** What the systemd of this machine can be asked, where the client can ask it. */
export interface LocalSystemd {
  readonly source: Source;
  /** Undefined where the workspace is not trusted or systemd does not run. */
  readonly failed: () => FailedUnits | undefined;
}

/** Adds the command that explains why a unit failed; `machine` asks the machine, where the client can. */
export function registerFailures(context: ExtensionContext, client: BaseLanguageClient, machine?: LocalSystemd): void {
  const pages = failurePages(context, "unitWarden.failure");
  const explain = async (): Promise<void> => {
    const told = selected();
    const document = await chosenUnit(told ?? "", client, machine);
    if (!document) return;
    const text = told ?? (await asked(document, machine?.source));
    if (text === undefined) return;
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const answer = await client.sendRequest<ExplainedFailure | null>(EXPLAIN_FAILURE_REQUEST, { uri, text });
    if (!answer) {
      void tell(l10n.t("{0} is not a unit file.", fileNameOf(uri)));
      return;
    }
    await pages.show(uri, l10n.t("Why {0} failed", unitNameOfUri(uri)), answer.markdown);
    await choose(document, answer, client);
  };
  context.subscriptions.push(commands.registerCommand("unitWarden.explainFailure", explain));
}

/** The unit in the editor, else the only one of those that are open or that the text names, else the one that the reader picks. */
async function chosenUnit(
  text: string,
  client: BaseLanguageClient,
  machine: LocalSystemd | undefined,
): Promise<TextDocument | undefined> {
  const active = window.activeTextEditor?.document;
  if (active && isUnit(active)) return active;
  const open = workspace.textDocuments.filter((it) => isUnit(it) && !it.isClosed);
  const named = open.filter(({ uri }) => text.includes(`${fileNameOf(uri.toString())}: `));
  const units = named.length > 0 ? named : open;
  const [only] = units;
  if (units.length === 1) return only;
  if (units.length === 0) {
    const document = await askForUnit(client, machine?.failed());
    if (document) await window.showTextDocument(document);
    return document;
  }
  const items = units.map((document) => ({ label: workspace.asRelativePath(document.uri), document }));
  return (await pickOne(items, { title: l10n.t("Which unit failed?") }))?.document;
}

const isUnit = (document: TextDocument): boolean => isUnitFile(document) && document.uri.scheme !== EFFECTIVE_SCHEME;

/** What is selected, where it tells of a failure. */
function selected(): string | undefined {
  const editor = window.activeTextEditor;
  const text = editor?.document.getText(editor.selection) ?? "";
  return looksLikeFailure(text) ? text : undefined;
}

/** What the reader chooses: the clipboard, systemd, or what is typed. Nothing is asked of the machine before. */
async function asked(document: TextDocument, systemd: Source | undefined): Promise<string | undefined> {
  const clipboard = await env.clipboard.readText();
  const source = systemd?.(document);
  const items: (QuickPickItem & { readonly get: () => Promise<string | undefined> })[] = [];
  if (looksLikeFailure(clipboard)) {
    const [line = ""] = clipboard.trim().split("\n", 1);
    items.push({ label: l10n.t("Lines in the clipboard"), detail: line.slice(0, 120), get: async () => clipboard });
  }
  if (source) items.push({ label: source.label, get: source.ask });
  items.push({ label: l10n.t("Enter a status or a message"), get: typed });
  const [only] = items;
  if (items.length === 1 && only) return only.get();
  return (await pickOne(items, { title: l10n.t("What describes the failure?") }))?.get();
}

async function typed(): Promise<string | undefined> {
  const text = await window.showInputBox({
    title: l10n.t("Explain a failure"),
    prompt: l10n.t("A status such as 226/NAMESPACE, or a line of the journal"),
    placeHolder: "226/NAMESPACE",
  });
  return text?.trim() ? text : undefined;
}

type Item = QuickPickItem & { readonly run?: () => Promise<void> };

/** Lets the reader apply a fix, or go to where a setting stands. */
async function choose(document: TextDocument, { causes }: ExplainedFailure, client: BaseLanguageClient): Promise<void> {
  const items = causes.flatMap(({ setting, certainty, reason, line, dropIn, fixes }): Item[] => {
    const go = async (): Promise<void> => {
      const uri = dropIn === undefined ? document.uri : client.protocol2CodeConverter.asUri(dropIn);
      const selection = new Range(line ?? 0, 0, line ?? 0, Number.MAX_SAFE_INTEGER);
      await window.showTextDocument(uri, { viewColumn: ViewColumn.One, selection });
    };
    const detail = `${reason.replaceAll("`", "")}.`;
    const ways = fixes.map(({ title, edit }, at): Item => {
      const apply = async (): Promise<void> => {
        const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
        const [first] = converted?.get(document.uri) ?? [];
        if (!converted || !first) return;
        await workspace.applyEdit(converted);
        const { start } = first.range;
        await window.showTextDocument(document, { viewColumn: ViewColumn.One, selection: new Range(start, start) });
      };
      return { label: title.replaceAll("`", ""), ...(at === 0 ? { detail } : {}), run: edit ? apply : go };
    });
    const place: Item = { label: l10n.t("Go to {0}", setting), ...(fixes.length === 0 ? { detail } : {}), run: go };
    const where = line === undefined ? [] : [place];
    return [{ label: certainty, kind: QuickPickItemKind.Separator }, ...ways, ...where];
  });
  if (items.length === 0) return;
  const chosen = await pickOne(items, {
    title: l10n.t("Settings that can cause this"),
    matchOnDetail: true,
  });
  await chosen?.run?.();
}
