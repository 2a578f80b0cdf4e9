import { memo } from "../units/memo.ts";
import type { StatedText } from "../units/statedText.ts";
import type { Unit } from "../units/unit.ts";
import { isWithin } from "../values/path.ts";
import type { FactPlace, NeedFact } from "./fact.ts";
import { HOMES } from "./homeFolders.ts";
import { statementIssues } from "./statementIssues.ts";
import { isStatementVerb, type StatedNeed, statedNeeds, statementsIn } from "./statements.ts";
import { type NeedName, needNamed } from "./vocabulary.ts";

/** What the owner of a service says of one need. */
export interface OwnerAnswer {
  readonly need: NeedName;
  readonly says: "needs" | "no";
  /** Which ones; undefined where it is any. */
  readonly details: readonly string[] | undefined;
  /** Where it stands, for readers: `line 3`. */
  readonly where: readonly string[];
}

/** What one word of a statement says of a need that there is, with its place. */
export interface OwnerFact extends NeedFact {
  readonly says: "needs" | "no";
  readonly source: "owner";
  readonly where: string;
}

/** All that the owner of a service states, in the unit, its drop-ins and outside of them, in this order. */
export const ownerFacts: (unit: Unit) => readonly OwnerFact[] = memo((unit: Unit) => {
  const { file, dropIns, path } = unit.main?.unit ?? unit;
  const written = [file, ...dropIns].flatMap((it, i) =>
    statementsIn(it).flatMap(({ line, needs }) =>
      needs.flatMap((need) => {
        const { start, end } = need;
        const place = { kind: "unit", start, end, ...(i > 0 && { dropIn: i - 1 }) } as const;
        return factsOf(need, i === 0 ? `line ${line + 1}` : `drop-in, line ${line + 1}`, place);
      }),
    ),
  );
  return [...written, ...(path.stated ?? []).flatMap(factsOfText)];
});

/** What a text outside of the unit states. */
function factsOfText({ text, from }: StatedText): readonly OwnerFact[] {
  const [verb = "", rest = ""] = text.split(/\s+(.*)/s);
  if (!isStatementVerb(verb)) return [];
  return statedNeeds(rest, 0, verb).flatMap((it) => factsOf(it, from, { kind: "configuration", path: from, key: "" }));
}

function factsOf(stated: StatedNeed, where: string, place: FactPlace): readonly OwnerFact[] {
  const { says, name, details } = stated;
  const need = needNamed(name.text);
  // What names details that it cannot have is a mistake, which the statement is told of.
  const isBroken = statementIssues(stated).length > 0;
  if (!need || (isBroken && says === "no")) return [];
  const reason = `its owner says that it ${says === "no" ? need.no : need.needs} (${where})`;
  const fact = { need: need.name, says, source: "owner", place, reason, where } as const;
  // What is needed stays granted, though nobody knows which: the statement is told of it.
  return details && !isBroken ? details.map((it) => ({ ...fact, detail: it.text })) : [fact];
}

/** What counts of what the owner of a service states, by the need. */
export const ownerAnswers: (unit: Unit) => ReadonlyMap<NeedName, OwnerAnswer> = memo((unit: Unit) => {
  const facts = ownerFacts(unit);
  return facts.length === 0 ? NO_ANSWERS : answersIn(facts);
});

const NO_ANSWERS: ReadonlyMap<NeedName, OwnerAnswer> = new Map();

/** What the unit says counts before what stands elsewhere; of both answers to one question it is the one that takes nothing away. */
function answersIn(facts: readonly OwnerFact[]): ReadonlyMap<NeedName, OwnerAnswer> {
  const answers = new Map<NeedName, OwnerAnswer>();
  for (const need of new Set(facts.map((it) => it.need))) {
    const all = facts.filter((it) => it.need === need);
    const own = all.filter((it) => it.place?.kind === "unit");
    const counted = own.length > 0 ? own : all;
    const needing = counted.filter((it) => it.says === "needs");
    const counting = needing.length > 0 ? needing : counted;
    const details = counting.flatMap((it) => it.detail ?? []);
    answers.set(need, {
      need,
      says: needing.length > 0 ? "needs" : "no",
      details:
        details.length > 0 && counting.every((it) => it.detail !== undefined) ? [...new Set(details)] : undefined,
      where: [...new Set(counting.map((it) => it.where))],
    });
  }
  const written = answers.get("writes");
  if (
    written?.details?.some((path) => HOMES.some((it) => isWithin(path, it))) &&
    answers.get("homes")?.says !== "needs"
  )
    answers.set("homes", { ...written, need: "homes", details: undefined });
  const offline = answers.get("network");
  if (offline?.says === "no" && !answers.has("ports")) answers.set("ports", { ...offline, need: "ports" });
  return answers;
}
