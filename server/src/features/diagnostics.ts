import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver-types";
import type { Finding, Severity } from "../findings/finding.ts";
import { hrefOf } from "./findingHref.ts";
import { rangeOf, type View } from "./view.ts";

/** The source that diagnostics name. */
export const SOURCE = "unit-warden";

/** How an editor shows each severity. */
export const SHOWN_SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

/** What places of a text are shown by, and which version they are judged for. */
type ShownText = Pick<View, "lines"> & { readonly unit: Pick<View["unit"], "version"> };

/** A finding as an editor shows it. */
export function diagnosticOf(view: ShownText, finding: Finding): Diagnostic {
  const href = hrefOf(finding, view.unit.version);
  return {
    range: rangeOf(view, finding),
    severity: SHOWN_SEVERITIES[finding.severity],
    code: finding.code,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    source: SOURCE,
    message: finding.caution === undefined ? finding.message : `${finding.message}\n${finding.caution}`,
    ...(finding.tag ? { tags: [TAGS[finding.tag]] } : {}),
  };
}

/** As many findings of one code an editor is given: more help nobody, and make editors slow. */
export const MOST_OF_ONE_CODE = 500;

/** Findings in the order of the text as an editor shows them; where there are very many of one code, the first, and how many more. */
export function diagnosticsOf(view: ShownText, findings: readonly Finding[]): Diagnostic[] {
  const all = new Map<string, number>();
  for (const { code } of findings) all.set(code, (all.get(code) ?? 0) + 1);
  const seen = new Map<string, number>();
  const shown: Diagnostic[] = [];
  for (const it of findings) {
    const count = (seen.get(it.code) ?? 0) + 1;
    seen.set(it.code, count);
    if (count <= MOST_OF_ONE_CODE) shown.push(diagnosticOf(view, it));
    else if (count === MOST_OF_ONE_CODE + 1) shown.push(cutAt(view, it, (all.get(it.code) ?? 0) - MOST_OF_ONE_CODE));
  }
  return shown;
}

/** What stands for a finding and those of its code that follow. */
function cutAt(view: ShownText, { code, start, end }: Finding, count: number): Diagnostic {
  const message = `${count} more ${count === 1 ? "finding" : "findings"} of ${code} ${count === 1 ? "is" : "are"} not shown`;
  return diagnosticOf(view, { code, start, end, severity: "info", message, fixes: [] });
}
