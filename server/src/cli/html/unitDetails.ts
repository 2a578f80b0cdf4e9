import type { ExposureSummary } from "../../features/exposureSummary.ts";
import { exposureTone } from "../../features/exposureTone.ts";
import { formatExposure } from "../../security/exposure.ts";
import { fragment, type Html, htmlElement } from "./element.ts";

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
): Html {
  const settings = safe === 1 ? "1 safe setting" : `${safe} safe settings`;
  const summary = htmlElement(
    "summary",
    {},
    path,
    " ",
    htmlElement("span", { class: `tone ${exposureTone(exposure)}` }, formatExposure(exposure)),
    " → ",
    htmlElement("span", { class: `tone ${exposureTone(after)}` }, formatExposure(after)),
    htmlElement("span", { class: "quiet" }, ` with ${settings}`),
  );
  // A link to what stands inside opens it.
  const inside = htmlElement("div", { id }, dropInText(dropIn, path), leftText(rest));
  return htmlElement("details", { class: "unit" }, summary, inside);
}

/** A drop-in to copy: one click selects all of it. */
export function dropInText(text: string, path: string): Html {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/^.*#/, "");
  return fragment(
    htmlElement("p", { class: "quiet" }, "Drop-in to copy, for ", htmlElement("code", {}, `${name}.d/hardening.conf`)),
    htmlElement("pre", {}, text.trim()),
  );
}

function leftText(rest: UnitDetails["rest"]): Html | undefined {
  if (rest.length === 0) return undefined;
  const rows = rest.flatMap(([title, cost], i) => [i > 0 ? ", " : "", htmlElement("code", {}, title), ` ${cost}`]);
  return htmlElement("p", {}, htmlElement("span", { class: "quiet" }, "Left to decide: "), ...rows);
}
