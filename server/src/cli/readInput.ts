import type { SystemdVersion } from "../facts/version.ts";
import { isUnitPath } from "../families/checkedPath.ts";
import type { TextTable } from "../syntax/textTable.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import type { ManagerDefaults } from "../units/managerDefaults.ts";
import { readUnit, type Unit, withLearnt } from "../units/unit.ts";
import { underManager } from "../units/unitDefaults.ts";
import { defaultsFor } from "./defaults.ts";
import { dropInFiles, fileOf, forManagerOf, type InputFile, type InputUnit, learntFor } from "./files.ts";
import type { Host } from "./host.ts";

/**
 * The unit of a file with the drop-ins next to it, and the paths of all its files; throws where one cannot be read. Of `known`
 * units one may be of another text that says the same, whose places are others.
 */
export function readInput(
  host: Host,
  input: InputUnit,
  version: SystemdVersion,
  known?: TextTable<Unit>,
): { readonly unit: Unit; readonly files: readonly string[] } {
  const { path, unit, is } = input;
  const file = is === "file" ? path : fileOf(host, path);
  const text = decodeUtf8(host.read(file, is));
  const dropIns = dropInFiles(host, path, unit);
  const texts = dropIns.map((it) => it.text);
  const learnt = learntFor(host, path, unit);
  const defaults = defaultsFor(host, path);
  const read = (): Unit =>
    forManagerOf(input, underManager(withLearnt(readUnit(unit, text, version, texts), learnt), defaults));
  const isAlone = texts.length === 0 && !learnt && isUnitPath(unit);
  const its = known && isAlone ? known.of(readingOf(input, version, defaults), text, read).value : read();
  return { unit: its, files: [file, ...dropIns.map((it) => it.path)] };
}

/** All besides its text that decides how a unit without other files is read. */
export const readingOf = (
  { unit, scopeIsOpen }: InputFile,
  version: SystemdVersion,
  defaults: ManagerDefaults | undefined,
): string => JSON.stringify([unit, scopeIsOpen, version, defaults]);

/** So many units of a fleet are known at a time, some 20 kilobytes each: as many as the services of a distribution. */
export const MOST_UNITS = 2048;
