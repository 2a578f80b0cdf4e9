import type { PayloadReport } from "../features/payload.ts";
import { FLEET } from "../hardening/fleet.ts";
import { safeSettings } from "../hardening/hardening.ts";
import { leftOut } from "../hardening/leftOut.ts";
import {
  type AssessedCheck,
  type Assessment,
  formatExposure,
  sortedAsSystemd,
  tableNameOf,
} from "../security/exposure.ts";
import { onOneLine } from "../text/printable.ts";
import { AS_SHOWN } from "../units/template/isTemplate.ts";
import type { Unit } from "../units/unit.ts";
import { exposureState } from "./exposureChanges.ts";
import { pathCell } from "./exposureChangesText.ts";
import { exposureColour, GREEN, RED } from "./exposureColour.ts";
import { type AppliedLimit, limitText } from "./exposureLimit.ts";
import { fleetText } from "./fleetText.ts";
import { type LoadedFiles, loadedJson, loadedText } from "./loadedUnit.ts";
import { containersOverview, payloadTable } from "./payloadText.ts";
import { collected, listFormat, type ReportFormat } from "./reportFormat.ts";
import { type Paint, painter } from "./terminal.ts";

/** The exposure of one service file. */
export interface UnitReport {
  readonly path: string;
  readonly unit: Pick<Unit["path"], "scope">;
  readonly assessment: Assessment;
  /** How systemd loads it, where it lies in a load path. */
  readonly loaded?: LoadedFiles | undefined;
  /** How many are reported. */
  readonly among: number;
  /** The threshold of a configuration, where one holds for it. */
  readonly limit?: AppliedLimit;
  /** Of a container what podman gives its program; the assessment is that of podman's service then. */
  readonly payload?: PayloadReport | undefined;
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

/** All checks of one unit in systemd's order; of several units one line each, the most exposed first. */
export function securityTable(colours: boolean): ReportFormat<UnitReport, UnitReport> {
  const paint = painter(colours);
  // A table of many has no room for checks, and they need not come from another thread.
  const entry = (it: UnitReport): UnitReport =>
    it.among < FLEET ? withoutUnit(it, it.assessment.checks) : withoutChecks(it);
  return collected("report", entry, (reports, fleet) => {
    const [only] = reports;
    if (reports.length === 1 && only?.payload) return payloadTable(only.payload, paint);
    if (reports.length === 1 && only) return checkTable(only, paint) + summary(only, paint);
    const containers = reports.filter((it) => it.payload);
    const services = containers.length > 0 ? reports.filter((it) => !it.payload) : reports;
    const listed = services.length > 0 ? overview(services, paint) : "";
    const apart = listed !== "" && containers.length > 0 ? "\n" : "";
    return listed + apart + containersOverview(containers, paint) + (fleet ? `\n${fleetText(fleet, paint)}` : "");
  });
}

/** What a line about a unit needs, and nothing that only this thread has. */
const withoutChecks = (report: UnitReport): UnitReport => withoutUnit(report, []);

/** The same with its checks. */
export const withoutText = (report: UnitReport): UnitReport => withoutUnit(report, report.assessment.checks);

function withoutUnit(report: UnitReport, checks: Assessment["checks"]): UnitReport {
  const { path, unit, among, assessment, limit, payload, loaded } = report;
  const { loads, exposure, level, messages, isTemplate } = assessment;
  const shown = isTemplate ? { isTemplate } : {};
  return {
    path,
    unit,
    among,
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

function checkTable({ assessment: { checks } }: UnitReport, paint: Paint): string {
  if (checks.length === 0) return "";
  const rows = sortedAsSystemd(checks).map(
    (check) => [tableNameOf(check.id), check.text, check.exposure ?? ""] as const,
  );
  const marks = sortedAsSystemd(checks).map(mark);
  const widths = [4, 11, 8].map((width, i) => Math.max(width, ...rows.map((row) => (row[i] ?? "").length)));
  const line = (cells: readonly string[]): string => cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ");
  const head = `  ${line(["NAME", "DESCRIPTION", "EXPOSURE"])}`.trimEnd();
  const body = rows.map((row, i) => {
    const [sign = " ", colour] = marks[i] ?? [];
    return `${paint(sign, colour)} ${line(row)}`.trimEnd();
  });
  return `${[head, ...body].join("\n")}\n\n`;
}

function mark({ badness }: AssessedCheck): readonly [string, string?] {
  if (badness === undefined) return [" "];
  return badness === 0 ? ["✓", GREEN] : ["✗", RED];
}

function summary({ path, assessment, limit, loaded }: UnitReport, paint: Paint): string {
  const merged = loaded && loadedText(loaded, path);
  const { exposure, level, messages, isTemplate } = assessment;
  const name = onOneLine(path.replace(/^.*[\\/]/s, ""));
  if (exposure === undefined || !level) return messages.map((it) => `${name}: ${onOneLine(it)}\n`).join("");
  const said = paint(`${formatExposure(exposure)} ${level.name}`, exposureColour(exposure));
  const beside = limit ? `  ${againstLimit(exposure, limit, paint)}\n` : "";
  const files = merged === undefined ? "" : `  ${merged}\n`;
  return `→ Overall exposure level for ${name}: ${said} ${level.emoji}${isTemplate ? `, ${AS_SHOWN}` : ""}\n${files}${beside}`;
}

/** Such as `above 4.2, the threshold of nginx.service in .unit-warden.json`. */
function againstLimit(exposure: number, limit: AppliedLimit, paint: Paint): string {
  const [word, colour] = exposure > limit.tenths ? ["above", RED] : ["within", GREEN];
  return `${paint(word, colour)} ${onOneLine(limitText(limit))}`;
}

function overview(reports: readonly UnitReport[], paint: Paint): string {
  const named = reports.map(({ path, assessment, limit }) => ({ path: onOneLine(path), assessment, limit }));
  const sorted = named.sort((a, b) => (b.assessment.exposure ?? 101) - (a.assessment.exposure ?? 101));
  const width = sorted.reduce((most, it) => Math.max(most, it.path.length), 4);
  const lines = sorted.map(({ path, assessment: { exposure, level }, limit }) => {
    if (exposure === undefined || !level)
      return `${path.padEnd(width)} ${"".padStart(8)} ${paint("refused by systemd", RED)}`;
    const name = paint(level.name.padEnd(9), exposureColour(exposure));
    const beside = limit ? ` ${againstLimit(exposure, limit, paint)}` : "";
    return `${path.padEnd(width)} ${formatExposure(exposure).padStart(8)} ${name} ${level.emoji}${beside}`;
  });
  return [`${"UNIT".padEnd(width)} EXPOSURE LEVEL`, ...lines, ""].join("\n");
}
