import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver-types";
import { directive } from "../catalog/catalog.ts";
import { directiveUrl, pageUrl } from "../catalog/manualLink.ts";
import type { SystemdVersion } from "../facts/version.ts";
import type { Finding, Severity } from "../findings/finding.ts";
import { pageOf } from "../rules/codes.ts";
import { rangeOf, type View } from "./view.ts";

/** The source that diagnostics name. */
const SOURCE = "unit-warden";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

/** Where the manual says more: of advice in the entry of the directive, else in the page of the rule. */
export function hrefOf(
  { code, directive: name }: Pick<Finding, "code" | "directive">,
  version: SystemdVersion,
): string | undefined {
  const advised = code.startsWith("hardening/") && name !== undefined ? directive("Service", name) : undefined;
  const page = pageOf(code);
  return (advised && directiveUrl(advised, version)) ?? (page && pageUrl(page, version));
}

/** A finding as an editor shows it. */
export function diagnosticOf(view: View, finding: Finding): Diagnostic {
  const href = hrefOf(finding, view.unit.version);
  return {
    range: rangeOf(view, finding),
    severity: SEVERITIES[finding.severity],
    code: finding.code,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    source: SOURCE,
    message: finding.caution === undefined ? finding.message : `${finding.message}\n${finding.caution}`,
    ...(finding.tag ? { tags: [TAGS[finding.tag]] } : {}),
  };
}
