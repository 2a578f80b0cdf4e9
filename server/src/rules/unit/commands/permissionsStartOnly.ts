import { removeEach } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Rule } from "../../../findings/rule.ts";
import { isOwn, ownLines } from "../../../service/linePlaces.ts";
import { COMMAND_SETTINGS } from "../../../service/program.ts";
import { assigned, setting } from "../../../service/settings.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";
import { commandLineOf } from "../../../units/unitCommands.ts";

/** Follows service_exec_command flags, systemd 257: the setting takes EXEC_APPLY_SANDBOXING off all but ExecStart=. */
export const permissionsStartOnly: Rule = {
  code: "unit/permissions-start-only",
  needs: ["PermissionsStartOnly"],
  *check(unit) {
    const { node, value } = setting(unit, "PermissionsStartOnly") ?? {};
    if (!node || value !== "yes" || !isOwn(unit, node)) return;
    yield {
      ...node.keySpan,
      severity: "info",
      message:
        "PermissionsStartOnly= is obsolete: it works, but the prefix + says for each command that it runs as root",
      directive: "PermissionsStartOnly",
      tag: "deprecated",
      fixes: [withPrefixes(unit)],
    };
  },
};

/** Each other command of the file gets the prefix instead. */
function withPrefixes(unit: Unit): Fix {
  const lines = COMMAND_SETTINGS.filter((it) => it !== "ExecStart").flatMap((it) => ownLines(unit, it));
  return {
    title: "Use the prefix +",
    safe: false,
    edits: () => [
      ...removeEach(
        ownFile(unit),
        assigned(unit, "PermissionsStartOnly").filter((it) => isOwn(unit, it)),
      ),
      ...lines.flatMap((node) =>
        commandLineOf(node.line)
          .commands.filter(({ prefixes }) => !/[+!]/.test(prefixes))
          .map(({ from }) => ({ ...sourceSpan(node.value, from, from), newText: "+" })),
      ),
    ],
  };
}
