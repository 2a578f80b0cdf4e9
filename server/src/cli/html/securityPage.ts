import { version } from "../../../../package.json";
import { folderBefore } from "../../families/pathParts.ts";
import type { ExposureSummary } from "../../features/exposureSummary.ts";
import { exposureTone } from "../../features/exposureTone.ts";
import type { ExposureReport } from "../../features/report.ts";
import { formatExposure } from "../../security/exposure.ts";
import type { ExposureChanges } from "../exposureChanges.ts";
import { portablePath } from "../reportPath.ts";
import { fragment, type Html, htmlElement } from "./element.ts";
import { STYLE } from "./style.ts";
import { changesPart, distribution, originList, type ReportOrigin } from "./summaryPart.ts";
import { type UnitDetails, unitDetails } from "./unitDetails.ts";
import { shareBar, unitReport } from "./unitReport.ts";

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
  const head = htmlElement(
    "head",
    {},
    htmlElement("meta", { charset: "utf-8" }),
    htmlElement("meta", {
      "http-equiv": "Content-Security-Policy",
      content: "default-src 'none'; style-src 'unsafe-inline'",
    }),
    htmlElement("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    htmlElement("title", {}, title),
    { html: `<style>${STYLE}</style>` },
  );
  const body = htmlElement(
    "body",
    {},
    htmlElement(
      "main",
      {},
      units.length === 1 ? undefined : htmlElement("h1", {}, title),
      units.length === 1 ? undefined : originList(origin),
      units.length === 1 ? undefined : distribution(sorted.map((it) => it.summary)),
      changes && changesPart(changes),
      units.length === 1 ? undefined : overview(sorted),
      ...sorted.map((it, i) => partOf(it, anchor(i), units.length > 1)),
      units.length === 1 ? originList(origin) : undefined,
    ),
    htmlElement(
      "footer",
      {},
      `Unit Warden ${version}, for ${origin.target}. The level is that of systemd-analyze security.`,
    ),
  );
  return `<!DOCTYPE html>\n${htmlElement("html", { lang: "en" }, fragment(head, body)).html}\n`;
}

/** What the page says of one service below its overview. */
function partOf({ path, summary, report, details }: ListedReport, id: string, isOfMany: boolean): Html | undefined {
  const shown = portablePath(path);
  if (report) return unitReport(report, shown, id, { isBrief: isOfMany, dropIn: details?.dropIn });
  return details && unitDetails(shown, summary, details, id);
}

const anchor = (at: number): string => `unit-${at + 1}`;

function overview(units: readonly ListedReport[]): Html {
  const heads: readonly (readonly [string, string])[] = [
    ["unit", "Unit"],
    ["folder", "Folder"],
    ["number", "Exposure"],
    ["bar", ""],
    ["level", "Level"],
    ["after", "After safe fixes"],
  ];
  const cells = heads.map(([kind, label]) => htmlElement("th", { scope: "col", class: kind }, label));
  return fragment(
    htmlElement("h2", {}, "Services"),
    htmlElement(
      "table",
      { class: "services" },
      htmlElement("thead", {}, htmlElement("tr", {}, ...cells)),
      htmlElement("tbody", {}, ...units.map(unitRow)),
    ),
  );
}

function unitRow({ path, summary, report, details }: ListedReport, at: number): Html {
  const { exposure, level } = summary;
  const file = portablePath(path);
  const folder = folderBefore(file);
  const name = file.slice(folder.length);
  return htmlElement(
    "tr",
    { class: exposureTone(exposure) },
    htmlElement("td", { class: "unit" }, report || details ? htmlElement("a", { href: `#${anchor(at)}` }, name) : name),
    htmlElement("td", { class: "folder quiet" }, folder.replace(/\/$/, "")),
    htmlElement("td", { class: "number" }, exposure === undefined ? "–" : formatExposure(exposure)),
    htmlElement("td", { class: "bar" }, exposure === undefined ? undefined : shareBar(exposure / 100)),
    htmlElement("td", { class: "level tone" }, level ? level.name : "refused by systemd"),
    htmlElement("td", { class: "after" }, ...afterText(summary)),
  );
}

function afterText({ exposure, after, safe, likely }: ExposureSummary): (Html | string)[] {
  const quiet = (text: string): Html => htmlElement("span", { class: "quiet" }, text);
  if (after === undefined || exposure === undefined) return []; // nothing helps before systemd takes the unit
  if (safe === 0) return [quiet(likely === 0 ? "nothing to add" : `${likely} likely`)];
  const count =
    likely === 0 ? (safe === 1 ? "1 safe setting" : `${safe} safe settings`) : `${safe} safe, ${likely} likely`;
  return [
    htmlElement("span", { class: exposureTone(after) }, htmlElement("span", { class: "tone" }, formatExposure(after))),
    " ",
    quiet(likely === 0 ? `with ${count}` : count),
  ];
}
