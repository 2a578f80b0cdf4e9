import type { TextDocumentContentChangeEvent, TextDocumentsConfiguration } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { FINISHED, type Writing } from "../rules/unfinished.ts";
import { lineStart } from "../text/lineStart.ts";
import type { Span } from "../text/span.ts";

/** How long typing has to rest before a line counts as finished, in milliseconds after the last key. */
const PATIENCE = 1000;

/** What the owner of the clock must provide. */
export interface WritingSources {
  /** Runs something after a while, unless what it returns is called before. */
  readonly later: (run: () => void) => () => void;
  /**
   * Called when a document is written otherwise now without an edit: typing has rested, or it was saved; `first` where that
   * made a file of a new document.
   */
  readonly settled: (uri: string, first: boolean) => void;
}

/** Runs something once typing has rested for so long. */
export function afterPatience(run: () => void): () => void {
  const timer = setTimeout(run, PATIENCE);
  return () => clearTimeout(timer);
}

/** Follows how the open documents are written. */
export class Writings {
  readonly #sources: WritingSources;
  readonly #writings = new Map<string, Writing>();
  readonly #resting = new Map<string, () => void>();
  /** How often typing has begun, in whichever document. */
  #begun = 0;

  constructor(sources: WritingSources) {
    this.#sources = sources;
  }

  /** How a document is written at this moment. */
  of(uri: string): Writing {
    return this.#writings.get(uri) ?? FINISHED;
  }

  /** A document is opened; one that nobody has saved yet is new whatever is in it. */
  opened(uri: string, text: string): void {
    this.#writings.set(uri, { typing: false, isNew: text.trim() === "" || uri.startsWith("untitled:") });
  }

  /** A document has been edited, is given as it is now, and had this text before. */
  edited(document: TextDocument, changes: readonly TextDocumentContentChangeEvent[], before: string): void {
    const { uri } = document;
    const at = typedAt(document, changes, before);
    const last = this.of(uri);
    this.#resting.get(uri)?.();
    this.#resting.delete(uri);
    const text = document.getText();
    const goesOn = at && last.typing && last.at && lineStart(text, at.end) === lineStart(before, last.at.end);
    const begun = goesOn ? last.begun : ++this.#begun;
    this.#writings.set(uri, { at, typing: at !== undefined, begun, isNew: last.isNew });
    if (!at) return;
    const cancel = this.#sources.later(() => {
      this.#resting.delete(uri);
      this.#settle(uri, { ...this.of(uri), typing: false });
    });
    this.#resting.set(uri, cancel);
  }

  saved(uri: string): void {
    this.#resting.get(uri)?.();
    this.#resting.delete(uri);
    this.#settle(uri, FINISHED);
  }

  closed(uri: string): void {
    this.#resting.get(uri)?.();
    this.#resting.delete(uri);
    this.#writings.delete(uri);
  }

  #settle(uri: string, writing: Writing): void {
    const first = this.of(uri).isNew && !writing.isNew;
    this.#writings.set(uri, writing);
    this.#sources.settled(uri, first);
  }
}

/** How documents are made and changed so that `writings` hears of it before anyone is told of the change. */
export const followedBy = (writings: Writings): TextDocumentsConfiguration<TextDocument> => ({
  create(uri, languageId, version, text) {
    writings.opened(uri, text);
    return TextDocument.create(uri, languageId, version, text);
  },
  update(document, changes, version) {
    const before = document.getText();
    const updated = TextDocument.update(document, changes, version);
    writings.edited(updated, changes, before);
    return updated;
  },
});

/**
 * Where a person may have typed: a change within a line, or one that ends with a new line; or several of them at one place, as
 * of a client that sends its keys together. A client that sends whole texts is compared with what it sent before. What a program
 * changes in several places is nobody's line.
 */
function typedAt(
  document: TextDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  before: string,
): Span | undefined {
  const edits = changes.map((it) => ("range" in it ? it : undefined));
  const last = edits.at(-1);
  if (!last) return changes.length === 1 ? changedWithin(before, document.getText()) : undefined;
  const isOnePlace = edits.every((it, i) => it && isTyped(it.text) && (i === 0 || followsOn(edits[i - 1], it)));
  return isOnePlace ? endOf(document.offsetAt(last.range.start), last.text) : undefined;
}

/** Whether a key, or what an editor inserts for one, brings such a text. */
const isTyped = (text: string): boolean => /^.*$|^\s*(?:\r\n?|\n)[ \t]*$/.test(text);

/** The part of a text that was put in at an offset which is in its last line. */
const endOf = (start: number, text: string): Span => {
  const end = start + text.length;
  return { start: end - (text.split(/\r\n?|\n/).at(-1) ?? "").length, end };
};

type Edit = Extract<TextDocumentContentChangeEvent, { readonly range: unknown }>;

/** Whether an edit begins or ends where the one before it ended. */
function followsOn(earlier: Edit | undefined, { range: { start, end } }: Edit): boolean {
  if (!earlier) return false;
  const lines = earlier.text.split(/\r\n?|\n/);
  const from = earlier.range.start;
  const line = from.line + lines.length - 1;
  const character = (lines.length === 1 ? from.character : 0) + (lines.at(-1) ?? "").length;
  return [start, end].some((it) => it.line === line && it.character === character);
}

/** What was changed between two texts, where that is within a line. */
function changedWithin(before: string, now: string): Span | undefined {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === now.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === now.charCodeAt(now.length - 1 - same)
  )
    same++;
  const text = now.slice(start, now.length - same);
  const isInLine = !/[\r\n]/.test(before.slice(start, before.length - same)) && isTyped(text);
  return isInLine ? endOf(start, text) : undefined;
}
