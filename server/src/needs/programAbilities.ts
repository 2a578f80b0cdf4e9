import type { ProgramSign } from "../program/reading.ts";
import type { SignName } from "../program/sign.ts";
import type { Facts } from "../service/facts.ts";
import type { Program } from "../service/program.ts";
import { executablePath } from "../service/programCommands.ts";
import { programReading } from "./programReading.ts";
import { lastPartOf } from "./readNeed.ts";
import { isSource } from "./sourceReading.ts";
import { ABILITIES, type AbilityRow } from "./tables/abilities.ts";

/** One place in the own code of a service that can do something, whether or not it ever happens. */
export interface Ability {
  readonly sign: SignName;
  /** The function, command or constant there: `setgid`. */
  readonly what: string;
  /** The name of the file, with the line of a script. */
  readonly file: string;
}

/** What an ability is about; undefined for one that nothing is known of. */
export const abilityRow = ({ sign, what }: Pick<Ability, "sign" | "what">): AbilityRow | undefined =>
  ABILITIES.find((it) => it.sign === sign && it.names?.test(what) !== false);

/** What comes with an interpreter, which `python3 -m http.server` runs as its own: it can do all that the language can. */
const STANDARD_LIBRARY = /^\/usr\/(?:local\/)?lib\/python[\d.]+\/(?!(?:dist|site)-packages\/)/;

/** So many places of one ability are kept, which is more than a sentence names. */
const MOST_PLACES = 8;

/** What the programs of a service can do by their own code, sorted; undefined where they cannot be read. */
export function programAbilities(facts: Facts): readonly Ability[] | undefined {
  const reading = programReading(facts);
  // What source names is no code of the service yet, and what is being read shows nothing yet.
  if (!reading || isSource(reading) || reading.isLate) return undefined;
  const isTool = ofTools(facts);
  const places = new Map<AbilityRow, Map<string, Ability>>();
  for (const { path, own, signs } of reading.files) {
    if (!own || isTool(path) || STANDARD_LIBRARY.test(path)) continue;
    for (const it of signs) {
      const row = abilityRow(it);
      if (!row || !(row.below || isDone(it))) continue;
      const known = places.get(row) ?? new Map<string, Ability>();
      places.set(row, known);
      if (known.size < MOST_PLACES && !known.has(it.what)) known.set(it.what, abilityAt(it, path));
    }
  }
  return [...places.values()].flatMap((it) => [...it.values()]);
}

const abilityAt = ({ sign, what, line }: ProgramSign, path: string): Ability => ({
  sign,
  what,
  file: `${lastPartOf(path)}${line === undefined ? "" : `:${line}`}`,
});

/** Whether it is code that does it, or the name of a function that is looked up: a library or a path may serve anything. */
const isDone = ({ form, what }: ProgramSign): boolean =>
  form === "call" || form === "constant" || form === "command" || (form === "text" && /^\w+$/.test(what));

/** Whether a file came with a tool that only prepares, reloads or ends the service, and does not belong to the service itself. */
function ofTools({ programs, unit }: Facts): (path: string) => boolean {
  const files = unit.defaults?.files;
  const packageOf = ({ path }: Program): string | undefined => files?.packageOf(executablePath(unit, path, files));
  const main = new Set(programs.filter((it) => it.setting === "ExecStart").map(packageOf));
  const tools = new Set(programs.flatMap((it) => packageOf(it) ?? []).filter((it) => !main.has(it)));
  return (path) => tools.size > 0 && tools.has(files?.packageOf(path) ?? "");
}
