import type { DirectiveName } from "../catalog/catalog.ts";
import { type Anchor, insertAfter, insertIntoSection } from "../findings/edits.ts";
import type { Fix } from "../findings/finding.ts";
import { ownLast } from "../service/linePlaces.ts";
import { assigned, sectionFor } from "../service/settings.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import type { Assignment } from "../syntax/tree.ts";
import { ownFile, type Unit } from "../units/unit.ts";

/** Gives a setting a value: where the file sets it last, else in a line of its own; further lines follow. Undefined where a drop-in sets it. */
export function settingFix(
  unit: Unit,
  after: Anchor | undefined,
  line: string,
  ...more: readonly string[]
): Fix | undefined {
  const at = line.indexOf("=");
  const name = line.slice(0, at) as DirectiveName;
  const last = ownLast(unit, name);
  if (!last && assigned(unit, name).length > 0) return undefined;
  const sets = [line, ...more];
  const added = last ? more : sets;
  const place = last ?? after;
  const insertion = () =>
    place ? insertAfter(ownFile(unit), place, added) : insertIntoSection(unit, sectionFor(unit, name), added);
  return {
    title: `${last ? "Change to" : "Add"} ${sets.join(" and ")}`,
    safe: false,
    edits: () => [
      ...(last ? [{ ...last.valueSpan, newText: line.slice(at + 1) }] : []),
      ...(added.length > 0 ? [insertion()] : []),
    ],
  };
}

/** Puts other words in place of some of a line; undefined where they do not stand there as they are. */
export function wordsFix(node: Assignment, words: string, instead: string): Fix | undefined {
  const at = ` ${node.text} `.indexOf(` ${words} `);
  if (at < 0) return undefined;
  const span = sourceSpan(node.value, instead === "" ? at - 1 : at, at + words.length);
  return {
    title: instead === "" ? `Remove ${words}` : `Replace ${words} with ${instead}`,
    safe: false,
    edits: () => [{ ...span, newText: instead }],
  };
}

/** Puts words at the end of a line. */
export function appendFix({ valueSpan: { end } }: Assignment, words: string): Fix {
  return { title: `Add ${words}`, safe: false, edits: () => [{ start: end, end, newText: ` ${words}` }] };
}

/** The fixes that there are. */
export const fixList = (...all: readonly (Fix | undefined)[]): readonly Fix[] => all.filter((it) => it !== undefined);
