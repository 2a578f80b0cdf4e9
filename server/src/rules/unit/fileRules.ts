import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Found, Rule } from "../../findings/rule.ts";
import { ownLast, placeOfWord } from "../../service/linePlaces.ts";
import { systemPath } from "../../service/paths.ts";
import { textOf } from "../../service/settings.ts";
import { type Unit, valuesInForce } from "../../units/unit.ts";
import { lateCredential } from "./lateCredential.ts";

/** Seen with 257: what ExecStartPre= and ExecStart= print is gone, whether the file is emptied or not. */
const overwrittenOutput: Rule = {
  code: "unit/overwritten-output",
  needs: ["StandardOutput", "StandardError"],
  *check(unit) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service") return;
    for (const name of ["StandardOutput", "StandardError"] as const) {
      const [, how, path = ""] = /^(file|truncate):([/%].*)$/s.exec(textOf(unit, name) ?? "") ?? [];
      const node = how === undefined || /^\/(?:dev|proc|sys)\//.test(path) ? undefined : ownLast(unit, name);
      if (!node || COMMANDS.reduce((sum, it) => sum + valuesInForce(unit, "Service", it).length, 0) < 2) continue;
      const message = `${name}= opens its file again for each command of the unit: each command overwrites the output of the previous one`;
      const [start, end] = [node.valueSpan.start, node.valueSpan.start + (how?.length ?? 0)];
      const fixes = [
        { title: `Change to append:${path}`, safe: false, edits: () => [{ start, end, newText: "append" }] },
      ];
      yield { ...node.valueSpan, severity: "info", message, directive: name, fixes };
    }
  },
};

const COMMANDS = ["ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost"] as const;

/** Seen with 257: the result is `resources`, and no command has run. */
const lateEnvironment: Rule = {
  code: "unit/late-environment",
  needs: ["EnvironmentFile"],
  *check(unit) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service") return;
    const files = valuesInForce(unit, "Service", "EnvironmentFile");
    const commands = valuesInForce(unit, "Service", "ExecStartPre");
    for (const path of unit.memory.query("late files", [files, commands], madeLate)) yield* late(unit, path);
  },
};

function* late(unit: Unit, path: string): Iterable<Found> {
  const place = placeOfWord(unit, "EnvironmentFile", path);
  if (!place) return;
  const { start } = place.span;
  yield {
    ...place.span,
    severity: "warning",
    message: `EnvironmentFile= names ${path}, which ExecStartPre= creates: systemd reads the file before that command runs, and the start fails`,
    directive: "EnvironmentFile",
    fixes: [{ title: "Add a - before the path", safe: false, edits: () => [{ start, end: start, newText: "-" }] }],
  };
}

/** Files below /run that a command writes by a shell's redirection. */
const madeLate = (files: readonly string[], commands: readonly string[]): readonly string[] =>
  files.filter((file) => {
    if (!systemPath(file).startsWith("/run/")) return false;
    return commands.slice(0, MAX_COMMANDS).some((it) => {
      const at = it.indexOf(file);
      return at > 0 && /(?:>\s*|\btee\s+)["']?$/.test(it.slice(Math.max(0, at - 20), at));
    });
  });

/** More commands than any unit has. */
const MAX_COMMANDS = 100;

/** Files that systemd opens for the commands of a unit, at another time than one would think. */
export const FILE_RULES: readonly Rule[] = alsoInDropIns([overwrittenOutput, lateEnvironment, lateCredential]);
