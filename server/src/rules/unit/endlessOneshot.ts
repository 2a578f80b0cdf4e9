import type { Rule } from "../../findings/rule.ts";
import { effective } from "../../security/effective.ts";
import { ownLast, ownLines } from "../../service/linePlaces.ts";
import { MAX_COMMANDS } from "../../service/program.ts";
import { programStart } from "../../service/programStart.ts";
import { textOf } from "../../service/settings.ts";
import { baseNameOf } from "../../service/userCommands.ts";
import type { Command } from "../../syntax/commandLine.ts";
import { sourceSpan } from "../../syntax/joinedText.ts";
import type { AssignedLine } from "../../syntax/tree.ts";
import { memo } from "../../units/memo.ts";
import { commandLineOf } from "../../units/unitCommands.ts";

/** Seen with 257: after two minutes the service is activating, and what is ordered after it has not begun to start. */
export const endlessOneshot: Rule = {
  code: "unit/endless-oneshot",
  needs: ["Type"],
  *check(unit) {
    if (unit.path.kind !== "service" || unit.path.role !== "unit") return;
    if (effective(unit).settings.type !== "oneshot") return;
    if (LIMITS.some((it) => textOf(unit, it) !== undefined)) return;
    for (const node of ownLines(unit, "ExecStart").slice(0, MAX_COMMANDS)) {
      const place = endlessOn(node.line);
      if (!place) continue;
      const type = ownLast(unit, "Type");
      const edits = () => (type ? [{ ...type.valueSpan, newText: "exec" }] : []);
      yield {
        ...sourceSpan(node.value, place.from, place.to),
        severity: "warning",
        message:
          "ExecStart= does not end: with Type=oneshot the service never finishes starting, and units that are ordered after it wait",
        directive: "ExecStart",
        fixes: type ? [{ title: "Change to Type=exec", safe: false, edits }] : [],
      };
      return;
    }
  },
};

const LIMITS = ["TimeoutStartSec", "TimeoutSec", "RuntimeMaxSec"] as const;

const endlessOn = memo((line: AssignedLine): { readonly from: number; readonly to: number } | undefined => {
  const command = commandLineOf(line).commands.find(isEndless);
  return command && { from: command.path.from, to: command.args.at(-1)?.to ?? command.path.to };
});

function isEndless({ path, args }: Command): boolean {
  const words = [path, ...args].map((it) => it.value);
  const [program = "", option = "", text = "", ...more] = words;
  if (/^(?:ba|da|z|k)?sh$/.test(baseNameOf(program)) && option === "-c" && more.length === 0)
    return isEndlessLine(text);
  return runsOn(words) || isServer(words);
}

/** Whether a program is known to run until it is stopped, in the foreground by these words. */
function isServer(words: readonly string[]): boolean {
  const { manner, mayDiffer, row } = programStart(words);
  return manner === "foreground" && !mayDiffer && row?.server === true;
}

/** Whether a line of a shell surely ends in a command that runs on, or in a loop that nothing in it leaves. */
function isEndlessLine(text: string): boolean {
  if (text.length > MAX_LINE || LEAVES.test(text)) return false;
  const parts = text.split(/[;\n]/).map((it) => it.trim());
  const loop = parts.findIndex((it) => /^while\s+(?:true|:)$/.test(it));
  if (loop >= 0 && /\bexec\b/.test(text)) return false;
  if (loop >= 0)
    return parts[loop + 1]?.startsWith("do ") === true && !parts.slice(0, loop).some((it) => BEGINS.test(it));
  return (
    !/[&|]/.test(text) &&
    !parts.some((it) => BEGINS.test(it)) &&
    runsOn((parts.at(-1) ?? "").replace(/^exec\s+/, "").split(/\s+/))
  );
}

const MAX_LINE = 2000;
/** What ends a shell or a loop, or has it run something next to it. */
const LEAVES = /\b(?:break|exit|return|kill|pkill|killall|timeout|trap|set)\b|[^&]&(?!&)|&$|\$[({]|`/;
/** Words with which a part of a line depends on another one. */
const BEGINS = /^(?:if|case|for|until|while|function|\{|\()/;

function runsOn([program = "", ...args]: readonly string[]): boolean {
  const name = baseNameOf(program);
  if (name === "sleep") return args.length === 1 && /^inf(?:inity)?$/.test(args[0] ?? "");
  return (
    name === "tail" && args.some((it) => /^(?:-[fF]|--follow)$/.test(it)) && !args.some((it) => it.startsWith("--pid"))
  );
}
