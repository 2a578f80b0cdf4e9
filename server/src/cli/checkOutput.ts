import type { Severity } from "../findings/finding.ts";
import type { OptionValues } from "./command.ts";
import { unifiedDiff } from "./diff.ts";
import type { CheckResult } from "./fileReport.ts";
import { anyText, choice, flag, UsageError } from "./option.ts";
import { type Ending, ending } from "./outcome.ts";
import type { Terminal } from "./terminal.ts";
import { IN_PLACE } from "./vendorFiles.ts";
import type { FileResult } from "./writes.ts";

const WORST_FIRST: readonly Severity[] = ["error", "warning", "info", "hint"];

/** The options of `check` about how much it prints, and where. */
export const OUTPUT_OPTIONS = {
  each: flag("name every setting that a service lacks, and every finding of many that say the same"),
  severity: choice(
    ["error", "warning", "info", "hint"],
    "hint",
    "show only what is as severe as this or worse; the exit status stays what it is",
  ),
  quiet: flag("print nothing but findings and errors: no counts, no notes and no progress"),
  statistics: flag("count the findings of each code in place of naming them"),
  "output-file": anyText(
    "FILE",
    "write the report to this file, whole or not at all, and not to standard output",
    "files",
  ),
};

/** The options of `check` about what it changes. */
export const FIX_OPTIONS = {
  fix: flag("apply the fixes that keep the meaning of the file, and list them"),
  "unsafe-fixes": flag("apply all fixes, including those that are a guess, and list them"),
  ...IN_PLACE,
  diff: flag("print what --fix or --unsafe-fixes would change as a diff for patch -p0, and write nothing"),
};

/** What decides about its output. */
type Wanted = OptionValues<typeof OUTPUT_OPTIONS> & {
  readonly format: string;
  readonly diff: boolean;
  readonly "update-baseline": boolean;
};

/** Throws UsageError for options that want two things of one output. */
export function demandOneOutput({ statistics, diff, format, ...options }: Wanted): void {
  if (statistics && format !== "text") throw new UsageError("--statistics is for --format text");
  if (!diff) return;
  if (format !== "text" || statistics)
    throw new UsageError("--diff has a form of its own: leave out --format and --statistics");
  if (options["update-baseline"]) throw new UsageError("--diff writes nothing: leave out --update-baseline");
  if (options["output-file"] !== undefined) throw new UsageError("--diff prints a patch: leave out --output-file");
}

/** What would be written, as a patch. */
export function fixPatch(
  made: readonly FileResult<unknown>[],
  problems: readonly string[],
  { colours }: Terminal,
): Ending {
  const writes = new Map(made.flatMap(({ write }) => write ?? []).map((it) => [it.path, it]));
  const parts = [...writes.values()].map(
    ({ path, before, text }) => ({ text: unifiedDiff(path, before, text, colours), as: "exact" }) as const,
  );
  return ending(parts, problems, parts.length > 0);
}

/** The report without what is less severe than is to be shown. */
export function severeEnough(report: CheckResult, lowest: Severity): CheckResult {
  const { findings } = report;
  const kept = WORST_FIRST.slice(0, WORST_FIRST.indexOf(lowest) + 1);
  const shown = findings?.filter((it) => kept.includes(it.severity));
  if (!findings || !shown || shown.length === findings.length) return report;
  return { ...report, findings: shown, hidden: findings.length - shown.length };
}
