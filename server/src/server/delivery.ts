import {
  type Connection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from "vscode-languageserver";
import type { Guard } from "./guard.ts";
import { AfterMessages } from "./turns.ts";

/** The diagnostics of a document at one version. */
export interface Diagnosed {
  readonly version: number;
  readonly items: readonly Diagnostic[];
}

/** What diagnostics are brought from and to. */
export interface DeliverySources {
  readonly connection: Connection;
  /** Whether the client asks for diagnostics itself. */
  readonly pulls: () => boolean;
  /** Those of an open document for its current text; undefined for any other. */
  readonly current: (uri: string) => Diagnosed | undefined;
  /** Settles once they are there, of a document whose units take longer than a moment; undefined for any other. */
  readonly awaited: (uri: string) => Promise<void> | undefined;
  readonly guard: Guard;
}

/**
 * Brings diagnostics to the client: a client that asks for them gets answers, and is told to ask again where an answer has
 * become wrong without an edit; to any other they are published. Invariant: never both, as a client shows both.
 */
export class Delivery {
  readonly #sources: DeliverySources;
  readonly #pending = new Map<string, AfterMessages>();
  /** The documents that are said something of once that is there. */
  readonly #waiting = new Set<string>();
  /** The id of the last answer about each open document. */
  readonly #answered = new Map<string, string>();
  readonly #listeners = new Set<(closed?: string) => void>();
  #refresh: ReturnType<typeof setTimeout> | undefined;

  constructor(sources: DeliverySources) {
    this.#sources = sources;
  }

  /** Whether a document is to be looked at again in this moment anyway. */
  isPending(uri: string): boolean {
    return this.#pending.has(uri);
  }

  /** A document was edited: a client that asks for diagnostics does so by itself now. */
  edited(uri: string): void {
    if (!this.#sources.pulls()) this.again(uri);
  }

  /** Something else has changed that counts for a document. Several changes that arrive together are one. */
  again(uri: string): void {
    const pending = this.#pending.get(uri);
    if (pending) {
      pending.askedAgain();
      return;
    }
    const { awaited, guard, pulls } = this.#sources;
    const bring = (): void => (pulls() ? this.#askAgain(uri) : this.#publish(uri));
    const run = (): void => {
      this.#pending.delete(uri);
      // What waits already brings the text of then.
      if (this.#waiting.has(uri)) return;
      // A client that asks, and did not yet, will do so.
      const waiting = pulls() && !this.#answered.has(uri) ? undefined : awaited(uri);
      if (waiting) this.#againAfter(waiting, uri);
      else guard.run(bring, undefined);
    };
    this.#pending.set(uri, new AfterMessages(run));
  }

  #againAfter(waiting: Promise<void>, uri: string): void {
    this.#waiting.add(uri);
    void waiting.then(() => {
      this.#waiting.delete(uri);
      this.again(uri);
    });
  }

  /** A document was closed: nothing more is said of it. */
  closed(uri: string): void {
    this.#pending.get(uri)?.cancel();
    this.#pending.delete(uri);
    this.#answered.delete(uri);
    if (!this.#sources.pulls()) void this.#sources.connection.sendDiagnostics({ uri, diagnostics: [] });
    this.touched(uri);
  }

  /** Something has changed that may count for files that are not open; of a document that was closed, which one. */
  touched(closed?: string): void {
    for (const listener of this.#listeners) listener(closed);
  }

  /** Calls a listener whenever that may be so, until what it returns is called. */
  onTouched(listener: (closed?: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The answer to a client that asks, and knows the answer with the id `previous`. */
  answer(uri: string, previous: string | undefined): DocumentDiagnosticReport {
    const { items, resultId } = this.identified(uri) ?? NOTHING;
    this.#answered.set(uri, resultId);
    return diagnosticReport(items, resultId, previous);
  }

  /** The diagnostics of an open document with their id. */
  identified(uri: string): (Diagnosed & { readonly resultId: string }) | undefined {
    const found = this.#sources.current(uri);
    return found && { ...found, resultId: resultIdOf(found.items) };
  }

  #publish(uri: string): void {
    const found = this.#sources.current(uri);
    if (!found) return;
    const { version, items } = found;
    void this.#sources.connection.sendDiagnostics({ uri, version, diagnostics: [...items] });
  }

  #askAgain(uri: string): void {
    const answered = this.#answered.get(uri);
    const found = answered === undefined ? undefined : this.identified(uri);
    if (!found || found.resultId === answered) return;
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      void this.#sources.connection.sendRequest(DiagnosticRefreshRequest.type).catch(() => undefined);
    }, 0);
  }
}

const NOTHING = { items: [], resultId: "" };

/** Diagnostics as an answer, or that they are those which the client has. */
export function diagnosticReport(
  items: readonly Diagnostic[],
  resultId: string,
  previous: string | undefined,
): DocumentDiagnosticReport {
  return resultId === previous
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };
}

/** An id that equal diagnostics share, so that nothing has to be kept of what a client was told. */
export function resultIdOf(items: readonly Diagnostic[]): string {
  const text = JSON.stringify(items);
  // Two hashes of 32 bits after MurmurHash3: no browser worker has a hash that answers at once.
  let [a, b] = [0xdeadbeef ^ text.length, 0x41c6ce57 ^ text.length];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
