import type { ExposureReport, ReportRow } from "../../features/report.ts";
import { openRows } from "../../features/reportOrder.ts";
import type { SafeOffer } from "../../features/safeOffers.ts";
import { formatExposure } from "../../security/exposure.ts";
import { element, fragment, type Html } from "./element.ts";

/** The report of one unit, as the editor shows it but without what can be pressed; `id` is where links to it lead. */
export function unitReport(report: ExposureReport, path: string, id: string): Html {
  const { exposure, level, messages, notes, rows, safe, all } = report;
  const { decide, stuck } = openRows(rows);
  const said = exposure === undefined || !level ? "refused by systemd" : `${level.name} ${level.emoji}`;
  const state = (wanted: ReportRow["state"]): readonly ReportRow[] => rows.filter((it) => it.state === wanted);
  return element(
    "section",
    { class: `report ${tone(exposure)}`, id },
    element(
      "div",
      { class: "score" },
      element("div", { class: "number" }, exposure === undefined ? "–" : formatExposure(exposure)),
      element(
        "div",
        {},
        element("h2", {}, path, report.user ? " (user service)" : ""),
        element("div", { class: "tone" }, said),
      ),
    ),
    ...messages.map((it) => element("p", {}, it)),
    safe.length === 0
      ? undefined
      : fragment(
          element("h3", {}, "Safe to add"),
          ...all.map((it) => element("p", { class: "quiet" }, `${it.title}: ${it.gain}`)),
          element("ul", {}, ...safe.map(offer)),
        ),
    group("Needs a decision", decide),
    group("No fix here", stuck),
    folded("Passed", state("passed")),
    folded("Not applicable", state("not-applicable")),
    notes.length === 0 ? undefined : fragment(element("h3", {}, "Notes"), ...notes.map((it) => element("p", {}, it))),
  );
}

/** How worrying an exposure is: systemd's colours. */
export function tone(exposure: number | undefined): "bad" | "middling" | "good" {
  if (exposure === undefined || exposure >= 90) return "bad";
  return exposure >= 50 ? "middling" : "good";
}

/** A bar that is filled from 0 to 1. */
export function bar(share: number): Html {
  const width = `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%`;
  return element("div", { class: "track" }, element("div", { class: "fill", style: `width: ${width}` }));
}

function offer({ lines, gain, protects, beyond }: SafeOffer): Html {
  return element(
    "li",
    {},
    ...lines.flatMap((it) => [element("code", {}, it), " "]),
    element("span", { class: "quiet" }, gain),
    ...(beyond === undefined ? [] : [" ", element("span", { class: "tag" }, `${beyond} profile`)]),
    element("div", { class: "sentence" }, protects),
  );
}

function group(title: string, rows: readonly ReportRow[]): Html | undefined {
  if (rows.length === 0) return undefined;
  return fragment(element("h3", {}, `${title} (${rows.length})`), table(rows));
}

function folded(title: string, rows: readonly ReportRow[]): Html | undefined {
  if (rows.length === 0) return undefined;
  return element("details", {}, element("summary", {}, `${title} (${rows.length})`), table(rows));
}

function table(rows: readonly ReportRow[]): Html {
  const head = element(
    "tr",
    {},
    element("th", { scope: "col" }, "Check"),
    element("th", { scope: "col", class: "number" }, "Cost"),
    element("th", { scope: "col", class: "bar", "aria-hidden": "true" }),
  );
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows.map(checkRow)));
}

function checkRow({ title, state, cost, share, sentence, url, fix, safe, stuck }: ReportRow): Html {
  const more = stuck ?? (safe === undefined ? undefined : `${safe}= is safe to add, and improves it.`);
  return element(
    "tr",
    { class: state === "failed" ? (share > 0.5 ? "bad" : "middling") : "good" },
    element(
      "td",
      { class: "check" },
      url === undefined ? element("strong", {}, title) : element("a", { href: url }, title),
      element("div", { class: "sentence" }, sentence),
      more === undefined ? undefined : element("div", { class: "sentence" }, more),
      fix ? decision(fix) : undefined,
    ),
    element("td", { class: "number" }, cost),
    element("td", { class: "bar" }, cost === "" ? undefined : bar(share)),
  );
}

function decision({ line, gain, against, breaks, shows }: NonNullable<ReportRow["fix"]>): Html {
  const warned = breaks === "" ? "" : `May break: ${breaks}${shows === undefined ? "" : ` How it shows: ${shows}`}`;
  return fragment(
    element("div", {}, element("code", {}, line), " ", element("span", { class: "quiet" }, gain)),
    against === undefined ? undefined : element("div", { class: "against" }, against),
    warned === "" ? undefined : element("div", { class: "sentence" }, warned),
  );
}
