import type { ExposureSummary } from "../../features/exposureSummary.ts";
import { exposureTone } from "../../features/exposureTone.ts";
import { shareBar } from "../../reports/reportTags.ts";
import { type Child, tableTag, tag } from "../../reports/tag.ts";
import { formatExposure, LEVELS } from "../../security/exposure.ts";
import { largest } from "../../text/extremes.ts";
import { type ExposureChanges, exposureState, sameText } from "../exposureChanges.ts";
import { settingClauses } from "../exposureChangesText.ts";

/** How a report came about. */
export interface ReportOrigin {
  /** The systemd that was assumed. */
  readonly target: string;
  readonly time: Date;
  readonly machine: string;
  readonly command: string;
}

/** The facts about a report: when and where it was made, and how. */
export function originList({ target, time, machine, command }: ReportOrigin): Child {
  const when = `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const rows: readonly (readonly [string, Child])[] = [
    ["Date", when],
    ["Host", machine],
    ["Target", target],
    ["Command", tag("code", {}, command)],
  ];
  const cells = rows.flatMap(([name, value]) => [tag("dt", {}, name), tag("dd", {}, value)]);
  return tag("dl", {}, ...cells);
}

/** How many services have each level, and the median now and after all that is safe to add. */
export function distribution(services: readonly { readonly summary: ExposureSummary }[]): Child {
  const units = services.map((it) => it.summary);
  const refused = {
    name: "refused by systemd",
    count: units.filter((it) => it.exposure === undefined).length,
    tone: "bad",
  };
  const levels = LEVELS.map(({ name, from }) => ({
    ...{ name, count: units.filter((it) => it.level?.name === name).length, tone: exposureTone(from) },
  }));
  const shown = [...levels, refused].filter((it) => it.count > 0);
  const most = largest(
    shown.map((it) => it.count),
    1,
  );
  const rows = shown.map(({ name, count, tone }) => {
    const bar = tag("td", { class: "wide" }, shareBar(count / most));
    return tag(
      "tr",
      { class: tone },
      tag("td", { class: "tone" }, name),
      tag("td", { class: "number" }, `${count}`),
      bar,
    );
  });
  return [tag("p", { class: "lead" }, medianText(units)), tag("table", { class: "levels" }, tag("tbody", {}, ...rows))];
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
export function changesPart({ changed, same }: ExposureChanges): Child {
  const rows = changed.map((it) => {
    const settings = settingClauses(it, (name) => name).map((text) => tag("div", {}, text));
    const states = [it.before, it.after].map((state) => tag("td", {}, exposureState(state)));
    return tag("tr", {}, tag("td", { class: "check" }, it.path), ...states, tag("td", { class: "check" }, ...settings));
  });
  const table = tableTag("changes", { check: "Service", before: "Before", after: "After", settings: "Settings" }, rows);
  const rest = same > 0 || changed.length === 0 ? tag("p", { class: "quiet" }, sameText(same)) : undefined;
  return [tag("h2", {}, "What changed"), changed.length > 0 ? table : undefined, rest];
}
