import type { Facts } from "../service/facts.ts";
import { seesProcesses } from "../service/processes.ts";
import { programReading } from "./programReading.ts";

/** Whether own code of a service that starts as root calls what makes it another user, from whom the kernel does hide processes. */
const leavesRoot = (facts: Facts): boolean =>
  facts.privileged &&
  (programReading(facts)?.files.some(
    ({ own, signs }) => own && signs.some((it) => it.sign === "setuid" && TO_ANOTHER.test(it.what)),
  ) ??
    false);

/** Calls that change the user, not its groups alone, in any language. */
const TO_ANOTHER = /(?:^|\W)set(?:e|re|res)?uid$/;

/** Why such a value of ProtectProc= hides no process from a service; a program that becomes another user is no longer root. */
export function seesAllProcesses(facts: Facts, value: string): ReturnType<typeof seesProcesses> {
  const why = seesProcesses(facts, value);
  return why === "root" && leavesRoot(facts) ? undefined : why;
}

/** The same as a reason not to set it, the end of a sentence. */
export const SEES = {
  root: "a service that runs as root sees all processes",
  capability: "with CAP_SYS_PTRACE it sees all processes",
  group: "with the group of root it sees all processes",
} as const;
