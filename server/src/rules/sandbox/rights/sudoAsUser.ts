import type { Fix } from "../../../findings/finding.ts";
import type { Rule } from "../../../findings/rule.ts";
import { effective } from "../../../security/effective.ts";
import { baseNameOf, innerCommandsOn, linesThat, userCommands } from "../../../service/userCommands.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { Assignment } from "../../../syntax/tree.ts";

/** Seen with 257: "sudo: a terminal is required to read the password", status 1. */
export const sudoAsUser: Rule = {
  code: "sandbox/sudo-as-user",
  needs: ["User", "DynamicUser"],
  *check(unit) {
    // With NoNewPrivileges= it fails for another reason, which has its own rule.
    if (unit.path.scope !== "system" || effective(unit).settings.noNewPrivileges) return;
    for (const { setting, node, words, counts } of userCommands(unit, mayAsk)) {
      const [program, next] = words;
      if (!program || !ASKS.test(baseNameOf(program.value))) continue;
      const isPlain = counts && next?.value.startsWith("/") === true;
      yield {
        ...sourceSpan(node.value, program.from, program.to),
        severity: "info",
        message: `${setting}= runs ${baseNameOf(program.value)} as user ${effective(unit).settings.user || "of the service"}: without a terminal it cannot ask for a password and fails, unless sudoers has NOPASSWD for it`,
        directive: setting,
        fixes: isPlain ? [withPrefix(node, program.from, next.from)] : [],
      };
    }
  },
};

const ASKS = /^(?:sudo|doas)$/;
const mayAsk = linesThat((line) =>
  innerCommandsOn(line).some(({ words: [it] }) => ASKS.test(baseNameOf(it?.value ?? ""))),
);

const withPrefix = (node: Assignment, from: number, to: number): Fix => ({
  title: "Run it as root with +",
  safe: false,
  edits: () => [{ ...sourceSpan(node.value, from, to), newText: "+" }],
});
