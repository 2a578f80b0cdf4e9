import {
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Range,
} from "vscode-languageserver";
import { type ActionClient, codeActions, isWanted } from "../features/codeActions.ts";
import { fixAllAction, wantsFixAll } from "../features/fixAll.ts";
import { inPlaceOf } from "../features/overrideAction.ts";
import { spanOf } from "../features/view.ts";
import { placeOfAction, withCurrentEdit, withoutEdit } from "./actionResolve.ts";
import { actionsInHost } from "./hostedRequests.ts";
import { overridesAt } from "./overrides.ts";
import type { Session } from "./session.ts";

/** What is known of a request besides its place. */
type ActionRequest = Pick<ActionClient, "automatic" | "overridden">;

/** Answers what can be done at a place, and with which edits. */
export function answerCodeActions(session: Session): void {
  const { connection, hosted, judging, survey } = session;
  const wholeFile = (uri: string): CodeAction[] =>
    session.answer(uri, (view) => fixAllAction(view, uri, judging.selection(uri), survey.surroundings(uri)), []);
  const actionsAt = (uri: string, range: Range, request: ActionRequest = {}): CodeAction[] =>
    actionsInHost(session, uri, range, request) ??
    session.answer(
      uri,
      (view) => {
        const able = { ...session.client, ...request };
        return codeActions(
          view,
          uri,
          spanOf(view, range),
          judging.shown(view, uri),
          able,
          session.settingsFor(uri).rules,
        );
      },
      [],
    );
  connection.onCodeAction(async (params: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> => {
    const { textDocument, range, context } = params;
    const { uri } = textDocument;
    // Numbers in titles depend on the drop-ins.
    await judging.opening(uri);
    await hosted.judge(uri, token);
    if (token.isCancellationRequested) return [];
    const automatic = context.triggerKind === CodeActionTriggerKind.Automatic;
    const inOverride = await overridesAt(params, session, automatic);
    if (token.isCancellationRequested) return [];
    // The file of a package is left alone where its settings can go elsewhere.
    const { instead, others } = inOverride;
    const request = { automatic, overridden: instead.length > 0 };
    const found = isOfPlace(context.only) ? actionsAt(uri, range, request) : [];
    const own = found.map((it) => (session.client.resolvesEdits ? withoutEdit(it, { uri, range }) : it));
    const all = [...inPlaceOf(own, instead), ...own, ...others, ...(wantsFixAll(context.only) ? wholeFile(uri) : [])];
    return all.filter(({ kind = "" }) => isWanted(kind, context.only));
  });
  connection.onCodeActionResolve(async (action, token) => {
    const place = token.isCancellationRequested ? undefined : placeOfAction(action);
    if (place) await hosted.judge(place.uri, token);
    return place && !token.isCancellationRequested
      ? withCurrentEdit(action, actionsAt(place.uri, place.range))
      : action;
  });
}

/** Whether a client wants more than what is done to a whole file, which it asks for each time that it saves. */
const isOfPlace = (only: readonly string[] | undefined): boolean =>
  only?.some((it) => it !== "source" && !it.startsWith("source.")) ?? true;
