import type { TextDocumentContentChangeEvent, TextDocumentsConfiguration } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { FINISHED, type Writing } from "../rules/unfinished.ts";
import type { Span } from "../text/span.ts";

/** How long typing has to rest before a line counts as finished, in milliseconds. */
const PATIENCE = 2000;

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

  /** A document has been edited and is given as it is now. */
  edited(document: TextDocument, changes: readonly TextDocumentContentChangeEvent[]): void {
    const { uri } = document;
    const at = typedAt(document, changes);
    this.#resting.get(uri)?.();
    this.#resting.delete(uri);
    this.#writings.set(uri, { at, typing: at !== undefined, isNew: this.of(uri).isNew });
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
    const updated = TextDocument.update(document, changes, version);
    writings.edited(updated, changes);
    return updated;
  },
});

/**
 * Where a person may have typed: a single change within a line, or one that ends with a new line. What a program changes in
 * several places, or sends as a whole text, is nobody's line.
 */
function typedAt(document: TextDocument, changes: readonly TextDocumentContentChangeEvent[]): Span | undefined {
  const [change] = changes;
  if (changes.length !== 1 || !change || !("range" in change)) return undefined;
  const { range, text } = change;
  const lines = text.split(/\r\n?|\n/);
  if (lines.length > 1 && !/^\s*(?:\r\n?|\n)[ \t]*$/.test(text)) return undefined;
  const start = document.offsetAt(range.start);
  const end = start + text.length;
  return { start: end - (lines.at(-1) ?? "").length, end };
}
