import type { CodeAction, Range } from "vscode-languageserver";

/** Where a code action was asked for. */
export interface ActionPlace {
  readonly uri: string;
  readonly range: Range;
}

/** An action as it is listed for clients that ask for its edit when it is chosen. */
export function withoutEdit(action: CodeAction, place: ActionPlace): CodeAction {
  if (!action.edit) return action;
  const { edit: _, ...rest } = action;
  return { ...rest, data: place };
}

/** Where a listed action belongs; undefined where its data is not ours. */
export function placeOfAction({ data }: CodeAction): ActionPlace | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { uri, range } = data as Partial<ActionPlace>;
  return typeof uri === "string" && isRange(range) ? { uri, range } : undefined;
}

/** The action with the edit for the current text; as it is where the text no longer offers it, so that nothing is changed. */
export function withCurrentEdit(action: CodeAction, offered: readonly CodeAction[]): CodeAction {
  const edit = offered.find((it) => it.title === action.title && it.kind === action.kind)?.edit;
  return edit ? { ...action, edit } : action;
}

function isRange(value: Partial<Range> | undefined): value is Range {
  return [value?.start, value?.end].every((it) => typeof it?.line === "number" && typeof it.character === "number");
}
