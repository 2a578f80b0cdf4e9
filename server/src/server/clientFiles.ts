import { decodeUtf8 } from "../text/utf8.ts";
import type { FileAccess, ListedEntry, Reach } from "./fileAccess.ts";
import { EFFECTIVE_SCHEME, LIST_FOLDER_REQUEST, READ_FILE_REQUEST } from "./protocol.ts";
import { addressOf, pathOfUri, uriOfPath } from "./uris.ts";

/** Sends a request to the client; fails where it has no answer. */
export type AskClient = <R>(method: string, params: object) => Promise<R>;

/** How long one answer may take, in milliseconds: a file system that hangs must not keep findings back. */
const PATIENCE = 10_000;
/** What the editor shows without a file, and what is no URI. */
const NOWHERE: ReadonlySet<string> = new Set(["", "untitled", EFFECTIVE_SCHEME]);

/**
 * All files that can be reached: those of `own`, and those of other URIs through the client as long as it answers for files.
 * It says neither where links lead nor what may be executed.
 */
export function withClientFiles(
  own: FileAccess,
  ask: AskClient,
  answers: () => boolean,
  patience = PATIENCE,
): FileAccess {
  const reach = (uri: string): Reach => {
    const near = own.reach(uri);
    return near !== "none" || !answers() || NOWHERE.has(addressOf(uri).scheme) ? near : "far";
  };
  /** The address has a path, if only `/`: for some file systems there is nothing without one. */
  const request = (method: string, uri: string): Promise<unknown> =>
    inTime(ask<unknown>(method, { uri: uriOfPath(pathOfUri(uri)) }), patience);
  return {
    machine: own.machine,
    home: own.home,
    learn: own.learn,
    programFiles: own.programFiles,
    lateReadings: own.lateReadings,
    sourceFiles: own.sourceFiles,
    reach,
    async read(uri) {
      if (reach(uri) !== "far") return own.read(uri);
      const bytes = await request(READ_FILE_REQUEST, uri);
      return typeof bytes === "string" ? decodeUtf8(bytesOf(bytes)) : undefined;
    },
    async list(folder) {
      if (reach(folder) !== "far") return own.list(folder);
      const entries = await request(LIST_FOLDER_REQUEST, folder);
      return Array.isArray(entries) ? entries.filter(isEntry) : [];
    },
    linkTarget: (uri) => own.linkTarget(uri),
    realPath: (uri) => own.realPath(uri),
    kind: (uri) => own.kind(uri),
    programs: (folder) => own.programs(folder),
  };
}

/** The answer; undefined where it failed, or did not come in time. */
async function inTime(answer: Promise<unknown>, patience: number): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patience);
  });
  const outcome = await Promise.race([answer.catch(() => undefined), late]);
  clearTimeout(timer);
  return outcome;
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function isEntry(it: unknown): it is ListedEntry {
  if (typeof it !== "object" || it === null || !("name" in it) || !("folder" in it)) return false;
  return typeof it.name === "string" && /^[^/]+$/.test(it.name) && typeof it.folder === "boolean";
}
