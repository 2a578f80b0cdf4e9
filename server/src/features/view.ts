import type { Range } from "vscode-languageserver-types";
import type { SystemdVersion } from "../facts/version.ts";
import type { FamilyDocument } from "../families/document.ts";
import { type LineIndex, lineIndex } from "../text/lineIndex.ts";
import { linesOfSource } from "../text/positionMap.ts";
import type { Span, TextEdit } from "../text/span.ts";
import { lineIndexOf } from "../units/fileLines.ts";
import { type FileBeside, type GatheredUnit, unitOfGathered } from "../units/index/gather.ts";
import type { Loading } from "../units/loadedFiles.ts";
import { memoBy } from "../units/memo.ts";
import { readUnit, type Surroundings, withKnowledge } from "../units/readUnit.ts";
import type { Unit } from "../units/unit.ts";

/** What a request is answered from: one text at one moment, parsed once. */
export interface View {
  readonly unit: Unit;
  /** The lines of what the reader edits, for offsets of the unit's text. */
  readonly lines: LineIndex;
  /** Of a file of the network those that are read together with it. */
  readonly beside?: readonly FileBeside[] | undefined;
}

/** What a document is read with, and what is beside it. */
export interface Companions extends Omit<Surroundings, "previous" | "lines"> {
  readonly dropIns: readonly string[];
  /** Of a file of the network those that are read together with it. */
  readonly beside?: View["beside"];
  /** How systemd loads the file, where more than that file is read, or another one. */
  readonly loading?: Loading<GatheredUnit> | undefined;
}

/** The same unit with how its file is loaded. */
export function withLoading(unit: Unit, loading: Companions["loading"], defaults: Companions["defaults"]): Unit {
  if (!loading) return unit;
  const read = loading.instead && insteadOf(loading.instead, unit.version);
  const instead = read && { ...withKnowledge(read, { defaults }), loading: { text: loading.text } };
  return { ...unit, loading: { ...loading, instead } };
}

const insteadOf = memoBy((gathered: GatheredUnit, version: SystemdVersion) => unitOfGathered(gathered, version));

/** Parses a document with its companions for requests; with the view before an edit, only what changed. */
export function viewOf(
  { path, text, source }: FamilyDocument,
  version: SystemdVersion,
  { beside, loading, ...around }: Companions = { dropIns: [] },
  previous?: View,
): View {
  const read = readUnit(path, text, version, { ...around, previous: previous?.unit });
  const unit = withLoading(read, loading, around.defaults);
  const lines = source ? linesOfSource(lineIndex(source.text), source.positions) : lineIndexOf(unit.file);
  return { unit, lines, ...(beside && { beside }) };
}

/** The LSP range of a span. */
export function rangeOf(view: Pick<View, "lines">, span: Span): Range {
  return { start: view.lines.positionAt(span.start), end: view.lines.positionAt(span.end) };
}

/** The span of an LSP range. */
export function spanOf(view: View, { start, end }: Range): Span {
  return { start: view.lines.offsetAt(start), end: view.lines.offsetAt(end) };
}

/** An edit as LSP writes it. */
export function lspEdit(view: View, edit: TextEdit): { range: Range; newText: string } {
  return { range: rangeOf(view, edit), newText: edit.newText };
}

/** How lines end in a text: as its first one does. */
export function lineEndOf({ unit }: View): "\n" | "\r\n" {
  const { text } = unit.file;
  const end = text.indexOf("\n");
  return end > 0 && text[end - 1] === "\r" ? "\r\n" : "\n";
}

/** What an edit at the cursor may replace of a span: LSP allows one line around the cursor. The backslash at its end stays. */
export function onLine(view: View, span: Span, offset: number): Span {
  const { text } = view.unit.file;
  const { line, character } = view.lines.positionAt(offset);
  const before = text.slice(offset - character, offset).trimStart();
  const behind = text.slice(offset, view.lines.offsetAt({ line, character: Number.POSITIVE_INFINITY })).trimEnd();
  // Two backslashes are one that stands for itself.
  const continues = (/(?<!\\)\\*$/.exec(before + behind)?.[0].length ?? 0) % 2 === 1;
  const kept = continues && behind !== "" ? behind.slice(0, -1).trimEnd() : behind;
  return {
    start: Math.min(offset, Math.max(span.start, offset - before.length)),
    end: Math.max(offset, Math.min(span.end, offset + kept.length)),
  };
}
