import type { PodmanVersion } from "../facts/podmanVersions.ts";
import type { SystemdVersion } from "../facts/version.ts";
import { isUnitPath } from "../families/checkedPath.ts";
import { LineTable } from "../syntax/lineTable.ts";
import type { TextTable } from "../syntax/textTable.ts";
import { type LoadedFiles, loadedText } from "../units/loadedFiles.ts";
import type { ManagerDefaults } from "../units/managerDefaults.ts";
import { readUnit } from "../units/readUnit.ts";
import type { Unit } from "../units/unit.ts";
import { defaultsFor } from "./defaults.ts";
import { forManagerOf, type InputFile, type InputUnit } from "./files.ts";
import type { Host } from "./host.ts";
import { NotLoadedError } from "./loadedUnit.ts";
import { unitFiles } from "./unitFiles.ts";

/** How a unit is read, and what else of it is known. */
export interface ReadOptions {
  readonly systemd: SystemdVersion;
  /** The folder of another system that the file counts for. */
  readonly root?: string | undefined;
  /** The podman that a quadlet is read for; the newest where missing. */
  readonly podman?: PodmanVersion | undefined;
}

/** A unit that was read, with the paths of all its files. */
export interface ReadUnit {
  readonly unit: Unit;
  readonly files: readonly string[];
  readonly loaded: LoadedFiles | undefined;
}

/**
 * The unit of a path as systemd loads it; throws where a file of it cannot be read, and where it is masked. Of `known` units
 * one may be of another text that says the same, whose places are others.
 */
export function readInput(
  host: Host,
  input: InputUnit,
  { systemd, root, podman }: ReadOptions,
  known?: TextTable<Unit>,
): ReadUnit {
  const { path: file, text, dropIns, learnt, loaded } = unitFiles(host, input, { root });
  if (loaded?.state === "masked") throw new NotLoadedError(loadedText(loaded, input.path));
  const unit = loaded && isUnitPath(input.unit) ? { ...input.unit, name: loaded.name } : input.unit;
  const loadedInput = { ...input, unit };
  const texts = dropIns.map((it) => it.text);
  const defaults = defaultsFor(host, input.path, root);
  const lines = lineTableOf(text);
  const read = (): Unit =>
    forManagerOf(input, readUnit(unit, text, systemd, { dropIns: texts, lines, learnt, defaults, podman }));
  const isAlone = texts.length === 0 && !learnt && isUnitPath(unit);
  const found = known && isAlone ? known.of(readingOf(loadedInput, systemd, defaults), text, read).value : read();
  return { unit: found, files: [file, ...dropIns.map((it) => it.path)], loaded };
}

/** What is shorter has too few equal lines to be worth a table. */
const LONG_TEXT = 1 << 16;

/** So many lines of a long text are known at a time. */
const LATELY = 4096;

/** A table for the lines of a long text, in which equal ones are one object. */
export const lineTableOf = (text: string): LineTable | undefined =>
  text.length < LONG_TEXT ? undefined : new LineTable(LATELY);

/** All besides its text that decides how a unit without other files is read. */
export const readingOf = (
  { unit, scopeIsOpen }: InputFile,
  version: SystemdVersion,
  defaults: ManagerDefaults | undefined,
): string => JSON.stringify([unit, scopeIsOpen, version, defaults]);

/** So many units of a fleet are known at a time, some 20 kilobytes each: as many as the services of a distribution. */
export const MOST_UNITS = 2048;
