import type { ProgramFiles } from "../program/files.ts";
import type { ProgramReading } from "../program/reading.ts";
import { type ProgramCommand, readPrograms } from "../program/readProgram.ts";
import { hasEmptyRoot, hasOtherRoot, hasOwnFiles } from "../service/effective.ts";
import type { Facts } from "../service/facts.ts";
import { isKnownByName } from "../service/kinds.ts";
import type { Program } from "../service/program.ts";
import { textOf, words } from "../service/settings.ts";
import { Recent } from "../text/recent.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { memo } from "../units/memo.ts";
import { expandSpecifiers } from "../units/specifiers.ts";
import type { Unit } from "../units/unit.ts";

/**
 * What the programs of a service show where its machine is at hand; undefined where nothing of them can be read. Tools of every
 * system that only prepare or end it are judged by their words alone: what they can do, they do when they are told to.
 */
export const programReading: (facts: Facts) => ProgramReading | undefined = memo((facts: Facts) => {
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
  const environment = environmentOf(facts, files);
  const folder = expanded(unit, textOf(unit, "WorkingDirectory")?.replace(/^-/, "") ?? "/");
  const commands = programs.map(
    ({ path, args }): ProgramCommand => ({
      path: expanded(unit, path),
      args: args.map((it) => expanded(unit, it)),
      environment,
      ...(isWrittenOut(folder) ? { folder } : {}),
    }),
  );
  if (commands.length === 0 || !commands.every((it) => isWrittenOut(it.path))) return undefined;
  const reading = readOnce(commands, files);
  const open = commands.flatMap((it) => it.args).find((it) => OF_INSTANCE.test(it));
  return open === undefined ? reading : { ...reading, unread: [...reading.unread, { path: open, why: OPEN_INSTANCE }] };
}

/** Whether its programs may be others than those of the machine under the same paths; an empty root has them bound in. */
export const hasForeignPrograms = (unit: Unit): boolean =>
  hasOtherRoot(unit) || (hasOwnFiles(unit) && !hasEmptyRoot(unit));

/** A text with what its specifiers give, as far as the unit tells it. */
const expanded = (unit: Unit, text: string): string => expandSpecifiers(unit, text) ?? text;

const isWrittenOut = (path: string): boolean => /^\/[^%$]*$/.test(path);

/** What only the instance of a template knows, be it a device, a home or a name. */
const OF_INSTANCE = /%[iIjJ]/;
const OPEN_INSTANCE = "is what an instance is named after";

/** A reading with what its files were then. */
interface KeptReading {
  readonly reading: ProgramReading;
  readonly stamp: string;
}

/** So many readings are kept for a machine. */
const MOST_KEPT = 64;

const keptReadings = memo((_: ProgramFiles) => new Recent<string, KeptReading>(MOST_KEPT));

/** The same reading as before where none of its own files changed, as after an edit of something else in the unit. */
function readOnce(commands: readonly ProgramCommand[], files: ProgramFiles): ProgramReading {
  const kept = keptReadings(files);
  const key = JSON.stringify(commands);
  const known = kept.get(key);
  if (known && known.stamp === stampOf(known.reading, files)) return known.reading;
  const reading = readPrograms(commands, files);
  kept.set(key, { reading, stamp: stampOf(reading, files) });
  return reading;
}

const stampOf = (reading: ProgramReading, files: ProgramFiles): string =>
  [...reading.files.filter((it) => it.own), ...reading.unread]
    .map(({ path }) => (path.startsWith("/") ? files.look(path) : undefined))
    .map((it) => `${it?.bytes} ${it?.changed}`)
    .join(" ");

/** The variables of a service, those of files last, as systemd reads them. */
function environmentOf({ unit }: Facts, files: ProgramFiles): ProgramCommand["environment"] {
  const pairs = words(unit, "Environment").flatMap((it) => {
    const [, name, value = ""] = /^(\w+)=(.*)$/s.exec(it) ?? [];
    return name === undefined ? [] : [[name, value] as const];
  });
  const fromFiles = words(unit, "EnvironmentFile").flatMap((it) => {
    const path = it.replace(/^-/, "");
    const bytes = /^\/[^%*?[]*$/.test(path) ? files.read(path, 0, MAX_ENVIRONMENT) : undefined;
    const lines = bytes ? decodeUtf8(bytes).matchAll(/^[ \t]{0,9}([A-Za-z_]\w{0,99})=[ \t]{0,9}(.*)$/gm) : [];
    return [...lines].map(([, name = "", value = ""]) => [name, unquoted(value.trim())] as const);
  });
  return Object.fromEntries([...pairs, ...fromFiles]);
}

/** More than anyone gives a service by a file. */
const MAX_ENVIRONMENT = 100_000;

/** A value without the quotes around it. */
const unquoted = (value: string): string => /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
