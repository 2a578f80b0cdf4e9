import { code } from "../features/markup.ts";
import { onOneLine } from "../text/printable.ts";
import { type ChangedService, type ExposureChanges, exposureState, sameText } from "./exposureChanges.ts";
import { exposureColour, GREEN, RED } from "./exposureColour.ts";
import type { Paint } from "./terminal.ts";

/** What changed as a table in Markdown, for the summary of a pull request, and below it the settings. */
export function changesMarkdown({ changed, same }: ExposureChanges): string {
  const rows = changed.map(
    (it) => `| ${pathCell(it.path)} | ${exposureState(it.before)} | ${exposureState(it.after)} |`,
  );
  const table = ["| service | exposure before | exposure after |", "| --- | --- | --- |", ...rows, ""];
  const settings = changed.flatMap((it) => {
    const said = settingClauses(it, (name) => code(name).markdown);
    return said.length > 0 ? [`- ${code(it.path).markdown}: ${said.join("; ")}`] : [];
  });
  return [
    ...(changed.length > 0 ? table : []),
    ...(settings.length > 0 ? [...settings, ""] : []),
    ...(same > 0 || changed.length === 0 ? [sameText(same), ""] : []),
  ].join("\n");
}

/** The same for a terminal. */
export function changesText({ changed, same }: ExposureChanges, paint: Paint): string {
  const width = changed.reduce((most, it) => Math.max(most, onOneLine(it.path).length), 4);
  const painted = (exposure: ChangedService["after"]): string => {
    const text = exposureState(exposure).padEnd(14);
    return exposure === undefined ? text : paint(text, exposure === null ? RED : exposureColour(exposure));
  };
  const lines = changed.flatMap((it) => [
    `${onOneLine(it.path).padEnd(width)} ${painted(it.before)} ${painted(it.after)}`.trimEnd(),
    ...settingClauses(it, (name) => name).map((text) => `    ${paint(text, text.startsWith("safer") ? GREEN : RED)}`),
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
