import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Rule } from "../../../findings/rule.ts";
import { ownLast } from "../../../service/linePlaces.ts";
import { loadedUnit } from "../../../service/loadedUnit.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { mergedAssignments, type Unit } from "../../../units/unit.ts";
import { parseBoolean } from "../../../values/boolean.ts";
import { removal } from "../../removal.ts";

/** What holds for processes alone; namespaces of the network, where the socket is made, and control groups are not here. */
const IDLE = [
  "User",
  "Group",
  "NoNewPrivileges",
  "CapabilityBoundingSet",
  "AmbientCapabilities",
  "SystemCallFilter",
  "SystemCallErrorNumber",
  "SystemCallArchitectures",
  "RestrictAddressFamilies",
  "RestrictNamespaces",
  "RestrictRealtime",
  "RestrictSUIDSGID",
  "LockPersonality",
  "MemoryDenyWriteExecute",
  "PrivateDevices",
  "PrivateTmp",
  "PrivateUsers",
  "ProtectSystem",
  "ProtectHome",
  "ProtectClock",
  "ProtectHostname",
  "ProtectKernelTunables",
  "ProtectKernelModules",
  "ProtectKernelLogs",
  "ProtectControlGroups",
  "ProtectProc",
  "ReadOnlyPaths",
  "InaccessiblePaths",
] as const satisfies readonly DirectiveName[];

/** Seen with 257: the socket is root's and open, and its service has full privileges. */
export const socketSandbox: Rule = {
  code: "sandbox/socket-sandbox",
  needs: IDLE,
  *check(unit) {
    const subject = unit.path.kind === "socket" ? loadedUnit(unit) : undefined;
    if (!subject || runsCommands(unit)) return;
    for (const name of IDLE) {
      const line = ownLast(unit, name);
      if (!line || parseBoolean(line.value.text) === false) continue;
      const owner = name === "User" || name === "Group" ? (`Socket${name}` as const) : undefined;
      yield {
        ...line.keySpan,
        severity: "info",
        message: `${line.key}= has no effect in a socket unit that runs no commands: ${owner ? `use ${owner}= for the owner of the socket` : "it restricts neither the socket nor its service"}`,
        directive: name,
        tag: "unnecessary",
        fixes: fixesOf(unit, line, name, owner),
      };
    }
  },
};

/** Whether a socket unit has commands that its sandbox is for. */
export const runsCommands = (unit: Unit): boolean =>
  COMMANDS.some((name) => mergedAssignments(unit, "Socket", name).length > 0);

const COMMANDS = ["ExecStartPre", "ExecStartPost", "ExecStopPre", "ExecStopPost"] as const;

function fixesOf(unit: Unit, line: Assignment, name: DirectiveName, owner: string | undefined): readonly Fix[] {
  const removed = removal(unit, name, false);
  if (owner === undefined) return [removed];
  return [{ title: `Change to ${owner}=`, safe: false, edits: () => [{ ...line.keySpan, newText: owner }] }, removed];
}
