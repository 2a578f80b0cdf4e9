import { type DirectiveName, directive } from "../../catalog/catalog.ts";
import type { Found, Rule } from "../../findings/rule.ts";
import { assess, formatExposure } from "../../security/exposure.ts";
import type { Assignment, UnitFile } from "../../syntax/tree.ts";
import { memo } from "../../units/memo.ts";
import { assignmentsOf, type MainUnit, mergedAssignments, type Unit } from "../../units/unit.ts";
import { withoutDropIn } from "../../units/withoutDropIn.ts";

/** A drop-in that gives up protection which the unit has without it. Only where the unit itself can be seen. */
const weakened: Rule = {
  code: "sandbox/weakened",
  *check({ main }) {
    if (main?.unit.path.kind === "service") yield* weakenedBy(main);
  },
};

/** The findings about the drop-ins of units. */
export const DROP_IN_RULES: readonly Rule[] = [weakened];

/** More settings of one drop-in are not looked at. */
const MAX_SETTINGS = 40;

function* weakenedBy(main: MainUnit): Iterable<Found> {
  const file = main.unit.dropIns[main.at];
  const after = file && assess(main.unit).exposure;
  if (!file || after === undefined) return;
  const before = assess(withoutDropIn(main)).exposure;
  if (before === undefined) return;
  for (const [name, node] of [...lastOfEach(file)].slice(0, MAX_SETTINGS)) {
    if (!isSetElsewhere(main, name)) continue;
    const without = assess(withoutLines(main, name)).exposure;
    if (without === undefined || without >= after) continue;
    const owner = main.unit.path.name ?? "the unit";
    yield {
      start: node.keySpan.start,
      end: Math.max(node.keySpan.end, node.valueSpan.end),
      severity: "info",
      message: `${name}= weakens ${owner}: with this drop-in its exposure is ${formatExposure(after)} instead of ${formatExposure(without)}`,
      directive: name,
    };
  }
}

/** The last line of each directive of a service in a drop-in. */
function lastOfEach(file: UnitFile): ReadonlyMap<DirectiveName, Assignment> {
  const found = new Map<DirectiveName, Assignment>();
  for (const { name, nodes } of file.sections) {
    if (name !== "Service") continue;
    for (const node of nodes) {
      const known = node.kind === "assignment" ? directive(name, node.key) : undefined;
      if (known && node.kind === "assignment") found.set(known.name, node);
    }
  }
  return found;
}

function isSetElsewhere(main: MainUnit, name: DirectiveName): boolean {
  const all = mergedAssignments(main.unit, "Service", name);
  return all.length > assignmentsOf(ownUnit(main), "Service", name).length;
}

/** The drop-in as if it were a unit file. */
const ownUnit: (main: MainUnit) => Unit = memo(({ unit, at }: MainUnit) => ({
  ...unit,
  file: unit.dropIns[at] ?? unit.file,
  dropIns: [],
}));

/** The unit without the lines of a directive in the drop-in. */
function withoutLines({ unit, at }: MainUnit, name: string): Unit {
  const isOther = (node: { readonly kind: string; readonly key?: string }): boolean => node.key !== name;
  const dropIns = unit.dropIns.map((it, i) =>
    i !== at
      ? it
      : {
          ...it,
          nodes: it.nodes.filter(isOther),
          sections: it.sections.map((section) => ({ ...section, nodes: section.nodes.filter(isOther) })),
        },
  );
  return { ...unit, dropIns };
}
