import {
  env,
  l10n,
  Position,
  Range,
  Selection,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import type { NewUnits } from "../../server/src/server/protocol.ts";
import { exists } from "../files.ts";
import { complain, tell, tellWarning } from "../saying.ts";
import { installCommand } from "./installCommand.ts";

/** A text that is to become a file. */
export interface NewText {
  /** Where it goes; a tab without a place where it is missing. */
  readonly uri: Uri | undefined;
  readonly text: string;
  /** What the reader should look at first, as offsets. */
  readonly look: { readonly start: number; readonly end: number };
}

/** A machine whose folders systemd reads. */
export interface WritableMachine {
  /** The home of the reader. */
  readonly home: string;
  /** Whether the reader may write to a folder, or make it. */
  readonly mayWrite: (folder: string) => Promise<boolean>;
}

/** Opens what the server made of the answers, in a folder where there is one; says why where it made nothing. */
export async function openMade(made: NewUnits, folder: Uri | undefined, machine?: WritableMachine): Promise<void> {
  if (made.kind === "refused") {
    complain(`${made.message}.`);
    return;
  }
  const texts = made.files.map(({ name, text, look }) => ({ uri: folder && Uri.joinPath(folder, name), text, look }));
  // The first file is what the reader asked for: it comes last and stays in front.
  const isOpen = await openNew(texts.toReversed(), machine);
  if (isOpen && made.notes.length > 0) void tell(made.notes.join(" "));
}

/**
 * Opens new texts, the last one in front. In a folder of the workspace they become files; elsewhere they are tabs that know
 * where they are saved to, so that nothing is written outside the workspace before the reader says so. False where a
 * file is there already.
 */
export async function openNew(texts: readonly NewText[], machine?: WritableMachine): Promise<boolean> {
  for (const { uri } of texts) {
    if (uri && (await exists(uri))) {
      await openExisting(uri);
      return false;
    }
  }
  for (const { uri, text, look } of texts) {
    const document = uri
      ? await placed(uri, text)
      : await workspace.openTextDocument({ language: "systemd", content: text });
    const selection = new Range(document.positionAt(look.start), document.positionAt(look.end));
    await window.showTextDocument(document, { preview: false, selection });
  }
  await warn(texts, machine);
  return true;
}

async function placed(uri: Uri, text: string): Promise<TextDocument> {
  const edit = new WorkspaceEdit();
  if (workspace.getWorkspaceFolder(uri)) {
    edit.createFile(uri, { contents: new TextEncoder().encode(text), overwrite: false, ignoreIfExists: false });
    await workspace.applyEdit(edit);
    return workspace.openTextDocument(uri);
  }
  const document = await workspace.openTextDocument(uri.with({ scheme: "untitled" }));
  if (document.getText() === "") {
    edit.insert(document.uri, new Position(0, 0), text);
    await workspace.applyEdit(edit);
  }
  return document;
}

async function openExisting(uri: Uri): Promise<void> {
  const open = { title: l10n.t("Open") };
  const name = uri.path.split("/").slice(-2).join("/");
  const chosen = await tellWarning(l10n.t("{0} already exists, and nothing was written.", name), open);
  if (chosen) await window.showTextDocument(uri);
}

/** The editor asks for more rights where it saves what exists, and not for a new file: so the reader is told how. */
async function warn(texts: readonly NewText[], machine: WritableMachine | undefined): Promise<void> {
  const [first] = texts;
  if (first?.uri?.scheme !== "file" || !machine || workspace.getWorkspaceFolder(first.uri)) return;
  const folder = Uri.joinPath(first.uri, "..").fsPath;
  if (await machine.mayWrite(folder)) return;
  const copy = { title: l10n.t("Copy Command") };
  const paths = texts.flatMap(({ uri }) => (uri ? [uri.fsPath] : []));
  const message = l10n.t("You may not write to {0}. Save it elsewhere (Save As), and install it from there.", folder);
  const chosen = await tell(message, copy);
  if (chosen) await env.clipboard.writeText(installCommand(paths));
}

/** Puts the cursor after the last line of a section of a document, which gets the header where it has none. */
export async function goToSection(uri: Uri, section: string): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const editor = await window.showTextDocument(document, { preview: false });
  const lines = document.getText().split(/\r?\n/);
  const header = lines.lastIndexOf(`[${section}]`);
  if (header < 0) {
    const end = document.lineAt(document.lineCount - 1).range.end;
    const before = document.getText() === "" ? "" : end.character > 0 ? "\n\n" : "\n";
    await editor.edit((edit) => edit.insert(end, `${before}[${section}]\n`));
  }
  const next = header < 0 ? -1 : lines.findIndex((line, i) => i > header && line.startsWith("["));
  const inside = (next < 0 ? document.getText().split(/\r?\n/) : lines.slice(0, next)).map((it) => it.trim());
  const last = Math.max(
    header,
    inside.findLastIndex((it) => it !== ""),
  );
  const at = document.lineAt(Math.max(0, last)).range.end;
  editor.selection = new Selection(at, at);
  editor.revealRange(new Range(at, at));
}
