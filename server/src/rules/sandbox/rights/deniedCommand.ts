import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Rule } from "../../../findings/rule.ts";
import type { UnitSettings } from "../../../security/settings.ts";
import { type CommandRow, type DeniedRow, deniedCommands } from "../../../service/commandTable.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { isOn } from "../../../service/settings.ts";
import { baseNameOf, innerCommands, innerCommandsOn, linesThat } from "../../../service/userCommands.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units/unit.ts";

/** Whether a unit has what a row is about; seen with 257, each of them but those of kmod, which need /usr/lib/modules and CAP_SYS_MODULE. */
const HOLDS: Readonly<Partial<Record<DirectiveName, (settings: UnitSettings) => boolean>>> = {
  ProtectKernelModules: (it) => it.protectKernelModules,
  ProtectKernelTunables: (it) => it.protectKernelTunables,
  ProtectKernelLogs: (it) => it.protectKernelLogs,
  ProtectClock: (it) => it.protectClock,
  RestrictNamespaces: (it) => it.namespaces === 0,
  ProtectHostname: (it) => it.protectHostname === "yes",
  RestrictRealtime: (it) => it.restrictRealtime,
  LockPersonality: (it) => it.lockPersonality,
  RestrictSUIDSGID: (it) => it.restrictSuidSgid,
  PrivateUsers: (it) => it.privateUsers !== "no",
};

function holds({ directive, isAlone }: DeniedRow, settings: UnitSettings): boolean {
  if (isAlone && !/^(?:yes|self)$/.test(settings.privateUsers)) return false;
  return HOLDS[directive]?.(settings) ?? false;
}

/** Follows what each setting denies to every process of the unit, of root too. */
export const deniedCommand: Rule = {
  code: "sandbox/denied-command",
  *check(unit) {
    const subject = systemService(unit);
    const rows = subject ? deniedCommands().filter((it) => holds(it, subject.settings)) : [];
    if (rows.length === 0) return;
    for (const { setting, node, prefixes, counts, words } of innerCommands(unit, mayBeDenied)) {
      const [program, ...args] = words;
      const name = program && baseNameOf(program.value);
      const row =
        name &&
        rows.find(
          (it) =>
            it.programs.test(name) &&
            isMeant(
              it,
              args.map((word) => word.value),
            ),
        );
      if (!row || !program) continue;
      yield {
        ...sourceSpan(node.value, program.from, program.to),
        severity: counts && !row.isLikely ? "warning" : "info",
        message: `${setting}= runs ${name}, and ${causeOf(unit, row)} denies ${row.what}: the command fails${row.isLikely ? " where it needs them" : ""}`,
        directive: setting,
        fixes: outside(node, prefixes, program.from),
      };
    }
  },
};

/** A preparation may run outside the sandbox, as root. */
function outside({ key, valueSpan: { start } }: Assignment, prefixes: string, from: number): readonly Fix[] {
  if (key === "ExecStart" || prefixes !== "" || from > 0) return [];
  const edits = () => [{ start, end: start, newText: "+" }];
  return [{ title: `Change to ${key}=+, outside the sandbox`, safe: false, edits }];
}

const mayBeDenied = linesThat((line) =>
  innerCommandsOn(line).some(({ words: [program] }) =>
    deniedCommands().some(({ programs }) => programs.test(baseNameOf(program?.value ?? ""))),
  ),
);

/** Whether one of the arguments makes it so, or an option with the word after it. */
export const isMeant = ({ args: meant }: Pick<CommandRow, "args">, args: readonly string[]): boolean =>
  meant === undefined || args.some((it, i) => meant.test(it) || meant.test(`${it} ${args[i + 1] ?? ""}`));

const causeOf = (unit: Unit, { directive }: DeniedRow): string =>
  directive === "RestrictSUIDSGID" && !isOn(unit, directive) ? "DynamicUser=" : `${directive}=`;
