import { version } from "../../../../package.json";
import type { SystemdVersion } from "../../facts/version.ts";
import { folderBefore } from "../../families/paths.ts";
import type { ExposureSummary } from "../../features/exposureSummary.ts";
import type { ExposureReport } from "../../features/report.ts";
import { formatExposure } from "../../security/exposure.ts";
import { portablePath } from "../reportPath.ts";
import { element, fragment, type Html } from "./element.ts";
import { STYLE } from "./style.ts";
import { bar, tone, unitReport } from "./unitReport.ts";

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
  const head = element(
    "head",
    {},
    element("meta", { charset: "utf-8" }),
    element("meta", {
      "http-equiv": "Content-Security-Policy",
      content: "default-src 'none'; style-src 'unsafe-inline'",
    }),
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    element("title", {}, title),
    { html: `<style>${STYLE}</style>` },
  );
  const body = element(
    "body",
    {},
    element(
      "main",
      {},
      units.length === 1 ? undefined : overview(title, sorted),
      ...sorted.map((it, i) => unitReport(it.report, portablePath(it.path), anchor(i))),
    ),
    element(
      "footer",
      {},
      `Unit Warden ${version}, for systemd ${systemd}. The level is that of systemd-analyze security.`,
    ),
  );
  return `<!DOCTYPE html>\n${element("html", { lang: "en" }, fragment(head, body)).html}\n`;
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
  const cells = heads.map(([kind, label]) => element("th", { scope: "col", class: kind }, label));
  return fragment(
    element("h1", {}, title),
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...cells)),
      element("tbody", {}, ...units.map(unitRow)),
    ),
  );
}

function unitRow({ path, summary: { exposure, level, safe, after } }: ListedReport, at: number): Html {
  const file = portablePath(path);
  const folder = folderBefore(file);
  return element(
    "tr",
    { class: tone(exposure) },
    element("td", { class: "unit" }, element("a", { href: `#${anchor(at)}` }, file.slice(folder.length))),
    element("td", { class: "folder quiet" }, folder.replace(/\/$/, "")),
    element("td", { class: "number" }, exposure === undefined ? "–" : formatExposure(exposure)),
    element("td", { class: "bar" }, exposure === undefined ? undefined : bar(exposure / 100)),
    element("td", { class: "level tone" }, level ? `${level.name} ${level.emoji}` : "refused by systemd"),
    element("td", { class: "after" }, ...afterText(exposure, after, safe)),
  );
}

function afterText(exposure: number | undefined, after: number | undefined, safe: number): (Html | string)[] {
  const settings = safe === 1 ? "1 setting" : `${safe} settings`;
  if (safe === 0) return [element("span", { class: "quiet" }, "nothing to add")];
  if (after === undefined || exposure === undefined) return ["– ", element("span", { class: "quiet" }, settings)];
  return [
    element("span", { class: tone(after) }, element("span", { class: "tone" }, formatExposure(after))),
    " ",
    element("span", { class: "quiet" }, `with ${settings}`),
  ];
}
