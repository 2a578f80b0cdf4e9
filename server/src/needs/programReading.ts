import type { ProgramReading } from "../program/reading.ts";
import { type ProgramCommand, readPrograms } from "../program/readProgram.ts";
import type { Facts } from "../service/facts.ts";
import { isKnownByName } from "../service/kinds.ts";
import type { Program } from "../service/program.ts";
import { words } from "../service/settings.ts";
import { memo } from "../units/memo.ts";

/**
 * What the programs of a service show where its machine is at hand; undefined where nothing of them can be read. Tools of every
 * system that only prepare or end it are judged by their words alone: what they can do, they do when they are told to.
 */
export const programReading: (facts: Facts) => ProgramReading | undefined = memo((facts: Facts) => {
  const { defaults } = facts.unit;
  const files = defaults?.files;
  if (!files) return undefined;
  const commands = facts.programs.filter((it) => it.setting === "ExecStart" || !isKnownByName(it));
  if (commands.length === 0 || !commands.every((it) => /^\/[^%$]*$/.test(it.path))) return undefined;
  const environment = environmentOf(facts);
  const reading = readPrograms(
    commands.map((it) => commandOf(it, environment)),
    files,
  );
  return reading.files.some((it) => it.own) ? reading : undefined;
});

const commandOf = ({ path, args }: Program, environment: ProgramCommand["environment"]): ProgramCommand => ({
  path,
  args,
  environment,
});

function environmentOf({ unit }: Facts): ProgramCommand["environment"] {
  const pairs = words(unit, "Environment").flatMap((it) => {
    const [, name, value = ""] = /^(\w+)=(.*)$/s.exec(it) ?? [];
    return name === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(pairs);
}
