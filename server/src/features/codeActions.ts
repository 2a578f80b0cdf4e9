import { type CodeAction, CodeActionKind, RenameFile, type WorkspaceEdit } from "vscode-languageserver-types";
import type { Finding, Fix } from "../lint/finding.ts";
import { ignoring } from "../lint/ignore.ts";
import type { Span } from "../text/span.ts";
import { diagnosticOf } from "./diagnostics.ts";
import { titleWithGain } from "./exposure.ts";
import { lspEdit, type View } from "./view.ts";

/**
 * The fixes of all findings that touch a span, each title once with all findings that it serves.
 * A fix for many findings comes before the fixes for one; behind them come what lies beyond a profile, which no diagnostic
 * tells of, and the comments that silence the findings. Fixes that give the file another name are for clients that can do
 * so (`renames`).
 */
export function codeActions(
  view: View,
  uri: string,
  span: Span,
  findings: readonly Finding[],
  renames = false,
): CodeAction[] {
  const touched = findings.filter((it) => it.start <= span.end && it.end >= span.start);
  const actions = new Map<string, { action: CodeAction; served: number }>();
  for (const finding of touched) {
    for (const [rank, fix] of finding.fixes.entries()) {
      if (fix.rename !== undefined && !renames) continue;
      const known = actions.get(fix.title);
      if (known) {
        known.action.diagnostics?.push(diagnosticOf(view, finding));
        known.served++;
        continue;
      }
      const action: CodeAction = {
        title: titleWithGain(view.unit, fix),
        kind: CodeActionKind.QuickFix,
        ...(finding.beyond ? {} : { diagnostics: [diagnosticOf(view, finding)] }),
        edit: editOf(view, uri, fix),
        ...(rank === 0 && fix.safe && !finding.code.startsWith("hardening/") ? { isPreferred: true } : {}),
      };
      actions.set(fix.title, { action, served: 1 });
    }
  }
  const rankOf = ({ action, served }: { action: CodeAction; served: number }): number =>
    action.diagnostics ? Math.min(served, 2) : 0;
  const sorted = [...actions.values()].sort((a, b) => rankOf(b) - rankOf(a));
  const reported = touched.filter((it) => !it.beyond);
  return [...sorted.map((it) => it.action), ...silencing(view, uri, reported)];
}

function editOf(view: View, uri: string, fix: Fix): WorkspaceEdit {
  if (fix.rename === undefined) return { changes: { [uri]: fix.edits().map((edit) => lspEdit(view, edit)) } };
  const newUri = uri.slice(0, uri.lastIndexOf("/") + 1) + encodeURIComponent(fix.rename);
  return { documentChanges: [RenameFile.create(uri, newUri)] };
}

/** A comment for each code on a line; never preferred, as it puts nothing right. */
function silencing(view: View, uri: string, findings: readonly Finding[]): CodeAction[] {
  const actions = new Map<string, CodeAction>();
  for (const finding of findings) {
    const fix = ignoring(view.unit, finding);
    const [edit] = fix?.edits() ?? [];
    if (!fix || !edit) continue;
    const key = `${edit.start} ${fix.title}`;
    const known = actions.get(key);
    if (known) known.diagnostics?.push(diagnosticOf(view, finding));
    else
      actions.set(key, {
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnosticOf(view, finding)],
        edit: { changes: { [uri]: [lspEdit(view, edit)] } },
      });
  }
  return [...actions.values()];
}

/** Whether a client that asks for some kinds alone wants this one; kinds include those below them, and "" all. */
export function isWanted(kind: CodeActionKind, only: readonly CodeActionKind[] | undefined): boolean {
  return !only || only.some((it) => it === "" || it === kind || kind.startsWith(`${it}.`));
}
