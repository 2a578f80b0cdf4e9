import {
  type CancellationToken,
  DeleteFile,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  type TextDocumentPositionParams,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { incomingCalls, outgoingCalls, prepareCalls } from "../features/callHierarchy.ts";
import { overriddenBy, unitDefinition } from "../features/definition.ts";
import {
  type DeviceFiles,
  deviceAt,
  deviceDefinition,
  deviceReferences,
  deviceSymbols,
  renamedDevice,
} from "../features/devices.ts";
import type { ReferenceContext } from "../features/referenceContext.ts";
import { references } from "../features/references.ts";
import { plannedRename, prepareRename, renameEdit } from "../features/rename.ts";
import { plannedFollowing, type RenamedFile } from "../features/renameFiles.ts";
import { isRefusal, type RenamePlan, type RenameRefusal } from "../features/renamePlan.ts";
import { rangeOf, type View } from "../features/view.ts";
import { workspaceSymbols } from "../features/workspaceSymbols.ts";
import { append } from "../text/append.ts";
import { withoutLinks } from "../text/markdown.ts";
import type { Client } from "./capabilities.ts";
import { devicesBelow, devicesFrom } from "./gathering.ts";
import type { Session } from "./session.ts";
import { pathOfUri, uriOfPath } from "./uris.ts";

/** Files of the machine itself are never renamed, also where they lie in a folder that is open. */
const MACHINE = /^\/(?:etc|lib|run|usr)\//;

/** Answers the requests that lead from unit to unit. */
export function answerNavigation(session: Session): void {
  const { connection, documents, guard, survey, units: open } = session;
  const context = (uri: string): Promise<ReferenceContext> => survey.context(uri);
  const isOurs = (path: string): boolean => !MACHINE.test(path) && session.isInWorkspace(path);
  /** At a position of a document, in its text once the units are known. */
  const at = async <P extends TextDocumentPositionParams, R>(
    params: P,
    token: CancellationToken,
    answer: (view: View, offset: number, context: ReferenceContext) => R | Promise<R>,
    fallback: R,
  ): Promise<R> => {
    const { uri } = params.textDocument;
    if (token.isCancellationRequested || !open.view(uri)) return fallback;
    const units = await context(uri);
    if (token.isCancellationRequested) return fallback;
    return session.answer(uri, (now) => answer(now, now.lines.offsetAt(params.position), units), fallback);
  };

  /** The files of the network next to a document; what is open counts with its text. */
  const devices = async ({
    textDocument: { uri },
  }: Pick<TextDocumentPositionParams, "textDocument">): Promise<DeviceFiles> => {
    const texts = await devicesFrom(open.files, pathOfUri(uri));
    const own = documents.get(uri)?.getText();
    return { texts: own === undefined ? texts : new Map([...texts, [pathOfUri(uri), own]]), uriOf: uriOfPath };
  };

  /** The files that the latest edit tells the client to rename. */
  const ordered = new Set<string>();
  /** The edit that a plan asks for, of the texts as they are now. */
  const follow = async (plan: RenamePlan, units: ReferenceContext): Promise<WorkspaceEdit | RenameRefusal> => {
    const texts = await Promise.all(
      plan.texts.map(async ({ path }) => [path, await open.files.read(units.uriOf(path))] as const),
    );
    const known = new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
    const versionOf = (path: string): number | null => documents.get(units.uriOf(path))?.version ?? null;
    const edit = guard.run(() => renameEdit(plan, known, versionOf, units), FAILED);
    if (isRefusal(edit)) return edit;
    if (session.client.deletesFiles && edit.documentChanges) append(edit.documentChanges, await emptied(plan, units));
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
  const emptied = async ({ moves }: RenamePlan, { uriOf }: ReferenceContext): Promise<DeleteFile[]> => {
    const gone = new Set(moves.map((it) => it.from));
    const folders = new Set(moves.filter((it) => folderOf(it.from) !== folderOf(it.to)).map((it) => folderOf(it.from)));
    const found = await Promise.all(
      [...folders].map(async (folder) => ({ folder, entries: await open.files.list(uriOf(folder)) })),
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
        if (deviceAt(now, offset)) return deviceDefinition(now, offset, await devices(params));
        const found = unitDefinition(now, offset, units);
        if (found.length > 0 || now.unit.path.role !== "drop-in") return found;
        const unit = await open.gathered(params.textDocument.uri);
        return unit ? overriddenBy(now, offset, unit, units) : [];
      },
      [],
    );
    if (session.client.definitionLinks) return links;
    return links.slice(0, 1).map((it) => ({ uri: it.targetUri, range: it.targetSelectionRange }));
  });
  connection.onReferences((params, token) =>
    at(
      params,
      token,
      async (now, offset, units) => {
        const { includeDeclaration } = params.context;
        if (deviceAt(now, offset)) return deviceReferences(now, offset, await devices(params), includeDeclaration);
        return references(now, offset, units, includeDeclaration);
      },
      [],
    ),
  );
  connection.onWorkspaceSymbol(async ({ query }, token) => {
    const units = await context("");
    if (token.isCancellationRequested) return [];
    const found = guard.run(() => workspaceSymbols(query, units), []);
    const texts = await devicesBelow(open.files, session.roots.map(pathOfUri));
    if (token.isCancellationRequested) return [];
    return [...found, ...guard.run(() => deviceSymbols(query, { texts, uriOf: uriOfPath }), [])];
  });

  connection.languages.callHierarchy.onPrepare((params, token) => at(params, token, prepareCalls, []));
  connection.languages.callHierarchy.onOutgoingCalls(async ({ item }, token) => {
    const units = await context(item.uri);
    if (token.isCancellationRequested) return [];
    return guard.run(() => outgoingCalls(item, units), []);
  });
  connection.languages.callHierarchy.onIncomingCalls(async ({ item }, token) => {
    const units = await context(item.uri);
    if (token.isCancellationRequested) return [];
    return guard.run(() => incomingCalls(item, units), []);
  });

  connection.onPrepareRename(async (params, token) => {
    const view = open.view(params.textDocument.uri);
    const named = view && deviceAt(view, view.lines.offsetAt(params.position));
    if (view && named) return { range: rangeOf(view, named), placeholder: named.name };
    const found = await at(params, token, (now, offset, units) => prepareRename(now, offset, units, isOurs), undefined);
    return found ? granted(canRename(session.client) ?? found) : null;
  });
  connection.onRenameRequest(async (params, token): Promise<WorkspaceEdit | null> => {
    const view = open.view(params.textDocument.uri);
    const offset = view?.lines.offsetAt(params.position) ?? 0;
    if (view && deviceAt(view, offset)) {
      const files = await devices(params);
      const changes = guard.run(() => renamedDevice(view, offset, params.newName, files), undefined);
      return changes ? { changes: granted(changes) as Record<string, TextEdit[]> } : null;
    }
    const units = await context(params.textDocument.uri);
    const plan = await at(
      params,
      token,
      (now, offset) => plannedRename(now, offset, params.newName, units, isOurs),
      undefined,
    );
    if (!plan) return null;
    return granted(await follow(granted(canRename(session.client) ?? plan), units));
  });
  connection.workspace.onWillRenameFiles(async ({ files }): Promise<WorkspaceEdit | null> => {
    const renamed = files.map(({ oldUri, newUri }) => ({ from: pathOfUri(oldUri), to: pathOfUri(newUri) }));
    // A client asks this of the files, too, that it renames because we said so.
    const others = renamed.filter((it) => !ordered.delete(orderOf(it)));
    const [only] = others;
    if (!only || others.length > 1 || canRename(session.client)) return null;
    const units = await context(files[0]?.oldUri ?? "");
    const plan = guard.run(() => plannedFollowing(only, units, isOurs), undefined);
    const edit = plan && (await follow(plan, units));
    return edit && !isRefusal(edit) ? edit : null;
  });
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

const orderOf = ({ from, to }: RenamedFile): string => `${from}\n${to}`;

/** Of each link its folder and name. */
function staleWarning(links: readonly string[]): string {
  const names = withoutLinks(links.map((it) => it.split("/").slice(-2).join("/")).join(", "));
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
