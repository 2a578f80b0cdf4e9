import { checksBlock, exposureHead, notesGroup, openGroups } from "../../server/src/features/exposureBlocks.ts";
import type { ReportRow } from "../../server/src/features/report.ts";
import type { Readership, ReportBlock } from "../../server/src/reports/model.ts";
import { blockTags, type ReportPlace, scoreTag } from "../../server/src/reports/reportTags.ts";
import type { Child } from "../../server/src/reports/tag.ts";
import { formatExposure } from "../../server/src/security/formatExposure.ts";
import type { ShownReport } from "../../server/src/server/protocol.ts";
import { drawn, element } from "./dom.ts";
import type { FromPage } from "./messages.ts";
import { t } from "./texts.ts";

/** Which checks are listed; those that failed are grouped by what can be done about them. */
export type Filter = ReportRow["state"] | "all";

type Send = (message: FromPage) => void;

const FILTERS: readonly { readonly filter: Filter; readonly label: string }[] = [
  { filter: "failed", label: t("Failed") },
  { filter: "passed", label: t("Passed") },
  { filter: "not-applicable", label: t("Not applicable") },
  { filter: "all", label: t("All") },
];

/** The report of one unit. */
export function reportPage(
  report: ShownReport,
  filter: Filter,
  send: Send,
  choose: (filter: Filter) => void,
): HTMLElement {
  const { uri, exposure, name, notes } = report;
  const shown = (...children: readonly Child[]): Node[] =>
    drawn(children, (fix) => send({ kind: "fix", fix: { uri, ...fix } }));
  const head = exposureHead(report, name, READER);
  const checks = listed(report, filter);
  return element(
    "main",
    { class: "report" },
    ...shown(scoreTag(head, PLACE)),
    exposure === undefined ? undefined : scale(exposure),
    ...shown(...head.blocks.map((it) => blockTags(it, PLACE))),
    filters(report, filter, choose),
    checks.length === 0 ? element("p", { class: "empty" }, t("No check of this kind.")) : undefined,
    ...shown(...[...checks, ...notesGroup(notes, READER)].map((it) => blockTags(it, PLACE))),
  );
}

/** The page speaks the language of the editor. */
const READER: Readership = { t, isInteractive: true };
const PLACE: ReportPlace = { level: 1, isInteractive: true };

function scale(exposure: number): HTMLElement {
  const mark = element("div", { class: "mark" });
  mark.style.left = `${exposure}%`;
  return element(
    "div",
    { class: "scale", role: "img", "aria-label": t("Exposure {0} of 10", formatExposure(exposure)) },
    mark,
  );
}

function filters({ rows }: ShownReport, filter: Filter, choose: (filter: Filter) => void): HTMLElement {
  const buttons = FILTERS.map((it) => {
    const count = it.filter === "all" ? rows.length : rows.filter((row) => row.state === it.filter).length;
    const pressed = String(it.filter === filter);
    const button = element("button", { id: `filter-${it.filter}`, "aria-pressed": pressed }, `${it.label} (${count})`);
    button.addEventListener("click", () => choose(it.filter));
    return button;
  });
  return element("nav", { class: "filters", "aria-label": t("Which checks to list") }, ...buttons);
}

/** What is listed of the checks. */
function listed(report: ShownReport, filter: Filter): readonly ReportBlock[] {
  if (filter === "failed") return openGroups(report, missingTitle(report), READER);
  const rows = report.rows.filter((row) => filter === "all" || row.state === filter);
  return rows.length === 0 ? [] : [checksBlock(rows, READER)];
}

/** What the unit lacks, in the words of the lens and of the finding. */
function missingTitle({ missing: { safe, likely, weak, gain: bought }, safe: offers }: ShownReport): string {
  if (safe + likely === 0) return offers.length > 0 ? t("Safe to add") : t("Likely to be safe");
  const more = likely === 1 ? t("1 more is likely to be safe") : t("{0} more are likely to be safe", likely);
  if (safe === 0)
    return likely === 1
      ? t("1 setting that is likely to be safe is missing")
      : t("{0} settings that are likely to be safe are missing", likely);
  const one = weak ? t("1 safe setting is missing or weak") : t("1 safe setting is missing");
  const several = weak ? t("{0} safe settings are missing or weak", safe) : t("{0} safe settings are missing", safe);
  const counted = `${safe === 1 ? one : several}${bought === undefined ? "" : ` (${bought})`}`;
  return likely === 0 ? counted : `${counted}; ${more}`;
}
