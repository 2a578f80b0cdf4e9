import assert from "node:assert/strict";
import type { CompletionItem } from "vscode-languageserver-types";
import type { SystemdVersion } from "../../server/src/facts/version.ts";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { unitDocument } from "../../server/src/families/document.ts";
import { type CompletionOptions, complete } from "../../server/src/features/completion.ts";
import { type View, viewOf } from "../../server/src/features/view.ts";

/** A configuration file as an editor opens it, and the offset of `$0` in it. */
export function openedConfig(
  path: string,
  source: string,
  version: SystemdVersion = 257,
): { view: View; cursor: number } {
  const known = checkedPath(path);
  assert.ok(known, path);
  const cursor = source.indexOf("$0");
  return { view: viewOf(unitDocument(known, source.replace("$0", "")), version), cursor };
}

/** What is offered at `$0`, in the order of a client. */
export function completed(
  path: string,
  source: string,
  version: SystemdVersion = 257,
  options: CompletionOptions = {},
): readonly CompletionItem[] {
  const { view, cursor } = openedConfig(path, source, version);
  return complete(view, cursor, options).items.toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1));
}

/** The labels of items. */
export const labels = (items: readonly CompletionItem[]): string[] => items.map((it) => it.label);
