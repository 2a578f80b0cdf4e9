import { type CodeAction, CodeActionKind } from "vscode-languageserver-types";
import type { Finding, Fix } from "../findings/finding.ts";
import { SUMMARY_RULE } from "../hardening/summary.ts";
import type { Unit } from "../units/unit.ts";
import { titleWithGain } from "./benefit.ts";
import { OPEN_REPORT } from "./codeLens.ts";
import { diagnosticOf } from "./diagnostics.ts";
import { exposureChange, hasExposure } from "./exposure.ts";
import type { ShownFindings } from "./hardeningSummary.ts";
import { hasOpenQuestion } from "./needsQuestions.ts";
import { isPinned, type StrictestSetting, strictestSettings } from "./strictestSettings.ts";
import { lspEdit, type View } from "./view.ts";

/** Commands of clients with views; each takes the address of the document. */
export const PREVIEW_HARDENING = "unitWarden.previewHardening";
export const MORE_SETTINGS = "unitWarden.moreSettings";
export const TELL_NEEDS = "unitWarden.tellNeeds";

/** How many single settings come before all others. */
const FIRST = 3;

/** What is offered for a service that lacks protection, in the order in which a reader sees it. */
export interface HardeningActions {
  /** All that is safe in one step. */
  readonly all: readonly CodeAction[];
  /** All that is only likely to be, in another one. */
  readonly likely: readonly CodeAction[];
  /** The settings that matter most, one by one, with the strictest values or why they are none. */
  readonly single: readonly CodeAction[];
  /** The ways to the rest in clients with views. */
  readonly ways: readonly CodeAction[];
  /** The rest one by one, for all other clients. */
  readonly rest: readonly CodeAction[];
}

/**
 * The actions for what the finding on the header stands for, and for the decisions that are left to the reader; without
 * `changes` only those that leave the file as it is.
 */
export function hardeningActions(
  view: View,
  uri: string,
  { reported, folded, open, likely }: ShownFindings,
  { views, canHarden, changes }: { readonly views: boolean; readonly canHarden: boolean; readonly changes: boolean },
): HardeningActions {
  const { unit } = view;
  const summary = reported.find((it) => it.code === SUMMARY_RULE.code);
  const solves = summary && diagnosticOf(view, summary);
  const action = (fix: Fix, title = titleWithGain(unit, fix), serves = solves): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    ...(serves ? { diagnostics: [serves] } : {}),
    edit: { changes: { [uri]: fix.edits().map((edit) => lspEdit(view, edit)) } },
  });
  const command = (title: string, name: string): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    // Editors put what serves a finding before all else, whatever the order.
    ...(solves ? { diagnostics: [solves] } : {}),
    command: { title, command: name, arguments: [uri] },
  });
  const report = views && hasExposure(unit) ? [command("Open the exposure report", OPEN_REPORT)] : [];
  if (!changes) return { all: [], likely: [], single: [], ways: report, rest: [] };
  const single = safeSingles(unit, folded).map((it) => it.fix);
  const strictest = strictestSettings(unit, [...folded, ...open, ...reported]).filter(
    ({ fix }) => !single.includes(fix),
  );
  const asks = views && hasOpenQuestion(unit) ? [command("Tell what it does…", TELL_NEEDS)] : [];
  const first = single.slice(0, strictest.length > 0 ? FIRST - 1 : FIRST);
  // Where there is a list with the reasons, nobody adds by accident what breaks the service.
  const refused = views ? strictest.filter((it) => it.against !== undefined) : [];
  const offered = strictest.filter((it) => !refused.includes(it));
  const all = summary && single.length > 1 ? summary.fixes.filter((it) => it.safe) : [];
  const isListed = (fix: Fix): boolean => first.includes(fix) || offered.some((it) => it.fix === fix);
  const rest = [...folded, ...open].flatMap((it) => fixesOf(unit, it)).filter((it) => !isListed(it));
  return {
    all: all.map((it) => action(it)),
    likely: likely && !raises(unit, likely) ? [action(likely)] : [],
    single: [
      ...first.map((it) => action(it)),
      ...offered.map(({ fix, title }) => action(fix, title)),
      ...whyNot(refused).map((it) => command(it, MORE_SETTINGS)),
    ],
    ways: views
      ? [
          ...(canHarden ? [command("Preview…", PREVIEW_HARDENING)] : []),
          // A lens above the service opens the report, too.
          ...(asks.length > 0 ? asks : report),
          ...(rest.length > 0 ? [command("More settings…", MORE_SETTINGS)] : []),
        ]
      : [],
    rest: views ? [] : unique(rest).map((it) => action(it, titleWithGain(unit, it), undefined)),
  };
}

/** Why the strictest values are not offered, each reason once. */
function whyNot(refused: readonly StrictestSetting[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { line, against = "" } of refused) reasons.set(against, [...(reasons.get(against) ?? []), line]);
  return [...reasons].map(([reason, lines]) => `Why not ${lines.join(" and ")}: ${reason}`);
}

/** The fixes of advice that may be offered: not those for many findings, and none that raises the exposure. */
export function fixesOf(unit: Unit, { fixes }: Finding): Fix[] {
  return fixes.filter((it) => !it.many && !raises(unit, it));
}

/** Whether a fix makes a service more exposed, as a list may that merges with another one. */
export function raises(unit: Unit, { sets, edits }: Fix): boolean {
  const change = sets && hasExposure(unit) ? exposureChange(unit, sets, edits()) : undefined;
  return change !== undefined && change.after > change.before;
}

/** A fix for one setting, with what it buys. */
export interface SafeSingle {
  readonly fix: Fix;
  /** Tenths. */
  readonly gain: number;
  /** The exposure then, in tenths. */
  readonly after: number;
}

/** The safe fix of each setting: the homes and the system first, then what buys most. */
export function safeSingles(unit: Unit, findings: readonly Finding[]): SafeSingle[] {
  const ranked = findings.flatMap((finding) => {
    const fix = fixesOf(unit, finding).find((it) => it.safe);
    if (!fix) return [];
    const { before, after } = exposureChange(unit, fix.sets ?? [], fix.edits()) ?? { before: 0, after: 0 };
    return [{ fix, pinned: isPinned(finding.directive), gain: before - after, after }];
  });
  return ranked.toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || b.gain - a.gain);
}

/** Each title once. */
const unique = (fixes: readonly Fix[]): Fix[] => [...new Map(fixes.map((it) => [it.title, it])).values()];
