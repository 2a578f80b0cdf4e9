import { ownerReason } from "../../../needs/decided.ts";
import { type OwnerAnswer, ownerAnswers } from "../../../needs/ownerAnswers.ts";
import type { Unit } from "../../../units/unit.ts";
import type { ContainerGap } from "./containerGap.ts";
import type { ContainerRowId } from "./containerRows.ts";

type Found = Pick<ContainerGap, "lines" | "grade" | "reason">;

/** What a row finds after what the owner of the container states of the program in it; the same where nothing is stated of that. */
export function withStatement<F extends Found>(id: ContainerRowId, found: F, unit: Unit): F {
  // What the file sets, or only its use shows, no statement decides.
  if (found.grade !== "likely") return found;
  const answers = ownerAnswers(unit);
  const answer =
    id === "no-new-privileges"
      ? answers.get("privileged-programs")
      : id === "capabilities"
        ? answers.get("capabilities")
        : undefined;
  return answer ? { ...found, ...decided(id, found, answer) } : found;
}

function decided(id: ContainerRowId, { lines }: Found, answer: OwnerAnswer): Found {
  const reason = ownerReason([answer]);
  if (answer.says === "no") return { lines, grade: "stated", reason };
  if (id !== "capabilities" || !answer.details) return { lines, grade: "open", reason };
  const kept = lines.flatMap((it) => /^AddCapability=(.*)$/.exec(it)?.[1]?.split(" ") ?? []);
  const all = [...new Set([...kept, ...answer.details.map((it) => it.replace(/^CAP_/, ""))])];
  const others = lines.filter((it) => !it.startsWith("AddCapability="));
  return { lines: [...others, `AddCapability=${all.join(" ")}`], grade: "stated", reason };
}
