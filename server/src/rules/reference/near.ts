import { SPECIAL_UNITS } from "../../facts/specialUnits.ts";
import { ownTree } from "../../findings/named.ts";
import type { UnitContext } from "../../findings/rule.ts";
import { nearest } from "../../text/nearest.ts";
import type { Tree } from "../../units/index/unitIndex.ts";
import { isWhole } from "../../units/index/whole.ts";
import { memo, memoBy } from "../../units/memo.ts";
import { parseUnitName, type UnitName } from "../../values/unitName.ts";

/** Shorter names are easily near to others that mean something else. */
const SHORTEST = 5;

/**
 * The unit whose name a missing one is surely a slip of: it lies next to the file of `owner` or is one of systemd's, is of
 * the same kind, begins with the same letters and differs in one letter; undefined where there is not exactly one. Among
 * all units of a system two names may be near by chance, so that there only those of the owner's own family count.
 */
export function slip(context: UnitContext, name: string, owner: string): string | undefined {
  const tree = ownTree(context);
  if (!tree) return undefined;
  const family = isWhole(tree) ? familyOf(owner) : "";
  return slips(tree, `${family} ${name}`);
}

/** The same where a unit of that name may well be elsewhere, as nothing but the near name speaks against it. */
export function surelySlip(context: UnitContext, name: string, owner: string): string | undefined {
  const meant = slip(context, name, owner);
  return meant === undefined || isSibling(stemOf(meant), stemOf(name)) ? undefined : meant;
}

const stemOf = (name: string): string => parseUnitName(name)?.prefix ?? name;

/** Programs of one family differ in their last letter: mongod and mongos, mysql and mysqld. */
const isSibling = (a: string, b: string): boolean => {
  const same = Math.max(a.length, b.length) - 1;
  return a.slice(0, same) === b.slice(0, same);
};

/** By the family of the owner, which may be empty, and the name. */
const slips = memoBy((tree: Tree, key: string) => {
  const [family = "", name = ""] = key.split(" ");
  return search(tree, name, family);
});

const familyOf = (name: string): string => /^[^-_@.]*/.exec(name)?.[0] ?? name;

function search(tree: Tree, name: string, family: string): string | undefined {
  const missing = parseUnitName(name);
  if (!missing || missing.prefix.length < SHORTEST) return undefined;
  const { prefix, instance, kind } = missing;
  const otherFiles = candidates(tree).get(groupOf(missing)) ?? [];
  const stems = new Set(otherFiles.filter((it) => family === "" || familyOf(it) === family));
  for (const it of special(SPECIAL_UNITS, tree.scope).get(groupOf(missing)) ?? []) stems.add(it);
  const found = nearest(prefix, stems, 1);
  const [best] = found;
  if (best === undefined || found.length > 1 || digitsOf(best) !== digitsOf(prefix)) return undefined;
  return `${best}${instance === undefined ? "" : `@${instance}`}.${kind}`;
}

/** Names that differ in a number are two versions of a thing and no slip. */
const digitsOf = (name: string): string => name.replace(/\D/g, "");

/** Names that may be near to each other have this in common. */
const groupOf = ({ prefix, instance, kind }: UnitName): string =>
  `${prefix.slice(0, 2)}${instance === undefined ? "" : "@"}.${kind}`;

type StemsByGroup = ReadonlyMap<string, readonly string[]>;

const candidates = memo((tree: Tree): StemsByGroup => grouped(tree.units.keys()));

const special = memoBy(
  (units: typeof SPECIAL_UNITS, scope: "system" | "user"): StemsByGroup => grouped(units[scope].map((it) => it.name)),
);

function grouped(names: Iterable<string>): StemsByGroup {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const parsed = parseUnitName(name);
    if (!parsed) continue;
    const group = groups.get(groupOf(parsed)) ?? [];
    groups.set(groupOf(parsed), group);
    group.push(parsed.prefix);
  }
  return groups;
}
