import type { Exception } from "../configuration/exception.ts";
import type { Finding, FindingSuppression } from "../findings/finding.ts";
import type { CheckResult, FileReport } from "./fileReport.ts";
import type { ReportFormat } from "./reportFormat.ts";
import { listFormat } from "./reportFormat.ts";

/** The findings of a file that are left out, those of a configuration with what that says of them. */
export function suppressedFindings(
  { findings, suppressed = [] }: FileReport,
  known: readonly { readonly finding: Finding; readonly entry: Exception }[],
  exceptions: Readonly<Record<string, Exception>> = {},
): Pick<FileReport, "findings"> {
  if (!findings) return {};
  const marked = [...suppressed, ...findings].flatMap((it): readonly Finding[] => {
    if (!it.suppressed) return [];
    const { pattern = "" } = it.suppressed;
    const exception = Object.hasOwn(exceptions, pattern) ? exceptions[pattern] : undefined;
    return [{ ...it, suppressed: { ...it.suppressed, ...saidOf(exception) } }];
  });
  const inBaseline = known.map(({ finding, entry }): Finding => {
    return { ...finding, suppressed: { by: "baseline", ...saidOf(entry) } };
  });
  return { findings: [...marked, ...inBaseline].sort((a, b) => a.start - b.start) };
}

const saidOf = ({ reason, until }: Exception = {}): Exception => ({
  ...(reason !== undefined && { reason }),
  ...(until !== undefined && { until }),
});

type Counts = Readonly<Record<FindingSuppression["by"], number>>;

/** The list of suppressed findings as text: each with what leaves it out and why. */
export const suppressedText: ReportFormat<{ readonly text: string; readonly counts: Counts }> = {
  as: "report",
  entry({ path, lines, findings = [] }) {
    const counts = { comment: 0, configuration: 0, baseline: 0 };
    const text = findings.map(({ start, severity, message, code, suppressed }) => {
      if (suppressed) counts[suppressed.by]++;
      const { line, character } = lines.positionAt(start);
      return `${path}:${line + 1}:${character + 1}: ${severity}: ${message} [${code}]\n    ${whyText(suppressed)}\n`;
    });
    return { text: text.join(""), counts };
  },
  printer() {
    const all = { comment: 0, configuration: 0, baseline: 0 };
    return {
      add({ text, counts }) {
        for (const by of ["comment", "configuration", "baseline"] as const) all[by] += counts[by];
        return text;
      },
      end() {
        const { comment, configuration, baseline } = all;
        const sum = comment + configuration + baseline;
        const parts = `${comment} by comments, ${configuration} by configurations, ${baseline} by baselines`;
        return sum === 0 ? "no finding is suppressed\n" : `${sum} suppressed: ${parts}\n`;
      },
    };
  },
};

function whyText({ by, pattern, reason, until }: Partial<FindingSuppression> = {}): string {
  const where = pattern === undefined ? by : `${by}, ${pattern}`;
  return `${where}: ${reason ?? "no reason given"}${until === undefined ? "" : `, until ${until}`}`;
}

/** The same as one line of JSON. */
export const suppressedJson: ReportFormat<string> = listFormat(
  ({ path, lines, findings = [] }: CheckResult) =>
    findings.map(({ code, severity, message, start, end, suppressed }) => ({
      path,
      code,
      severity,
      message,
      start: lines.positionAt(start),
      end: lines.positionAt(end),
      ...suppressed,
    })),
  '{"version":1,"suppressed":[',
  () => "]}\n",
);
