import type { ExposureSummary } from "../../features/exposureSummary.ts";
import { exposureTone } from "../../features/exposureTone.ts";
import { type Child, tag } from "../../reports/tag.ts";
import { formatExposure } from "../../security/exposure.ts";

/** What a page of many services says of one that can be improved. */
export interface UnitDetails {
  /** The text of a drop-in with all that is safe to add. */
  readonly dropIn: string;
  /** What would be left then, the dearest first: what a check looks at, and what it costs. */
  readonly rest: readonly (readonly [title: string, cost: string])[];
}

/** The details of one service of many, folded: the drop-in, and what only its owner can decide. */
export function unitDetails(
  path: string,
  { exposure = 0, after = exposure, safe }: ExposureSummary,
  { dropIn, rest }: UnitDetails,
  id: string,
): Child {
  const settings = safe === 1 ? "1 safe setting" : `${safe} safe settings`;
  const summary = tag(
    "summary",
    {},
    path,
    " ",
    tag("span", { class: `tone ${exposureTone(exposure)}` }, formatExposure(exposure)),
    " → ",
    tag("span", { class: `tone ${exposureTone(after)}` }, formatExposure(after)),
    tag("span", { class: "quiet" }, ` with ${settings}`),
  );
  // A link to what stands inside opens it.
  const inside = tag("div", { id }, dropInText(dropIn, path), leftText(rest));
  return tag("details", { class: "unit" }, summary, inside);
}

/** A drop-in to copy: one click selects all of it. */
export function dropInText(text: string, path: string): Child {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/^.*#/, "");
  return [
    tag("p", { class: "quiet" }, "Drop-in to copy, for ", tag("code", {}, `${name}.d/hardening.conf`)),
    tag("pre", {}, text.trim()),
  ];
}

function leftText(rest: UnitDetails["rest"]): Child {
  if (rest.length === 0) return undefined;
  const rows = rest.flatMap(([title, cost], i) => [i > 0 ? ", " : "", tag("code", {}, title), ` ${cost}`]);
  return tag("p", {}, tag("span", { class: "quiet" }, "Left to decide: "), ...rows);
}
