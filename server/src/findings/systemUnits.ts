import type { DirectiveName } from "../catalog/catalog.ts";
import type { SectionName } from "../catalog/sections.ts";
import { SPECIAL_UNITS } from "../facts/specialUnits.ts";
import { isSystemDaemon } from "../service/kinds.ts";
import type { Span } from "../text/span.ts";
import { nearestTree } from "../units/index/nearestTree.ts";
import { ownFile, type Unit } from "../units/unit.ts";
import { removeLines } from "./edits.ts";
import type { Fix, Severity } from "./finding.ts";
import { type Named, namedIn, ownerOf } from "./named.ts";
import type { Found, UnitContext } from "./rule.ts";

const USER_NAMES = new Set(SPECIAL_UNITS.user.map((it) => it.name));
const SYSTEM_ONLY = new Set(
  SPECIAL_UNITS.system.map((it) => it.name).filter((it) => it.endsWith(".target") && !USER_NAMES.has(it)),
);

/** Whether only the manager of the system has this target. */
export const isSystemOnly = (name: string): boolean => SYSTEM_ONLY.has(name);

const LISTS: readonly { section: SectionName; name: DirectiveName; severity: Severity; what: string }[] = [
  { section: "Install", name: "WantedBy", severity: "warning", what: "nothing starts this unit through it" },
  { section: "Install", name: "RequiredBy", severity: "warning", what: "nothing starts this unit through it" },
  { section: "Unit", name: "Requires", severity: "warning", what: "systemd refuses to start this unit" },
  { section: "Unit", name: "BindsTo", severity: "warning", what: "systemd refuses to start this unit" },
  { section: "Unit", name: "Requisite", severity: "warning", what: "systemd refuses to start this unit" },
  { section: "Unit", name: "After", severity: "info", what: "this unit waits for nothing" },
  { section: "Unit", name: "Wants", severity: "info", what: "the line has no effect" },
];

/** The directives whose lists are looked at. */
export const LISTS_OF_UNITS: readonly DirectiveName[] = LISTS.map((it) => it.name);

/** What the lists of a user unit or of a user's quadlet name that only the system manager has. */
export function* systemUnitsNamed(unit: Unit, context?: UnitContext): Iterable<Found> {
  const owner = context && ownerOf(context);
  if (!context || owner === undefined || unit.path.scope !== "user") return;
  for (const { section, name, severity, what } of LISTS) {
    for (const named of namedIn(unit, owner, section, name)) {
      const { start, end, name: other } = named;
      const isSystems = isSystemOnly(other) || (section === "Unit" && isSystemDaemon(other));
      if (!isSystems || nearestTree(context.index, other, context.path)) continue;
      const message = `${name}= names ${other}, which does not exist in the user manager: ${what}`;
      yield { start, end, severity, message, directive: name, fixes: fixesOf(unit, section, named) };
    }
  }
}

function fixesOf(unit: Unit, section: SectionName, { start, end, node, name }: Named): readonly Fix[] {
  if (section === "Install")
    return /^(?:multi-user|graphical)\.target$/.test(name) ? [defaultTarget({ start, end })] : [];
  if (node.text !== name) return [];
  return [{ title: `Remove ${node.key}=${name}`, safe: false, edits: () => [removeLines(ownFile(unit), node)] }];
}

const defaultTarget = (span: Span): Fix => ({
  title: "Change to default.target",
  safe: false,
  edits: () => [{ ...span, newText: "default.target" }],
});
