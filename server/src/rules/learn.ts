import { alsoInDropIns } from "../findings/inDropIns.ts";
import type { Rule } from "../findings/rule.ts";
import { contradictsRun } from "./learn/contradiction.ts";
import { outdated } from "./learn/outdated.ts";
import { unusable } from "./learn/unusable.ts";

/** What the file of what was learnt about a service says about the unit next to it. */
export const LEARN_RULES: readonly Rule[] = [...alsoInDropIns([contradictsRun, outdated]), unusable];
