import { type CodeAction, CodeActionKind, RenameFile, type WorkspaceEdit } from "vscode-languageserver-types";
import { containerSection } from "../dialects/quadlets/hardening/containerPlan.ts";
import { isAdvice } from "../findings/advice.ts";
import type { Finding, Fix } from "../findings/finding.ts";
import type { Severities } from "../findings/pattern.ts";
import { hardenedSection } from "../hardening/hardening.ts";
import { SUMMARY_RULE } from "../hardening/summary.ts";
import { ignoring } from "../rules/ignore.ts";
import type { Span } from "../text/span.ts";
import { titleWithGain } from "./benefit.ts";
import { diagnosticOf, MOST_OF_ONE_CODE } from "./diagnostics.ts";
import { hardenActions } from "./hardenAction.ts";
import { type HardeningActions, hardeningActions, raises } from "./hardeningActions.ts";
import { hardeningPlace } from "./hardeningPlace.ts";
import type { ShownFindings } from "./hardeningSummary.ts";
import { isLearnt, learntActions } from "./learntActions.ts";
import { HARDEN_KIND } from "./offered.ts";
import { socketActions } from "./socketAction.ts";
import { lspEdit, type View } from "./view.ts";

/** Asks which finding to silence; takes edits with their titles. Only in clients with views. */
export const IGNORE_FINDINGS = "unitWarden.ignoreFindings";

/** What a client can do with actions; nothing of it where missing. */
export interface ActionClient {
  /** Whether it may give files other names. */
  readonly renamesFiles?: boolean;
  readonly createsFiles?: boolean;
  /** Whether it has views and pickers of ours. */
  readonly views?: boolean;
  /** Whether actions that add settings to an override replace those that add them to the file, which stays as it is. */
  readonly overridden?: boolean;
  /** Whether it asks by itself, as the cursor moved: then only the header offers what hardens. */
  readonly automatic?: boolean;
}

/**
 * Everything that can be done about a span, best first: what puts findings right, what was learnt, all safe settings, the
 * single ones that matter most, whole profiles, the ways to the rest, and the comments that silence findings; after them, for clients without
 * views, the rest one by one.
 */
export function codeActions(
  view: View,
  uri: string,
  span: Span,
  shown: ShownFindings,
  client: ActionClient = {},
  severities?: Severities,
): CodeAction[] {
  const { reported, folded, open } = shown;
  const { renamesFiles = false, createsFiles = false, views = false } = client;
  const touches = (it: Span): boolean => it.start <= span.end && it.end >= span.start;
  const touched = reported.filter(touches).slice(0, MOST_FINDINGS);
  const own = touched.filter((it) => it.code !== SUMMARY_RULE.code);
  const header = (hardenedSection(view.unit) ?? containerSection(view.unit))?.header;
  const isOnHeader = hardeningPlace(view.unit, span) === "header";
  const isAboutAll = (it: Span): boolean => header !== undefined && it.start >= header.start && it.end <= header.end;
  const [general, local] = [open.filter(isAboutAll), open.filter((it) => touches(it) && !isAboutAll(it))];
  const summarized = folded.length > 0;
  const decisions = isOnHeader && !summarized && !views ? [...general, ...local] : local;
  const fixes = fixing(view, uri, [...own, ...decisions], renamesFiles);
  const { learnt, all, likely, single, harden, ways, rest } = hardeningAt(
    view,
    uri,
    span,
    { ...shown, open: general },
    client,
    severities,
  );
  const isNew = (it: CodeAction): boolean => !isLearnt(view, it) && !fixes.some(({ title }) => title === it.title);
  const singles = single.filter(isNew);
  const sockets = createsFiles ? socketActions(view, uri, span) : [];
  const silenced = silencing(view, uri, touched);
  const comments = views && silenced.length > 1 ? [asking(silenced)] : silenced;
  if (!isOnHeader) {
    // The mildest profile is all that is safe.
    const whole = harden.length > 0 ? harden : all;
    const others = [...learnt, ...whole, ...likely, ...singles, ...ways].map(asRefactoring);
    return [...fixes, ...comments, ...sockets, ...others];
  }
  const together = [...all, ...likely].filter(isNew);
  const more = summarized ? rest : [];
  return [...fixes, ...learnt, ...together, ...singles, ...harden, ...sockets, ...ways, ...comments, ...more];
}

/** What hardens at a place: nothing outside of the section, and on its lines only where somebody asked. */
function hardeningAt(
  view: View,
  uri: string,
  span: Span,
  shown: ShownFindings,
  { views = false, overridden = false, automatic = false }: ActionClient,
  severities: Severities | undefined,
): HardeningAt {
  const place = hardeningPlace(view.unit, span);
  if (!place || (place === "line" && automatic)) return NOTHING;
  const changes = !overridden;
  const harden = changes ? hardenActions(view, uri, span, severities) : [];
  const summary = shown.reported.find((it) => it.code === SUMMARY_RULE.code);
  const learnt = changes ? learntActions(view, uri, views, summary && diagnosticOf(view, summary)) : [];
  return { ...hardeningActions(view, uri, shown, { views, canHarden: harden.length > 0, changes }), harden, learnt };
}

interface HardeningAt extends HardeningActions {
  readonly harden: readonly CodeAction[];
  readonly learnt: readonly CodeAction[];
}

/** What hardens a service, on a line that it is not about: it comes after what corrects the line, and answers no finding. */
export const asRefactoring = ({ diagnostics: _, ...action }: CodeAction): CodeAction => ({
  ...action,
  kind: HARDEN_KIND,
});

/** As many findings a selection is answered for; who selects more wants the action for the whole file. */
const MOST_FINDINGS = MOST_OF_ONE_CODE;

const NOTHING: HardeningAt = { learnt: [], all: [], likely: [], single: [], harden: [], ways: [], rest: [] };

/** The fixes of findings, each title once with all findings that it serves; those for many findings come first. */
function fixing(view: View, uri: string, findings: readonly Finding[], renames: boolean): CodeAction[] {
  const actions = new Map<string, { action: CodeAction; served: number }>();
  for (const finding of findings) {
    const isAdvised = isAdvice(finding);
    for (const [rank, fix] of finding.fixes.entries()) {
      if ((fix.rename !== undefined && !renames) || (isAdvised && raises(view.unit, fix))) continue;
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
        ...(rank === 0 && fix.safe && !isAdvised ? { isPreferred: true } : {}),
      };
      actions.set(fix.title, { action, served: 1 });
    }
  }
  const rankOf = ({ action, served }: { action: CodeAction; served: number }): number =>
    action.diagnostics ? Math.min(served, 2) : 0;
  return [...actions.values()].sort((a, b) => rankOf(b) - rankOf(a)).map((it) => it.action);
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

/** One entry instead of several comments: the client asks which one is meant. */
function asking(choices: readonly CodeAction[]): CodeAction {
  const title = "Ignore…";
  const each = choices.map((it) => ({ title: it.title, edit: it.edit }));
  return { title, kind: CodeActionKind.QuickFix, command: { title, command: IGNORE_FINDINGS, arguments: [each] } };
}

/** Whether a client that asks for some kinds alone wants this one; kinds include those below them, and "" all. */
export function isWanted(kind: CodeActionKind, only: readonly CodeActionKind[] | undefined): boolean {
  return !only || only.some((it) => it === "" || it === kind || kind.startsWith(`${it}.`));
}
