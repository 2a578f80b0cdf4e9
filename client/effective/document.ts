import {
  commands,
  type DecorationOptions,
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  Location,
  l10n,
  languages,
  MarkdownString,
  type Position,
  Range,
  type TextDocument,
  type TextEditor,
  ThemeColor,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { EFFECTIVE_REQUEST, EFFECTIVE_SCHEME, type EffectiveDocument } from "../../server/src/server/protocol.ts";
import { tell } from "../saying.ts";
import { onRunning } from "../server/running.ts";
import { isUnitFile } from "../unitFiles.ts";
import { comparePodman, podmanIn } from "./comparePodman.ts";

/** How long typing has to rest before the document follows, in milliseconds. */
const REST = 150;

const saying = (message: string): EffectiveDocument => ({ text: `# ${message}\n`, annotated: "", remarks: [] });

const UNSEEN = saying(l10n.t("There is no visible unit file here."));
const UNANSWERED = saying(l10n.t("Waiting for the server of Unit Warden…"));

/** How wide the column of the places may be, in characters. */
const WIDE = 28;

/** Adds the command that shows the effective unit of the file in the editor, in a document that follows edits. */
export function registerEffective(context: ExtensionContext, client: BaseLanguageClient): void {
  const changed = new EventEmitter<Uri>();
  const shown = new Map<string, EffectiveDocument>();
  const beside = window.createTextEditorDecorationType({
    before: { color: new ThemeColor("editorCodeLens.foreground"), margin: "0 2ch 0 0" },
    after: { color: new ThemeColor("editorCodeLens.foreground"), margin: "0 0 0 2ch" },
  });
  const ask = (uri: Uri): Promise<EffectiveDocument | null> =>
    client.sendRequest<EffectiveDocument | null>(EFFECTIVE_REQUEST, { uri: uri.query, ...podmanIn(uri) });
  const decorate = (editor: TextEditor): void => {
    const known = shown.get(editor.document.uri.toString());
    // Columns next to both texts would be all that is seen of a comparison.
    const { scheme, fragment } = editor.document.uri;
    if (scheme === EFFECTIVE_SCHEME && fragment === "") editor.setDecorations(beside, known ? remarksOn(known) : []);
  };
  const content = {
    onDidChange: changed.event,
    async provideTextDocumentContent(uri: Uri): Promise<string> {
      // What was shown stays as long as no server answers; the next one is asked again.
      const found = (await ask(uri).catch(() => shown.get(uri.toString()) ?? UNANSWERED)) ?? UNSEEN;
      shown.set(uri.toString(), found);
      // Where the same text is written in other lines the document does not change.
      for (const editor of window.visibleTextEditors) if (editor.document.getText() === found.text) decorate(editor);
      return found.text;
    },
  };
  const origins = {
    provideDefinition({ uri }: TextDocument, { line }: Position): Location | undefined {
      const origin = shown.get(uri.toString())?.remarks.find((it) => it.line === line)?.origin;
      return origin && new Location(Uri.parse(origin.uri), new Range(origin.line, 0, origin.line, 0));
    },
  };
  let resting: ReturnType<typeof setTimeout> | undefined;
  const showAgain = (): void => {
    for (const uri of shown.keys()) changed.fire(Uri.parse(uri));
  };
  const follow = ({ document }: { readonly document: TextDocument }): void => {
    if (document.uri.scheme === EFFECTIVE_SCHEME) {
      for (const editor of window.visibleTextEditors) if (editor.document === document) decorate(editor);
    } else if (isUnitFile(document) && shown.size > 0) {
      clearTimeout(resting);
      resting = setTimeout(showAgain, REST);
    }
  };
  const subscriptions: readonly Disposable[] = [
    changed,
    beside,
    onRunning(client, showAgain),
    workspace.registerTextDocumentContentProvider(EFFECTIVE_SCHEME, content),
    languages.registerDefinitionProvider({ scheme: EFFECTIVE_SCHEME }, origins),
    workspace.onDidChangeTextDocument(follow),
    workspace.onDidCloseTextDocument(({ uri }) => void shown.delete(uri.toString())),
    window.onDidChangeVisibleTextEditors((editors) => editors.forEach(decorate)),
    commands.registerCommand("unitWarden.showEffective", () => show(client)),
    commands.registerCommand("unitWarden.comparePodman", () => comparePodman(client)),
  ];
  context.subscriptions.push(...subscriptions);
}

async function show(client: BaseLanguageClient): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (!document || !isUnitFile(document) || document.uri.scheme === EFFECTIVE_SCHEME) return;
  const query = client.code2ProtocolConverter.asUri(document.uri);
  const found = await client.sendRequest<EffectiveDocument | null>(EFFECTIVE_REQUEST, { uri: query });
  if (!found) {
    void tell(l10n.t("The unit file of this drop-in is not accessible, or the unit is masked."));
    return;
  }
  const name = /^# (\S+)/.exec(found.text)?.[1] ?? "unit";
  const uri = Uri.from({ scheme: EFFECTIVE_SCHEME, path: `/${l10n.t("Effective {0}", name)}`, query });
  await window.showTextDocument(uri, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: false });
}

/** Where each line is written stands before it, so that it is seen in a narrow window too; why it is not in force, after it. */
function remarksOn({ text, remarks }: EffectiveDocument): DecorationOptions[] {
  const rows = text.split("\n");
  const byLine = new Map(remarks.map((it) => [it.line, it]));
  const width = Math.min(WIDE, Math.max(0, ...remarks.map(({ place }) => place.length)));
  return rows.slice(0, -1).map((row, line) => {
    const { place = "", reason = "", text: hover = "" } = byLine.get(line) ?? {};
    const contentText = place.length > width ? `…${place.slice(1 - width)}` : place.padEnd(width, "\u00a0");
    return {
      range: new Range(line, 0, line, row.length),
      ...(hover === "" ? {} : { hoverMessage: new MarkdownString().appendText(hover) }),
      renderOptions: { before: { contentText }, after: { contentText: reason } },
    };
  });
}
