import { decisionFor } from "../needs/decided.ts";
import { statementsIn } from "../needs/statements.ts";
import { grantOf, type Need, needNamed } from "../needs/vocabulary.ts";
import { bullets, code, join, type Prose, plainProse, sentence, strong } from "../reports/markup.ts";
import { factsOf } from "../service/facts.ts";
import type { Span } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";

/** What a word of a statement means, and what it decides for the service; undefined where no need stands. */
export function describeStatement(
  unit: Unit,
  offset: number,
): { readonly prose: Prose; readonly span: Span } | undefined {
  for (const { needs } of statementsIn(unit.file)) {
    const stated = needs.find((it) => it.start <= offset && offset <= it.end);
    const need = stated && needNamed(stated.name.text);
    if (!stated || !need) continue;
    const says = plainProse(`it ${stated.says === "no" ? need.no : need.needs}, says its owner.`);
    const head = sentence(strong(need.name), says);
    const effects = Object.keys(need.decides).flatMap((it) => effectOf(unit, need, it) ?? []);
    return {
      prose: join([head, plainProse(need.meaning), effects.length > 0 ? bullets(effects) : undefined], "\n\n"),
      span: stated,
    };
  }
  return undefined;
}

/** What becomes of a setting by what is stated; undefined where other answers are missing. */
function effectOf(unit: Unit, need: Need, setting: string): Prose | undefined {
  const decision = decisionFor(factsOf(unit.main?.unit ?? unit), setting);
  if (!decision) return undefined;
  if (decision.kind === "withheld") return sentence(code(`${setting}=`), plainProse("is not added."));
  const lines = decision.lines.length > 0 && grantOf(need, setting)?.line !== undefined ? decision.lines : [];
  const granted = lines.length > 0 ? [plainProse("with"), join(lines.map(code), ", ")] : [];
  return sentence(code(`${setting}=`), plainProse("counts as borne"), ...granted);
}
