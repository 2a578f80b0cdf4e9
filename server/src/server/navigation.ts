import {
  type CancellationToken,
  type Connection,
  DeleteFile,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  type TextDocumentPositionParams,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Around } from "../features/around.ts";
import { incomingCalls, outgoingCalls, prepareCalls } from "../features/callHierarchy.ts";
import { overriddenBy, unitDefinition } from "../features/definition.ts";
import { references } from "../features/references.ts";
import { plannedRename, prepareRename, renameEdit } from "../features/rename.ts";
import { plannedFollowing, type RenamedFile } from "../features/renameFiles.ts";
import { isRefusal, type RenamePlan, type RenameRefusal } from "../features/renamePlan.ts";
import type { View } from "../features/view.ts";
import { workspaceSymbols } from "../features/workspaceSymbols.ts";
import type { GatheredUnit } from "../units/index/gather.ts";
import type { Client } from "./capabilities.ts";
import { pathOfUri } from "./uris.ts";

/** What the requests that lead from unit to unit are answered from. */
export interface Navigation {
  readonly view: (uri: string) => View | undefined;
  /** The units around a document, once all files were seen that may be. */
  readonly around: (uri: string) => Promise<Around>;
  readonly gathered: (uri: string) => Promise<GatheredUnit | undefined>;
  /** The current text of a file, open or not. */
  readonly read: (uri: string) => Promise<string | undefined>;
  /** What is in a folder. */
  readonly list: (folder: string) => Promise<readonly { readonly name: string }[]>;
  readonly versionOf: (uri: string) => number | null;
  /** The folders of the workspace. */
  readonly roots: () => readonly string[];
  readonly client: () => Client;
  readonly guarded: <T>(answer: () => T, otherwise: T) => T;
}

/** Files of the machine itself are never renamed, also where they lie in a folder that is open. */
const MACHINE = /^\/(?:etc|lib|run|usr)\//;

/** Answers the requests that lead from unit to unit. */
export function answerNavigation(connection: Connection, navigation: Navigation): void {
  const { around, client, guarded, read, view } = navigation;
  const isOurs = (path: string): boolean =>
    !MACHINE.test(path) && navigation.roots().some((it) => path.startsWith(`${pathOfUri(it).replace(/\/$/, "")}/`));
  /** At a position of a document, in its text once the units are known. */
  const at = async <P extends TextDocumentPositionParams, R>(
    params: P,
    token: CancellationToken,
    answer: (view: View, offset: number, around: Around) => R | Promise<R>,
    otherwise: R,
  ): Promise<R> => {
    const { uri } = params.textDocument;
    if (token.isCancellationRequested || !view(uri)) return otherwise;
    const units = await around(uri);
    const now = token.isCancellationRequested ? undefined : view(uri);
    return now ? guarded(() => answer(now, now.lines.offsetAt(params.position), units), otherwise) : otherwise;
  };

  /** The files that the latest edit tells the client to rename. */
  const ordered = new Set<string>();
  /** The edit that a plan asks for, of the texts as they are now. */
  const follow = async (plan: RenamePlan, units: Around): Promise<WorkspaceEdit | RenameRefusal> => {
    const texts = await Promise.all(plan.texts.map(async ({ path }) => [path, await read(units.uriOf(path))] as const));
    const known = new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
    const versionOf = (path: string): number | null => navigation.versionOf(units.uriOf(path));
    const edit = guarded(() => renameEdit(plan, known, versionOf, units), FAILED);
    if (isRefusal(edit)) return edit;
    if (client().deletesFiles) edit.documentChanges?.push(...(await emptied(plan, units)));
    ordered.clear();
    for (const it of plan.moves) ordered.add(orderOf(it));
    if (plan.staleLinks.length > 0)
      await connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Warning,
        message: staleWarning(plan.staleLinks),
      });
    return edit;
  };

  /** Takes away the folders of which nothing is left. */
  const emptied = async ({ moves }: RenamePlan, { uriOf }: Around): Promise<DeleteFile[]> => {
    const gone = new Set(moves.map((it) => it.from));
    const folders = new Set(moves.filter((it) => folderOf(it.from) !== folderOf(it.to)).map((it) => folderOf(it.from)));
    const found = await Promise.all(
      [...folders].map(async (folder) => ({ folder, entries: await navigation.list(uriOf(folder)) })),
    );
    return found
      .filter(({ folder, entries }) => entries.length > 0 && entries.every((it) => gone.has(`${folder}/${it.name}`)))
      .map(({ folder }) => DeleteFile.create(uriOf(folder), { recursive: false, ignoreIfNotExists: true }));
  };

  connection.onDefinition(async (params, token) => {
    const links = await at(
      params,
      token,
      async (now, offset, units) => {
        const found = unitDefinition(now, offset, units);
        if (found.length > 0 || now.unit.path.role !== "drop-in") return found;
        const unit = await navigation.gathered(params.textDocument.uri);
        return unit ? overriddenBy(now, offset, unit, units) : [];
      },
      [],
    );
    if (client().definitionLinks) return links;
    return links.slice(0, 1).map((it) => ({ uri: it.targetUri, range: it.targetSelectionRange }));
  });
  connection.onReferences((params, token) =>
    at(params, token, (now, offset, units) => references(now, offset, units, params.context.includeDeclaration), []),
  );
  connection.onWorkspaceSymbol(async ({ query }, token) => {
    const units = await around("");
    return token.isCancellationRequested ? [] : guarded(() => workspaceSymbols(query, units), []);
  });

  connection.languages.callHierarchy.onPrepare((params, token) => at(params, token, prepareCalls, []));
  connection.languages.callHierarchy.onOutgoingCalls(async ({ item }) => {
    const units = await around(item.uri);
    return guarded(() => outgoingCalls(item, units), []);
  });
  connection.languages.callHierarchy.onIncomingCalls(async ({ item }) => {
    const units = await around(item.uri);
    return guarded(() => incomingCalls(item, units), []);
  });

  connection.onPrepareRename(async (params, token) => {
    const found = await at(params, token, (now, offset, units) => prepareRename(now, offset, units, isOurs), undefined);
    return found ? granted(canRename(client()) ?? found) : null;
  });
  connection.onRenameRequest(async (params, token): Promise<WorkspaceEdit | null> => {
    const units = await around(params.textDocument.uri);
    const plan = await at(
      params,
      token,
      (now, offset) => plannedRename(now, offset, params.newName, units, isOurs),
      undefined,
    );
    if (!plan) return null;
    return granted(await follow(granted(canRename(client()) ?? plan), units));
  });
  connection.workspace.onWillRenameFiles(async ({ files }): Promise<WorkspaceEdit | null> => {
    const renamed = files.map(({ oldUri, newUri }) => ({ from: pathOfUri(oldUri), to: pathOfUri(newUri) }));
    // A client asks this of the files, too, that it renames because we said so.
    const asked = renamed.filter((it) => !ordered.delete(orderOf(it)));
    const [only] = asked;
    if (!only || asked.length > 1 || canRename(client())) return null;
    const units = await around(files[0]?.oldUri ?? "");
    const plan = guarded(() => plannedFollowing(only, units, isOurs), undefined);
    const edit = plan && (await follow(plan, units));
    return edit && !isRefusal(edit) ? edit : null;
  });
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

const orderOf = ({ from, to }: RenamedFile): string => `${from}\n${to}`;

/** Of each link its folder and name. */
function staleWarning(links: readonly string[]): string {
  const names = links.map((it) => it.split("/").slice(-2).join("/")).join(", ");
  return `Links that still lead to the old file: ${names}. systemd uses the name of a link, but warns about the difference until the unit is enabled again.`;
}

const FAILED: RenameRefusal = { refused: "The rename failed, and nothing was changed" };

const canRename = ({ renamesFiles }: Client): RenameRefusal | undefined =>
  renamesFiles
    ? undefined
    : { refused: "Renaming a unit renames its file, which this editor does not support for language servers" };

/** What was granted; a refusal goes to the reader as the answer to the request. */
function granted<T extends object>(it: T): Exclude<T, RenameRefusal> {
  if (isRefusal(it)) throw new ResponseError(LSPErrorCodes.RequestFailed, it.refused);
  return it as Exclude<T, RenameRefusal>;
}
