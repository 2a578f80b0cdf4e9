import {
  commands,
  type ExtensionContext,
  env,
  l10n,
  type QuickPickItem,
  type TextDocument,
  Uri,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { looksLikeFailure } from "../../server/src/failures/looksLikeFailure.ts";
import { EFFECTIVE_SCHEME } from "../../server/src/server/protocol.ts";
import { fileNameOf, uriOf, wholeUnitUri } from "../activeUnit.ts";
import { askText } from "../create/questions.ts";
import { pickOne, tell } from "../saying.ts";
import { isUnitFile } from "../unitFiles.ts";
import { explain, failureViews, type Source } from "./failureViews.ts";
import { askForUnit, type FailedUnits } from "./units.ts";

/** What the systemd of this machine can be asked, where the client can ask it. */
export interface LocalSystemd {
  readonly source: Source;
  /** Undefined where the workspace is not trusted or systemd does not run. */
  readonly failed: () => FailedUnits | undefined;
}

/** Adds the command that explains why a unit failed; `machine` asks the machine, where the client can. */
export function registerFailures(context: ExtensionContext, client: BaseLanguageClient, machine?: LocalSystemd): void {
  const views = failureViews(context, client, machine?.source);
  const run = async (sent: unknown, from: unknown): Promise<void> => {
    const lines = selected();
    const wanted = sent === undefined ? undefined : uriOf(client, sent);
    const document = wanted
      ? await workspace.openTextDocument(Uri.parse(wanted))
      : await chosenUnit(lines ?? "", client, machine);
    if (!document) return;
    const source = machine?.source(document);
    const asksSystemd = source && typeof from === "object" && from !== null && "ask" in from;
    const text = asksSystemd ? await source.ask() : (lines ?? (await askedText(source)));
    if (text === undefined) return;
    const uri = await wholeUnitUri(client, client.code2ProtocolConverter.asUri(document.uri));
    if (await explain(client, uri, text)) views.open(uri, text);
    else void tell(l10n.t("{0} is not a unit file.", fileNameOf(uri)));
  };
  context.subscriptions.push(commands.registerCommand("unitWarden.explainFailure", run));
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

/** What is selected, where it reports a failure. */
function selected(): string | undefined {
  const editor = window.activeTextEditor;
  const text = editor?.document.getText(editor.selection) ?? "";
  return looksLikeFailure(text) ? text : undefined;
}

/** What the reader chooses: the clipboard, systemd, or what is typed. Nothing is asked of the machine before. */
async function askedText(source: ReturnType<Source>): Promise<string | undefined> {
  const clipboard = await env.clipboard.readText();
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
  const step = { title: l10n.t("Explain a failure"), step: 1, totalSteps: 1 };
  const answer = await askText(step, {
    prompt: l10n.t("A status such as 226/NAMESPACE, or a line of the journal"),
    placeholder: "226/NAMESPACE",
    check: async (text) => (text.trim() === "" ? l10n.t("Enter a status, or lines of the journal") : undefined),
  });
  return answer.kind === "answer" ? answer.value : undefined;
}
