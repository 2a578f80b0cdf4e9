import {
  type InputBoxValidationMessage,
  type MessageItem,
  type QuickPickItem,
  type QuickPickOptions,
  window,
} from "vscode";
import { withoutLinks } from "../server/src/text/markdown.ts";

/** Tells the reader something. What a unit or the name of a file brings into it is neither link nor icon. */
export const tell = <T extends string | MessageItem>(message: string, ...items: T[]): Thenable<T | undefined> =>
  window.showInformationMessage(withoutLinks(message), ...(items as never[]));

/** The same of something that the reader should look at. */
export const tellWarning = <T extends string | MessageItem>(message: string, ...items: T[]): Thenable<T | undefined> =>
  window.showWarningMessage(withoutLinks(message), ...(items as never[]));

/** Asks before something is done that cannot be taken back at once; whether the reader wants it. */
export async function isConfirmed(question: string, detail: string, action: string): Promise<boolean> {
  const options = { modal: true, detail: withoutLinks(detail) };
  return (await window.showWarningMessage(withoutLinks(question), options, action)) === action;
}

/** Shows what failed; an error of a program speaks for itself. */
export function complain(error: unknown): void {
  void window.showErrorMessage(withoutLinks(error instanceof Error ? error.message : String(error)));
}

/** Says in the status bar for a moment that something is done. */
export function mention(message: string): void {
  window.setStatusBarMessage(withoutIcons(message), 5000);
}

/** Lets the reader choose one of some items. */
export const pickOne = <T extends QuickPickItem>(
  items: readonly T[],
  options: QuickPickOptions & { readonly canPickMany?: never },
): Thenable<T | undefined> => window.showQuickPick(items.map(readable), options);

/** An item of a list with its texts as they are. */
export const readable = <T extends QuickPickItem>(item: T): T => ({
  ...item,
  label: withoutIcons(item.label),
  ...(item.description === undefined ? {} : { description: withoutIcons(item.description) }),
  ...(item.detail === undefined ? {} : { detail: withoutIcons(item.detail) }),
});

/** What is said below a text that is being typed. */
export const validation = (said: string | InputBoxValidationMessage): string | InputBoxValidationMessage =>
  typeof said === "string" ? withoutLinks(said) : { ...said, message: withoutLinks(said.message) };

/** The editor shows an icon for `$(name)` in all labels, and the letters after a backslash. */
const withoutIcons = (text: string): string => text.replace(/\$\([\w-]+(?:~\w+)?\)/g, "\\$&");
