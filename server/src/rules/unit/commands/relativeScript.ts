import type { Rule } from "../../../findings/rule.ts";
import { hasOwnRoot } from "../../../service/effective.ts";
import { ownCommands, spanOfWord } from "../../../service/ownCommands.ts";
import { textOf } from "../../../service/settings.ts";
import { baseNameOf, linesThat } from "../../../service/userCommands.ts";
import type { Command } from "../../../syntax/commandLine.ts";
import type { Word } from "../../../syntax/words.ts";
import { commandLineOf } from "../../../units/unitCommands.ts";

/** Seen with 257, node and python3, also with User=: they look for /server.js and end with 1 and 2. */
export const relativeScript: Rule = {
  code: "unit/relative-script",
  *check(unit) {
    if (unit.path.scope !== "system" || textOf(unit, "WorkingDirectory") !== undefined || hasOwnRoot(unit)) return;
    for (const own of ownCommands(unit, mayBeRelative)) {
      const script = scriptOf(own.command);
      if (!script) continue;
      yield {
        ...spanOfWord(own, script),
        severity: "warning",
        message: `${own.setting}= names ${script.value} without its folder: the service starts in /, where the script is not; set WorkingDirectory= or write the whole path`,
        directive: own.setting,
      };
    }
  },
};

const mayBeRelative = linesThat((line) => commandLineOf(line).commands.some((it) => scriptOf(it) !== undefined));

const INTERPRETER = /^(?:python|pypy|perl|ruby|node|nodejs|php|java|(?:ba|da|z|k)?sh)[\d.]*$/;
const FILE = /^(?:\.{1,2}\/)?\w[\w/-]*(?:\.[\w-]+)*\.(?:[mc]?js|py|rb|pl|php|sh|jar)$/;
/** Options whose word is the program itself, a module or a class. */
const INSTEAD = /^(?:-\w*[cmre]|-cp|-classpath|--eval|--print|--require|--import|--run|--test)$/;

/** The relative file that an interpreter runs; undefined where that is not sure. */
function scriptOf({ path, args }: Command): Word | undefined {
  const from = baseNameOf(path.value) === "env" ? args.findIndex((it) => !/^\w+=/.test(it.value)) : 0;
  const program = baseNameOf(path.value) === "env" ? (args[from]?.value ?? "") : path.value;
  if (!INTERPRETER.test(baseNameOf(program))) return undefined;
  const own = args.slice(baseNameOf(path.value) === "env" ? from + 1 : 0);
  const at = own.findIndex((it) => !it.value.startsWith("-"));
  const before = own.slice(0, Math.max(at, 0));
  const jar = before.at(-1)?.value === "-jar";
  if (at < 0 || before.some((it) => INSTEAD.test(it.value)) || (/^java/.test(baseNameOf(program)) && !jar))
    return undefined;
  const script = own[at];
  return script && FILE.test(script.value) ? script : undefined;
}
