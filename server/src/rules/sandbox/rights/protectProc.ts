import type { Rule } from "../../../findings/rule.ts";
import { seesAllProcesses } from "../../../needs/leavesRoot.ts";
import { factsOf } from "../../../service/facts.ts";
import { ownLast } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";

/**
 * Seen with 257: root, members of its group and holders of CAP_SYS_PTRACE still find /proc/1; only
 * ProtectProc=ptraceable hides it from root, once the capability is gone.
 */
export const protectProc: Rule = {
  code: "sandbox/protect-proc",
  needs: ["ProtectProc"],
  *check(unit) {
    const subject = systemService(unit);
    if (!subject || subject.settings.protectProc === "default") return;
    const why = seesAllProcesses(factsOf(unit), subject.settings.protectProc);
    const line = ownLast(unit, "ProtectProc");
    if (why === undefined || !line) return;
    yield {
      ...line.valueSpan,
      severity: why === "root" ? "info" : "warning",
      message: `ProtectProc= hides no process from ${WHO[why]}`,
      directive: "ProtectProc",
    };
  },
};

const WHO = {
  root: "the service while it runs as root",
  capability: "the service, which has CAP_SYS_PTRACE",
  group: "the service, which has the group of root",
} as const;
