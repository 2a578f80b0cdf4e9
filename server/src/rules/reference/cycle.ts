import type { DirectiveName } from "../../catalog/catalog.ts";
import type { SectionName } from "../../catalog/sections.ts";
import { insertIntoSection } from "../../findings/edits.ts";
import type { Fix } from "../../findings/finding.ts";
import { type Named, namedIn, ownerOf } from "../../findings/named.ts";
import type { Found, Rule, UnitContext } from "../../findings/rule.ts";
import { sourceSpan } from "../../syntax/joinedText.ts";
import type { AssignedLine } from "../../syntax/tree.ts";
import { splitWords } from "../../syntax/words.ts";
import { largest } from "../../text/extremes.ts";
import { type Cycle, knotAt } from "../../units/index/cycles.ts";
import { isSurelyAcyclic } from "../../units/index/lone.ts";
import type { Reason } from "../../units/index/order.ts";
import { orderGraph } from "../../units/index/orderGraph.ts";
import { memo } from "../../units/memo.ts";
import { assignmentsOf, mergedAssignments, type Unit } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";

/** Each of these waits for the one before it. */
const STAGES: readonly string[] = ["sysinit.target", "basic.target", "multi-user.target", "graphical.target"];

/** Follows target_add_default_dependencies(), systemd 257 to 262; seen with 257: the start job is dropped. */
export const orderingCycle: Rule = {
  code: "reference/ordering-cycle",
  needs: ["After", "Before"],
  *check(unit, context) {
    const stages = [...betweenStages(unit)];
    yield* stages;
    if (context) yield* betweenUnits(unit, context, stages.length > 0);
  },
};

function* betweenStages(unit: Unit): Iterable<Found> {
  if (unit.path.role !== "unit" || unit.path.scope !== "system" || unit.path.kind === "target") return;
  const after = stagesOf(unit, "Unit", "After");
  if (after.length === 0) return;
  const early = mergedAssignments(unit, "Unit", "DefaultDependencies").at(-1);
  if (early && parseBoolean(early.text) === false) return;
  const latest = largest(after);
  for (const name of ["WantedBy", "RequiredBy"] as const) {
    for (const node of assignmentsOf(unit, "Install", name)) {
      for (const { value, from, to } of wordsIn(node.text)) {
        const stage = STAGES.indexOf(value);
        if (stage < 0 || stage >= latest || after.includes(stage)) continue;
        const span = sourceSpan(node.value, from, to);
        const last = STAGES[latest] ?? value;
        yield {
          ...span,
          severity: "warning",
          message: `${name}=${value} creates an ordering cycle with After=${last}: ${value} waits for this unit, this unit for ${last}, and ${last} for ${value}`,
          directive: name,
          fixes: [{ title: `Change to ${last}`, safe: false, edits: () => [{ ...span, newText: last }] }],
        };
      }
    }
  }
}

/** The lines of the file where a cycle can be opened; cycles of stages alone may be known already. */
function* betweenUnits(unit: Unit, context: UnitContext, isKnown: boolean): Iterable<Found> {
  const owner = ownerOf(context);
  if (owner === undefined) return;
  if (isSurelyAcyclic(context.index, context.path, owner)) return;
  const lists = (["After", "Before"] as const).map((name) => ({ name, all: namedIn(unit, owner, "Unit", name) }));
  // Without such a line there is nothing to open a cycle at, and the graph of a folder is dear.
  if (lists.every(({ all }) => all.length === 0)) return;
  const component = knotAt(orderGraph(context.index, context.path), owner);
  if (!component) return;
  for (const { name, all } of lists) {
    for (const named of all) {
      const cycle = name === "After" ? component.waitingFor(named.name) : component.waitedForBy(named.name);
      const known = isKnown && cycle?.path.every((it) => it === owner || STAGES.includes(it));
      if (cycle && !known) yield circle(unit, owner, name, named, cycle);
    }
  }
}

function circle(unit: Unit, owner: string, name: "After" | "Before", named: Named, cycle: Cycle): Found {
  const { path, reason, start } = cycle;
  const shown = path.length > MAX_SHOWN_STEPS ? [...path.slice(0, MAX_SHOWN_STEPS), "…", path[0] ?? ""] : path;
  const implied = reason.some(isImplied) ? " (some by default dependencies)" : "";
  const when = start === owner ? "this unit" : start;
  return {
    start: named.start,
    end: named.end,
    severity: "warning",
    message: `${name}=${named.written} creates an ordering cycle${implied}: ${shown.join(" → ")}; starting all of them, for example by starting ${when}, deletes one of the jobs or fails`,
    directive: name,
    fixes: reason[0] === "default" && unit.path.kind !== "target" ? [withoutDefaults(unit)] : [],
  };
}

/** Longer ways are cut, as nobody reads them in a message. */
const MAX_SHOWN_STEPS = 8;

const isImplied = (it: Reason): boolean => it === "default" || it === "trigger";

function withoutDefaults(unit: Unit): Fix {
  const added = "DefaultDependencies=no";
  return { title: `Add ${added}`, safe: false, edits: () => [insertIntoSection(unit, "Unit", [added])] };
}

const wordsIn = (value: string) => splitWords(value, "relaxed").words;

/** The places in STAGES that a list names. */
function stagesOf(unit: Unit, section: SectionName, name: DirectiveName): readonly number[] {
  return mergedAssignments(unit, section, name).flatMap((it) => placesIn(it.line));
}

const placesIn = memo(({ value: { text } }: AssignedLine): readonly number[] =>
  wordsIn(text).flatMap((it) => {
    const place = STAGES.indexOf(it.value);
    return place < 0 ? [] : [place];
  }),
);
