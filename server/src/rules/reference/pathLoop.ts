import type { Fix } from "../../findings/finding.ts";
import type { Rule, UnitContext } from "../../findings/rule.ts";
import { isOwn } from "../../service/linePlaces.ts";
import { commandsIn } from "../../service/shellLine.ts";
import { baseNameOf } from "../../service/userCommands.ts";
import { isTool } from "../../service/visible.ts";
import { parseExec } from "../../syntax/commandLine.ts";
import { findUnit } from "../../units/index/lookup.ts";
import type { IndexedFile } from "../../units/index/unitIndex.ts";
import { mergedAssignments, sinceReset } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";

const WATCHED = ["PathExists", "PathExistsGlob", "DirectoryNotEmpty"] as const;

/** Seen with 257: the service runs until its start limit, then the path unit has failed (unit-start-limit-hit or trigger-limit-hit). */
export const pathLoop: Rule = {
  code: "reference/path-loop",
  needs: WATCHED,
  *check(unit, context) {
    const { kind, role, name } = unit.path;
    if (!context || kind !== "path" || role !== "unit" || name === undefined) return;
    const [wanted] = sinceReset(mergedAssignments(unit, "Path", "Unit"));
    const service = wanted?.text ?? name.replace(/path$/, "service");
    if (!leavesAll(context, service)) return;
    for (const it of WATCHED) {
      for (const node of sinceReset(mergedAssignments(unit, "Path", it)).filter((line) => isOwn(unit, line))) {
        yield {
          ...node.valueSpan,
          severity: "info",
          message: `${it}= still holds when ${service} has ended, which takes nothing away: systemd starts it again at once until the start limit, and this unit fails; PathChanged= reacts to changes`,
          directive: it,
          fixes: it === "PathExists" ? [changing(node)] : [],
        };
      }
    }
  },
};

const changing = ({ keySpan }: { readonly keySpan: { start: number; end: number } }): Fix => ({
  title: "Change to PathChanged=",
  safe: false,
  edits: () => [{ ...keySpan, newText: "PathChanged" }],
});

/** Whether a service ends at once and its commands are tools that take no file away. */
function leavesAll({ index, path }: UnitContext, service: string): boolean {
  const unit = service.includes("@") ? undefined : findUnit(index, service, path);
  if (!unit?.fragment || unit.masked) return false;
  const files = [unit.fragment, ...unit.dropIns].flatMap((it) => index.files.get(it.path) ?? []);
  const last = (name: keyof IndexedFile["settings"]): string =>
    files.findLast((it) => it.settings[name])?.settings[name] ?? "";
  if (last("Type") !== "oneshot" || parseBoolean(last("RemainAfterExit")) === true) return false;
  const lines = files.flatMap(({ settings }) => COMMANDS.flatMap((it) => settings[it]?.split("\n") ?? []));
  const commands = lines.flatMap((it) => parseExec(it).commands).flatMap((it) => [...commandsIn(it)]);
  return commands.length > 0 && commands.every((words) => leaves(words.map((it) => it.value)));
}

/** Whether a command is a shell, whose script is judged by itself, or a tool that takes nothing away. */
const leaves = ([program = "", ...args]: readonly string[]): boolean =>
  /(?:^|\/)(?:ba|da)?sh$/.test(program) ||
  (isTool(baseNameOf(program)) && ![program, ...args].some((it) => TAKES.test(it)));

const COMMANDS = ["ExecStart", "ExecStartPost", "ExecStopPost"] as const;
/** What takes files away, alone or in a script. */
const TAKES = /\b(?:rm|mv|unlink|rmdir|delete|shred|truncate|systemctl|stop|sleep)\b/;
