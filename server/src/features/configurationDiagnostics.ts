import type { Diagnostic } from "vscode-languageserver-types";
import type { Finding } from "../findings/finding.ts";
import { lineIndex } from "../text/lineIndex.ts";
import { SHOWN_SEVERITIES, SOURCE } from "./diagnostics.ts";

/** What is found in a configuration as an editor shows it. */
export function configurationDiagnostics(text: string, findings: readonly Finding[]): Diagnostic[] {
  const lines = lineIndex(text);
  return findings.map(({ start, end, code, severity, message }) => ({
    range: { start: lines.positionAt(start), end: lines.positionAt(end) },
    severity: SHOWN_SEVERITIES[severity],
    code,
    source: SOURCE,
    message,
  }));
}
