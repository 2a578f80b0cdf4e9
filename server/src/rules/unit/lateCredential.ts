import type { Rule } from "../../findings/rule.ts";
import { targetsOf } from "../../service/commandTargets.ts";
import { placeOfWord } from "../../service/linePlaces.ts";
import { normalPath } from "../../service/paths.ts";
import { words } from "../../service/settings.ts";
import { type CommandWord, commandsIn } from "../../service/shellLine.ts";
import { runsElsewhere } from "../../service/userCommands.ts";
import type { AssignedLine } from "../../syntax/tree.ts";
import { memo } from "../../units/memo.ts";
import { linesInForce, type Unit } from "../../units/unit.ts";
import { commandLineOf } from "../../units/unitCommands.ts";

const LOADED = ["LoadCredential", "LoadCredentialEncrypted"] as const;
const SET = ["SetCredential", "SetCredentialEncrypted"] as const;

/** Seen with 257: 243/CREDENTIALS before ExecStartPre=, also with the prefix +; a credential of SetCredential= steps in. */
export const lateCredential: Rule = {
  code: "unit/late-credential",
  needs: LOADED,
  *check(unit) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service") return;
    for (const name of LOADED) {
      for (const word of new Set(words(unit, name))) {
        const [, id = "", path = ""] = /^([^:]+):(\/.*)$/s.exec(word) ?? [];
        const file = path === "" ? undefined : normalPath(unit, path);
        if (!file?.startsWith("/run/") || hasDefault(unit, id) || !madeIn(unit).has(file)) continue;
        const place = placeOfWord(unit, name, word);
        if (!place) continue;
        yield {
          ...place.span,
          severity: "warning",
          message: `${name}= names ${path}, which ExecStartPre= creates: systemd loads it before that command, and the start fails with 243/CREDENTIALS`,
          directive: name,
        };
      }
    }
  },
};

/** Whether a credential has a value where its file is missing. */
const hasDefault = (unit: Unit, id: string): boolean =>
  SET.some((name) => linesInForce(unit, "Service", name).some(({ value }) => value.text.startsWith(`${id}:`)));

/** The files that ExecStartPre= surely makes, unless ExecCondition=, which runs without credentials, makes them before. */
function madeIn(unit: Unit): ReadonlySet<string> {
  const made = (name: "ExecStartPre" | "ExecCondition"): readonly string[] =>
    linesInForce(unit, "Service", name)
      .slice(0, MAX_LINES)
      .flatMap(filesMade)
      .flatMap((it) => normalPath(unit, it) ?? []);
  const before = new Set(made("ExecCondition"));
  return new Set(made("ExecStartPre").filter((it) => !before.has(it)));
}

/** More commands than any unit has. */
const MAX_LINES = 100;

const filesMade = memo((line: AssignedLine): readonly string[] =>
  commandLineOf(line).commands.flatMap((command) =>
    runsElsewhere([command.path, ...command.args].map((it) => it.value))
      ? []
      : commandsIn(command).flatMap((it) => targetsOf(it.map((word: CommandWord) => word.value))),
  ),
);
