import { signsOfCommand } from "./commandTable.ts";
import type { ScriptFindings } from "./findings.ts";

/** More words than a command has that tell what it does. */
const MOST_WORDS = 8;

/** Notes what the commands do that stand among the texts of code that starts programs: in one, or a word in each. */
export function noteCommands(texts: readonly string[], findings: ScriptFindings): void {
  texts.forEach((text, i) => {
    const [path = "", ...own] = text.trim().split(/\s+/, MOST_WORDS);
    if (!/^[\w./+-]{2,99}$/.test(path)) return;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const words =
      own.length > 0 ? own : texts.slice(i + 1, i + MOST_WORDS).flatMap((it) => it.split(/\s+/, MOST_WORDS));
    for (const it of signsOfCommand(name, words)) findings.sign(it, "command", name);
  });
}
