import { isRoot, runsAsRoot } from "../../../../security/settings.ts";
import type { Rule } from "../../../rule.ts";
import { hasCapability, numberOf, ownLast, systemService } from "./subject.ts";

const PTRACE = numberOf("CAP_SYS_PTRACE");

/**
 * Seen with 257: root, members of its group and holders of CAP_SYS_PTRACE still find /proc/1; only
 * ProtectProc=ptraceable hides it from root, once the capability is gone.
 */
export const protectProc: Rule = {
  code: "sandbox/protect-proc",
  title: "ProtectProc= against root",
  why: "The kernel hides no process from one that has CAP_SYS_PTRACE, and with invisible and noaccess none from a member of the group root; so it does not protect from a service that runs as root, only from what such a service starts as another user.",
  page: "systemd.exec(5)",
  bad: {
    text: "[Service]\nExecStart=/bin/true\nUser=www-data\nAmbientCapabilities=CAP_SYS_PTRACE\nProtectProc=invisible\n",
  },
  good: { text: "[Service]\nExecStart=/bin/true\nUser=www-data\nProtectProc=invisible\n" },
  *check(unit) {
    const subject = systemService(unit);
    if (!subject || subject.settings.protectProc === "default") return;
    const { settings } = subject;
    const { protectProc: value, boundingSet, ambientSet, privateUsers, privatePids, group } = settings;
    if (privatePids !== "no" && privatePids !== "") return;
    const root = runsAsRoot(settings);
    const held = hasCapability(boundingSet, PTRACE) && (root || hasCapability(ambientSet, PTRACE));
    const ptrace = held && privateUsers === "no";
    const member = value !== "ptraceable" && (group === "" ? root : isRoot(group));
    const line = ptrace || member ? ownLast(subject, "ProtectProc") : undefined;
    if (!line) return;
    const who = root ? "the service while it runs as root" : `the service, which has ${whom(ptrace)}`;
    yield {
      ...line.valueSpan,
      severity: root ? "info" : "warning",
      message: `ProtectProc= hides no process from ${who}`,
      directive: "ProtectProc",
    };
  },
};

const whom = (ptrace: boolean): string => (ptrace ? "CAP_SYS_PTRACE" : "the group of root");
