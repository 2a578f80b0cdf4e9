import type { Fix } from "../../../findings/finding.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { hasCapability, numberOf } from "../../../security/capabilitySet.ts";
import { effective } from "../../../security/effective.ts";
import { runsAsRoot } from "../../../security/settings.ts";
import { type CapableRow, capableCommands } from "../../../service/commandTable.ts";
import { ownLast } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import {
  baseNameOf,
  type InnerCommand,
  innerCommandsOfAll,
  innerCommandsOn,
  linesThat,
} from "../../../service/userCommands.ts";
import type { Unit } from "../../../units/unit.ts";

/** What a bounding set takes from programs that are known not to do without it. */
export const deniedCapability: Rule = {
  code: "sandbox/denied-capability",
  needs: ["CapabilityBoundingSet"],
  *check(unit): Iterable<Found> {
    const node = systemService(unit) && ownLast(unit, "CapabilityBoundingSet");
    if (!node || !runsAsRoot(effective(unit).settings)) return;
    const { name, row, missing } = firstMissing(unit) ?? {};
    if (!name || !row || !missing) return;
    const without = missing.join(" and ");
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `CapabilityBoundingSet= leaves out ${without}, which ${name} needs: ${row.what}, and it fails`,
      directive: "CapabilityBoundingSet",
      fixes: adding(unit, missing),
    };
  },
};

interface Missing {
  readonly name: string;
  readonly row: CapableRow;
  readonly missing: readonly string[];
}

function firstMissing(unit: Unit): Missing | undefined {
  const { boundingSet } = effective(unit).settings;
  const isMissing = (it: string): boolean => !hasCapability(boundingSet, numberOf(it));
  for (const command of innerCommandsOfAll(unit, mayNeedOne)) {
    const row = command.counts ? rowOf(command) : undefined;
    const missing = row?.capabilities.filter(isMissing) ?? [];
    if (row && missing.length > 0) return { name: baseNameOf(command.words[0]?.value ?? ""), row, missing };
  }
  return undefined;
}

const mayNeedOne = linesThat((line) => innerCommandsOn(line).some((it) => rowOf(it) !== undefined));

const rowOf = ({ words: [program, ...args] }: Pick<InnerCommand, "words">): CapableRow | undefined =>
  capableCommands().find(
    (it) =>
      it.programs.test(baseNameOf(program?.value ?? "")) &&
      (it.args === undefined || args.some(({ value }) => it.args?.test(value))),
  );

/** A list takes more words; what removes others has none to take. */
function adding(unit: Unit, missing: readonly string[]): readonly Fix[] {
  const node = ownLast(unit, "CapabilityBoundingSet");
  if (!node || node.text.startsWith("~")) return [];
  const { end } = node.valueSpan;
  const newText = ` ${missing.join(" ")}`;
  return [{ title: `Add${newText}`, safe: false, edits: () => [{ start: end, end, newText }] }];
}
