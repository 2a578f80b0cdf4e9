import { FileType, Range, type TextDocument, Uri, ViewColumn, type WorkspaceFolder, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  LIST_FOLDER_REQUEST,
  type ListedEntry,
  LONGEST_FILE,
  READ_FILE_REQUEST,
} from "../server/src/server/protocol.ts";

/**
 * Reads for the server what it cannot reach itself, with the editor's own file systems; to be called before it starts. Which
 * files it wants the server decides, but only those of a file system are read in which the reader has something open.
 */
export function answerFileRequests(client: BaseLanguageClient): void {
  const answer =
    <R>(ask: (uri: Uri) => Promise<R>) =>
    async (params: { uri: string }): Promise<R | null> => {
      const uri = Uri.parse(params.uri);
      // What cannot be read is not there, whatever the reason.
      return isInUse(uri) ? ask(uri).catch(() => null) : null;
    };
  client.onRequest(READ_FILE_REQUEST, answer(read));
  client.onRequest(LIST_FOLDER_REQUEST, answer(list));
}

function isInUse(wanted: Uri): boolean {
  const isBeside = ({ uri }: WorkspaceFolder | TextDocument): boolean =>
    uri.scheme === wanted.scheme && uri.authority.toLowerCase() === wanted.authority.toLowerCase();
  return (workspace.workspaceFolders ?? []).some(isBeside) || workspace.textDocuments.some(isBeside);
}

async function read(uri: Uri): Promise<string | null> {
  if ((await workspace.fs.stat(uri)).size > LONGEST_FILE) return null;
  const bytes = await workspace.fs.readFile(uri);
  return bytes.length > LONGEST_FILE ? null : characters(bytes);
}

/** More arguments than this are too many for a call. */
const CHUNK = 8192;

/** One character for each byte; what a TextDecoder calls Latin-1 is not. */
function characters(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return text;
}

async function list(uri: Uri): Promise<ListedEntry[]> {
  const entries = await workspace.fs.readDirectory(uri);
  return entries.map(([name, type]) => ({
    name,
    folder: (type & FileType.Directory) !== 0,
    ...((type & FileType.SymbolicLink) === 0 ? {} : { link: true }),
  }));
}

/** Whether there is such a file. */
export const exists = (uri: Uri): Promise<boolean> =>
  Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );

/** Shows a whole line of a file in the first column, selected. */
export async function openLine(uri: Uri, line: number, preserveFocus = false): Promise<void> {
  const selection = new Range(line, 0, line, Number.MAX_SAFE_INTEGER);
  await window.showTextDocument(uri, { viewColumn: ViewColumn.One, selection, preserveFocus });
}
