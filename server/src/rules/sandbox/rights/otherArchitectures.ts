import { insertAfter } from "../../../findings/edits.ts";
import type { Rule } from "../../../findings/rule.ts";
import { unevenCall } from "../../../security/callSet.ts";
import { factsOf } from "../../../service/facts.ts";
import type { Kind } from "../../../service/kinds.ts";
import { isOwn } from "../../../service/linePlaces.ts";
import { type LoadedUnit, loadedUnit } from "../../../service/loadedUnit.ts";
import { lastLine } from "../../../service/settings.ts";
import { mergedAssignments, ownFile, type Unit } from "../../../units/unit.ts";
import { runsCommands } from "../traps/socketSandbox.ts";

/**
 * Seen with 257: under RestrictAddressFamilies=AF_UNIX a 64-bit program opened an AF_INET socket by the call of 32-bit x86;
 * under SystemCallFilter=~setuid it got through by setuid32, while ~ptrace held for the 32-bit call, too.
 */
export const otherArchitectures: Rule = {
  code: "sandbox/other-architectures",
  needs: ["RestrictAddressFamilies", "SystemCallFilter"],
  *check(unit) {
    const subject = loadedUnit(unit);
    if (!subject || mergedAssignments(unit, subject.section, "SystemCallArchitectures").length > 0) return;
    if (unit.path.kind === "socket" && !runsCommands(unit)) return;
    const { addressFamilies } = subject.settings;
    const line =
      (addressFamilies.members || addressFamilies.allow ? lastLine(unit, "RestrictAddressFamilies") : undefined) ??
      (leaks(subject) ? lastLine(unit, "SystemCallFilter") : undefined);
    if (!line || !isOwn(unit, line) || mayNeedThem(unit) || isElsewhere(unit)) return;
    const what =
      line.key === "SystemCallFilter"
        ? `also allows ${leaks(subject)}`
        : "does not cover 32-bit x86 system calls, which any program can make";
    yield {
      ...line.keySpan,
      severity: "info",
      message: `${line.key}= ${what}: on x86-64 SystemCallArchitectures=native would block them`,
      directive: line.key,
      fixes: [
        {
          title: "Add SystemCallArchitectures=native",
          safe: false,
          sets: ["SystemCallArchitectures=native"],
          edits: () => [insertAfter(ownFile(unit), line, ["SystemCallArchitectures=native"])],
        },
      ],
    };
  },
};

/** What the filter lets through by the calls of 32-bit x86; undefined where it denies by name what it denies here. */
function leaks({ settings, unit }: LoadedUnit): string | undefined {
  const { systemCalls } = settings;
  if (!systemCalls) return undefined;
  if (systemCalls.allow) return "32-bit x86 system calls";
  const uneven = unevenCall(systemCalls.members, unit.version);
  return uneven && `the 32-bit x86 equivalent of ${uneven}`;
}

/** Programs that run what others bring along, which may be made for 32 bits. */
const HOSTS: readonly Kind[] = ["emulation", "login", "cron", "runner", "mail", "containers", "printing"];

function mayNeedThem(unit: Unit): boolean {
  const { kinds } = factsOf(unit);
  return HOSTS.some((it) => kinds.has(it)) || mergedAssignments(unit, "Service", "Personality").length > 0;
}

/** Whether a condition keeps the unit to machines that are no x86-64. */
function isElsewhere(unit: Unit): boolean {
  return (
    mergedAssignments(unit, "Unit", "ConditionFirmware").some((it) => it.text.startsWith("device-tree")) ||
    mergedAssignments(unit, "Unit", "ConditionArchitecture").some((it) => !/^(?:[!|].*|x86-64|native)?$/.test(it.text))
  );
}
