import { code } from "../features/markup.ts";
import { formatExposure, levelOf } from "../security/exposure.ts";
import { portablePath } from "./reportPath.ts";
import type { UnitReport } from "./securityReport.ts";

/** The exposure of services by path, in tenths; null for one that systemd refuses. */
export type Exposures = ReadonlyMap<string, number | null>;

/** The exposures in what `security --format json` printed; undefined for another text. */
export function exposuresIn(json: string): Exposures | undefined {
  let report: { readonly version?: unknown; readonly units?: unknown } | null;
  try {
    report = JSON.parse(json) as typeof report;
  } catch {
    return undefined;
  }
  if (report?.version !== 1 || !Array.isArray(report.units)) return undefined;
  const rows = report.units as readonly ({ readonly path?: unknown; readonly exposure?: unknown } | null)[];
  const known = rows.map((it) => [it?.path, it?.exposure] as const).filter(isExposure);
  return known.length === rows.length ? new Map(known.map(([path, it]) => [portablePath(path), it])) : undefined;
}

const isExposure = (it: readonly [path: unknown, exposure: unknown]): it is readonly [string, number | null] =>
  typeof it[0] === "string" && (it[1] === null || typeof it[1] === "number");

/** A table in Markdown of the services whose exposure is another one than before, for the summary of a pull request. */
export function exposureChanges(reports: readonly UnitReport[], before: Exposures): string {
  const after = new Map(reports.map((it) => [portablePath(it.path), it.assessment.exposure ?? null]));
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changed = paths.filter((it) => before.get(it) !== after.get(it));
  const same = paths.length - changed.length;
  const rows = changed.map((it) => `| ${cell(it)} | ${shown(before.get(it))} | ${shown(after.get(it))} |`);
  const table = ["| service | exposure before | exposure after |", "| --- | --- | --- |", ...rows, ""];
  const rest = same === 1 ? "1 service keeps its exposure." : `${same} services keep their exposure.`;
  return [...(changed.length > 0 ? table : []), ...(same > 0 || changed.length === 0 ? [rest, ""] : [])].join("\n");
}

function shown(exposure: number | null | undefined): string {
  if (exposure === undefined) return "–";
  return exposure === null ? "refused by systemd" : `${formatExposure(exposure)} ${levelOf(exposure).name}`;
}

/** A path as code in a table: whatever it contains, it stays in its cell. */
const cell = (path: string): string => code(path).markdown.replaceAll("|", "\\|");
