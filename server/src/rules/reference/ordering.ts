import type { DirectiveName } from "../../catalog/catalog.ts";
import { insertAfter } from "../../findings/edits.ts";
import type { Rule } from "../../findings/rule.ts";
import { type Program, programsOf } from "../../service/program.ts";
import { sourceSpan } from "../../syntax/joinedText.ts";
import type { AssignedLine, Assignment } from "../../syntax/tree.ts";
import { splitWords } from "../../syntax/words.ts";
import { memo } from "../../units/memo.ts";
import { assignmentsOf, mergedAssignments, ownFile, sharedLines, type Unit } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";

/**
 * Seen with 257: both start at the same moment. Only services among themselves, as other kinds order themselves, and not
 * BindsTo=, which parts of a service use to end with the whole.
 */
export const requiresWithoutAfter: Rule = {
  code: "reference/requires-without-after",
  needs: ["Requires"],
  *check(unit) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service") return;
    const needed = namesIn(unit, "Requires");
    if (needed.length === 0) return;
    const [after, before] = [namesIn(unit, "After"), namesIn(unit, "Before")];
    const inputs = [needed, after, before, isEarly(unit), unit.path.name ?? ""] as const;
    const loose = unit.memory.query("requirements without an order", inputs, looseOf);
    if (loose.length === 0 || waitsForNothing(programsOf(unit))) return;
    const places = firstPlaces(mergedAssignments(unit, "Unit", "Requires"));
    const own = new Set(assignmentsOf(unit, "Unit", "Requires"));
    for (const name of loose) {
      const place = places.get(name);
      if (!place || !own.has(place.node)) continue;
      const { node, from, to } = place;
      const added = `After=${name}`;
      yield {
        ...sourceSpan(node.value, from, to),
        severity: "info",
        message: `Requires= pulls ${name} in without After=: unless that unit orders itself, systemd starts both at the same time`,
        directive: "Requires",
        fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertAfter(ownFile(unit), node, [added])] }],
      };
    }
  },
};

const wordsIn = (value: string) => splitWords(value, "relaxed").words;

/** A word of an assignment. */
interface Place {
  readonly node: Assignment;
  readonly from: number;
  readonly to: number;
}

/** Where each unit is named first. */
function firstPlaces(nodes: readonly Assignment[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const node of nodes)
    for (const { value, from, to } of wordsIn(node.text)) if (!places.has(value)) places.set(value, { node, from, to });
  return places;
}

/** The units that a dependency names in all files; an empty assignment takes none of them back. */
const namesIn = (unit: Unit, name: DirectiveName): readonly string[] => namesOf(sharedLines(unit, "Unit", name));

const namesOf = memo((lines: readonly AssignedLine[]): readonly string[] =>
  lines.flatMap((it) => wordsIn(it.value.text).map(({ value }) => value)),
);

/** Services that are up before any with default dependencies, or that wait for their first user by themselves. */
const EARLY = /^(?:systemd-.*|dbus(?:-broker)?|polkit|local-fs|kmod.*|lvm2-.*|auditd)\.service$/;

function looseOf(
  needed: readonly string[],
  after: readonly string[],
  before: readonly string[],
  early: boolean,
  name: string,
): readonly string[] {
  const ordered = new Set([...after, ...before]);
  // What has the name of this unit and more is a part of it, which often waits for the whole.
  const own = name.replace(/@?\.service$/, "");
  return [...new Set(needed)].filter(
    (it) =>
      it.endsWith(".service") &&
      !ordered.has(it) &&
      !ordered.has(it.replace(/service$/, "socket")) &&
      (early || !EARLY.test(it)) &&
      !(own !== "" && it.startsWith(own)),
  );
}

function isEarly(unit: Unit): boolean {
  const last = mergedAssignments(unit, "Unit", "DefaultDependencies").at(-1);
  return last !== undefined && parseBoolean(last.text) === false;
}

/** A service that only stands for others has nothing to wait with. */
const waitsForNothing = memo((programs: readonly Program[]): boolean =>
  programs.every(({ path }) => /(?:^|\/)(?:true|echo|:)$/.test(path)),
);
