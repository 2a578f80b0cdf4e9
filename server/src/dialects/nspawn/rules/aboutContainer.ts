import type { Found, Rule } from "../../../findings/rule.ts";
import type { RuleCode } from "../../../findings/ruleTexts.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units/unit.ts";
import { type NspawnWorld, nspawnWorld } from "../nspawnWorld.ts";

/** A finding at a line of a file. */
export interface LineFinding extends Pick<Found, "severity" | "message" | "fixes" | "tag"> {
  readonly line: Assignment;
}

/** A rule about a container of systemd-nspawn, whose findings stand at values. */
export const aboutContainer = (
  code: RuleCode,
  judge: (world: NspawnWorld, unit: Unit) => Iterable<LineFinding>,
): Rule => ({
  code,
  *check(unit): Iterable<Found> {
    const world = nspawnWorld(unit);
    if (!world) return;
    for (const { line, ...finding } of judge(world, unit))
      yield { ...(line.text === "" ? line.keySpan : line.valueSpan), ...finding, directive: line.key };
  },
});

/** What a line says. */
export const asWritten = ({ key, text }: Assignment): string =>
  `${key}=${text.length > 60 ? `${text.slice(0, 59)}…` : text}`;
