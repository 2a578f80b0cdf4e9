import type { Rule } from "../../../findings/rule.ts";
import { ownCommands, scriptAt, spanOfWord } from "../../../service/ownCommands.ts";
import { commandsIn } from "../../../service/shellLine.ts";
import { linesThat } from "../../../service/userCommands.ts";

/** Seen with 257 and dash: "source: not found", status 127. */
export const bashWord: Rule = {
  code: "unit/bash-word",
  *check(unit) {
    for (const own of ownCommands(unit, mayHaveOne)) {
      const { path } = own.command;
      if (!/^(?:(?:\/usr)?\/bin\/)?sh$/.test(path.value) || scriptAt(own.command) < 0) continue;
      const [, ...inside] = commandsIn(own.command);
      const word = inside.map(([first]) => first).find((it) => it && BASH.test(it.value));
      if (!word) continue;
      const start = spanOfWord(own, path);
      yield {
        ...spanOfWord(own, word),
        severity: "info",
        message: `"${word.value}" in ${own.setting}= is a word of bash: where /bin/sh is dash, as on Debian and Ubuntu, the command fails with 127; start /bin/bash instead`,
        directive: own.setting,
        fixes: [{ title: "Start /bin/bash", safe: false, edits: () => [{ ...start, newText: "/bin/bash" }] }],
      };
    }
  },
};

const BASH = /^(?:source|\[\[|pushd|popd|shopt|declare|mapfile|readarray)$/;
const mayHaveOne = linesThat(({ value }) =>
  /\b(?:source|pushd|popd|shopt|declare|mapfile|readarray)\b|\[\[/.test(value.text),
);
