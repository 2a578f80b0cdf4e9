import { version } from "../../../../package.json";
import { releaseOf, type SystemdVersion } from "../../facts/version.ts";
import { folderBefore } from "../../families/paths.ts";
import type { ExposureSummary } from "../../features/exposureSummary.ts";
import { exposureTone } from "../../features/exposureTone.ts";
import type { ExposureReport } from "../../features/report.ts";
import { formatExposure } from "../../security/exposure.ts";
import { portablePath } from "../reportPath.ts";
import { fragment, type Html, htmlElement } from "./element.ts";
import { STYLE } from "./style.ts";
import { shareBar, unitReport } from "./unitReport.ts";

/** What the page says of one service. */
export interface ListedReport {
  readonly path: string;
  readonly summary: ExposureSummary;
  readonly report: ExposureReport;
}

/**
 * The reports of services as one page that needs nothing else, no script and no file: an overview, the most exposed service
 * first, and below it the report of each. Of one service there is no overview.
 */
export function securityPage(units: readonly ListedReport[], systemd: SystemdVersion): string {
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
      units.length === 1 ? undefined : overview(title, sorted),
      ...sorted.map((it, i) => unitReport(it.report, portablePath(it.path), anchor(i))),
    ),
    htmlElement(
      "footer",
      {},
      `Unit Warden ${version}, for systemd ${releaseOf(systemd)}. The level is that of systemd-analyze security.`,
    ),
  );
  return `<!DOCTYPE html>\n${htmlElement("html", { lang: "en" }, fragment(head, body)).html}\n`;
}

const anchor = (at: number): string => `unit-${at + 1}`;

function overview(title: string, units: readonly ListedReport[]): Html {
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
    htmlElement("h1", {}, title),
    htmlElement(
      "table",
      {},
      htmlElement("thead", {}, htmlElement("tr", {}, ...cells)),
      htmlElement("tbody", {}, ...units.map(unitRow)),
    ),
  );
}

function unitRow({ path, summary }: ListedReport, at: number): Html {
  const { exposure, level } = summary;
  const file = portablePath(path);
  const folder = folderBefore(file);
  return htmlElement(
    "tr",
    { class: exposureTone(exposure) },
    htmlElement("td", { class: "unit" }, htmlElement("a", { href: `#${anchor(at)}` }, file.slice(folder.length))),
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
