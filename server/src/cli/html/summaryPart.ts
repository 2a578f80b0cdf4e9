import type { ExposureSummary } from "../../features/exposureSummary.ts";
import { exposureTone } from "../../features/exposureTone.ts";
import { formatExposure, LEVELS } from "../../security/exposure.ts";
import { largest } from "../../text/extremes.ts";
import { type ExposureChanges, exposureState, sameText } from "../exposureChanges.ts";
import { settingClauses } from "../exposureChangesText.ts";
import { fragment, type Html, htmlElement } from "./element.ts";
import { shareBar } from "./unitReport.ts";

/** How a report came about. */
export interface ReportOrigin {
  /** The systemd that was assumed. */
  readonly target: string;
  readonly time: Date;
  readonly machine: string;
  readonly command: string;
}

/** The facts about a report: when and where it was made, and how. */
export function originList({ target, time, machine, command }: ReportOrigin): Html {
  const when = `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const rows: readonly (readonly [string, Html | string])[] = [
    ["Date", when],
    ["Host", machine],
    ["Target", target],
    ["Command", htmlElement("code", {}, command)],
  ];
  const cells = rows.flatMap(([name, value]) => [htmlElement("dt", {}, name), htmlElement("dd", {}, value)]);
  return htmlElement("dl", {}, ...cells);
}

/** How many services have each level, and the median now and after all that is safe to add. */
export function distribution(units: readonly ExposureSummary[]): Html {
  const refused = units.filter((it) => it.exposure === undefined).length;
  const levels = LEVELS.flatMap(({ name, from }) => {
    const count = units.filter((it) => it.level?.name === name).length;
    return count > 0 ? [{ name, count, tone: exposureTone(from) }] : [];
  });
  const rows = [...levels, ...(refused > 0 ? [{ name: "refused by systemd", count: refused, tone: "bad" }] : [])];
  const most = largest(
    rows.map((it) => it.count),
    1,
  );
  return fragment(
    htmlElement("p", { class: "lead" }, medianText(units)),
    htmlElement(
      "table",
      { class: "levels" },
      htmlElement(
        "tbody",
        {},
        ...rows.map(({ name, count, tone }) =>
          htmlElement(
            "tr",
            { class: tone },
            htmlElement("td", { class: "tone" }, name),
            htmlElement("td", { class: "number" }, String(count)),
            htmlElement("td", { class: "wide" }, shareBar(count / most)),
          ),
        ),
      ),
    ),
  );
}

function medianText(units: readonly ExposureSummary[]): string {
  const now = median(units.flatMap((it) => it.exposure ?? []));
  const after = median(units.flatMap((it) => it.after ?? []));
  const better = units.filter((it) => it.safe > 0 && it.after !== undefined).length;
  if (now === undefined || after === undefined) return "systemd refuses all of them.";
  const sentence = `The median exposure is ${formatExposure(now)}`;
  if (better === 0) return `${sentence}; nothing is known to be safe to add.`;
  return `${sentence}, and ${formatExposure(after)} with what is safe to add to ${better} of ${units.length} services.`;
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}

/** What changed since an earlier report. */
export function changesPart({ changed, same }: ExposureChanges): Html {
  const heads = ["Service", "Before", "After", "Settings"].map((it) => htmlElement("th", { scope: "col" }, it));
  const rows = changed.map((it) =>
    htmlElement(
      "tr",
      {},
      htmlElement("td", { class: "check" }, it.path),
      htmlElement("td", {}, exposureState(it.before)),
      htmlElement("td", {}, exposureState(it.after)),
      htmlElement(
        "td",
        { class: "check" },
        ...settingClauses(it, (name) => name).map((text) => htmlElement("div", {}, text)),
      ),
    ),
  );
  const table = htmlElement(
    "table",
    { class: "changes" },
    htmlElement("thead", {}, htmlElement("tr", {}, ...heads)),
    htmlElement("tbody", {}, ...rows),
  );
  const rest = same > 0 || changed.length === 0 ? htmlElement("p", { class: "quiet" }, sameText(same)) : undefined;
  return fragment(htmlElement("h2", {}, "What changed"), changed.length > 0 ? table : undefined, rest);
}
