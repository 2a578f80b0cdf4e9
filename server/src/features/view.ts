import type { Range } from "vscode-languageserver-types";
import { type LineIndex, lineIndex } from "../text/lineIndex.ts";
import type { Span, TextEdit } from "../text/span.ts";
import { readUnit, type Unit } from "../units/unit.ts";
import type { UnitPath } from "../units/unitPath.ts";
import type { SystemdVersion } from "../values/valueType.ts";

/** What a request is answered from: one text at one moment, parsed once. */
export interface View {
  readonly unit: Unit;
  readonly lines: LineIndex;
}

/** Parses a text and those of its drop-ins for requests. */
export function viewOf(path: UnitPath, text: string, version: SystemdVersion, dropIns: readonly string[] = []): View {
  return { unit: readUnit(path, text, version, dropIns), lines: lineIndex(text) };
}

/** The LSP range of a span. */
export function rangeOf(view: View, span: Span): Range {
  return { start: view.lines.positionAt(span.start), end: view.lines.positionAt(span.end) };
}

/** An edit as LSP writes it. */
export function lspEdit(view: View, edit: TextEdit): { range: Range; newText: string } {
  return { range: rangeOf(view, edit), newText: edit.newText };
}
