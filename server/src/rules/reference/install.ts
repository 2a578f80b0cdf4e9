import { isSpecialName, namedIn, ownerOf, ownTree, seesAll } from "../../findings/named.ts";
import type { Rule } from "../../findings/rule.ts";
import { loadUnit } from "../../units/index/load.ts";
import { referencesIn } from "../../units/index/lookup.ts";
import { templateOf } from "../../units/index/target.ts";
import type { IndexedFile, PlacedFile, Tree, UnitIndex } from "../../units/index/unitIndex.ts";
import { memo } from "../../units/memo.ts";

/** Seen with 257: `systemctl enable` puts the link over the other unit, and then refuses to enable that one. */
export const aliasTaken: Rule = {
  code: "reference/alias-taken",
  needs: ["Alias"],
  *check(unit, context) {
    const owner = context && ownerOf(context);
    const tree = context && ownTree(context);
    if (!context || owner === undefined || !tree || unit.path.role !== "unit") return;
    const whole = seesAll(context);
    for (const { start, end, name } of namedIn(unit, owner, "Install", "Alias")) {
      const { fragment } = loadUnit(tree, name);
      if (!fragment || fragment.masks || fragment.place.role.name !== name || name === owner) continue;
      const isInTheWay = fragment.link === undefined && LINKS.test(fragment.place.folder);
      if (whole && !isInTheWay) continue;
      const message = whole
        ? `Alias= uses the name ${name}, but a file already exists where systemctl creates the link: enabling this unit fails`
        : `Alias= hides the unit file ${name} in the same directory: once this unit is enabled, systemd no longer reads that file`;
      yield { start, end, severity: "warning", message, directive: "Alias" };
    }
  },
};

/** Where `systemctl enable` makes its links. */
const LINKS = /(?:^|\/)etc\/systemd\/(?:system|user)$/;

/** Seen with 257: `systemctl enable` fails for the second one, "already exists and is a symlink", with its other links made. */
export const aliasTwice: Rule = {
  code: "reference/alias-twice",
  needs: ["Alias"],
  *check(unit, context) {
    const owner = context && ownerOf(context);
    const tree = context && ownTree(context);
    if (!context || owner === undefined || !tree || unit.path.role !== "unit") return;
    const { index } = context;
    const opposed = new Set(namedIn(unit, owner, "Unit", "Conflicts").map((it) => it.name));
    for (const { start, end, name } of namedIn(unit, owner, "Install", "Alias")) {
      if (name === owner || name.includes("@") || isSpecialName(name, tree.scope)) continue;
      const rival: string | undefined = rivalsOf(index, tree, name).find((it) => it !== owner && !opposed.has(it));
      if (rival === undefined || names(index, tree, rival, "Conflicts").has(owner)) continue;
      const message = `Alias= uses the name ${name}, as does ${rival}: only one of the two can be enabled`;
      yield { start, end, severity: "info", message, directive: "Alias" };
    }
  },
};

/** The units of a tree that get a name when they are enabled, sorted. */
function rivalsOf(index: UnitIndex, tree: Tree, name: string): readonly string[] {
  const units = (index.naming.get(templateOf(name)) ?? []).flatMap((path) => {
    const role = index.files.get(path)?.placed.place.role;
    return role?.kind === "unit" && fileOf(tree, role.name)?.path === path ? role.name : [];
  });
  return units.filter((it) => names(index, tree, it, "Alias").has(name)).sort();
}

function names(index: UnitIndex, tree: Tree, of: string, directive: "Alias" | "Conflicts"): ReadonlySet<string> {
  const file = index.files.get(fileOf(tree, of)?.path ?? "");
  return (file && namesByDirective(file).get(directive)) ?? NO_NAMES;
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** The units that a file names, by the directive that names them. */
const namesByDirective = memo((file: IndexedFile): ReadonlyMap<string, ReadonlySet<string>> => {
  const all = new Map<string, Set<string>>();
  for (const { directive, target } of referencesIn(file))
    all.set(directive, (all.get(directive) ?? new Set()).add(target));
  return all;
});

/** The file that is read for a name, where it is not another name of another unit. */
function fileOf(tree: Tree, name: string): PlacedFile | undefined {
  const { fragment } = loadUnit(tree, name);
  return fragment?.place.role.name === name && !fragment.masks ? fragment : undefined;
}

/** Seen with 257: `systemctl enable` says nothing and does nothing for the other unit. */
export const alsoStatic: Rule = {
  code: "reference/also-static",
  needs: ["Also"],
  *check(unit, context) {
    const owner = context && ownerOf(context);
    const tree = context && ownTree(context);
    if (!context || owner === undefined || !tree) return;
    for (const { start, end, name } of namedIn(unit, owner, "Install", "Also")) {
      const { fragment, masked, dropIns, id } = loadUnit(tree, name);
      if (!fragment || masked || id === owner) continue;
      const files = [fragment, ...dropIns].map((it) => context.index.files.get(it.path));
      if (files.some((it) => !it || it.sections.includes("Install"))) continue;
      const message = `Also= names ${name}, which has no [Install] section: it cannot be enabled, and the name has no effect`;
      yield { start, end, severity: "info", message, directive: "Also", tag: "unnecessary" };
    }
  },
};
