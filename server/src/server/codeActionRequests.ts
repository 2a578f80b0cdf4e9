import type { CancellationToken, CodeAction, CodeActionParams, Connection, Range } from "vscode-languageserver";
import { codeActions, isWanted } from "../features/codeActions.ts";
import { fixAllAction, wantsFixAll } from "../features/fixAll.ts";
import type { ShownFindings } from "../features/hardeningSummary.ts";
import { inPlaceOf } from "../features/overrideAction.ts";
import { spanOf, type View } from "../features/view.ts";
import type { Selection } from "../rules/check.ts";
import type { Surroundings } from "../rules/rule.ts";
import { placeOfAction, resolved, withoutEdit } from "./actionResolve.ts";
import type { Client } from "./capabilities.ts";
import type { Guard } from "./guard.ts";
import { type OverrideSources, overridesAt } from "./overrides.ts";
import type { Settings } from "./settings.ts";

/** What code actions are answered from. */
export interface CodeActionSources {
  readonly view: (uri: string) => View | undefined;
  /** Settles once the drop-ins of a document that was just opened are read, as numbers in titles depend on them. */
  readonly opening: (uri: string) => Promise<void> | undefined;
  readonly shown: (view: View, uri: string) => ShownFindings;
  readonly client: () => Client;
  readonly settings: () => Settings;
  readonly selection: () => Selection;
  readonly surroundings: (uri: string) => Surroundings | undefined;
  readonly overrides: OverrideSources;
  readonly guard: Guard;
}

/** Answers what can be done at a place, and with which edits. */
export function answerCodeActions(connection: Connection, sources: CodeActionSources): void {
  const { view: viewOf, opening, shown, client, settings, selection, surroundings, overrides, guard } = sources;
  const wholeFile = (uri: string, only: readonly string[] | undefined): CodeAction[] =>
    guard.run(() => {
      const view = wantsFixAll(only) ? viewOf(uri) : undefined;
      return view ? fixAllAction(view, uri, selection(), surroundings(uri)) : [];
    }, []);
  const actionsAt = (uri: string, range: Range, overridden: boolean): CodeAction[] =>
    guard.run(() => {
      const view = viewOf(uri);
      if (!view) return [];
      const able = { ...client(), overridden };
      return codeActions(view, uri, spanOf(view, range), shown(view, uri), able, settings().rules);
    }, []);
  connection.onCodeAction(async (params: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> => {
    const { textDocument, range, context } = params;
    const { uri } = textDocument;
    await opening(uri);
    const inOverride = await overridesAt(params, overrides);
    if (token.isCancellationRequested) return [];
    // The file of a package is left alone where its settings can go elsewhere.
    const instead = inOverride.filter((it) => it.kind === "quickfix");
    const own = actionsAt(uri, range, instead.length > 0).map((it) =>
      client().resolvesEdits ? withoutEdit(it, { uri, range }) : it,
    );
    const others = inOverride.filter((it) => !instead.includes(it));
    const all = [...inPlaceOf(own, instead), ...own, ...others, ...wholeFile(uri, context.only)];
    return all.filter(({ kind = "" }) => isWanted(kind, context.only));
  });
  connection.onCodeActionResolve((action) => {
    const place = placeOfAction(action);
    return place ? resolved(action, actionsAt(place.uri, place.range, false)) : action;
  });
}
