import type { Fix } from "../../findings/finding.ts";
import type { Found, Rule } from "../../findings/rule.ts";
import { ownerFacts } from "../../needs/ownerAnswers.ts";
import { statementIssues } from "../../needs/statementIssues.ts";
import { statementsIn } from "../../needs/statements.ts";
import { needNamed } from "../../needs/vocabulary.ts";
import type { Span } from "../../text/span.ts";
import { ownFile, type Unit } from "../../units/unit.ts";

/** Words of statements that state nothing. */
export const unknownStatement: Rule = {
  code: "style/unknown-statement",
  *check(unit) {
    for (const { needs, verbSpan, says } of statementsIn(unit.file)) {
      if (isProse(needs.map((it) => it.name.text))) continue;
      if (!hasNeeds(unit)) {
        const message = `Statement without a service: ${says} only means something in the file of a service`;
        yield { ...verbSpan, severity: "info", message };
        continue;
      }
      if (needs.length === 0)
        yield {
          ...verbSpan,
          severity: "info",
          message: `Statement without a need: ${says} takes words such as hardware`,
        };
      for (const it of needs.flatMap(statementIssues))
        yield {
          start: it.start,
          end: it.end,
          severity: "info",
          message: it.message,
          fixes: it.instead.map((word) => replacement(it, word)),
        };
    }
  },
};

const hasNeeds = ({ path }: Unit): boolean => path.kind === "service" || path.kind === "container";

/** Whether several words, none of which is a need, are a sentence. */
const isProse = (words: readonly string[]): boolean =>
  words.length > 2 && words.every((it) => needNamed(it) === undefined);

const replacement = ({ start, end }: Span, newText: string): Fix => ({
  title: `Change to ${newText}`,
  safe: false,
  edits: () => [{ start, end, newText }],
});

/** Both answers to one question, which is told at the later one of a file. */
export const contradictingStatements: Rule = {
  code: "style/contradicting-statements",
  *check(unit) {
    if (statementsIn(ownFile(unit)).length === 0) return;
    const facts = ownerFacts(unit);
    for (const [i, fact] of facts.entries()) {
      if (!standsInOwnFile(unit, fact.place)) continue;
      const other = facts.find(
        (it, at) => it.need === fact.need && it.says !== fact.says && isEarlier(it.place, at, i),
      );
      if (other && fact.place?.kind === "unit") yield contradiction(fact.place, fact.need, fact.says, other.where);
    }
  },
};

type Place = ReturnType<typeof ownerFacts>[number]["place"];

/** Whether a fact stands in the file that is judged. */
export function standsInOwnFile(unit: Unit, place: Place): place is Extract<Place, { kind: "unit" }> {
  if (place?.kind !== "unit") return false;
  const whole = unit.main?.unit ?? unit;
  const file = place.dropIn === undefined ? whole.file : whole.dropIns[place.dropIn];
  return file === ownFile(unit);
}

/** Whether another answer of the unit comes first; what a team states counts only where the unit says nothing. */
const isEarlier = (place: Place, at: number, i: number): boolean => place?.kind === "unit" && at < i;

const contradiction = ({ start, end }: Span, need: string, says: string, where: string): Found => ({
  start,
  end,
  severity: "warning",
  message: `Statement "${says} ${need}" contradicts ${where}; the service keeps what it needs until one of them is removed`,
});
