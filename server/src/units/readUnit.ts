import type { PodmanVersion } from "../facts/podmanVersions.ts";
import type { SystemdVersion } from "../facts/version.ts";
import { checkedFamilyOf } from "../families/checkedFamily.ts";
import { isQuadletPath } from "../families/checkedPath.ts";
import type { LineTable } from "../syntax/lineTable.ts";
import type { UnitFile } from "../syntax/tree.ts";
import type { LearntText } from "./learntText.ts";
import type { ManagerDefaults } from "./managerDefaults.ts";
import { Memory } from "./memory.ts";
import type { StatedText } from "./statedText.ts";
import { type ReadPath, readAlike, readFile } from "./template/templateFile.ts";
import type { Unit } from "./unit.ts";

/** The texts of the unit that a drop-in belongs to. */
export interface MainTexts {
  readonly path: ReadPath;
  readonly text: string;
  readonly dropIns: readonly string[];
  /** Which of the drop-ins the one is that is read. */
  readonly at: number;
  readonly learnt?: LearntText | undefined;
}

/** What else is known of a unit than its own files. */
export interface Knowledge {
  /** What was learnt about the service; of a drop-in its unit has it. */
  readonly learnt?: LearntText | undefined;
  /** What its manager sets for units that do not, and how the files of its machine are read. */
  readonly defaults?: ManagerDefaults | undefined;
  /** The podman that a quadlet is read for; of any other unit it counts for nothing. */
  readonly podman?: PodmanVersion | undefined;
}

/** What a text is read with. */
export interface Surroundings extends Knowledge {
  /** The texts of the drop-ins of a unit file, in the order in which systemd reads them. */
  readonly dropIns?: readonly string[] | undefined;
  /** Of a drop-in the unit that it belongs to, where its file can be seen. */
  readonly main?: MainTexts | undefined;
  /** The unit as it was before an edit: only what changed is read. */
  readonly previous?: Unit | undefined;
  /** Equal lines of units that share this table are one object; a drop-in of a unit that is seen has none. */
  readonly lines?: LineTable | undefined;
}

/**
 * Reads a text, that of a unit file or of a drop-in, with all that is known of its unit: the one way to a unit. The same
 * text for another version or path is another unit.
 */
export function readUnit(path: ReadPath, text: string, version: SystemdVersion, around: Surroundings = {}): Unit {
  const { main, previous } = around;
  if (!main) return withKnowledge(readUnitFile(path, text, version, around), around);
  return withKnowledge(readDropIn(path, text, version, main, previous), { ...around, learnt: undefined });
}

function readUnitFile(path: ReadPath, text: string, version: SystemdVersion, around: Surroundings): Unit {
  const { dropIns = [], previous, lines } = around;
  const files = dropIns.map((it, i) => readFile(path, version, it, previous?.dropIns[i], lines));
  const memory = previous?.memory ?? new Memory();
  const file = readFile(path, version, text, previous?.file, lines);
  return { family: checkedFamilyOf(path), path, file, version, dropIns: files, memory, ...(lines && { lines }) };
}

/** A drop-in as a part of the unit that it belongs to. */
function readDropIn(
  path: ReadPath,
  text: string,
  version: SystemdVersion,
  { path: whole, text: mainText, dropIns, at, learnt }: MainTexts,
  previous: Unit | undefined,
): Unit {
  const mainPath = readAlike({ ...whole, scope: path.scope }, path);
  const before = previous?.main?.unit;
  const file = readFile(path, version, text, previous?.file);
  const reread = (it: string, known: UnitFile | undefined): UnitFile =>
    known?.text === it && before?.version === version && before.path.finished === mainPath.finished
      ? known
      : readFile(mainPath, version, it, known);
  const files = dropIns.map((it, i) => (i === at ? file : reread(it, before?.dropIns[i])));
  const memory = previous?.memory ?? new Memory();
  const unit = {
    family: checkedFamilyOf(mainPath),
    path: mainPath,
    file: reread(mainText, before?.file),
    version,
    dropIns: files,
    memory: memory.within("unit"),
  };
  const main = { unit: withKnowledge(unit, { learnt }), at };
  return { family: checkedFamilyOf(path), path, file, version, dropIns: [], main, memory };
}

/** The same unit with more that is known of it; what is missing stays as it was. Of a drop-in the defaults count for its unit too. */
export function withKnowledge(unit: Unit, { learnt, defaults, podman }: Knowledge): Unit {
  const main = unit.main && { ...unit.main, unit: withKnowledge(unit.main.unit, { defaults }) };
  const more = {
    ...(learnt && { learnt }),
    ...(saysMore(defaults) && { defaults, ...(main && { main }) }),
    ...(podman !== undefined && isQuadletPath(unit.path) && { podman }),
  };
  return Object.keys(more).length === 0 ? unit : { ...unit, ...more };
}

/** Whether defaults differ from those that systemd is built with, or lead to files. */
const saysMore = (defaults: ManagerDefaults | undefined): defaults is ManagerDefaults =>
  defaults !== undefined &&
  (defaults.restrictSuidSgid || Boolean(defaults.files) || Boolean(defaults.source) || Boolean(defaults.tree));

/** The same unit with what is stated of it elsewhere, if anything is. */
export const withStated = (unit: Unit, stated: readonly StatedText[] | undefined): Unit =>
  stated && stated.length > 0 ? { ...unit, path: { ...unit.path, stated } } : unit;

/** The same unit file read anew under another path or with other drop-ins, with all that is known of it. */
export function readAnew(
  { path, file, version, dropIns, learnt, defaults, podman, lines }: Unit,
  other: { readonly path?: ReadPath; readonly dropIns?: readonly string[] },
): Unit {
  const texts = other.dropIns ?? dropIns.map((it) => it.text);
  return readUnit(other.path ?? path, file.text, version, { dropIns: texts, learnt, defaults, podman, lines });
}

/** The same unit with another text instead of its own, such as one that a fix would make. */
export function withText(unit: Unit, text: string): Unit {
  const { family, path, version, main, learnt, defaults, podman } = unit;
  const file = readFile(path, version, text, unit.file);
  const memory = unit.memory.within("edited");
  const edited = { family, path, file, version, memory };
  if (!main) return withKnowledge({ ...edited, dropIns: unit.dropIns }, { learnt, defaults, podman });
  const dropIns = main.unit.dropIns.map((it, i) => (i === main.at ? file : it));
  const whole = { ...main.unit, dropIns, memory: memory.within("unit") };
  return withKnowledge({ ...edited, dropIns: [], main: { unit: whole, at: main.at } }, { defaults, podman });
}
