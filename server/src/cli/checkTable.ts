import type { CheckAdvice } from "../features/checkAdvice.ts";
import { type AssessedCheck, formatExposure, sortedAsSystemd, tableNameOf } from "../security/exposure.ts";
import { largest } from "../text/extremes.ts";
import { onOneLine } from "../text/printable.ts";
import { GREEN, RED } from "./exposureColour.ts";
import { lineWidth, type Paint, painter, type Terminal } from "./terminal.ts";
import { hanging } from "./wrapping.ts";

/** How tables for a person are laid out. */
export interface TableLayout {
  readonly paint: Paint;
  /** Characters in a line of the terminal that they are for; missing where each row is one line of a file or pipe. */
  readonly width: number | undefined;
}

/** The layout that a terminal, file or pipe gets. */
export const tableLayout = (terminal: Terminal): TableLayout => ({
  paint: painter(terminal.colours),
  width: lineWidth(terminal),
});

/** One line of the table; `weight` is what it adds to the exposure before it is rounded. */
interface Row {
  readonly sign: readonly [string, string?];
  readonly exposure: string;
  readonly name: string;
  readonly text: string;
  readonly weight: number;
  /** What hardening says of the setting. */
  readonly advice?: string | undefined;
}

/** What fails, the heaviest first and the values of one setting together, with what hardening says of it; the rest is counted. */
export function failedTable(checks: readonly AssessedCheck[], layout: TableLayout, advice: CheckAdvice = {}): string {
  if (checks.length === 0) return "";
  const sorted = sortedAsSystemd(checks);
  const settings = new Map<string, AssessedCheck[]>();
  for (const it of sorted) {
    const [setting] = settingAndValue(it);
    settings.set(setting, [...(settings.get(setting) ?? []), it]);
  }
  const whole = checks.reduce((sum, it) => sum + (it.badness === undefined ? 0 : it.weight), 0);
  const rows = [...settings].flatMap(([setting, all]) =>
    rowOf(setting, all, whole).map((it): Row => ({ ...it, advice: advice[setting.replace(/=$/, "")] })),
  );
  return tableText(
    rows.toSorted((a, b) => b.weight - a.weight),
    layout,
    counted(checks),
  );
}

/** Every check in a line of its own, in the order of systemd's table. */
export function checksTable(checks: readonly AssessedCheck[], layout: TableLayout): string {
  if (checks.length === 0) return "";
  const rows = sortedAsSystemd(checks).map((it) => ({
    sign: signOf(it),
    exposure: it.exposure ?? "",
    name: tableNameOf(it.id),
    text: it.text,
    weight: 0,
  }));
  return tableText(rows, layout, undefined);
}

/** What systemd's table calls a check, in the setting and the value that it is about. */
function settingAndValue({ id }: AssessedCheck): readonly [setting: string, value?: string] {
  const [setting = "", value] = tableNameOf(id).split("=~");
  return value === undefined ? [setting] : [`${setting}=`, value === "…" ? "others" : value];
}

function rowOf(setting: string, all: readonly AssessedCheck[], whole: number): Row[] {
  const failed = all.filter((it) => it.badness);
  const [only] = failed;
  if (!only) return [];
  const weight = failed.reduce((sum, it) => sum + Math.ceil(((it.badness ?? 0) * it.weight) / it.range), 0);
  const base = { sign: signOf(only), name: setting, weight };
  const values = failed.map((it) => settingAndValue(it)[1] ?? "");
  if (failed.length === 1) {
    const value = values[0] === "" ? "" : ` (${values[0]})`;
    return [{ ...base, exposure: only.exposure ?? "", text: only.text + value }];
  }
  const count = failed.length === all.length ? `all ${all.length}` : `${failed.length} of ${all.length}`;
  const exposure = formatExposure(Math.ceil((weight * 100) / whole));
  return [{ ...base, exposure, text: `${count} are allowed: ${values.join(", ")}` }];
}

/** How many checks are not in the table; undefined where all are. */
function counted(checks: readonly AssessedCheck[]): string | undefined {
  const passed = checks.filter((it) => it.badness === 0).length;
  const excluded = checks.filter((it) => it.badness === undefined).length;
  const parts = [
    ...(passed > 0 ? [`${passed} of ${checks.length} checks pass`] : []),
    ...(excluded > 0 ? [`${excluded} do${excluded === 1 ? "es" : ""} not count here`] : []),
  ];
  return parts.length === 0 ? undefined : `${parts.join(", ")} (--each names all)`;
}

function signOf({ badness }: AssessedCheck): readonly [string, string?] {
  if (badness === undefined) return [" "];
  return badness === 0 ? ["✓", GREEN] : ["✗", RED];
}

/** A longer name has its text in the next line, where lines have an end. */
const LONGEST_NAME = 26;

/** Less room than for the longest words of a text makes no column. */
const NARROWEST_TEXT = 38;

function tableText(rows: readonly Row[], { paint, width }: TableLayout, end: string | undefined): string {
  const longest = largest(
    rows.map((it) => it.name.length),
    4,
  );
  const room = width === undefined ? longest : Math.min(longest, LONGEST_NAME);
  const isNarrow = width !== undefined && width - room - 14 < NARROWEST_TEXT;
  const column = isNarrow ? 14 : room + 14;
  const below = (text: string): string => `\n${hanging(" ".repeat(column) + text, width, column)}`;
  const lines = rows.map(({ sign: [sign, colour], exposure, name, text, advice }) => {
    const head = `${paint(sign, colour)} ${exposure.padEnd(8)}  ${name.padEnd(room)}`;
    const more = advice === undefined ? "" : below(`→ ${onOneLine(advice)}`);
    if (name.length <= room && !isNarrow) return hanging(`${head}  ${text}`, width, column) + more;
    return head.trimEnd() + below(text) + more;
  });
  const title = `  EXPOSURE  ${"NAME".padEnd(room)}  DESCRIPTION`;
  const table = rows.length === 0 ? "" : `${[title, ...lines].join("\n")}\n\n`;
  return end === undefined ? table : `${table}${hanging(end, width, 4)}\n`;
}

/** So much stands next to a path in tables of several units. */
const BESIDE = 22;

/** How wide a column of paths is; on a terminal there is room for the others. */
export function pathColumn(paths: readonly string[], width: number | undefined, beside = BESIDE): number {
  const longest = paths.reduce((most, it) => Math.max(most, it.length), 0);
  return width === undefined ? longest : Math.min(longest, Math.max(BESIDE, width - beside));
}

/** A path that is longer than its column stands above the rest of its row. */
export const pathInColumn = (path: string, column: number): string =>
  path.length <= column ? path.padEnd(column) : `${path}\n${" ".repeat(column)}`;
