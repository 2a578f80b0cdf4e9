import type { DirectiveName } from "../../../catalog/catalog.ts";
import { effective } from "../../../security/effective.ts";
import type { RefusalCode } from "../../../security/refusals/refusal.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import type { Fix } from "../../finding.ts";
import type { Rule } from "../../rule.ts";
import { lastOf, ownHeader } from "../place.ts";

/** What a reader has to know about one way in which systemd refuses a unit. */
export interface RefusalRule extends Omit<Rule, "code" | "check"> {
  readonly code: RefusalCode;
  /** The directives that are to blame: the finding stands at the first that this file sets, else at the section. */
  readonly blame: readonly DirectiveName[];
  /** What to write for the first of them instead, if there is one way to put it right. */
  readonly instead?: { readonly title: string; readonly value: string };
}

/** What does not go together in a unit with its drop-ins, as the engine finds it when it reads the unit as systemd does. */
export function refusalRule({ code, blame, instead, ...about }: RefusalRule): Rule {
  return {
    ...about,
    code: `unit/${code}`,
    *check(unit) {
      if (unit.path.role !== "unit" || unit.file.text === "") return;
      const { refusal } = effective(unit);
      if (refusal?.code !== code) return;
      const node = lastOf(unit, blame);
      yield {
        ...(node?.valueSpan ?? ownHeader(unit)),
        severity: "error",
        message: refusal.message,
        ...(refusal.directive ? { directive: refusal.directive } : {}),
        fixes: node && instead && node.key === blame[0] ? [fixOf(node, instead)] : [],
      };
    },
  };
}

function fixOf(node: Assignment, { title, value }: { title: string; value: string }): Fix {
  return { title, safe: false, edits: () => [{ ...node.valueSpan, newText: value }] };
}
