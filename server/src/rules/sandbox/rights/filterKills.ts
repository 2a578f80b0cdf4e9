import { callsOf } from "../../../facts/systemCalls.ts";
import type { SystemdVersion } from "../../../facts/version.ts";
import { insertAfter } from "../../../findings/edits.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { letsThrough } from "../../../security/callSet.ts";
import { isResetBehind, ownLines } from "../../../service/linePlaces.ts";
import { type LoadedUnit, loadedUnit } from "../../../service/loadedUnit.ts";
import { inForce, textOf } from "../../../service/settings.ts";
import { ownFile } from "../../../units/unit.ts";
import { listWords } from "../../../units/words.ts";
import { isPackaged } from "../../packaged.ts";

/** Seen with 257: the program ends by SIGSYS with a core dump; with an error number it goes on. */
export const filterKills: Rule = {
  code: "sandbox/filter-kills",
  needs: ["SystemCallFilter"],
  *check(unit, context): Iterable<Found> {
    const subject = unit.path.kind === "service" ? loadedUnit(unit) : undefined;
    if (!subject || (context && isPackaged(context))) return;
    if ((textOf(unit, "SystemCallErrorNumber") ?? "kill") !== "kill") return;
    const lines = inForce(unit, "SystemCallFilter");
    for (const node of ownLines(unit, "SystemCallFilter")) {
      const word =
        lines.includes(node) && node.text.startsWith("~") ? usualCall(subject, node.text.slice(1)) : undefined;
      if (word === undefined) continue;
      const line = "SystemCallErrorNumber=EPERM";
      const edits = () => [insertAfter(ownFile(unit), node, [line])];
      yield {
        ...node.valueSpan,
        severity: "info",
        message: `SystemCallFilter= kills the service by SIGSYS where it tries ${word}, which many programs do without need: with ${line} it gets an error instead`,
        directive: "SystemCallFilter",
        fixes: isResetBehind(unit, "SystemCallErrorNumber", node)
          ? []
          : [{ title: `Add ${line}`, safe: false, sets: [line], edits }],
      };
      return;
    }
  },
};

/** The first word without an error of its own that stands for what ordinary programs try, and that no other line gives back. */
function usualCall({ unit, settings }: LoadedUnit, list: string): string | undefined {
  const { version } = unit;
  const denied = TRIED.filter((it) => !letsThrough(settings.systemCalls, it, version));
  return listWords(list).find((word) => denied.some((call) => word === call || isIn(call, word, version)));
}

const isIn = (call: string, group: string, version: SystemdVersion): boolean =>
  group === "@resources" && callsOf(group, version)?.has(call) === true;

/** What ordinary programs and libraries try and go on without: places of threads and memory, priorities, memory as a file. */
const TRIED = ["sched_setaffinity", "setpriority", "set_mempolicy", "mbind", "memfd_create", "mlock", "ioprio_set"];
