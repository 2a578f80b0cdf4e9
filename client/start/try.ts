import { commands, Selection, type TextDocument, type TextEditor, window, workspace } from "vscode";
import { EFFECTIVE_SCHEME } from "../../server/src/server/protocol.ts";
import { isUnitFile } from "../unitFiles.ts";

/** The lines that show best what a step is about, the first that is there. */
const DIRECTIVE = [/^Protect\w+=/, /^ExecStart=/, /^\w+=/] as const;
const SECTION = [/^\[Service\]/, /^\[\w+\]/] as const;

/** Shows the hover of a directive in the unit that was last in the editor, or in what `fallback` opens. */
export const tryHover = (fallback: () => Promise<TextEditor>): Promise<void> =>
  inUnit(fallback, DIRECTIVE, "editor.action.showHover");

/** Shows the actions on the section of the service there. */
export const tryActions = (fallback: () => Promise<TextEditor>): Promise<void> =>
  inUnit(fallback, SECTION, "editor.action.quickFix");

/** Runs a command about the unit there. */
export async function tryView(fallback: () => Promise<TextEditor>, command: string): Promise<void> {
  await unitEditor(fallback);
  await commands.executeCommand(command);
}

async function inUnit(fallback: () => Promise<TextEditor>, places: readonly RegExp[], command: string): Promise<void> {
  const editor = await unitEditor(fallback);
  const lines = editor.document.getText().split("\n");
  const line = places.map((it) => lines.findIndex((text) => it.test(text))).find((it) => it >= 0) ?? 0;
  editor.selection = new Selection(line, 1, line, 1);
  editor.revealRange(editor.selection);
  await commands.executeCommand(command);
}

/** Takes the reader from the walkthrough to a unit: a service before others. */
async function unitEditor(fallback: () => Promise<TextEditor>): Promise<TextEditor> {
  const isUnit = (document: TextDocument): boolean =>
    isUnitFile(document) && document.uri.scheme !== EFFECTIVE_SCHEME && !document.isClosed;
  const isService = (document: TextDocument): boolean => /\[Service\]/.test(document.getText());
  const visible = window.visibleTextEditors.filter((it) => isUnit(it.document));
  const editor = visible.find((it) => isService(it.document)) ?? visible[0];
  if (editor) return window.showTextDocument(editor.document, { viewColumn: editor.viewColumn ?? 1 });
  const open = workspace.textDocuments.filter(isUnit);
  const document = open.find(isService) ?? open[0];
  return document ? window.showTextDocument(document) : fallback();
}
