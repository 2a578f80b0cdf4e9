import type { Profile } from "../hardening/hardening.ts";
import { nextOpenQuestion, withAnswers } from "../hardening/openQuestions.ts";
import { detailQuestion, type StatedAnswer } from "../needs/questions.ts";
import { statementIssues } from "../needs/statementIssues.ts";
import { statedNeeds } from "../needs/statements.ts";
import { type NeedName, needNamed } from "../needs/vocabulary.ts";
import { append } from "../text/append.ts";
import type { Unit } from "../units/unit.ts";
import type { Asker } from "./dialogue.ts";

/** Asks what a service needs, one question after the other, as long as an answer changes what is added to it. */
export async function askNeeds(unit: Unit, profile: Profile, asker: Asker): Promise<readonly StatedAnswer[]> {
  const answers: StatedAnswer[] = [];
  const ids: string[] = [];
  for (;;) {
    const next = nextOpenQuestion(withAnswers(unit, answers), profile, ids);
    if (!next) break;
    ids.push(next.question.id);
    const { needs, question } = next;
    const key = await keyFor(asker, `${question.text} (${question.examples})`, () => explained(needs, next.adds));
    if (key === undefined) break;
    if (key === "n")
      append(
        answers,
        needs.map((need) => ({ need, says: "no" }) as const),
      );
    if (key === "y") append(answers, await askEach(needs, asker));
  }
  return answers;
}

/** Which of some needs there are, and of which details. */
async function askEach(needs: readonly NeedName[], asker: Asker): Promise<readonly StatedAnswer[]> {
  const answers: StatedAnswer[] = [];
  for (const need of needs) {
    const text = `  It ${needNamed(need)?.needs ?? need}?`;
    const key = needs.length === 1 ? "y" : await keyFor(asker, text, () => explained([need], []));
    if (key === "n") answers.push({ need, says: "no" });
    if (key === "y") answers.push({ need, says: "needs", ...(await askDetails(need, asker)) });
  }
  return answers;
}

async function askDetails(need: NeedName, asker: Asker): Promise<Pick<StatedAnswer, "details">> {
  const question = detailQuestion(need);
  if (question === undefined) return {};
  for (;;) {
    const line = await asker.line(`  ${question}:`);
    const details = line?.split(/[\s,]+/).filter((it) => it !== "") ?? [];
    if (details.length === 0) return {};
    const [issue] = statedNeeds(`${need}=${details.join(",")}`, 0, "needs").flatMap(statementIssues);
    if (!issue) return { details };
    asker.say(`    ${issue.message}`);
  }
}

/** A key that answers; what the question is about is said as often as that is asked. */
async function keyFor(asker: Asker, text: string, explain: () => string): Promise<string | undefined> {
  for (;;) {
    const key = await asker.key(`${text} [y/n/?]`, "yn?");
    if (key !== "?") return key;
    asker.say(explain());
  }
}

function explained(needs: readonly NeedName[], adds: readonly string[]): string {
  const meanings = needs.map((it) => `    ${it}: ${needNamed(it)?.meaning ?? ""}`);
  const lines = adds.length === 0 ? [] : [`    No to this helps to add ${adds.join(", ")}`];
  return [...meanings, ...lines, "    y: yes, n: no, Enter: leave it open"].join("\n");
}
