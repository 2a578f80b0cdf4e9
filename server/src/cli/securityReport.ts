import { type CheckAdvice, checkAdvice } from "../features/checkAdvice.ts";
import type { PayloadReport } from "../features/payload.ts";
import { FLEET } from "../hardening/fleet.ts";
import { safeSettings } from "../hardening/hardening.ts";
import { leftOut } from "../hardening/leftOut.ts";
import { type Assessment, formatExposure } from "../security/exposure.ts";
import { onOneLine } from "../text/printable.ts";
import { type LoadedFiles, loadedText } from "../units/loadedFiles.ts";
import { AS_SHOWN } from "../units/template/isTemplate.ts";
import type { Unit } from "../units/unit.ts";
import { checksTable, failedTable, pathColumn, pathInColumn, type TableLayout, tableLayout } from "./checkTable.ts";
import { exposureState } from "./exposureChanges.ts";
import { pathCell } from "./exposureChangesText.ts";
import { exposureColour, GREEN, RED } from "./exposureColour.ts";
import { type AppliedLimit, limitText } from "./exposureLimit.ts";
import { fleetText } from "./fleetText.ts";
import { loadedJson } from "./loadedUnit.ts";
import { containersOverview, payloadTable } from "./payloadText.ts";
import { collected, listFormat, type ReportFormat } from "./reportFormat.ts";
import type { Paint, Terminal } from "./terminal.ts";
import { hanging } from "./wrapping.ts";

/** The exposure of one service file. */
export interface UnitReport {
  readonly path: string;
  readonly unit: Pick<Unit["path"], "scope">;
  readonly assessment: Assessment;
  /** How systemd loads it, where it lies in a load path. */
  readonly loaded?: LoadedFiles | undefined;
  /** How many are reported. */
  readonly total: number;
  /** The threshold of a configuration, where one holds for it. */
  readonly limit?: AppliedLimit;
  /** Of a container what podman gives its program; the assessment is that of podman's service then. */
  readonly payload?: PayloadReport | undefined;
  /** Where it is reported alone: what hardening says of what it lacks, as far as its programs show it. */
  readonly advice?: CheckAdvice;
}

/** The same with what is said of a unit besides its exposure. */
export interface AssessedUnit extends UnitReport {
  readonly read: Unit;
  /** Whether what it lacks is said, too: of very many services that would cost more than all the rest. */
  readonly isSampled: boolean;
}

/** The exposures as one line of JSON; its shape only grows, and `version` says which it is. */
export const securityJson = listFormat(
  (it: AssessedUnit) => [{ ...jsonOf(it), ...(it.isSampled ? { missing: missingOf(it) } : {}) }],
  '{"version":1,"units":[',
  (summary) => `]${summary ? `,"summary":${JSON.stringify(summary)}` : ""}}\n`,
);

function jsonOf({ path, unit, assessment, limit, payload, loaded }: UnitReport): object {
  const { loads, exposure, level, messages, checks, isTemplate } = assessment;
  return {
    path,
    ...loadedJson(loaded),
    ...(limit && { threshold: limit }),
    scope: unit.scope,
    loads,
    exposure: exposure ?? null,
    level: level?.name ?? null,
    ...(payload ? { about: payload.maker, payload: payload.rows } : {}),
    messages,
    ...(isTemplate ? { template: true } : {}),
    checks: checks.map((it) => ({
      id: it.id,
      badness: it.badness ?? null,
      weight: it.weight,
      range: it.range,
      exposure: it.exposure ?? null,
      text: it.text,
      ...(it.fix === undefined ? {} : { fix: it.fix }),
    })),
  };
}

/** What a service lacks of the basic profile and bears as far as is known, each with its grade; nothing where it is refused. */
function missingOf({ read: unit, assessment }: AssessedUnit): readonly object[] {
  if (!assessment.loads) return [];
  const sure = safeSettings(unit, "basic").map(({ line, grade, reason }) => ({ line, grade, reason }));
  const likely = leftOut(unit, "basic").filter((it) => it.kind === "likely");
  return [...sure, ...likely.map(({ line, kind, reason }) => ({ line, grade: kind, reason }))];
}

/** Of one unit the checks that fail, or with `each` all in systemd's order; of several units one line each, the most exposed first. */
export function securityTable(
  terminal: Terminal,
  { each }: { readonly each: boolean },
): ReportFormat<UnitReport, AssessedUnit> {
  const layout = tableLayout(terminal);
  // A table of many has no room for checks, and they need not come from another thread.
  const entry = (it: AssessedUnit): UnitReport => {
    if (it.total >= FLEET) return withoutChecks(it);
    const isAlone = it.total === 1 && !each && !it.payload;
    return { ...withoutUnit(it, it.assessment.checks), ...(isAlone && { advice: checkAdvice(it.read) }) };
  };
  return collected("report", entry, (reports, fleet) => {
    const [only] = reports;
    if (reports.length === 1 && only?.payload) return payloadTable(only.payload, layout);
    if (reports.length === 1 && only) {
      const { checks } = only.assessment;
      return (each ? checksTable(checks, layout) : failedTable(checks, layout, only.advice)) + summary(only, layout);
    }
    const containers = reports.filter((it) => it.payload);
    const services = containers.length > 0 ? reports.filter((it) => !it.payload) : reports;
    const listed = services.length > 0 ? overview(services, layout) : "";
    const apart = listed !== "" && containers.length > 0 ? "\n" : "";
    return listed + apart + containersOverview(containers, layout) + (fleet ? `\n${fleetText(fleet, layout)}` : "");
  });
}

/** What a line about a unit needs, and nothing that only this thread has. */
const withoutChecks = (report: UnitReport): UnitReport => withoutUnit(report, []);

/** The same with its checks. */
export const withoutText = (report: UnitReport): UnitReport => withoutUnit(report, report.assessment.checks);

function withoutUnit(report: UnitReport, checks: Assessment["checks"]): UnitReport {
  const { path, unit, total, assessment, limit, payload, loaded } = report;
  const { loads, exposure, level, messages, isTemplate } = assessment;
  const shown = isTemplate ? { isTemplate } : {};
  return {
    path,
    unit,
    total,
    ...(limit && { limit }),
    ...(payload && { payload }),
    ...loadedJson(loaded),
    assessment: { loads, exposure, level, messages, refusal: undefined, ...shown, checks },
  };
}

/** The exposures as a table in Markdown, the most exposed first. */
export const securityMarkdown: ReportFormat<UnitReport, UnitReport> = collected("report", withoutChecks, (reports) => {
  const sorted = reports.toSorted((a, b) => (b.assessment.exposure ?? 101) - (a.assessment.exposure ?? 101));
  const rows = sorted.map(
    ({ path, assessment }) => `| ${pathCell(path)} | ${exposureState(assessment.exposure ?? null)} |`,
  );
  return ["| service | exposure |", "| --- | --- |", ...rows, ""].join("\n");
});

function summary({ path, assessment, limit, loaded }: UnitReport, { paint, width }: TableLayout): string {
  const merged = loaded && loadedText(loaded, path);
  const { exposure, level, messages, isTemplate } = assessment;
  const name = onOneLine(path.replace(/^.*[\\/]/s, ""));
  if (exposure === undefined || !level)
    return messages.map((it) => `${hanging(`${name}: ${onOneLine(it)}`, width, 4)}\n`).join("");
  const result = paint(`${formatExposure(exposure)} ${level.name}`, exposureColour(exposure));
  const lines = [
    `→ Overall exposure level for ${name}: ${result} ${level.emoji}${isTemplate ? `, ${AS_SHOWN}` : ""}`,
    ...(merged === undefined ? [] : [`  ${merged}`]),
    ...(limit ? [`  ${againstLimit(exposure, limit, paint)}`] : []),
  ];
  return lines.map((it) => `${hanging(it, width, 4)}\n`).join("");
}

/** Such as `above 4.2, the threshold of nginx.service in .unit-warden.json`. */
function againstLimit(exposure: number, limit: AppliedLimit, paint: Paint): string {
  const [word, colour] = exposure > limit.tenths ? ["above", RED] : ["within", GREEN];
  return `${paint(word, colour)} ${onOneLine(limitText(limit))}`;
}

function overview(reports: readonly UnitReport[], { paint, width: most }: TableLayout): string {
  const named = reports.map(({ path, assessment, limit }) => ({ path: onOneLine(path), assessment, limit }));
  const sorted = named.sort((a, b) => (b.assessment.exposure ?? 101) - (a.assessment.exposure ?? 101));
  const width = pathColumn(["UNIT", ...sorted.map((it) => it.path)], most);
  const lines = sorted.map(({ path, assessment: { exposure, level }, limit }) => {
    const cell = pathInColumn(path, width);
    if (exposure === undefined || !level) return `${cell} ${"".padStart(8)} ${paint("refused by systemd", RED)}`;
    const name = paint(level.name.padEnd(9), exposureColour(exposure));
    const line = `${cell} ${formatExposure(exposure).padStart(8)} ${name} ${level.emoji}`;
    if (!limit) return line;
    const beside = againstLimit(exposure, limit, paint);
    return most === undefined ? `${line} ${beside}` : `${line}\n${hanging(`  ${beside}`, most, 4)}`;
  });
  return [`${"UNIT".padEnd(width)} EXPOSURE LEVEL`, ...lines, ""].join("\n");
}
