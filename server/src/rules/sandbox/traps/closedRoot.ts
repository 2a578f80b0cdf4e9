import type { Fix } from "../../../findings/finding.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { effective } from "../../../security/effective.ts";
import { placeOfWord } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { words } from "../../../service/settings.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units/unit.ts";
import { removal } from "../../removal.ts";

const EMPTY = "TemporaryFileSystem=/:ro";

/** Seen with 257: 226/NAMESPACE, whatever is bound into it. */
export const closedRoot: Rule = {
  code: "sandbox/closed-root",
  needs: ["InaccessiblePaths"],
  *check(unit): Iterable<Found> {
    const word = systemService(unit) && words(unit, "InaccessiblePaths").find((it) => /^-?\+?\/+$/.test(it));
    const place = word === undefined ? undefined : placeOfWord(unit, "InaccessiblePaths", word);
    if (!place) return;
    yield {
      ...place.span,
      severity: "error",
      message: `InaccessiblePaths=/ closes the root directory itself: every start fails with 226/NAMESPACE; an empty root is ${EMPTY}, with BindReadOnlyPaths= for what the service needs`,
      directive: "InaccessiblePaths",
      fixes: fixesOf(unit, place.node),
    };
  },
};

/** An empty root serves where something is bound into it. */
function fixesOf(unit: Unit, { text, start, valueSpan: { end } }: Assignment): readonly Fix[] {
  const isOnly = /^-?\+?\/+$/.test(text);
  if (!isOnly) return [];
  const edits = () => [{ start, end, newText: EMPTY }];
  return effective(unit).settings.present.has("BindReadOnlyPaths")
    ? [{ title: `Change to ${EMPTY}`, safe: false, edits }]
    : [removal(unit, "InaccessiblePaths", false)];
}
