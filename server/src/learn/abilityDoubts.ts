import { programReading } from "../needs/programReading.ts";
import { readDecision } from "../needs/readDecision.ts";
import type { LearntSetting } from "./learnt.ts";
import { MOUNTING } from "./learntSettings.ts";
import { type UnseenAbility, unseenAbilities } from "./settings/abilities.ts";
import type { LearnContext } from "./settings/learnContext.ts";

/**
 * Settings under which something fails that the programs can do and no run did: they stay seen, and are said to be doubtful. A user of
 * its own, which somebody asks for, is only said to be.
 */
export function withAbilities(settings: readonly LearntSetting[], context: LearnContext): readonly LearntSetting[] {
  const unseen = unseenAbilities(context);
  return settings.map((it) => {
    const found = it.grade === "refused" ? undefined : unseen.find(({ row }) => fails(row, it));
    if (!found) return it;
    const doubt = `${sentenceOf(found).slice(0, -1)} and which fails under this.`;
    const mayBreak = it.mayBreak === undefined ? doubt : `${it.mayBreak} ${doubt}`;
    return it.part === "user" ? { ...it, mayBreak } : { ...it, grade: "seen", known: true, mayBreak };
  });
}

/** What a run did although nothing in the program's own code does it: a library or another program did, and both is said. */
export function withSilentCode(settings: readonly LearntSetting[], { facts }: LearnContext): readonly LearntSetting[] {
  const reading = settings.some(isDone) ? programReading(facts) : undefined;
  if (!reading) return settings;
  return settings.map((it) => {
    const decision = isDone(it) ? readDecision(reading, it.key, facts.privileged) : undefined;
    if (decision?.says !== "for") return it;
    return { ...it, evidence: `${it.evidence}, though ${decision.reason}: a library or another program did it` };
  });
}

const isDone = ({ grade, isShown, part }: LearntSetting): boolean =>
  grade === "refused" && isShown === true && part === "settings";

/** What makes room in a system that is read-only parts mounts as well. */
function fails({ settings = [], capabilities }: UnseenAbility["row"], { key, part }: LearntSetting): boolean {
  if (part !== "settings") return key === "User" && capabilities !== undefined;
  return settings === "mounts" ? MOUNTING.has(key) : settings.some((it) => it === key);
}

const sentenceOf = ({ reason }: UnseenAbility): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;

/** More of them are only counted. */
const MOST_LINES = 6;

/** What the programs can do and no run did, one sentence each, the most telling first. */
export function unexercised(context: LearnContext): readonly string[] {
  const sentences = unseenAbilities(context).map(sentenceOf);
  const rest = sentences.length - MOST_LINES;
  if (rest <= 1) return sentences;
  return [...sentences.slice(0, MOST_LINES), `${rest} things more, which unit-warden inspect lists.`];
}
