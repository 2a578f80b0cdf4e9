import type { CompletionItem, CompletionList } from "vscode-languageserver-types";
import type { SectionName } from "../../catalog/sections.ts";
import type { SystemdVersion } from "../../facts/version.ts";
import type { SnippetFile } from "../snippetBody.ts";

/** What an item carries besides its label, so that resolve needs no text. */
export type ItemData =
  /** The label is a snippet, for such a file. */
  | { readonly snippet: true; readonly version: SystemdVersion; readonly file: SnippetFile }
  /** The label is a section header. */
  | { readonly section: SectionName }
  /** The label is a directive. */
  | { readonly section: SectionName; readonly version: SystemdVersion }
  /** The label is a value, unless there is another `value`. */
  | {
      readonly section: SectionName;
      readonly version: SystemdVersion;
      readonly directive: string;
      readonly value?: string;
    };

/** The list with the address of its document in what travels with the items: they are resolved one by one, and later. */
export function forDocument(list: CompletionList, uri: string): CompletionList {
  // Many items share one object.
  const known = new Map<unknown, object>();
  const withUri = (data: unknown): object => {
    const made = known.get(data) ?? { ...(data as ItemData), uri };
    known.set(data, made);
    return made;
  };
  return { ...list, items: list.items.map((it) => (it.data === undefined ? it : { ...it, data: withUri(it.data) })) };
}

/** The address of the document that an item was made for; empty where the item is not ours. */
export function documentOf({ data }: CompletionItem): string {
  const { uri } = (data ?? {}) as { readonly uri?: unknown };
  return typeof uri === "string" ? uri : "";
}
