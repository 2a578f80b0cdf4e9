import { type DirectiveName, directive } from "../../../catalog/catalog.ts";
import { SERVICE_VARIABLES } from "../../../facts/serviceVariables.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { ownLines } from "../../../service/linePlaces.ts";
import { words } from "../../../service/settings.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { splitWords, type Word } from "../../../syntax/words.ts";
import type { Unit } from "../../../units/unit.ts";

/** Seen with 257: the variable is literally "${A}/lib", or "~/logs". */
export const literalValue: Rule = {
  code: "unit/literal-value",
  needs: ["Environment"],
  *check(unit) {
    if (!words(unit, "Environment").some((it) => /\$|=~\//.test(it))) return;
    for (const node of ownLines(unit, "Environment")) {
      for (const word of splitWords(node.text, "escapes").words) yield* literalIn(unit, node, word);
    }
  },
};

function* literalIn(unit: Unit, node: Assignment, word: Word): Iterable<Found> {
  const [, name = "", value = ""] = /^(\w+)=(.*)$/s.exec(word.value) ?? [];
  if (name === "" || OPTIONS.test(name)) return;
  const written = literalPart(unit, name, value);
  if (written === undefined) return;
  const at = node.text.indexOf(written, word.from);
  if (at < 0 || at >= word.to) return;
  const span = sourceSpan(node.value, at, at + written.length);
  yield {
    ...span,
    severity: "warning",
    message: `"${written}" in Environment= stands in ${name} as it is: systemd expands no variables and no ~ here; write the value out`,
    directive: "Environment",
    fixes: writtenOut(unit, written, span),
  };
}

/** What a shell would replace, as it is written; what adds to the variable itself has a rule of its own. */
function literalPart(unit: Unit, name: string, value: string): string | undefined {
  if (/^~\/|^~$/.test(value)) return "~";
  const [written, other = ""] = /\$\{?([A-Za-z_]\w*)\}?/.exec(value) ?? [];
  const known = WELL_KNOWN.has(other) || words(unit, "Environment").some((it) => it.startsWith(`${other}=`));
  return written !== undefined && other !== name && known ? written : undefined;
}

/** What scripts that start programs evaluate once more, and formats of prompts. */
const OPTIONS = /(?:OPT|OPTS|OPTIONS|ARG|ARGS|FLAGS|PARAMS|COMMAND|CMD|EXEC|FORMAT|PROMPT|TEMPLATE|PS\d)$/i;

const WELL_KNOWN: ReadonlySet<string> = new Set([
  ..."HOME PATH PWD USER LOGNAME SHELL TMPDIR XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_DATA_HOME LD_LIBRARY_PATH".split(" "),
  ...SERVICE_VARIABLES.map((it) => it.name),
]);

/** Where the unit says the value itself, or a specifier does. */
function writtenOut(unit: Unit, written: string, span: { start: number; end: number }): readonly Fix[] {
  const name = written.replace(/[${}]/g, "");
  const own = words(unit, "Environment")
    .findLast((it) => it.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  const isHome = /^(?:~|HOME)$/.test(name) && unit.path.scope === "user";
  const text = isHome ? "%h" : name === "CREDENTIALS_DIRECTORY" ? "%d" : own;
  if (text === undefined || !/^[\w%/.:@,+-]+$/.test(text)) return [];
  return [{ title: `Write ${text}`, safe: false, edits: () => [{ ...span, newText: text }] }];
}

/** Seen with 257: the setting does not hold, and the program has a variable of its name. */
export const settingVariable: Rule = {
  code: "unit/setting-as-variable",
  needs: ["Environment"],
  *check(unit) {
    for (const node of ownLines(unit, "Environment")) {
      const all = splitWords(node.text, "escapes").words;
      for (const word of all) {
        const name = /^([A-Z][a-z]+[A-Z]\w*)=/.exec(word.value)?.[1];
        if (name === undefined || !directive("Service", name as DirectiveName)) continue;
        yield {
          ...sourceSpan(node.value, word.from, word.to),
          severity: "warning",
          message: `${name}= is a setting, but Environment= makes it a variable: the setting has no effect; write it on a line of its own`,
          directive: "Environment",
          fixes: all.length === 1 ? [onItsOwn(node, word)] : [],
        };
      }
    }
  },
};

const onItsOwn = (node: Assignment, { value }: Word): Fix => ({
  title: `Replace with ${value}`,
  safe: false,
  sets: [value],
  edits: () => [{ start: node.start, end: node.valueSpan.end, newText: value }],
});
