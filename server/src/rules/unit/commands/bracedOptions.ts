import type { Rule } from "../../../findings/rule.ts";
import { readableFiles, setVariables } from "../../../service/environmentFiles.ts";
import { ownCommands, spanOfWord, writtenWord } from "../../../service/ownCommands.ts";
import { linesThat } from "../../../service/userCommands.ts";

/** Seen with 257: the program gets "-l 0.0.0.0 -p 55825" as one argument. */
export const bracedOptions: Rule = {
  code: "unit/one-argument",
  needs: ["Environment", "EnvironmentFile"],
  *check(unit) {
    const own = ownCommands(unit, mayBrace).filter(({ command }) => !command.prefixes.includes(":"));
    if (own.length === 0) return;
    const variables = setVariables(unit, readableFiles(unit));
    for (const it of own) {
      for (const [i, word] of it.command.args.entries()) {
        const name = BRACED.exec(writtenWord(it, word))?.[1];
        const value = name === undefined ? undefined : variables.get(name);
        if (value === undefined || !SEVERAL.test(value) || takesWord(it.command.args[i - 1]?.value)) continue;
        const span = spanOfWord(it, word);
        yield {
          ...span,
          severity: "warning",
          message: `${word.value} in ${it.setting}= is one argument, blanks and all, though ${name} has several options: the program does not know it; write $${name}, which systemd splits`,
          directive: it.setting,
          fixes: [{ title: `Write $${name}`, safe: false, edits: () => [{ ...span, newText: `$${name}` }] }],
        };
      }
    }
  },
};

const BRACED = /^\$\{([A-Za-z_]\w*)\}$/;
const mayBrace = linesThat(({ value }) => /\s\$\{\w+\}(?:\s|$)/.test(value.text));
/** An option with something after a blank. */
const SEVERAL = /^\s*--?\w\S*\s+\S/;
/** Whether an option before it may take the whole of it. */
const takesWord = (before: string | undefined): boolean => before?.startsWith("-") === true && !before.includes("=");
