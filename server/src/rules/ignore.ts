import { lineEnding } from "../findings/edits.ts";
import type { Finding, Fix } from "../findings/finding.ts";
import { lineAt, suppressions } from "../findings/suppress.ts";
import { SUMMARY_RULE } from "../hardening/summary.ts";
import type { TextEdit } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";

/** A comment that silences one finding for many has to silence the many, so that the command line is silent, too. */
const familyOfSummary = "hardening";

/**
 * The comment that silences a finding, above the logical line that it stands in; where it stands in none, at the top of
 * the file. It is no fix of the finding: a command line that applies all fixes must not make it go away like this.
 */
export function ignoring({ file }: Unit, { code: found, start }: Finding): Fix | undefined {
  const isSummary = found === SUMMARY_RULE.code;
  const code = isSummary ? familyOfSummary : found;
  if (code.startsWith("style/") && code.endsWith("-suppression")) return undefined;
  const comments = suppressions(file);
  const line = lineAt(file, start);
  const known = line ? comments?.byLine.get(line.start)?.at(-1) : comments?.ofFile.at(-1);
  const last = known?.codes.at(-1);
  const edit = (): TextEdit => {
    if (last) return { start: last.end, end: last.end, newText: `, ${code}` };
    const at = line?.start ?? 0;
    const indent = /^[ \t]*/.exec(file.text.slice(at, line?.end ?? 0))?.[0] ?? "";
    const verb = line ? "ignore" : "ignore-file";
    return { start: at, end: at, newText: `${indent}# unit-warden: ${verb} ${code}${lineEnding(file.text)}` };
  };
  const title = isSummary
    ? "Ignore all hardening advice for this service"
    : `Ignore ${code} ${line ? "for this line" : "in this file"}`;
  return { title, safe: true, edits: () => [edit()] };
}
