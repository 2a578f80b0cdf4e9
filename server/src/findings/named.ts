import type { DirectiveName } from "../catalog/catalog.ts";
import type { SectionName } from "../catalog/sections.ts";
import { SPECIAL_UNITS } from "../facts/specialUnits.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import type { AssignedLine, Assignment } from "../syntax/tree.ts";
import { splitWords } from "../syntax/words.ts";
import type { Span } from "../text/span.ts";
import { filePlaceOf, treeKey } from "../units/index/filePlace.ts";
import { hasInstances, nearestTree } from "../units/index/nearestTree.ts";
import { templateOf, unitMeantBy } from "../units/index/target.ts";
import type { IndexedFile, Tree, UnitIndex } from "../units/index/unitIndex.ts";
import { isWhole } from "../units/index/whole.ts";
import { memo, memoBy } from "../units/memo.ts";
import { assignmentsOf, type Unit } from "../units/unit.ts";
import { parseUnitName, type UnitName } from "../values/unitName.ts";
import type { UnitContext } from "./rule.ts";

/** A unit that a line of the file names. */
export interface Named extends Span {
  readonly node: Assignment;
  readonly written: string;
  /** The unit that is meant; the template where the instance is open. */
  readonly name: string;
}

/** The unit that a file belongs to: of a drop-in what its folder is named after. */
export function ownerOf({ path }: UnitContext): string | undefined {
  const role = filePlaceOf(path)?.role;
  return role?.kind === "unit" ? role.name : role?.of;
}

/**
 * The first units that a list of this file names, those left out that only their specifiers decide; with mergedAssignments()
 * those that all files of the unit name. Few are `wanted` where most are right.
 */
export function namedIn(
  unit: Unit,
  owner: string,
  section: SectionName,
  directive: DirectiveName,
  { linesOf = assignmentsOf, wanted }: { linesOf?: typeof assignmentsOf; wanted?: (name: string) => boolean } = {},
): readonly Named[] {
  const lines = linesOf(unit, section, directive);
  if (lines.length === 0) return NONE;
  const named: Named[] = [];
  for (const node of lines) {
    for (const { value, name, from, to } of namesIn(node.line, owner)) {
      if (wanted && !wanted(name)) continue;
      if (named.length >= MAX_NAMES) return named;
      const { start, end } = sourceSpan(node.value, from, to);
      named.push({ start, end, node, written: value, name });
    }
  }
  return named;
}

const NONE: readonly Named[] = [];

/** More names than any list has that people write. */
const MAX_NAMES = 1000;

/** The names in the value of a line, in a file of `owner`; most mean the same in all files, which may share the line. */
const namesIn = (line: AssignedLine, owner: string): ReturnType<typeof namesFor> =>
  namesFor(line, /[%@]/.test(line.value.text) ? owner : "");

const namesFor = memoBy((line: AssignedLine, owner: string) =>
  splitWords(line.value.text, "relaxed").words.flatMap(({ value, from, to }) => {
    const name = unitMeantBy(value, owner);
    return name === undefined ? [] : [{ value, name, from, to }];
  }),
);

/** The tree that a file stands in. */
export function ownTree({ index, path }: UnitContext): Tree | undefined {
  const place = filePlaceOf(path);
  return place && index.trees.get(treeKey(place));
}

/** Whether all units that the manager of this file could see are in the index. */
export function seesAll(context: UnitContext): boolean {
  const tree = ownTree(context);
  return context.complete && tree !== undefined && isWhole(tree);
}

/** Kinds that systemd makes from other sources than files: devices, fstab, what programs ask for. */
const MADE: readonly string[] = ["device", "mount", "automount", "swap", "slice", "scope"];

/** Whether a unit is, or may be, there: it has a file somewhere around, becomes one when enabled, or needs none. */
export function mayBeThere(context: UnitContext, name: string): boolean {
  const { index, path } = context;
  const scope = filePlaceOf(path)?.scope ?? "system";
  if (SPECIAL[scope].has(name)) return true;
  const parsed = parseUnitName(name);
  if (!parsed || MADE.includes(parsed.kind)) return true;
  if (isSpecial(parsed, scope) || nearestTree(index, name, path)) return true;
  return (parsed.instance === "" && hasInstances(index, name, path)) || isAlias(index, name);
}

const SPECIAL = {
  system: new Set(SPECIAL_UNITS.system.map((it) => it.name)),
  user: new Set(SPECIAL_UNITS.user.map((it) => it.name)),
};

/** Whether a unit is part of systemd or has a meaning to it, whatever package ships it. */
function isSpecial({ full }: UnitName, scope: "system" | "user"): boolean {
  return SPECIAL[scope].has(full) || SPECIAL[scope].has(templateOf(full)) || full.startsWith("systemd-");
}

/** The same of a name, which may be none. */
export function isSpecialName(name: string, scope: "system" | "user"): boolean {
  const parsed = parseUnitName(name);
  return parsed !== undefined && isSpecial(parsed, scope);
}

/** Whether the name is one that another unit gets once it is enabled. */
const isAlias = memoBy(({ naming, files }: UnitIndex, name: string): boolean =>
  (naming.get(templateOf(name)) ?? []).some((path) => {
    const file = files.get(path);
    return file !== undefined && aliasesIn(file).has(name);
  }),
);

const aliasesIn = memo(({ mentions, placed }: IndexedFile): ReadonlySet<string> => {
  const { role } = placed.place;
  const of = role.kind === "unit" ? role.name : role.of;
  return new Set(mentions.flatMap((it) => (it.directive === "Alias" ? (unitMeantBy(it.written, of) ?? []) : [])));
});
