import type { DirectiveName } from "../catalog/catalog.ts";
import { byVersion, type PerVersion, type SystemdVersion, valueIn } from "../facts/version.ts";
import { unitKindOf } from "../families/checkedPath.ts";
import { runsPrograms } from "../families/unitFiles/kinds.ts";
import { hasPlaceholder } from "../families/unitFiles/sourceNames.ts";
import type { Header, UnitFile } from "../syntax/tree.ts";
import { asQuestion } from "../units/lasting.ts";
import { memo } from "../units/memo.ts";
import { countedFiles } from "../units/template/counted.ts";
import { sectionsFor, type Unit } from "../units/unit.ts";
import { restrictsByDefault } from "../units/unitDefaults.ts";
import { unitNameOf } from "../units/where.ts";
import { parseUnitName, type UnitName } from "../values/unitName.ts";
import { allowedEnd, valueSentence } from "../values/wording.ts";
import type { Assign, Fault, ReadingContext } from "./assign/assign.ts";
import { assignmentsIn } from "./assign/table.ts";
import { copySettings } from "./copySettings.ts";
import { readInGroups } from "./groups.ts";
import { patch } from "./patch.ts";
import { firstRefusal, type Refusal } from "./refusals.ts";
import { startSettings, type UnitSettings } from "./settings.ts";

/** One more assignment after all files of a unit; [Unit] settings go there, all others to the section of the kind. */
export interface Extra {
  readonly directive: string;
  readonly value: string;
}

/** The settings of a unit as systemd would load it, and why it does not where it refuses. */
export interface Effective {
  readonly settings: UnitSettings;
  readonly refusal: Refusal | undefined;
}

/** What the files say, before implications; the base of every further question about a unit. */
interface Read {
  readonly settings: UnitSettings;
  readonly context: ReadingContext;
  readonly refusal: Refusal | undefined;
}

/** The effective settings of a unit: its file, its drop-ins in their order, and what settings imply the very same ones where an edit changes none. */
export const effective: (unit: Unit) => Effective = asQuestion(
  memo((unit) => {
    const { settings, refusal } = readOnce(unit);
    if (refusal) return effectiveWith(unit, []);
    const { role, name, kind, template } = unit.path;
    const known = knownOf(settings);
    const place = [role, name, kind, template === undefined].join(" ");
    const found = known.get(place) ?? effectiveWith(unit, []);
    known.set(place, found);
    return found;
  }),
);

/** What follows from settings that a unit says, by the place of the unit. */
const knownOf = memo((_: UnitSettings) => new Map<string, Effective>());

/** The effective settings after some more assignments, without reading the files again. */
export function effectiveWith(unit: Unit, extra: readonly Extra[]): Effective {
  const read = readOnce(unit);
  const settings = copySettings(read.settings);
  let refused = read.refusal;
  const [, own] = sectionsFor(unit);
  for (const { directive, value } of extra) {
    const assign =
      (own && assignmentsIn(own, unit.version).get(directive)) ?? assignmentsIn("Unit", unit.version).get(directive);
    const fault = assign?.(settings, value, read.context);
    if (fault !== undefined) refused ??= valueRefusal(directive, fault);
  }
  patch(settings, read.context.name.prefix);
  return {
    settings,
    refusal:
      refused ??
      (unit.path.role === "unit"
        ? firstRefusal(settings, certainName(unit.path) === undefined ? undefined : read.context.name)
        : undefined),
  };
}

/** What the files of a unit say alone, before anything is implied; not to be changed. */
export const writtenSettings = (unit: Unit): UnitSettings => readOnce(unit).settings;

const readOnce: (unit: Unit) => Read = memo((unit) => {
  const read = readFiles(unit);
  if (!restrictsByDefault(unit) || !runsPrograms(unitKindOf(unit.path))) return read;
  return { ...read, settings: { ...read.settings, restrictSuidSgid: true } };
});

function readFiles(unit: Unit): Read {
  const { version, path } = unit;
  const parsed = path.name === undefined ? undefined : parseUnitName(path.name);
  const name = unitNameOf(path.name, unitKindOf(path));
  const context: ReadingContext = { version, scope: path.scope, name };
  const [own = unit.file, ...dropIns] = countedFiles(unit);
  const files = [own, ...dropIns];
  const large = files.reduce((sum, it) => sum + it.nodes.length, 0) > LARGE;
  const grouped = large && files.every((it) => isReadToItsEnd(it, version)) ? readInGroups(unit, context) : undefined;
  if (grouped)
    return { settings: grouped, context, refusal: path.role === "unit" ? unloadable(unit, parsed) : undefined };
  const settings = startSettings(unitKindOf(path), path.scope, version);
  const tables = new Map(sectionsFor(unit).map((section) => [section as string, assignmentsIn(section, version)]));
  const refusal = readFile(own, settings, context, tables);
  // A mistake in a drop-in ends the reading of that file only.
  for (const file of dropIns) readFile(file, settings, context, tables);
  return { settings, context, refusal: path.role === "unit" ? (unloadable(unit, parsed) ?? refusal) : undefined };
}

/** From so many lines on it pays to know again which of them are untouched. */
const LARGE = 200;

/** Whether nothing but a value can make systemd give up on a file. */
function isReadToItsEnd({ clean, tooLong, sections }: UnitFile, version: SystemdVersion): boolean {
  return clean && !tooLong && sections.every(({ header }) => isSafeHeader(header, version));
}

/** The name that systemd will know a unit by; undefined where a part of it is still to be filled in. */
const certainName = ({ name, template }: Pick<Unit["path"], "name" | "template">): string | undefined =>
  name !== undefined && template !== undefined && hasPlaceholder(name) ? undefined : name;

function unloadable(unit: Unit, name: UnitName | undefined): Refusal | undefined {
  if (!name && certainName(unit.path) !== undefined)
    return { code: "unit-name", message: "Invalid unit file name: systemd does not load it" };
  if (unit.file.text !== "") return undefined;
  return { code: "masked", message: "An empty file masks the unit: systemd does not start it" };
}

/** Carries out the assignments of one file up to where config_parse() gives up. */
function readFile(
  file: UnitFile,
  settings: UnitSettings,
  context: ReadingContext,
  tables: ReadonlyMap<string, ReadonlyMap<string, Assign>>,
): Refusal | undefined {
  let table: ReadonlyMap<string, Assign> | undefined;
  const limit = file.tooLong?.start ?? Number.POSITIVE_INFINITY;
  for (const node of file.nodes) {
    if (node.start >= limit) break;
    if (node.kind === "comment") continue;
    if (!node.utf8) return lexical("encoding", "Line is not valid UTF-8");
    if (node.kind === "header") {
      if (!isSafeHeader(node, context.version)) return lexical("section-header", "Invalid section header");
      table = tables.get(node.name);
    } else if (node.kind === "assignment") {
      const fault = table?.get(node.key)?.(settings, node.text, context, node.line);
      if (fault !== undefined) return { ...valueRefusal(node.key, fault), node };
    }
  }
  return file.tooLong ? lexical("line-too-long", "Line is longer than 1 MiB") : undefined;
}

function lexical(code: "encoding" | "section-header" | "line-too-long", what: string): Refusal {
  return { code, message: `${what}: systemd stops reading and refuses the unit` };
}

function valueRefusal(directive: string, fault: Fault): Refusal {
  const message = valueSentence(directive, fault, { consequence: "systemd refuses the unit" });
  return { code: "value", directive: directive as DirectiveName, message: message + allowedEnd(fault, message) };
}

/** What the name of a section must not match: at first nothing, then control characters and quotes, later an empty name and globs, too. */
const UNSAFE_NAME: PerVersion<RegExp> = { 0: /(?!)/, 251: /[\x01-\x1f\x7f"'\\]/, 258: /^$|[\x01-\x1f\x7f"'\\*?[]/ };

const unsafeName = byVersion((version) => valueIn(UNSAFE_NAME, version));

/** Whether systemd reads on after a section header. Follows parse_line(), systemd 239 to 262. */
export function isSafeHeader({ closed, name }: Pick<Header, "closed" | "name">, version: SystemdVersion): boolean {
  return closed && !unsafeName(version).test(name);
}
