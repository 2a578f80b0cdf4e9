import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import type { SectionName } from "../../catalog/sections.ts";
import { isConfigPath } from "../../families/checkedPath.ts";
import type { Span } from "../../text/span.ts";
import { sectionsFor } from "../../units/unit.ts";
import { lineEndOf, rangeOf, type View } from "../view.ts";
import type { ItemData } from "./data.ts";

/**
 * The headers that a unit of this kind can have, after all directives: those that the file lacks in the usual order, then the
 * others; those that may come several times stay among the first. Each brings the line for its first directive along, and a blank line between it and the section before.
 */
export function sectionItems(view: View, span: Span): CompletionItem[] {
  const { sections } = view.unit.file;
  const others = sections.filter(({ header }) => header.end < span.start || span.end < header.start);
  const present = new Set(others.map((it) => it.name));
  const { before, behind } = linesAround(view, span);
  const range = rangeOf(view, span);
  const typed = view.unit.file.text.slice(span.start, span.end);
  const { content } = view.unit.family;
  const isOffered = (section: SectionName): boolean =>
    !content.sectionFacts(section).old &&
    (!isConfigPath(view.unit.path) || content.directivesIn(section, view.unit.version).length > 0);
  const separate: readonly string[] = content.separateSections;
  const all = sectionsFor(view.unit).filter(isOffered);
  return all.map((section, i) => ({
    label: `[${section}]`,
    kind: CompletionItemKind.Module,
    detail: content.sectionFacts(section).summary.replaceAll("`", ""),
    sortText: `${present.has(section) && !separate.includes(section) ? 4 : 3}${all.length > 9 ? String(i).padStart(2, "0") : i}`,
    // Once the bracket is typed the header is whole, and Enter ends its line.
    filterText: typed === "" || typed.startsWith("[") ? `[${section}` : section,
    textEdit: { range, newText: `${before}[${section}]${behind}` },
    data: { section } satisfies ItemData,
  }));
}

/** The line ends to put before and after a header: none where it stands among other text already. */
function linesAround(view: View, { start, end }: Span): { before: string; behind: string } {
  const { lines, unit } = view;
  const { text } = unit.file;
  const lineEnd = lineEndOf(view);
  const first = lines.positionAt(start);
  const last = lines.positionAt(end).line;
  const lineAt = (line: number): string =>
    text
      .slice(lines.offsetAt({ line, character: 0 }), lines.offsetAt({ line, character: Number.POSITIVE_INFINITY }))
      .trim();
  const rest = text.slice(end, lines.offsetAt({ line: last, character: Number.POSITIVE_INFINITY }));
  const above = first.line === 0 ? "" : lineAt(first.line - 1);
  const crowded = first.character === 0 && above !== "" && !/^[#;]/.test(above) && !above.endsWith("\\");
  return {
    before: crowded ? lineEnd : "",
    behind: rest === "" && lineAt(last + 1) === "" ? lineEnd : "",
  };
}
