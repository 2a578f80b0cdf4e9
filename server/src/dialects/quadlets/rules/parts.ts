import { describePodman } from "../../../facts/podmanVersions.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { podmanOf } from "../../../units/podman.ts";
import { nameOfPart, type QuadletPart } from "../generator/parts.ts";
import { allParts, judgedParts } from "../quadletParts.ts";

/** The version that brought `podman quadlet install` files with several quadlets. */
const SINCE = 5.8;

const REFUSED = "podman quadlet install refuses the whole file";

/** The code of what is wrong with the division of a `.quadlets` file. */
export const PARTS_CODE = "quadlet/parts";

const parts: Rule = {
  code: PARTS_CODE,
  *check(unit): Iterable<Found> {
    if (unit.path.kind !== "quadlets") return;
    const podman = podmanOf(unit);
    const all = allParts(unit.file);
    const [first] = all;
    if (podman < SINCE) {
      const message = `.quadlets files require ${describePodman(SINCE)}: ${describePodman(podman)} cannot install this one`;
      if (first) yield { start: first.first.start, end: first.first.end, severity: "error", message };
      return;
    }
    const next = all[judgedParts(unit.file).length];
    if (next) yield { start: next.first.start, end: next.first.end, severity: "info", message: NOT_JUDGED };
    const names = new Set<string>();
    for (const it of all) {
      const name = nameOfPart(it);
      const what = name === undefined ? mistake(it) : names.has(name) ? `${name} is there twice: ${EXISTS}` : undefined;
      const { start, end } = it.stem && it.stem.text !== "" && it.type ? it.stem : it.first;
      if (what !== undefined) yield { start, end, severity: "error", message: what };
      if (name !== undefined) names.add(name);
    }
  },
};

const NOT_JUDGED =
  "This file is too long to be judged as a whole: from this part on only the names of parts are looked at";

const EXISTS = "podman quadlet install refuses to install the second one, or replaces the first one by it";

function mistake({ stem, type }: QuadletPart): string {
  if (!type) return `No section of this part shows its type: ${REFUSED}`;
  if (!stem) return `Missing "# FileName=" in this part: ${REFUSED}`;
  if (stem.text === "") return `Missing name after "FileName=": ${REFUSED}`;
  return `"FileName=" takes a name, not a path: ${REFUSED}`;
}

/** What is wrong with a file of several quadlets as such. */
export const QUADLET_PARTS_RULES: readonly Rule[] = [parts];
