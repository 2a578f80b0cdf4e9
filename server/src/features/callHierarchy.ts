import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  Range,
} from "vscode-languageserver-types";
import { findUnit, type Reference, referencesFrom } from "../units/index/lookup.ts";
import { descriptionIn, type ReferenceContext, rangeOfMention, unitAt } from "./referenceContext.ts";
import { referencesOf } from "./references.ts";
import type { View } from "./view.ts";
import { symbolKindOf } from "./workspaceSymbols.ts";

const TOP: Range = rangeOfMention(undefined);

/** The unit under the cursor as the root of a tree of who names whom. */
export function prepareCalls(view: View, offset: number, context: ReferenceContext): CallHierarchyItem[] {
  const name = unitAt(view, offset, context);
  return name === undefined ? [] : [itemOf(name, context)];
}

/** The units that an item names, each with the directives that do it: `Requires, After`. */
export function outgoingCalls(
  { name, uri }: CallHierarchyItem,
  context: ReferenceContext,
): CallHierarchyOutgoingCall[] {
  const groups = grouped(referencesFrom(context.index, name, context.path), (it) => it.target);
  return groups.map(([target, all]) => ({
    to: itemOf(target, context, { detail: directivesOf(all) }),
    fromRanges: all.filter((it) => context.uriOf(it.path) === uri).flatMap(rangesOf),
  }));
}

/** The units that name an item, each of their files by itself. */
export function incomingCalls({ name }: CallHierarchyItem, context: ReferenceContext): CallHierarchyIncomingCall[] {
  const groups = grouped(referencesOf(name, context), (it) => `${it.from}\n${it.path}`);
  return groups.flatMap(([, all]) => {
    const [first] = all;
    const role = first && context.index.files.get(first.path)?.placed.place.role;
    if (!first || !role) return [];
    const dropIn = role.kind === "drop-in" ? ` in ${role.name}` : "";
    const detail = directivesOf(all) + dropIn;
    // A link in a .wants folder shows another unit: the file of the one that the folder belongs to is what names it.
    const file = role.kind === "dependency" ? undefined : first.path;
    const from = itemOf(first.from, { ...context, path: first.path }, { detail, file });
    return [{ from, fromRanges: all.flatMap(rangesOf) }];
  });
}

function itemOf(
  name: string,
  { index, path, uriOf }: ReferenceContext,
  { detail, file }: { readonly detail?: string; readonly file?: string | undefined } = {},
): CallHierarchyItem {
  const unit = file === undefined || detail === undefined ? findUnit(index, name, path) : undefined;
  const files = unit?.fragment ? [unit.fragment, ...unit.dropIns] : [];
  const about = detail ?? descriptionIn(files.flatMap((it) => index.files.get(it.path) ?? []));
  return {
    name,
    kind: symbolKindOf(name),
    ...(about === undefined ? {} : { detail: about }),
    // A unit without a file is shown where it is named.
    uri: uriOf(file ?? unit?.fragment?.path ?? path),
    range: TOP,
    selectionRange: TOP,
  };
}

const rangesOf = ({ mention }: Reference): Range[] => (mention ? [rangeOfMention(mention)] : []);

const directivesOf = (all: readonly Reference[]): string => [...new Set(all.map((it) => it.directive))].join(", ");

function grouped(all: readonly Reference[], keyOf: (it: Reference) => string): (readonly [string, Reference[]])[] {
  const groups = new Map<string, Reference[]>();
  for (const it of all) {
    const group = groups.get(keyOf(it));
    if (group) group.push(it);
    else groups.set(keyOf(it), [it]);
  }
  return [...groups];
}
