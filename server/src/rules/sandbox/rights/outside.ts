import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Rule } from "../../../findings/rule.ts";
import type { UnitSettings } from "../../../security/settings.ts";
import { isOwn } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { COMMAND_SETTINGS, MAX_COMMANDS } from "../../../service/program.ts";
import { inForce, listLines } from "../../../service/settings.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { AssignedLine } from "../../../syntax/tree.ts";
import { firstLines, onLines } from "../../../units/lineLists.ts";
import { memo } from "../../../units/memo.ts";
import { commandLineOf } from "../../../units/unitCommands.ts";

/** The settings by which a unit does more than to set a user or a directory for temporary files. */
export const SANDBOXING = [
  "ProtectSystem",
  "ProtectHome",
  "SystemCallFilter",
  "DynamicUser",
  "NoNewPrivileges",
  "ReadOnlyPaths",
  "InaccessiblePaths",
] as const satisfies readonly DirectiveName[];

/** Follows exec_invoke(), systemd 257 to 262, where EXEC_COMMAND_FULLY_PRIVILEGED skips what concerns single processes. */
export const outside: Rule = {
  code: "sandbox/outside",
  needs: SANDBOXING,
  *check(unit) {
    const subject = systemService(unit);
    if (!subject || !isSandboxed(subject.settings)) return;
    for (const setting of COMMAND_SETTINGS) {
      const places = privilegedLines(firstLines(listLines(unit, setting), MAX_COMMANDS));
      if (places.length === 0) continue;
      const lines = inForce(unit, setting);
      for (const { at, found: span } of places) {
        const line = lines[at];
        if (!line || !isOwn(unit, line)) continue;
        yield {
          ...sourceSpan(line.value, span.from, span.to),
          severity: "info",
          message: `${setting}= runs this command outside the sandbox: the prefix + gives it all root privileges`,
          directive: setting,
        };
      }
    }
  },
};

/** The prefixes and the program of the first command of a line that has a +. */
const privilegedCommand = memo((line: AssignedLine): readonly { readonly from: number; readonly to: number }[] => {
  if (!line.value.text.includes("+")) return NONE;
  const command = commandLineOf(line).commands.find((it) => it.prefixes.includes("+"));
  // What loads a module by its name or sends a signal neither runs nor reads anything of the service.
  if (!command || /(?:^|\/)(?:modprobe|kill)$/.test(command.path.value)) return NONE;
  return [{ from: command.from, to: command.path.to }];
});
const privilegedLines = onLines(privilegedCommand);

const NONE: readonly never[] = [];

/** Whether any of them is in force. */
export function isSandboxed(settings: UnitSettings): boolean {
  const { protectSystem, protectHome, systemCalls, dynamicUser, noNewPrivileges, present } = settings;
  return (
    protectSystem !== "no" ||
    protectHome !== "no" ||
    systemCalls !== undefined ||
    dynamicUser ||
    noNewPrivileges ||
    present.has("ReadOnlyPaths") ||
    present.has("InaccessiblePaths")
  );
}
