import type { Learnt } from "../learn/learnt.ts";
import { learntAddition } from "../learn/learntUnit.ts";
import { counted } from "../learn/settings/sentences.ts";
import { assess, formatExposure } from "../security/exposure.ts";
import { withLines } from "../service/executable.ts";
import type { Unit } from "../units/unit.ts";
import { runsText } from "./learntHover.ts";

/** What was learnt about a unit, in a sentence or two. */
export function learntText(unit: Unit, learnt: Learnt): string {
  const head = `${unit.path.name}: ${runsText(learnt)}.`;
  if (learnt.refused !== undefined) return `${head} Nothing is derived. ${learnt.refused}.`;
  const { lines } = learntAddition(unit, learnt.settings);
  const [from, to] = [assess(unit).exposure, assess(withLines(unit, lines)).exposure];
  const gain =
    from === undefined || to === undefined ? "" : `, exposure ${formatExposure(from)} → ${formatExposure(to)}`;
  const proven = learnt.settings.filter((it) => it.grade === "proven").length;
  const refused = learnt.settings.filter((it) => it.grade === "refused").length;
  return `${head} ${counted(lines.length, "setting")} can be added${gain}. Proven: ${proven}, refused: ${refused}.`;
}
