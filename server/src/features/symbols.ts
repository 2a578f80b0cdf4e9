import { type DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import { assess } from "../security/exposure.ts";
import type { Assignment, Section } from "../syntax/tree.ts";
import { exposedSection, inShort } from "./exposure.ts";
import { exposedUnit } from "./unitStatus.ts";
import { rangeOf, type View } from "./view.ts";

/** The outline: sections with their assignments, and the exposure of a service. */
export function symbols(view: View): DocumentSymbol[] {
  const unit = exposedUnit(view.unit);
  const exposed = exposedSection(view.unit);
  return view.unit.file.sections.map((section) => ({
    name: section.name || "[]",
    ...(unit && section === exposed ? { detail: inShort(assess(unit)) } : {}),
    kind: SymbolKind.Namespace,
    range: rangeOf(view, { start: section.start, end: contentEnd(section) }),
    selectionRange: rangeOf(view, section.header),
    children: section.nodes.filter((node) => node.kind === "assignment").map((node) => settingSymbol(view, node)),
  }));
}

function settingSymbol(view: View, node: Assignment): DocumentSymbol {
  const text = node.value.text.replace(/\s+/g, " ");
  return {
    name: node.key || "=",
    detail: text.length > 60 ? `${text.slice(0, 59)}…` : text,
    kind: SymbolKind.Property,
    range: rangeOf(view, node),
    selectionRange: rangeOf(view, node.keySpan),
  };
}

/** Where the last line of a section ends, without the blank lines after it. */
export function contentEnd(section: Section): number {
  return Math.max(section.header.end, section.nodes.at(-1)?.end ?? 0);
}
