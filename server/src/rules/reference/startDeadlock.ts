import { alsoInDropIns } from "../../findings/inDropIns.ts";
import { namedIn } from "../../findings/named.ts";
import type { Rule, UnitContext } from "../../findings/rule.ts";
import { ownLines } from "../../service/linePlaces.ts";
import { textOf } from "../../service/settings.ts";
import { type CommandWord, commandsIn } from "../../service/shellLine.ts";
import { baseNameOf } from "../../service/userCommands.ts";
import { sourceSpan } from "../../syntax/joinedText.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { referencesFrom } from "../../units/index/lookup.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import { commandLineOf } from "../../units/unitCommands.ts";
import { parseUnitName } from "../../values/unitName.ts";

/** Seen with 257: "start-pre operation timed out", as each of the two waits for the other. */
const startDeadlock: Rule = {
  code: "reference/start-deadlock",
  needs: ["ExecStartPre", "ExecStart", "ExecStartPost", "ExecCondition"],
  *check(unit, context) {
    const { kind, role, name } = unit.path;
    if (kind !== "service" || role !== "unit" || name === undefined) return;
    const names = textOf(unit, "Type") === "oneshot" ? [...BEFORE, "ExecStart" as const] : BEFORE;
    for (const directive of names) {
      for (const node of ownLines(unit, directive)) {
        const word = startsIn(node).find(({ value }) => waitsFor(unit, context, name, fullName(value)));
        if (word) yield deadlock(node, directive, word);
      }
    }
  },
};

/** The commands that a service has not started before they have ended. */
const BEFORE = ["ExecCondition", "ExecStartPre", "ExecStartPost"] as const;

interface Started extends CommandWord {
  /** Where --no-block may stand. */
  readonly verb: CommandWord;
}

function deadlock(node: Assignment, directive: string, { value, from, to, verb }: Started) {
  const at = sourceSpan(node.value, verb.from, verb.from);
  const edits = () => [{ start: at.start, end: at.start, newText: "--no-block " }];
  return {
    ...sourceSpan(node.value, from, to),
    severity: "warning" as const,
    message: `${directive}= waits for ${fullName(value)}, which is ordered after this unit and so waits for the command: both hang until the start times out; --no-block does not wait`,
    directive,
    fixes: verb.exact ? [{ title: "Add --no-block", safe: false, edits }] : [],
  };
}

/** The units that the commands of a line have systemctl start, and wait for. */
const startsIn = (node: Assignment): readonly Started[] =>
  !node.text.includes("systemctl")
    ? []
    : commandLineOf(node.line)
        .commands.flatMap(commandsIn)
        .flatMap((words) => {
          const own = words.slice(words.findIndex((it) => baseNameOf(it.value) === "systemctl"));
          const at = own.findIndex((it) => STARTING.test(it.value));
          const verb = own[at];
          if (baseNameOf(own[0]?.value ?? "") !== "systemctl" || !verb || own.some((it) => ASIDE.test(it.value)))
            return [];
          return own.slice(at + 1).flatMap((it) => (it.value.startsWith("-") ? [] : [{ ...it, verb }]));
        });

const STARTING = /^(?:start|restart|reload-or-restart|isolate)$/;
/** The command does not wait, or asks another manager. */
const ASIDE = /^--(?:no-block|user|machine|host|root|no-wall)\b|^-[HM]/;

const fullName = (written: string): string => (/\.[a-z]+$/.test(written) ? written : `${written}.service`);

function waitsFor(unit: Unit, context: UnitContext | undefined, owner: string, name: string): boolean {
  if (!parseUnitName(name)) return false;
  if (namedIn(unit, owner, "Unit", "Before", { linesOf: mergedAssignments }).some((it) => it.name === name))
    return true;
  if (!context) return false;
  return referencesFrom(context.index, name, context.path).some(
    ({ directive, target }) => directive === "After" && target === owner,
  );
}

/** Commands that never come to an end because of the order of units. */
export const DEADLOCK_RULES: readonly Rule[] = alsoInDropIns([startDeadlock]);
