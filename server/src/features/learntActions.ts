import { type CodeAction, CodeActionKind, type Diagnostic } from "vscode-languageserver-types";
import type { Unit } from "../units/unit.ts";
import { gainOf } from "./exposure.ts";
import { type LearntStep, learntSteps } from "./learntOffers.ts";
import type { OfferedSetting } from "./moreSettings.ts";
import { lspEdit, type View } from "./view.ts";

/** How many single settings come before all others in clients that have a list of the rest. */
const FIRST = 3;

/**
 * What was learnt and a service lacks, as actions on the header of [Service]: all that is proven, all, the proposals, and
 * single settings, those first that are proven and buy most.
 */
export function learntActions(view: View, uri: string, views: boolean, solves: Diagnostic | undefined): CodeAction[] {
  const { unit } = view;
  const { several, single } = learntSteps(unit);
  return (views ? firstSteps(unit) : [...several, ...single]).map((step) => ({
    title: learntTitle(unit, step),
    kind: CodeActionKind.QuickFix,
    ...(solves ? { diagnostics: [solves] } : {}),
    edit: { changes: { [uri]: step.fix.edits().map((edit) => lspEdit(view, edit)) } },
  }));
}

/** What is offered first: several settings at once, then single ones, those first that are proven and buy most. */
export function firstSteps(unit: Unit): readonly LearntStep[] {
  const { several, single } = learntSteps(unit);
  const ranked = single
    .map((step) => ({ step, rank: rankOf(step) }))
    .toSorted((a, b) => b.rank - a.rank)
    .map((it) => it.step);
  return [...several, ...ranked.slice(0, FIRST)];
}

/** Whether an action sets something alone of which a run knows better. */
export function isLearnt({ unit }: Pick<View, "unit">, { title }: Pick<CodeAction, "title">): boolean {
  const [, directive] = /^(?:Add|Change to) (\w+)=/.exec(title) ?? [];
  return learntSteps(unit).single.some((it) => it.id === directive);
}

/** The title with how far it is known and what it buys, such as "Add PrivateTmp=yes (proven, 9.4 → 9.2)". */
export function learntTitle(unit: Unit, { title, lines, fix }: LearntStep): string {
  const gain = gainOf(unit, lines, fix.edits());
  if (gain === undefined) return title;
  return title.endsWith(")") ? `${title.slice(0, -1)}, ${gain})` : `${title} (${gain})`;
}

const rankOf = ({ grade, gain }: LearntStep): number => {
  const [from, to] = gain.split(" → ").map(Number);
  return (grade === "proven" ? 100 : 0) + (to === undefined || from === undefined ? 0 : from - to);
};

/** The same settings as entries of a list that a reader picks from. */
export function learntSettingsOffered(view: View): OfferedSetting[] {
  return learntSteps(view.unit).single.map(({ title, lines, evidence, breaks, fix }) => {
    const gain = gainOf(view.unit, lines, fix.edits());
    return {
      title,
      ...(gain === undefined ? {} : { gain }),
      reason: [...evidence.map((it) => `${it}.`), ...breaks].join(" "),
      safe: false,
      learnt: true,
      edits: fix.edits().map((edit) => lspEdit(view, edit)),
    };
  });
}
