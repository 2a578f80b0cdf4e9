import type { CompletionItem, CompletionList } from "vscode-languageserver-types";
import { placeAt } from "../syntax/cursorPlace.ts";
import { sectionsFor } from "../units/unit.ts";
import { commentItems } from "./completion/commentItems.ts";
import { sectionItems } from "./completion/headers.ts";
import { directiveItems, mayAbbreviate } from "./completion/names.ts";
import { sectionSnippets, unitSnippets } from "./completion/snippets.ts";
import { valueItems } from "./completion/values.ts";
import { onLine, type View } from "./view.ts";
import { NO_WORLD, type World } from "./world.ts";

/** What a completion depends on besides the text. */
export interface CompletionOptions {
  readonly world?: World;
  /** The character that opened the list by itself. */
  readonly trigger?: string | undefined;
  /** Whether the client expands snippets. */
  readonly snippets?: boolean;
  /** Whether directives that the target does not know yet are offered too, after all others. */
  readonly newer?: boolean;
}

/** What may stand at the cursor. The items carry no documentation: `resolveCompletion` adds it. */
export function complete(view: View, offset: number, options: CompletionOptions = {}): CompletionList {
  const { world = NO_WORLD, trigger } = options;
  const place = placeAt(view.unit.file, offset);
  const typed = trigger !== undefined && trigger !== "[" && trigger !== "=";
  if (place.kind === "value") return valueItems(view, place, offset, world, trigger);
  const items = typed ? [] : itemsAt(view, place, offset, world, options);
  return { isIncomplete: place.kind !== "header" && items.length > 0 && mayAbbreviate(wordAt(view, offset)), items };
}

/** What stands before the cursor on its line. */
const wordAt = ({ unit: { file } }: View, offset: number): string =>
  file.text.slice(offset === 0 ? 0 : file.text.lastIndexOf("\n", offset - 1) + 1, offset).trim();

function itemsAt(
  view: View,
  place: Exclude<ReturnType<typeof placeAt>, { kind: "value" }>,
  offset: number,
  world: World,
  { snippets = false, newer = false }: CompletionOptions,
): CompletionItem[] {
  const section = place.section?.name;
  const withSnippets = (span: { start: number; end: number }): CompletionItem[] => {
    if (!snippets) return [];
    return view.unit.file.sections.length === 0
      ? unitSnippets(view, span, world)
      : sectionSnippets(view, section, span);
  };
  switch (place.kind) {
    case "comment":
      return commentItems(view, place.node, offset);
    case "header": {
      const { node } = place;
      if (offset === node.end && view.unit.file.text.charAt(offset - 1) === "]") return [];
      return sectionItems(view, onLine(view, { start: node.nameSpan.start - 1, end: node.end }, offset));
    }
    case "key": {
      const { node } = place;
      const start = node.content.start;
      const isAssigned = node.kind === "assignment";
      const end = isAssigned ? node.keySpan.end : offset;
      const span = onLine(view, { start, end }, offset);
      const directives = directiveItems(view, place.section, span, { withEquals: !isAssigned, newer });
      const isForeign = section !== undefined && !sectionsFor(view.unit).some((it) => it === section);
      if (isAssigned || isForeign || !isOnlyWord(view, span)) return directives;
      return [...directives, ...withSnippets(span), ...sectionItems(view, span)];
    }
    case "blank": {
      const here = { start: offset, end: offset };
      if (isContinued(view, offset)) return [];
      return [
        ...directiveItems(view, place.section, here, { withEquals: true, newer }),
        ...withSnippets(here),
        ...sectionItems(view, here),
      ];
    }
  }
}

/** Whether a line has nothing but the word that is being typed: only such a line may become a header or several lines. */
function isOnlyWord(view: View, { start, end }: { start: number; end: number }): boolean {
  const { text } = view.unit.file;
  const { line, character } = view.lines.positionAt(end);
  const begin = view.lines.offsetAt({ line, character: 0 });
  const stop = view.lines.offsetAt({ line, character: Number.POSITIVE_INFINITY });
  const alone = text.slice(begin, start).trim() === "" && text.slice(begin + character, stop).trim() === "";
  return alone && !isContinued(view, start) && /^[A-Za-z-]*$/.test(text.slice(start, end));
}

/** Whether the line above ends with a backslash, comments aside, so that what is put here belongs to it. */
function isContinued(view: View, offset: number): boolean {
  const { lines, unit } = view;
  for (let { line } = lines.positionAt(offset); line > 0; line--) {
    const start = lines.offsetAt({ line: line - 1, character: 0 });
    const above = unit.file.text.slice(start, lines.offsetAt({ line: line - 1, character: Number.POSITIVE_INFINITY }));
    if (!/^\s*[#;]/.test(above)) return above.endsWith("\\");
  }
  return false;
}
