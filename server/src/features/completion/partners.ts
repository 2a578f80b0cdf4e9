import type { Directive } from "../../catalog/catalog.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import { whereOf } from "../../units/where.ts";
import { type Choice, RANKS } from "./choice.ts";

/** What nothing starts by itself: a unit that waits for it must pull it in, and a unit that pulls it in must wait for it. */
const PULLED_IN = "network-online.target";
const PARTNERS: Readonly<Record<string, "After" | "Wants">> = { After: "Wants", Wants: "After", Requires: "After" };

/** Offers network-online.target first, with the line that it needs as well unless the unit has that line. */
export function withPartner(unit: Unit, { name, section }: Directive, choices: readonly Choice[]): readonly Choice[] {
  const partner = section === "Unit" && whereOf(unit).scope === "system" ? PARTNERS[name] : undefined;
  if (partner === undefined || names(unit, partner)) return choices;
  return choices.map((it) =>
    it.text === PULLED_IN
      ? {
          ...it,
          remark: `with ${partner}=`,
          summary: `Adds ${partner}=${PULLED_IN} as well: ${REASONS[partner]}`,
          rank: Math.min(it.rank, RANKS.common),
          also: partner,
        }
      : it,
  );
}

const REASONS = {
  Wants: "nothing else may start it.",
  After: "without it the unit does not wait for the network.",
} as const;

const names = (unit: Unit, name: "After" | "Wants"): boolean =>
  [name, ...(name === "Wants" ? (["Requires", "BindsTo"] as const) : [])].some((key) =>
    mergedAssignments(unit, "Unit", key).some(({ value }) => value.text.split(/\s+/).includes(PULLED_IN)),
  );
