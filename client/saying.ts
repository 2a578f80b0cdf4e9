import {
  type InputBoxValidationMessage,
  l10n,
  type MessageItem,
  type QuickPick,
  type QuickPickItem,
  QuickPickItemKind,
  window,
} from "vscode";
import { withoutLinks } from "../server/src/text/markdown.ts";

/** Tells the reader something. What a unit or the name of a file brings into it is neither link nor icon. */
export const tell = <T extends string | MessageItem>(message: string, ...items: T[]): Thenable<T | undefined> =>
  window.showInformationMessage(withoutLinks(message), ...(items as never[]));

/** The same of something that the reader should look at. */
export const tellWarning = <T extends string | MessageItem>(message: string, ...items: T[]): Thenable<T | undefined> =>
  window.showWarningMessage(withoutLinks(message), ...(items as never[]));

/** Asks before something is done that cannot be taken back at once; the action that the reader wants, if any. */
export function askBefore(question: string, detail: string, ...actions: string[]): Thenable<string | undefined> {
  return window.showWarningMessage(withoutLinks(question), { modal: true, detail: withoutLinks(detail) }, ...actions);
}

/** Shows what failed; an error of a program speaks for itself. */
export function complain(error: unknown): void {
  void window.showErrorMessage(withoutLinks(error instanceof Error ? error.message : String(error)));
}

/** Says in the status bar for a moment that something is done. */
export function mention(message: string): void {
  window.setStatusBarMessage(withoutIcons(message), 5000);
}

/** How a list is shown. */
export interface PickOptions<T>
  extends Partial<Pick<QuickPick<QuickPickItem>, "title" | "placeholder" | "matchOnDescription" | "matchOnDetail">> {
  /** What is marked from the start; the first row where missing. */
  readonly recommended?: T | undefined;
  /** What is said where there is no row. */
  readonly none?: string | undefined;
}

/** Lets the reader choose one of some items. */
export function pickOne<T extends QuickPickItem>(items: readonly T[], options: PickOptions<T>): Promise<T | undefined> {
  const pick = window.createQuickPick();
  const chosen = fillPick(pick, items, options);
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const item = chosen();
      if (!item) return;
      resolve(item);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/**
 * Fills a list so that Enter always does something: a row is marked from the start, and where none is there or fits what is
 * typed, one says so. What it returns gives the item of the marked row; undefined for one that only says something, which
 * then shows all rows again, or leaves the list where there are none.
 */
export function fillPick<T extends QuickPickItem>(
  pick: QuickPick<QuickPickItem>,
  items: readonly T[],
  options: PickOptions<T>,
): () => T | undefined {
  const { recommended, none = l10n.t("There is nothing to choose from."), ...look } = options;
  Object.assign(pick, look);
  const rows: readonly QuickPickItem[] = items.map(readable);
  const first = rows.find((it) => it.kind !== QuickPickItemKind.Separator);
  const marked = recommended && rows[items.indexOf(recommended)];
  const say = (label: string): void => {
    pick.items = [...rows, readable({ label, alwaysShow: true })];
  };
  const sayNoMatch = (): void => say(l10n.t('Nothing here matches "{0}".', pick.value));
  const showAll = (): void => {
    pick.items = rows;
    const start = marked ?? first;
    if (start && pick.value === "") pick.activeItems = [start];
  };
  if (!first) say(none);
  else showAll();
  // Of what is typed the editor reports last, of the rows that it finds before.
  const sayWhereEmpty = (): void => {
    const isEmpty = pick.activeItems.length === 0 && pick.items.length === rows.length;
    if (first && isEmpty && pick.value !== "") sayNoMatch();
  };
  pick.onDidChangeActive(sayWhereEmpty);
  pick.onDidChangeValue(() => {
    if (first && pick.items.length > rows.length) showAll();
    else sayWhereEmpty();
  });
  return () => {
    const [row] = pick.selectedItems;
    const at = row ? rows.indexOf(row) : -1;
    if (at >= 0) return items[at];
    if (!first) pick.hide();
    else if (row) {
      pick.value = "";
      showAll();
    } else if (pick.value !== "") sayNoMatch();
    return undefined;
  };
}

/** An item of a list with its texts as they are. */
export const readable = <T extends QuickPickItem>(item: T): T => ({
  ...item,
  label: withoutIcons(item.label),
  ...(item.description === undefined ? {} : { description: withoutIcons(item.description) }),
  ...(item.detail === undefined ? {} : { detail: withoutIcons(item.detail) }),
});

/** What is said below a text that is being typed. */
export const validation = (message: string | InputBoxValidationMessage): string | InputBoxValidationMessage =>
  typeof message === "string" ? withoutLinks(message) : { ...message, message: withoutLinks(message.message) };

/** The editor shows an icon for `$(name)` in all labels, and the letters after a backslash. */
const withoutIcons = (text: string): string => text.replace(/\$\([\w-]+(?:~\w+)?\)/g, "\\$&");
