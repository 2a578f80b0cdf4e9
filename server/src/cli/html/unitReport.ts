import { exposureTone } from "../../features/exposureTone.ts";
import { safeHeading } from "../../features/missingIn.ts";
import type { ExposureReport, ReportRow } from "../../features/report.ts";
import { openRows } from "../../features/reportOrder.ts";
import type { SafeOffer } from "../../features/safeOffers.ts";
import { formatExposure } from "../../security/exposure.ts";
import { fragment, type Html, htmlElement } from "./element.ts";
import { dropInText } from "./unitDetails.ts";

/** How much a report says. */
interface Extent {
  /** Without what passed and what does not apply. */
  readonly isBrief: boolean;
  /** The text of a drop-in with what is safe to add. */
  readonly dropIn: string | undefined;
}

/** The report of one unit, as the editor shows it but without what can be pressed; `id` is where links to it lead. */
export function unitReport(report: ExposureReport, path: string, id: string, { isBrief, dropIn }: Extent): Html {
  const { exposure, level, messages, missing, notes, rows, safe, all } = report;
  const { decide, stuck } = openRows(rows);
  const levelName = exposure === undefined || !level ? "refused by systemd" : level.name;
  const state = (wanted: ReportRow["state"]): readonly ReportRow[] => rows.filter((it) => it.state === wanted);
  return htmlElement(
    "section",
    { class: `report ${exposureTone(exposure)}`, id },
    htmlElement(
      "div",
      { class: "score" },
      htmlElement("div", { class: "number" }, exposure === undefined ? "–" : formatExposure(exposure)),
      htmlElement(
        "div",
        {},
        htmlElement("h2", {}, path, report.user ? " (user service)" : ""),
        htmlElement("div", { class: "tone" }, levelName),
      ),
    ),
    ...messages.map((it) => htmlElement("p", {}, it)),
    safe.length === 0 && all.length === 0
      ? undefined
      : fragment(
          htmlElement("h3", {}, safeHeading(missing)),
          ...all.map((it) => htmlElement("p", { class: "quiet" }, `${it.title}: ${it.gain}`)),
          safe.length === 0 ? undefined : htmlElement("ul", {}, ...safe.map(offer)),
        ),
    dropIn === undefined ? undefined : dropInText(dropIn, path),
    group("Needs a decision", decide),
    group("No fix here", stuck),
    isBrief ? undefined : folded("Passed", state("passed")),
    isBrief ? undefined : folded("Not applicable", state("not-applicable")),
    notes.length === 0
      ? undefined
      : fragment(htmlElement("h3", {}, "Notes"), ...notes.map((it) => htmlElement("p", {}, it))),
  );
}

/** A bar that is filled from 0 to 1. */
export function shareBar(share: number): Html {
  const width = `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%`;
  return htmlElement("div", { class: "track" }, htmlElement("div", { class: "fill", style: `width: ${width}` }));
}

function offer({ lines, gain, protects, beyond, grade, reason }: SafeOffer): Html {
  return htmlElement(
    "li",
    {},
    ...lines.flatMap((it) => [htmlElement("code", {}, it), " "]),
    htmlElement("span", { class: "quiet" }, gain),
    " ",
    htmlElement("span", { class: "tag", title: reason }, grade),
    ...(beyond === undefined ? [] : [" ", htmlElement("span", { class: "tag" }, `${beyond} profile`)]),
    htmlElement("div", { class: "sentence" }, protects),
  );
}

function group(title: string, rows: readonly ReportRow[]): Html | undefined {
  if (rows.length === 0) return undefined;
  return fragment(htmlElement("h3", {}, `${title} (${rows.length})`), table(rows));
}

function folded(title: string, rows: readonly ReportRow[]): Html | undefined {
  if (rows.length === 0) return undefined;
  return htmlElement("details", {}, htmlElement("summary", {}, `${title} (${rows.length})`), table(rows));
}

function table(rows: readonly ReportRow[]): Html {
  const head = htmlElement(
    "tr",
    {},
    htmlElement("th", { scope: "col" }, "Check"),
    htmlElement("th", { scope: "col", class: "number" }, "Cost"),
    htmlElement("th", { scope: "col", class: "bar", "aria-hidden": "true" }),
  );
  return htmlElement("table", {}, htmlElement("thead", {}, head), htmlElement("tbody", {}, ...rows.map(checkRow)));
}

function checkRow({ title, state, cost, share, sentence, url, fix, safe, stuck }: ReportRow): Html {
  const more = stuck ?? (safe === undefined ? undefined : `${safe}= is safe to add, and improves it.`);
  return htmlElement(
    "tr",
    { class: state === "failed" ? (share > 0.5 ? "bad" : "middling") : "good" },
    htmlElement(
      "td",
      { class: "check" },
      url === undefined ? htmlElement("strong", {}, title) : htmlElement("a", { href: url }, title),
      htmlElement("div", { class: "sentence" }, sentence),
      more === undefined ? undefined : htmlElement("div", { class: "sentence" }, more),
      fix ? decision(fix) : undefined,
    ),
    htmlElement("td", { class: "number" }, cost),
    htmlElement("td", { class: "bar" }, cost === "" ? undefined : shareBar(share)),
  );
}

function decision({ line, gain, against, doubt, breaks, shows }: NonNullable<ReportRow["fix"]>): Html {
  const warned = breaks === "" ? "" : `May break: ${breaks}${shows === undefined ? "" : ` How it shows: ${shows}`}`;
  return fragment(
    htmlElement("div", {}, htmlElement("code", {}, line), " ", htmlElement("span", { class: "quiet" }, gain)),
    against === undefined ? undefined : htmlElement("div", { class: "against" }, against),
    doubt === undefined ? undefined : htmlElement("div", { class: "sentence" }, doubt),
    warned === "" ? undefined : htmlElement("div", { class: "sentence" }, warned),
  );
}
