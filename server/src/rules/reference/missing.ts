import type { DirectiveName } from "../../catalog/catalog.ts";
import type { SectionName } from "../../catalog/sections.ts";
import type { Severity } from "../../findings/finding.ts";
import { mayBeThere, namedIn, ownerOf, ownTree, seesAll } from "../../findings/named.ts";
import type { Found, Rule, UnitContext } from "../../findings/rule.ts";
import { isSystemOnly } from "../../findings/systemUnits.ts";
import { nearestEnding } from "../../text/nearest.ts";
import type { Unit } from "../../units/unit.ts";
import { parseUnitName } from "../../values/unitName.ts";
import { isGone } from "./goneUnit.ts";
import { surelySlip } from "./near.ts";

interface Consequence {
  readonly section: SectionName;
  readonly name: DirectiveName;
  readonly what: string;
  readonly severity: Severity;
}

const NOT_STARTED = "systemd refuses to start this unit";

/** Seen with 257: `systemd-analyze verify` and `systemctl enable` on a tree without these units. */
const CONSEQUENCES: readonly Consequence[] = [
  { section: "Unit", name: "Requires", what: NOT_STARTED, severity: "warning" },
  { section: "Unit", name: "BindsTo", what: NOT_STARTED, severity: "warning" },
  { section: "Unit", name: "Requisite", what: NOT_STARTED, severity: "warning" },
  { section: "Unit", name: "OnFailure", what: "nothing is started when this unit fails", severity: "info" },
  { section: "Unit", name: "OnSuccess", what: "nothing is started when this unit succeeds", severity: "info" },
  { section: "Service", name: "Sockets", what: "this service gets no socket from it", severity: "info" },
  { section: "Install", name: "Also", what: "systemctl enable reports and ignores it", severity: "info" },
  { section: "Install", name: "WantedBy", what: "nothing starts this unit through it", severity: "info" },
  { section: "Install", name: "RequiredBy", what: "nothing starts this unit through it", severity: "info" },
];

/** Only where the whole of a system can be seen: elsewhere the unit may come from another package. */
export const missingUnit: Rule = {
  code: "reference/missing-unit",
  needs: CONSEQUENCES.map((it) => it.name),
  *check(unit, context) {
    const owner = context && ownerOf(context);
    if (!context || owner === undefined) return;
    if (!seesAll(context)) yield* missingWorker(unit, owner, context);
    else for (const consequence of CONSEQUENCES) yield* missing(unit, owner, context, consequence);
  },
};

function* missing(unit: Unit, owner: string, context: UnitContext, consequence: Consequence): Iterable<Found> {
  const { section, name, what, severity } = consequence;
  const isMissing = (it: string): boolean => !mayBeThere(context, it);
  for (const { start, end, name: meant, written } of namedIn(unit, owner, section, name, { wanted: isMissing })) {
    if (surelySlip(context, meant, owner) !== undefined || isGone(meant, unit.version)) continue;
    if (unit.path.scope === "user" && isSystemOnly(meant)) continue;
    const message = `${name}= names ${written}, but there is no such unit: ${what}`;
    yield { start, end, severity, message, directive: name };
  }
}

/** A unit of Also= that is called here without the name of this one before it; of a package both lie in one folder. */
function* missingWorker(unit: Unit, owner: string, context: UnitContext): Iterable<Found> {
  const begin = `${parseUnitName(owner)?.prefix}-`;
  for (const { start, end, name } of namedIn(unit, owner, "Install", "Also")) {
    const meant = name.startsWith(begin) ? name.slice(begin.length) : "";
    if (!ownTree(context)?.units.has(meant) || mayBeThere(context, name)) continue;
    const message = `Also= names ${name}, which does not exist here; did you mean ${meant}? systemctl enable fails`;
    const fix = { title: `Change to ${meant}`, safe: false, edits: () => [{ start, end, newText: meant }] };
    yield { start, end, severity: "warning", message, directive: "Also", fixes: [fix] };
  }
}

/** Where a slip has no other sign than that nothing happens. */
const LISTS: readonly { readonly section: SectionName; readonly name: DirectiveName }[] = [
  ...(["Requires", "Requisite", "BindsTo", "Wants", "Upholds", "PartOf", "After", "Before"] as const).map((name) => ({
    section: "Unit" as const,
    name,
  })),
  { section: "Unit", name: "OnFailure" },
  { section: "Unit", name: "OnSuccess" },
  { section: "Service", name: "Sockets" },
  { section: "Socket", name: "Service" },
  { section: "Timer", name: "Unit" },
  { section: "Path", name: "Unit" },
  { section: "Install", name: "WantedBy" },
  { section: "Install", name: "RequiredBy" },
  { section: "Install", name: "UpheldBy" },
  { section: "Install", name: "Also" },
];

/** In any tree, as there is a unit next to the file that is surely meant. */
export const misspelledUnit: Rule = {
  code: "reference/misspelled-unit",
  needs: LISTS.map((it) => it.name),
  *check(unit, context) {
    const owner = context && ownerOf(context);
    if (!context || owner === undefined) return;
    const isMissing = (it: string): boolean => !mayBeThere(context, it);
    for (const { section, name } of LISTS) {
      for (const { start, end, name: missed, written } of namedIn(unit, owner, section, name, { wanted: isMissing })) {
        if (written !== missed) continue;
        const meant = surelySlip(context, missed, owner);
        if (meant === undefined || meant === owner || isNamed(unit, owner, meant)) continue;
        const message = `Unknown unit "${missed}" in ${name}=${nearestEnding(meant, "")}`;
        const fix = { title: `Change to ${meant}`, safe: false, edits: () => [{ start, end, newText: meant }] };
        yield { start, end, severity: "warning", message, directive: name, fixes: [fix] };
      }
    }
  },
};

/** Whether the file names a unit anyhow: then the similar name next to it is not a typo. */
function isNamed(unit: Unit, owner: string, name: string): boolean {
  return LISTS.some((it) => namedIn(unit, owner, it.section, it.name).some((other) => other.name === name));
}
