import { insertAfter } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Rule } from "../../../findings/rule.ts";
import { linesBehind, ownLast } from "../../../service/linePlaces.ts";
import { loadedUnit } from "../../../service/loadedUnit.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";
import { runsCommands } from "../traps/socketSandbox.ts";

/** Follows context_has_syscall_filters(), systemd 257 to 262: an error number alone installs no filter. */
export const errorNumber: Rule = {
  code: "sandbox/error-number",
  needs: ["SystemCallErrorNumber"],
  *check(unit) {
    const subject = loadedUnit(unit);
    if (!subject || subject.settings.systemCalls || (unit.path.kind === "socket" && !runsCommands(unit))) return;
    const line = ownLast(unit, "SystemCallErrorNumber");
    if (!line) return;
    const added = ["SystemCallFilter=@system-service"];
    if (subject.settings.systemCallArchitectures.size === 0) added.push("SystemCallArchitectures=native");
    yield {
      ...line.keySpan,
      severity: "warning",
      message: "SystemCallErrorNumber= has no effect without SystemCallFilter=: every call is allowed",
      directive: "SystemCallErrorNumber",
      fixes: linesBehind(unit, "SystemCallFilter", line).length > 0 ? [] : [filtering(unit, line, added)],
    };
  },
};

function filtering(unit: Unit, line: Assignment, added: readonly string[]): Fix {
  return {
    title: "Add SystemCallFilter=@system-service, which denies calls that few services make",
    safe: false,
    sets: added,
    edits: () => [insertAfter(ownFile(unit), line, added)],
  };
}
