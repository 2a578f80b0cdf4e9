import type { Diagnostic } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { NEWEST_VERSION } from "../facts/version.ts";
import { diagnosticsOf } from "../features/diagnostics.ts";
import { hostedDiagnostics, placedFindings } from "../features/hosted/hostedDiagnostics.ts";
import type { HostedView } from "../features/hosted/hostedView.ts";
import type { View } from "../features/view.ts";
import type { Finding } from "../findings/finding.ts";
import { type Selection, wantedFindings } from "../rules/check.ts";
import { type QuietState, quietFindings } from "../rules/quietLine.ts";
import { typedLine, type Writing, withoutUnfinished } from "../rules/unfinished.ts";
import { lineIndex } from "../text/lineIndex.ts";
import { ownFile } from "../units/unit.ts";
import { inConfiguration } from "./configurationDocument.ts";

/** Keeps back what is found in open documents while its line is being typed, and knows of which something is kept back. */
export class QuietDocuments {
  readonly #writing: (uri: string) => Writing;
  readonly #held = new Set<string>();
  /** What was found when a document was looked at last. */
  readonly #states = new Map<string, QuietState>();

  constructor(writing: (uri: string) => Writing) {
    this.#writing = writing;
  }

  /** Whether something of a document may be shown once typing rests. */
  holds(uri: string): boolean {
    return this.#held.has(uri);
  }

  closed(uri: string): void {
    this.#held.delete(uri);
    this.#states.delete(uri);
  }

  /** What is shown of a unit file. */
  ofUnit(document: TextDocument, view: View, found: readonly Finding[]): Diagnostic[] {
    const { uri } = document;
    const writing = inUnit(this.#writing(uri), document, view);
    const finished = withoutUnfinished(view.unit, found, writing);
    const shown = this.#quietened(uri, ownFile(view.unit).text, finished, writing);
    if (finished.length < found.length) this.#held.add(uri);
    return diagnosticsOf(view, shown);
  }

  /** What is shown of a file of another language with units in it. */
  ofHost({ uri }: TextDocument, view: HostedView): Diagnostic[] {
    return hostedDiagnostics(view, this.#quietened(uri, view.file.text, placedFindings(view), this.#writing(uri)));
  }

  /** What is shown of a file that is not read: why that is so. */
  ofUnread(document: TextDocument, why: Finding, selection: Selection): Diagnostic[] {
    // Of a long file the finding stands at its start.
    const lines = lineIndex(document.getText().slice(0, why.end + 1));
    return diagnosticsOf({ lines, unit: { version: NEWEST_VERSION } }, wantedFindings([why], selection));
  }

  /** What is shown of any other document, which may be the configuration of a team. */
  ofOther(document: TextDocument): Diagnostic[] {
    const { uri } = document;
    const found = inConfiguration(document);
    const typed = typedLine(document.getText(), this.#writing(uri));
    const line = typed && document.positionAt(typed.start).line;
    const shown = found.filter(({ range }) => line === undefined || line < range.start.line || line > range.end.line);
    this.#hold(uri, shown.length < found.length);
    return shown;
  }

  #quietened(uri: string, text: string, found: readonly Finding[], writing: Writing): readonly Finding[] {
    const { shown, held, state } = quietFindings(text, found, writing, this.#states.get(uri));
    this.#states.set(uri, state);
    this.#hold(uri, held);
    return shown;
  }

  #hold(uri: string, held: boolean): void {
    if (held) this.#held.add(uri);
    else this.#held.delete(uri);
  }
}

/** The same writing at the offsets of the unit's text, which is made from what the reader edits where that is a template. */
function inUnit(writing: Writing, document: TextDocument, view: View): Writing {
  const { at } = writing;
  if (!at || ownFile(view.unit).text === document.getText()) return writing;
  const moved = (offset: number): number => view.lines.offsetAt(document.positionAt(offset));
  return { ...writing, at: { start: moved(at.start), end: moved(at.end) } };
}
