import { SymbolKind, type WorkspaceSymbol } from "vscode-languageserver-types";
import type { NamedKind } from "../facts/quadletKinds.ts";
import type { PlacedFile, Tree, UnitIndex } from "../units/index/unitIndex.ts";
import { memo } from "../units/memo.ts";
import { parseQuadletName } from "../values/quadletName.ts";
import { parseUnitName } from "../values/unitName.ts";
import { type ReferenceContext, rangeOfMention } from "./referenceContext.ts";

/** How units of a kind are drawn by editors, which know the symbols of programs. */
const SYMBOL_KINDS: Readonly<Record<Exclude<NamedKind, "quadlets">, SymbolKind>> = {
  service: SymbolKind.Function,
  socket: SymbolKind.Interface,
  timer: SymbolKind.Event,
  path: SymbolKind.Key,
  mount: SymbolKind.File,
  automount: SymbolKind.File,
  swap: SymbolKind.File,
  target: SymbolKind.Package,
  slice: SymbolKind.Namespace,
  scope: SymbolKind.Object,
  device: SymbolKind.Constant,
  container: SymbolKind.Function,
  kube: SymbolKind.Function,
  build: SymbolKind.Function,
  pod: SymbolKind.Package,
  network: SymbolKind.Interface,
  volume: SymbolKind.File,
  image: SymbolKind.File,
  artifact: SymbolKind.File,
};

/** How a unit or quadlet of a name is drawn. */
export function symbolKindOf(name: string): SymbolKind {
  const kind = (parseUnitName(name) ?? parseQuadletName(name))?.kind;
  return kind ? SYMBOL_KINDS[kind] : SymbolKind.Null;
}

/** More symbols make no list that anyone reads. */
const MAX_SYMBOLS = 200;

/**
 * The units whose names hold the letters of a query in their order, the closest first, those of the machine after others;
 * each name once for each place that has its own files.
 */
export function workspaceSymbols(query: string, { index, uriOf }: Omit<ReferenceContext, "path">): WorkspaceSymbol[] {
  const wanted = query.toLowerCase().replace(/\s+/g, "");
  const found: { readonly unit: ListedUnit; readonly rank: number }[] = [];
  for (const unit of unitsOf(index.trees)) {
    const rank = rankOf(unit.lower, wanted);
    if (rank !== undefined) found.push({ unit, rank: rank + (unit.machine ? 0.5 : 0) });
  }
  found.sort((a, b) => a.rank - b.rank || (a.unit.name < b.unit.name ? -1 : a.unit.name > b.unit.name ? 1 : 0));
  return found.slice(0, MAX_SYMBOLS).map(({ unit: { name, file } }) => {
    const description = index.files.get(file.path)?.settings.Description;
    return {
      name,
      kind: symbolKindOf(name),
      location: { uri: uriOf(file.path), range: rangeOfMention(undefined) },
      ...(description ? { containerName: description } : {}),
    };
  });
}

interface ListedUnit {
  readonly name: string;
  readonly lower: string;
  readonly file: PlacedFile;
  readonly machine: boolean;
}

const unitsOf = memo((trees: UnitIndex["trees"]): readonly ListedUnit[] => [...trees.values()].flatMap(unitsIn));

const unitsIn = memo((tree: Tree): readonly ListedUnit[] =>
  [...tree.units].flatMap(([name, [file]]) =>
    file && file.link !== "/dev/null" ? [{ name, lower: name.toLowerCase(), file, machine: tree.root === "" }] : [],
  ),
);

/** The same, a beginning, a part, or the letters one after the other; undefined for none of these. */
function rankOf(name: string, wanted: string): number | undefined {
  const at = name.indexOf(wanted);
  if (at === 0) return name.length === wanted.length ? 0 : 1;
  if (at > 0) return /[-_.@:]/.test(name.charAt(at - 1)) ? 2 : 3;
  let from = 0;
  for (const letter of wanted) {
    const next = name.indexOf(letter, from);
    if (next < 0) return undefined;
    from = next + letter.length;
  }
  return 4;
}
