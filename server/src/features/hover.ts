import type { Hover } from "vscode-languageserver-types";
import { directive, sectionsWith, typeIn } from "../catalog/catalog.ts";
import { isSectionName, sectionsOf } from "../catalog/sections.ts";
import { placeAt } from "../syntax/place.ts";
import { memberOf } from "../values/enumeration.ts";
import { valueType } from "../values/valueTypes.ts";
import { describeDirective, describeMember, describeSection } from "./describe.ts";
import { describeExposure, exposedSection } from "./exposure.ts";
import { join, markup, type Prose } from "./markup.ts";
import { rangeOf, type View } from "./view.ts";

/** What stands under the cursor, explained; undefined where there is nothing to say. */
export function hover(view: View, offset: number, markdown: boolean): Hover | undefined {
  const { unit } = view;
  const place = placeAt(unit.file, offset);
  const answer = (prose: Prose, span: { start: number; end: number }): Hover => ({
    contents: markup(prose, markdown),
    range: rangeOf(view, span),
  });
  if (place.kind === "header") {
    const { name, nameSpan } = place.node;
    if (!isSectionName(name)) return undefined;
    const about = describeSection(name, unit.version);
    const exposed = exposedSection(unit)?.header === place.node;
    return answer(exposed ? join([about, describeExposure(unit)], "\n\n") : about, nameSpan);
  }
  if (place.kind !== "key" && place.kind !== "value") return undefined;
  const { node, section } = place;
  if (node.kind !== "assignment" || !section) return undefined;
  const home = directive(section.name, node.key)
    ? section.name
    : sectionsWith(node.key).find((it) => sectionsOf(unit.path.kind).includes(it));
  const known = home === undefined ? undefined : directive(home, node.key);
  if (!known) return undefined;
  if (place.kind === "key") return answer(describeDirective(known, unit.version), node.keySpan);
  const type = valueType(typeIn(known, unit.version));
  const member = type.kind === "enumeration" ? memberOf(type, node.value.text, unit.version) : undefined;
  return member && answer(describeMember(known, member), node.valueSpan);
}
