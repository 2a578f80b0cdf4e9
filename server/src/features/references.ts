import type { Location } from "vscode-languageserver-types";
import { treeKey } from "../units/index/filePlace.ts";
import { dropInsOf, findUnit, type Reference, referencesTo } from "../units/index/lookup.ts";
import { triggeredBy } from "../units/index/order.ts";
import { parseUnitName } from "../values/unitName.ts";
import { type ReferenceContext, rangeOfMention, unitAt } from "./referenceContext.ts";
import type { View } from "./view.ts";

/**
 * All places that name the unit under the cursor: settings, entries of .wants folders and similar ones, and timers, paths and
 * sockets that start it by having its name. With `declaration` also the unit's own files.
 */
export function references(view: View, offset: number, context: ReferenceContext, declaration: boolean): Location[] {
  const name = unitAt(view, offset, context);
  if (name === undefined) return [];
  const { index, path, uriOf } = context;
  const fragment = findUnit(index, name, path)?.fragment;
  const own = declaration
    ? [...(fragment ? [fragment.path] : []), ...dropInsOf(index, name, path).map((it) => it.placed.path)]
    : [];
  return [
    ...own.map((it) => ({ uri: uriOf(it), range: rangeOfMention(undefined) })),
    ...referencesOf(name, context).map((it) => ({ uri: uriOf(it.path), range: rangeOfMention(it.mention) })),
  ];
}

/** The references to a unit from the files for which that name means the very same unit. */
export function referencesOf(name: string, { index, path }: ReferenceContext): readonly Reference[] {
  const own = findUnit(index, name, path)?.fragment;
  const scope = own?.place.scope ?? index.files.get(path)?.placed.place.scope;
  // Within one tree a name always means the same unit.
  const meanings = new Map<string, boolean>();
  const isMeant = ({ path: from, target }: Reference): boolean => {
    const place = index.files.get(from)?.placed.place;
    if (!place || (scope !== undefined && place.scope !== scope)) return false;
    const key = `${target} ${treeKey(place)}`;
    const known = meanings.get(key) ?? findUnit(index, target, from)?.fragment === own;
    meanings.set(key, known);
    return known;
  };
  const meant = referencesTo(index, name, path).filter(isMeant);
  return [...meant, ...impliedStarters(name, { index, path })];
}

const STARTERS = [
  { kind: "timer", directive: "Timer" },
  { kind: "path", directive: "Path" },
  { kind: "socket", directive: "Socket" },
] as const;

/** The timers, paths and sockets that start a service because they have its name, with the section that does it. */
function impliedStarters(
  name: string,
  { index, path }: Pick<ReferenceContext, "index" | "path">,
): readonly Reference[] {
  const parts = parseUnitName(name);
  if (parts?.kind !== "service") return [];
  return STARTERS.flatMap(({ kind, directive }) => {
    const from = `${parts.stem}.${kind}`;
    const unit = findUnit(index, from, path);
    if (!unit?.fragment || unit.masked) return [];
    const files = [unit.fragment, ...unit.dropIns].flatMap((it) => index.files.get(it.path) ?? []);
    const isNamed = files.some(({ mentions }) =>
      mentions.some((it) => it.section === directive && (it.directive === "Unit" || it.directive === "Service")),
    );
    if (isNamed || triggeredBy(from, files) !== name) return [];
    return [{ path: unit.fragment.path, from, directive, target: name }];
  });
}
