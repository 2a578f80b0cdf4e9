import type { Fix } from "../../../findings/finding.ts";
import type { Rule } from "../../../findings/rule.ts";
import { type OwnCommand, ownCommands, scriptAt, spanOfWord } from "../../../service/ownCommands.ts";
import { textOf } from "../../../service/settings.ts";
import { commandsIn } from "../../../service/shellLine.ts";
import { linesThat } from "../../../service/userCommands.ts";
import type { Unit } from "../../../units/unit.ts";
import { settingInstead } from "../../../values/grammars/exec/mistakes.ts";

/** Seen with 257: the working directory is / and the variable is not set in the process of ExecStart=. */
export const ownProcess: Rule = {
  code: "unit/own-process",
  needs: ["ExecStartPre"],
  *check(unit) {
    for (const own of ownCommands(unit, mayKeep, ["ExecStartPre"])) {
      const at = scriptAt(own.command);
      const script = at < 0 ? undefined : own.command.args[at];
      const first = script && lostWord(own);
      if (first === undefined) continue;
      const instead = settingInstead(first) ?? "Environment=";
      yield {
        ...spanOfWord(own, script ?? own.command.path),
        severity: "warning",
        message: `ExecStartPre= runs in its own process: ${first} has no effect on ExecStart=; use ${instead}`,
        directive: "ExecStartPre",
        fixes: replacing(unit, own, script?.value ?? ""),
      };
    }
  },
};

const mayKeep = linesThat(({ value }) => /\b(?:cd|export|ulimit|umask)\b/.test(value.text));
const STATE = /^(?:cd|export|ulimit|umask)$/;

/** The first word of a script that only changes its own shell; undefined where it does anything else. */
function lostWord({ command, node }: OwnCommand): string | undefined {
  if (node.text.includes("||")) return undefined;
  const [, ...inside] = commandsIn(command);
  const words = inside.map(([word]) => word?.value ?? "");
  return words.length > 0 && words.every((it) => STATE.test(it)) ? words[0] : undefined;
}

/** The setting instead of the line, where the script says nothing else and its word is a plain one. */
function replacing(unit: Unit, { node }: OwnCommand, script: string): readonly Fix[] {
  const folder = /^cd (\/[\w./@-]+)$/.exec(script)?.[1];
  const variable = /^export (\w+=[\w./:@,-]+)$/.exec(script)?.[1];
  if (folder !== undefined && textOf(unit, "WorkingDirectory") !== undefined) return [];
  const line = folder === undefined ? variable && `Environment=${variable}` : `WorkingDirectory=${folder}`;
  if (line === undefined) return [];
  const edits = () => [{ start: node.start, end: node.valueSpan.end, newText: line }];
  return [{ title: `Replace with ${line}`, safe: false, sets: [line], edits }];
}
