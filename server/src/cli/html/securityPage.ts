import { version } from "../../../../package.json";
import { folderBefore } from "../../families/pathParts.ts";
import type { ExposureSummary } from "../../features/exposureSummary.ts";
import { exposureTone } from "../../features/exposureTone.ts";
import type { ExposureReport } from "../../features/report.ts";
import { serviceCells } from "../../features/serviceCells.ts";
import { READERS } from "../../reports/model.ts";
import { type Child, htmlOf, type PageTag, tableTag, tag } from "../../reports/tag.ts";
import type { ExposureChanges } from "../exposureChanges.ts";
import { portablePath } from "../reportPath.ts";
import { STYLE } from "./style.ts";
import { changesPart, distribution, originList, type ReportOrigin } from "./summaryPart.ts";
import { type UnitDetails, unitDetails } from "./unitDetails.ts";
import { unitReport } from "./unitReport.ts";

/** What the page says of one service. */
export interface ListedReport {
  readonly path: string;
  readonly summary: ExposureSummary;
  /** The whole report, on a page that has room for it. */
  readonly report?: ExposureReport | undefined;
  /** What can be improved, where something is safe to add. */
  readonly details?: UnitDetails | undefined;
}

/** From so many services on a page has only what can be improved, as a browser has to paint it. */
export const MANY_SERVICES = 50;

/**
 * The reports of services as one page that needs nothing else, no script and no file: a summary, an overview, the most
 * exposed service first, and below it the report of each that can be improved. Of one service there is the report alone.
 */
export function securityPage(
  units: readonly ListedReport[],
  origin: ReportOrigin,
  changes: ExposureChanges | undefined,
): string {
  const sorted = [...units].sort((a, b) => (b.summary.exposure ?? 101) - (a.summary.exposure ?? 101));
  const title = units.length === 1 ? "Exposure of 1 service" : `Exposure of ${units.length} services`;
  const policy = { "http-equiv": "Content-Security-Policy", content: "default-src 'none'; style-src 'unsafe-inline'" };
  const head = tag(
    "head",
    {},
    tag("meta", { charset: "utf-8" }),
    tag("meta", policy),
    tag("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    tag("title", {}, title),
    tag("style", {}, STYLE),
  );
  const parts = sorted.map((it, i) => partOf(it, anchor(i), units.length > 1));
  const what = changes && changesPart(changes);
  const main =
    units.length === 1
      ? [what, ...parts, originList(origin)]
      : [tag("h1", {}, title), originList(origin), distribution(sorted), what, overview(sorted), ...parts];
  const footer = `Unit Warden ${version}, for ${origin.target}. The level is that of systemd-analyze security.`;
  const body = tag("body", {}, tag("main", {}, ...main), tag("footer", {}, footer));
  return `<!DOCTYPE html>\n${htmlOf(tag("html", { lang: "en" }, [head, body]))}\n`;
}

/** What the page says of one service below its overview. */
function partOf({ path, summary, report, details }: ListedReport, id: string, isOfMany: boolean): Child {
  const shown = portablePath(path);
  if (report) return unitReport(report, shown, id, { isBrief: isOfMany, dropIn: details?.dropIn });
  return details && unitDetails(shown, summary, details, id);
}

const anchor = (at: number): string => `unit-${at + 1}`;

function overview(units: readonly ListedReport[]): Child {
  const labels = {
    unit: "Unit",
    folder: "Folder",
    cost: "Exposure",
    bar: "",
    level: "Level",
    after: "After safe fixes",
  };
  return [tag("h2", {}, "Services"), tableTag("services", labels, units.map(unitRow))];
}

function unitRow({ path, summary, report, details }: ListedReport, at: number): PageTag {
  const file = portablePath(path);
  const folder = folderBefore(file);
  const name = file.slice(folder.length);
  return tag(
    "tr",
    { class: exposureTone(summary.exposure) },
    tag("td", { class: "unit" }, report || details ? tag("a", { href: `#${anchor(at)}` }, name) : name),
    tag("td", { class: "folder quiet" }, folder.replace(/\/$/, "")),
    ...serviceCells(summary, READERS.t),
  );
}
