import { UNSEEN_NEEDS, type UnseenNeed } from "../../needs/tables/unseen.ts";
import type { LearnContext } from "./learnContext.ts";

/** What the kinds of a service that starts as root need. */
export const kindNeeds = ({ facts, asRoot }: LearnContext): readonly UnseenNeed[] =>
  asRoot ? [...facts.kinds].flatMap((it) => UNSEEN_NEEDS[it] ?? []) : [];
