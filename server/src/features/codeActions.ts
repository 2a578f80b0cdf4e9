import { type CodeAction, CodeActionKind } from "vscode-languageserver-types";
import type { Finding } from "../lint/finding.ts";
import type { Span } from "../text/span.ts";
import { diagnosticOf } from "./diagnostics.ts";
import { titleWithGain } from "./exposure.ts";
import { lspEdit, type View } from "./view.ts";

/**
 * The fixes of all findings that touch a span, each title once with all findings that it serves.
 * A fix for many findings comes before the fixes for one.
 */
export function codeActions(view: View, uri: string, span: Span, findings: readonly Finding[]): CodeAction[] {
  const touched = findings.filter((it) => it.start <= span.end && it.end >= span.start);
  const actions = new Map<string, { action: CodeAction; served: number }>();
  for (const finding of touched) {
    for (const [rank, fix] of finding.fixes.entries()) {
      const known = actions.get(fix.title);
      if (known) {
        known.action.diagnostics?.push(diagnosticOf(view, finding));
        known.served++;
        continue;
      }
      const edits = fix.edits().map((edit) => lspEdit(view, edit));
      const action: CodeAction = {
        title: titleWithGain(view.unit, fix),
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnosticOf(view, finding)],
        edit: { changes: { [uri]: edits } },
        ...(rank === 0 && fix.safe && !finding.code.startsWith("hardening/") ? { isPreferred: true } : {}),
      };
      actions.set(fix.title, { action, served: 1 });
    }
  }
  const sorted = [...actions.values()].sort((a, b) => Number(b.served > 1) - Number(a.served > 1));
  return sorted.map((it) => it.action);
}
