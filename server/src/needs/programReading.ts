import type { ProgramFiles } from "../program/files.ts";
import { lateReading } from "../program/lateReading.ts";
import type { ProgramReading } from "../program/reading.ts";
import { readPrograms } from "../program/readProgram.ts";
import type { Facts } from "../service/facts.ts";
import { keptByCommands } from "../service/keptByCommands.ts";
import { isKnownByName } from "../service/kinds.ts";
import { optionsGiven } from "../service/optionsGiven.ts";
import type { Program } from "../service/program.ts";
import { hasForeignPrograms, isWrittenOut, programCommands } from "../service/programCommands.ts";
import { memo } from "../units/memo.ts";
import { sourceReading } from "./sourceReading.ts";
import { userPlaces } from "./userPlaces.ts";

/**
 * What the programs of a service show where its machine is at hand, of a unit in a repository what their source names; undefined
 * where nothing of them can be read. Tools of every system that only prepare or end it are judged by their words alone: what they
 * can do, they do when they are told to.
 */
export const programReading: (facts: Facts) => ProgramReading | undefined = memo((facts: Facts) => {
  if (facts.unit.defaults?.source) return sourceReading(facts);
  const reading = commandReading(
    facts,
    facts.programs.filter((it) => it.setting === "ExecStart" || !isKnownByName(it)),
  );
  return reading?.files.some((it) => it.own) ? reading : undefined;
});

/** The same of some of its commands alone, with what is not there; undefined where its machine is not at hand. */
export function commandReading(facts: Facts, programs: readonly Program[]): ProgramReading | undefined {
  const { unit } = facts;
  const files = unit.defaults?.files;
  if (!files || hasForeignPrograms(unit)) return undefined;
  const commands = programCommands(unit, programs, files);
  if (commands.length === 0 || !commands.every((it) => isWrittenOut(it.path))) return undefined;
  const reading = onMachine(facts, programs, files, readOnce(commands, files));
  const open = commands.flatMap((it) => it.args).find((it) => OF_INSTANCE.test(it));
  return open === undefined
    ? reading
    : { ...reading, unread: [...reading.unread, { path: open, why: OPEN_INSTANCE, isArgument: true }] };
}

/** A reading with what the machine says besides: options in files of variables, and who owns what is named. */
function onMachine(
  facts: Facts,
  programs: readonly Program[],
  files: ProgramFiles,
  reading: ProgramReading,
): ProgramReading {
  const given = optionsGiven(facts.unit, programs, files);
  const owned = reading.isLate ? [] : userPlaces(facts, reading, files);
  if (given.length + owned.length === 0) return reading;
  return {
    ...reading,
    ...(given.length > 0 && { configuration: [...(reading.configuration ?? []), ...given] }),
    ...(owned.length > 0 && { owned }),
  };
}

/** What only the instance of a template knows, be it a device, a home or a name. */
const OF_INSTANCE = /%[iIjJ]/;
const OPEN_INSTANCE = "is what an instance is named after";

const readOnce = keptByCommands(
  (commands, files) =>
    files.readInTime ? (files.readInTime(commands) ?? lateReading(commands)) : readPrograms(commands, files),
  ({ files, unread, packaged = [] }) => [
    ...new Set([...files.filter((it) => it.own), ...unread, ...packaged].map((it) => it.path)),
  ],
  ({ isLate }) => isLate !== true,
);
