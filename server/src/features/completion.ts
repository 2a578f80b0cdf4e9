import type { CompletionItem, CompletionList } from "vscode-languageserver-types";
import { placeAt } from "../syntax/place.ts";
import { directiveItems, sectionItems } from "./completion/names.ts";
import { valueItems } from "./completion/values.ts";
import { onLine, type View } from "./view.ts";
import { NO_WORLD, type World } from "./world.ts";

/** The characters that open the list by themselves; all but the first two only in a value. */
export const COMPLETION_TRIGGERS = ["[", "=", " ", "%", "/", "~", ":", "@", "$", ","];

/** What may stand at the cursor. The items carry no documentation: `resolveCompletion` adds it. */
export function complete(view: View, offset: number, world: World = NO_WORLD, trigger?: string): CompletionList {
  return { isIncomplete: false, items: itemsAt(view, offset, world, trigger) };
}

function itemsAt(view: View, offset: number, world: World, trigger: string | undefined): CompletionItem[] {
  const place = placeAt(view.unit.file, offset);
  const typed = trigger !== undefined && trigger !== "[" && trigger !== "=";
  if (typed && place.kind !== "value") return [];
  switch (place.kind) {
    case "comment":
      return [];
    case "header": {
      const { node } = place;
      return sectionItems(view, onLine(view, { start: node.nameSpan.start - 1, end: node.end }, offset));
    }
    case "value":
      return valueItems(view, place, offset, world);
    case "key": {
      const { node } = place;
      const equals = node.kind === "assignment" ? node.equals : undefined;
      const start = node.content.start;
      const end = node.kind === "assignment" ? node.keySpan.end : offset;
      return directiveItems(view, place.section?.name, onLine(view, { start, end }, offset), equals === undefined);
    }
    case "blank": {
      const here = { start: offset, end: offset };
      return [...directiveItems(view, place.section?.name, here, true), ...sectionItems(view, here)];
    }
  }
}
