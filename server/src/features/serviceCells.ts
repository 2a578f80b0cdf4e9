import type { Translate } from "../reports/model.ts";
import { shareBar } from "../reports/reportTags.ts";
import { type Child, type PageTag, tag } from "../reports/tag.ts";
import { formatExposure } from "../security/formatExposure.ts";
import type { ExposureSummary } from "./exposureSummary.ts";
import { exposureTone } from "./exposureTone.ts";

/** What a row of an overview says of a service. */
type ListedExposure = Pick<ExposureSummary, "exposure" | "safe" | "likely" | "after"> & {
  readonly level?: { readonly name: string };
};

/** The cells of a service in an overview: its exposure, the same as a bar and in a word, and what safe settings make of it. */
export function serviceCells(summary: ListedExposure, t: Translate): readonly PageTag[] {
  const { exposure, level } = summary;
  const number = exposure === undefined ? "–" : formatExposure(exposure);
  const bar = exposure === undefined ? undefined : shareBar(exposure / 100, t("{0} of 10", number));
  return [
    tag("td", { class: "cost" }, number),
    tag("td", { class: "bar" }, bar),
    tag("td", { class: "level" }, level ? level.name : t("refused by systemd")),
    tag("td", { class: "after" }, ...afterText(summary, t)),
  ];
}

function afterText({ exposure, after, safe, likely }: ListedExposure, t: Translate): readonly Child[] {
  const more = (text: string): PageTag => tag("span", { class: "more" }, text);
  if (after === undefined || exposure === undefined) return []; // nothing helps before systemd takes the unit
  if (safe === 0) return [more(likely === 0 ? t("nothing to add") : t("{0} likely", likely))];
  const lines = safe === 1 ? t("with 1 safe setting") : t("with {0} safe settings", safe);
  const number = tag("span", { class: `number ${exposureTone(after)}` }, formatExposure(after));
  return [number, " ", more(likely === 0 ? lines : t("{0} safe, {1} likely", safe, likely))];
}
