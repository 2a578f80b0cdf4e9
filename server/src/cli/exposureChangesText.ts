import { code } from "../reports/markup.ts";
import { onOneLine } from "../text/printable.ts";
import { pathColumn, pathInColumn, type TableLayout } from "./checkTable.ts";
import { type ChangedService, type ExposureChanges, exposureState, sameText } from "./exposureChanges.ts";
import { exposureColour, GREEN, RED } from "./exposureColour.ts";
import { hanging } from "./wrapping.ts";

/** What changed as a table in Markdown, for the summary of a pull request, and below it the settings. */
export function changesMarkdown({ changed, same }: ExposureChanges): string {
  const rows = changed.map(
    (it) => `| ${pathCell(it.path)} | ${exposureState(it.before)} | ${exposureState(it.after)} |`,
  );
  const table = ["| service | exposure before | exposure after |", "| --- | --- | --- |", ...rows, ""];
  const settings = changed.flatMap((it) => {
    const clauses = settingClauses(it, (name) => code(name).markdown);
    return clauses.length > 0 ? [`- ${code(it.path).markdown}: ${clauses.join("; ")}`] : [];
  });
  return [
    ...(changed.length > 0 ? table : []),
    ...(settings.length > 0 ? [...settings, ""] : []),
    ...(same > 0 || changed.length === 0 ? [sameText(same), ""] : []),
  ].join("\n");
}

/** So much the states before and after take next to a path. */
const STATES = 31;

/** The same for a terminal. */
export function changesText({ changed, same }: ExposureChanges, { paint, width: most }: TableLayout): string {
  const width = pathColumn(["UNIT", ...changed.map((it) => onOneLine(it.path))], most, STATES);
  const painted = (exposure: ChangedService["after"]): string => {
    const text = exposureState(exposure).padEnd(14);
    return exposure === undefined ? text : paint(text, exposure === null ? RED : exposureColour(exposure));
  };
  const lines = changed.flatMap((it) => [
    `${pathInColumn(onOneLine(it.path), width)} ${painted(it.before)} ${painted(it.after)}`.trimEnd(),
    ...settingClauses(it, (name) => name).map((text) => {
      const lines = hanging(`    ${text}`, most, 8).split("\n");
      const colour = text.startsWith("safer") ? GREEN : RED;
      return lines.map((line) => line.replace(/\S.*/, (words) => paint(words, colour))).join("\n");
    }),
  ]);
  const head = changed.length > 0 ? [`${"UNIT".padEnd(width)} ${"BEFORE".padEnd(14)} AFTER`] : [];
  return [...head, ...lines, ...(same > 0 || changed.length === 0 ? [sameText(same)] : []), ""].join("\n");
}

/** The settings of a change as clauses. */
export function settingClauses({ safer, weaker }: ChangedService, shown: (name: string) => string): readonly string[] {
  const clause = (word: string, names: readonly string[]): string[] =>
    names.length > 0 ? [`${word}: ${names.map(shown).join(", ")}`] : [];
  return [...clause("safer", safer), ...clause("weaker", weaker)];
}

/** A path as code in a table: whatever it contains, it stays in its cell. */
export const pathCell = (path: string): string => code(path).markdown.replaceAll("|", "\\|");
