import { callMade, noCallMade } from "../needs/callsMade.ts";
import { programReading } from "../needs/programReading.ts";
import { type ReadDecision, readDecision } from "../needs/readDecision.ts";
import { factsOf } from "../service/facts.ts";
import type { Unit } from "../units/unit.ts";
import { type CausingSetting, CERTAIN } from "./cause.ts";

/** So much more likely is what the files of a program confirm, and so much less what they show no use for. */
const CONFIRMED = 5;
const UNUSED = 25;

/** Causes with what the files of the programs of a unit say of each, where they can be read. */
export const withReading = (unit: Unit, causes: readonly CausingSetting[]): readonly CausingSetting[] =>
  causes.map((it) => weighed(it, evidenceOf(unit, it)));

/** What files say of a cause, the end of a sentence. */
type FileEvidence = { readonly confirms: string } | { readonly excludes: string };

function weighed(cause: CausingSetting, evidence: FileEvidence | undefined): CausingSetting {
  const { weight, reason } = cause;
  if (!evidence) return cause;
  if ("confirms" in evidence)
    return { ...cause, weight: Math.min(CERTAIN, weight + CONFIRMED), reason: `${reason}, and ${evidence.confirms}` };
  // Whoever made a call that the kernel named, it was made.
  if (weight === CERTAIN) return cause;
  return { ...cause, weight: Math.max(0, weight - UNUSED), reason: `${reason}, though ${evidence.excludes}` };
}

function evidenceOf(unit: Unit, { directive, calls }: CausingSetting): FileEvidence | undefined {
  const isOfMemory = directive === "MemoryDenyWriteExecute";
  if (!calls && !isOfMemory) return undefined;
  const facts = factsOf(unit);
  const reading = programReading(facts);
  if (!reading || reading.isLate) return undefined;
  if (isOfMemory) return ofSetting(readDecision(reading, directive, facts.privileged));
  const confirms = callMade(reading, calls ?? []);
  if (confirms !== undefined) return { confirms };
  const excludes = noCallMade(reading, calls ?? [], facts.privileged);
  return excludes === undefined ? undefined : { excludes };
}

function ofSetting(read: ReadDecision | undefined): FileEvidence | undefined {
  if (read?.says === "against") return { confirms: read.shown };
  return read?.says === "for" ? { excludes: read.reason } : undefined;
}
