import type { Fix } from "../../../findings/finding.ts";
import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Rule, UnitContext } from "../../../findings/rule.ts";
import { systemUnitsNamed } from "../../../findings/systemUnits.ts";
import { nearestTree } from "../../../units/index/nearestTree.ts";
import type { Unit } from "../../../units/unit.ts";
import { linksIn } from "./generated.ts";

const missingLink: Rule = {
  code: "quadlet/missing-link",
  *check(unit, context) {
    const reported = new Set<number>();
    for (const { about, start, end, reason } of linksIn(unit)) {
      if (reason === "resource-name" || reported.has(start)) continue;
      if (about.includes("%")) {
        reported.add(start);
        const message = `${about} does not exist: podman's generator looks for a quadlet of exactly this name, as it expands no specifiers, and refuses this file`;
        yield { start, end, severity: "error", message, fixes: onlyOne(start, end, about, context) };
        continue;
      }
      if (about.includes("$") || !context || !mayMiss(unit, context)) continue;
      if (nearestTree(context.index, about, context.path)) continue;
      reported.add(start);
      const message = `${about} is not among the quadlets: podman refuses this file, and there is no service`;
      yield { start, end, severity: "error", message };
    }
  },
};

/** The name of the only quadlet of that type around, which is meant. */
function onlyOne(start: number, end: number, about: string, context: UnitContext | undefined): readonly Fix[] {
  const suffix = about.slice(about.lastIndexOf("."));
  const folder = context?.path.slice(0, context.path.lastIndexOf("/") + 1) ?? "";
  const names = [...(context?.index.files.keys() ?? [])].flatMap((it) =>
    it.startsWith(folder) && it.endsWith(suffix) ? it.slice(folder.length) : [],
  );
  const [newText = ""] = names;
  if (names.length !== 1 || /[/@]/.test(newText)) return [];
  return [{ title: `Change to ${newText}`, safe: false, edits: () => [{ start, end, newText }] }];
}

/** Whether it is known that a quadlet is missing. */
const mayMiss = (unit: Unit, context: UnitContext): boolean =>
  seesOthers(context) || (context.complete && isPlaced(unit));

/** Whether a file lies where podman's generator looks. */
const isPlaced = ({ path }: Unit): boolean => "placed" in path && path.placed;

/** Whether more is known than the file itself: alone it may be one of many. */
const seesOthers = ({ index, path }: UnitContext): boolean =>
  [...index.files.keys()].some((it) => it !== path && QUADLET.test(it));

const QUADLET = /\.(?:container|pod|kube|network|volume|image|build|artifact)$/;

/** What the lists of reference/user-manager are for units that a user writes; the generator makes links as they say. */
const userManager: Rule = {
  code: "quadlet/user-manager",
  check: systemUnitsNamed,
};

/** What a quadlet names that is not there. */
export const QUADLET_LINK_RULES: readonly Rule[] = [...alsoInDropIns([missingLink]), userManager];
