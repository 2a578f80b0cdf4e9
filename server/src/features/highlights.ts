import { type DocumentHighlight, DocumentHighlightKind } from "vscode-languageserver-types";
import { type Directive, grammarIn } from "../catalog/catalog.ts";
import type { SystemdVersion } from "../facts/version.ts";
import { placeAt } from "../syntax/cursorPlace.ts";
import type { Assignment, Section } from "../syntax/tree.ts";
import { emptiesAlso } from "../units/sharedLists.ts";
import { sameDevice } from "./devices.ts";
import { rangeOf, type View } from "./view.ts";

/**
 * For a directive under the cursor, its other assignments in this file and the empty ones that reset its list: as written
 * to where the assignment is in force, as read where a later one overrides or resets it. For a header, those of the same
 * section. Undefined elsewhere: the editor has words of its own to show there.
 */
export function highlights(view: View, offset: number): DocumentHighlight[] | undefined {
  const { file, version, family } = view.unit;
  const place = placeAt(file, offset);
  if (place.kind === "header") {
    const same = file.sections.filter((it) => it.name === place.node.name);
    return same.map(({ header }) => ({ range: rangeOf(view, header.nameSpan), kind: DocumentHighlightKind.Text }));
  }
  const same = place.kind === "value" ? sameDevice(view, offset) : undefined;
  if (same)
    return same.map((it) => ({
      range: rangeOf(view, it),
      kind: it.role === "definition" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  if (place.kind !== "key" || place.node.kind !== "assignment" || !place.section) return undefined;
  const { section, node } = place;
  const known = family.content.directive(section.name, node.key);
  const list = known?.many && resets(known, version);
  const all = assignmentsIn(file.sections, section.name).filter(
    (it) => it.key === node.key || (list && it.text === "" && emptiesAlso(section.name, it.key, node.key)),
  );
  const first = known ? firstInForce(known, all, list === true) : 0;
  return all.map(({ keySpan, text }, i) => ({
    range: rangeOf(view, keySpan),
    kind:
      !known || (known.many && !list && text === "")
        ? DocumentHighlightKind.Text
        : i >= first
          ? DocumentHighlightKind.Write
          : DocumentHighlightKind.Read,
  }));
}

/** Whether an empty value empties the list; dependencies are never taken back. */
function resets(known: Directive, version: SystemdVersion): boolean {
  const { empty } = grammarIn(known, version);
  return empty === "reset" || empty === "unset";
}

function firstInForce(known: Directive, all: readonly Assignment[], resettable: boolean): number {
  if (!known.many) return all.length - 1;
  return resettable
    ? Math.max(
        0,
        all.findLastIndex((it) => it.text === ""),
      )
    : 0;
}

function assignmentsIn(sections: readonly Section[], name: string): Assignment[] {
  return sections
    .filter((it) => it.name === name)
    .flatMap(({ nodes }) => nodes.filter((node) => node.kind === "assignment"));
}
