import type { CodeAction, CodeLens, CompletionItem, CompletionList, Hover, Range } from "vscode-languageserver";
import type { ActionClient } from "../features/codeActions.ts";
import type { CompletionOptions } from "../features/completion.ts";
import { hostedActions } from "../features/hosted/hostedActions.ts";
import { hostedCompletion } from "../features/hosted/hostedCompletion.ts";
import { hostedHover } from "../features/hosted/hostedHover.ts";
import { hostedLenses, hostedSafeEdits } from "../features/hosted/hostedLens.ts";
import type { HostedView } from "../features/hosted/hostedView.ts";
import { lspEdit } from "../features/view.ts";
import type { World } from "../features/world.ts";
import type { Position } from "../text/lineIndex.ts";
import type { Session } from "./session.ts";

type Hosted = Pick<Session, "guard" | "hosted" | "settingsFor" | "client">;

/** Answers from a file of another language with units in it; undefined for all other documents. */
function answered<R>(
  { guard, hosted }: Hosted,
  uri: string,
  answer: (view: HostedView) => R,
  fallback: R,
): R | undefined {
  const view = guard.run(() => hosted.view(uri), undefined);
  return view && guard.run(() => answer(view), fallback);
}

/** Whether a document is such a file. */
export const isInHost = (session: Hosted, uri: string): boolean => answered(session, uri, () => true, true) === true;

/** What may stand at a place of it. */
export function completionInHost(
  session: Hosted,
  uri: string,
  position: Position,
  options: CompletionOptions,
): CompletionList | undefined {
  const none: CompletionList = { isIncomplete: false, items: [] as CompletionItem[] };
  return answered(session, uri, (view) => hostedCompletion(view, view.lines.offsetAt(position), options), none);
}

/** What stands there. */
export function hoverInHost(session: Hosted, uri: string, position: Position, world: World): Hover | null | undefined {
  const { client } = session;
  const { hardening } = session.settingsFor(uri);
  const answer = (view: HostedView): Hover | null =>
    hostedHover(view, view.lines.offsetAt(position), client.markdownHover, world, hardening.profile) ?? null;
  return answered(session, uri, answer, null);
}

/** What stands above its services. */
export function lensesInHost(session: Hosted, uri: string): CodeLens[] | undefined {
  const { client } = session;
  const { hardening, rules } = session.settingsFor(uri);
  return answered(session, uri, (view) => hostedLenses(view, uri, hardening.profile, rules, client.views), []);
}

/** What can be done at a place of it. */
export function actionsInHost(
  session: Hosted,
  uri: string,
  range: Range,
  { automatic = false }: Pick<ActionClient, "automatic">,
): CodeAction[] | undefined {
  const { rules } = session.settingsFor(uri);
  const answer = (view: HostedView): CodeAction[] => {
    const span = { start: view.lines.offsetAt(range.start), end: view.lines.offsetAt(range.end) };
    return hostedActions(view, uri, span, rules, automatic);
  };
  return answered(session, uri, answer, []);
}

/** The edits that add all that is safe for one of its services, which counts from 0. */
export function safeEditsInHost(session: Hosted, uri: string, at: unknown): ReturnType<typeof lspEdit>[] | undefined {
  const { hardening, rules } = session.settingsFor(uri);
  const answer = (view: HostedView): ReturnType<typeof lspEdit>[] => {
    const unit = typeof at === "number" ? view.units[at] : undefined;
    const safe = unit ? hostedSafeEdits(view, unit, hardening.profile, rules) : [];
    return unit ? safe.map((it) => lspEdit({ unit: unit.unit, lines: view.lines }, it)) : [];
  };
  return answered(session, uri, answer, []);
}
