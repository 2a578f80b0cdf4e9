import type { DirectiveName } from "../../../catalog/catalog.ts";
import { SERVICE_VARIABLES } from "../../../facts/serviceVariables.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Rule } from "../../../findings/rule.ts";
import { isDynamic } from "../../../service/effective.ts";
import { readableFiles, setVariables } from "../../../service/environmentFiles.ts";
import { ownCommands, spanOfWord } from "../../../service/ownCommands.ts";
import { textOf, words } from "../../../service/settings.ts";
import { linesThat } from "../../../service/userCommands.ts";
import type { Unit } from "../../../units/unit.ts";

/** Seen with 257: "Referenced but unset environment variable evaluates to an empty string: HOME". */
export const unsetVariable: Rule = {
  code: "unit/unset-variable",
  *check(unit) {
    if (unit.path.scope !== "system") return;
    for (const own of ownCommands(unit, mayName)) {
      if (/[:|]/.test(own.command.prefixes)) continue;
      for (const word of own.command.args) {
        const found = NAMED.exec(own.node.text.slice(word.from, word.to));
        const name = found?.[1] ?? found?.[2];
        if (!found || name === undefined || isSet(unit, name)) continue;
        const [from, to] = [word.from + found.index, word.from + found.index + found[0].length];
        const span = spanOfWord(own, { from, to });
        yield {
          ...span,
          severity: "warning",
          message: `${found[0]} in ${own.setting}= is empty: systemd does not set ${name} without ${needsOf(name).join("= or ")}=`,
          directive: own.setting,
          fixes: insteadOf(name, span),
        };
      }
    }
  },
};

/** What takes its value from a setting; credentials have a rule of their own. */
const CONDITIONAL = SERVICE_VARIABLES.filter((it) => it.needs && !/^(?:CREDENTIALS_DIRECTORY|PIDFILE)$/.test(it.name));
const NAMES = CONDITIONAL.map((it) => it.name).join("|");
const NAMED = new RegExp(`(?<!\\$)\\$\\{(${NAMES})\\}|^["']?\\$(${NAMES})["']?$`);
const mayName = linesThat(({ value }) => value.text.includes("$") && new RegExp(NAMES).test(value.text));

const needsOf = (name: string): readonly string[] => CONDITIONAL.find((it) => it.name === name)?.needs ?? [];

/** Whether something sets it, or may: a file that cannot be read, or a session. */
function isSet(unit: Unit, name: string): boolean {
  const files = readableFiles(unit);
  if (!files && words(unit, "EnvironmentFile").length > 0) return true;
  if (isDynamic(unit) || SESSION.some((it) => textOf(unit, it) !== undefined)) return true;
  if (needsOf(name).some((it) => textOf(unit, it as DirectiveName) !== undefined)) return true;
  return setVariables(unit, files).has(name) || words(unit, "PassEnvironment").includes(name);
}

const SESSION = ["PAMName", "SetLoginEnvironment"] as const;

/** The specifier that gives the same for a service of root. */
function insteadOf(name: string, span: { start: number; end: number }): readonly Fix[] {
  const specifier = { HOME: "%h", LOGNAME: "%u", SHELL: "%s" }[name];
  if (specifier === undefined) return [];
  return [{ title: `Write ${specifier}`, safe: false, edits: () => [{ ...span, newText: specifier }] }];
}
