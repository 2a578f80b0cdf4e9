import type { TemplateDialect } from "../../facts/templateNames.ts";
import { UNIT_KINDS, type UnitKind } from "../../facts/unitKinds.ts";
import { pathParts, splitPath } from "../pathParts.ts";
import { isOfChezmoi } from "./chezmoiNames.ts";
import { type ForeignPlace, foreignPlace } from "./foreignPlaces.ts";
import { folderScope, type ScopeReason } from "./scopeFolders.ts";
import { type InstalledName, installedName, mayBeUnitFile } from "./sourceNames.ts";

/** What the path of a unit file or drop-in says about it. */
export interface UnitPath {
  readonly kind: UnitKind;
  readonly role: "unit" | "drop-in";
  /**
   * The name of the unit, or of the unit that a drop-in extends: `foo@.service`, `foo-.service` for a prefix drop-in;
   * undefined for a drop-in of all units of the kind (`service.d/`).
   */
  readonly name: string | undefined;
  /** Whose manager reads it: a user's where it lies for them (`…/systemd/user/…`), or was found to be written for them. */
  readonly scope: "system" | "user";
  /** Why that one, where more than its place decides. */
  readonly scopeReason?: ScopeReason;
  /** What language its placeholders are in, where the name says that it is filled in before systemd reads it. */
  readonly template?: TemplateDialect;
  /** What installs it under the name of its unit, where that is not the name of the file. */
  readonly by?: InstalledName["by"];
}

const KINDS = UNIT_KINDS.join("|");
const UNIT = new RegExp(`^(.+)\\.(${KINDS})$`, "s");
const DROP_IN_FOLDER = new RegExp(`^(?:(.+)\\.)?(${KINDS})\\.d$`, "s");

/** Reads a POSIX or Windows path, or the path of a URI; undefined where it is no unit file. The file need not exist. */
export function unitPath(path: string): UnitPath | undefined {
  const named = namedAsUnit(path);
  return named?.foreign ? undefined : named?.unit;
}

/** What a file named like a unit or drop-in is instead, as far as its name and folder say; undefined for all others. */
export const lookAlikeAt = (path: string): ForeignPlace | undefined => namedAsUnit(path)?.foreign;

/** Whose manager reads a file as its place says; undefined where the place does not tell. */
export function scopeOfPlace(path: string): UnitPath["scope"] | undefined {
  const { file, parents } = splitPath(path);
  const { isChezmoi, scope } = factsOf(parents);
  return installedName(file, parents, isChezmoi).scope ?? scope;
}

/** Whose manager reads a finished unit that lies in a folder. */
export function scopeOfFolder(folder: string): UnitPath["scope"] {
  const { isChezmoi, scope, foreign } = factsOf(pathParts(folder));
  if (foreign) return "system";
  return isChezmoi ? "user" : (scope ?? "system");
}

/** What is named like a unit, be it one or not. */
interface NamedAsUnit {
  readonly unit: UnitPath;
  readonly foreign: ForeignPlace | undefined;
}

let lastNamed: { readonly path: string; readonly named: NamedAsUnit | undefined } | undefined;

/** A file is asked for several times before the next one is. */
function namedAsUnit(path: string): NamedAsUnit | undefined {
  if (lastNamed?.path !== path) lastNamed = { path, named: readNamed(path) };
  return lastNamed.named;
}

function readNamed(path: string): NamedAsUnit | undefined {
  const { file: written, parents } = splitPath(path);
  if (!mayBeUnitFile(written)) return undefined;
  const facts = factsOf(parents);
  const { file, folder, template, by, scope: ownScope, other } = installedName(written, parents, facts.isChezmoi);
  const unit = UNIT.exec(file);
  // A template gets its name only where it is installed: in the folder of a unit it becomes a drop-in whatever it is called.
  const isPart = file.endsWith(".conf") || (unit && template !== undefined);
  const dropIn = isPart ? DROP_IN_FOLDER.exec(folder) : undefined;
  if (!unit && !dropIn) return undefined;
  const scope = ownScope ?? facts.scope ?? "system";
  const rest = { scope, ...(template && { template }), ...(by && { by }) };
  const foreign = other ?? facts.foreign;
  if (unit && !dropIn) return { unit: { kind: unit[2] as UnitKind, role: "unit", name: file, ...rest }, foreign };
  const [, stem, kind] = dropIn ?? [];
  const name = stem === undefined ? undefined : `${stem}.${kind}`;
  // Follows hidden_or_backup_file() in conf_files_list(), systemd 257.
  const hidden = file.startsWith(".") ? "hidden-drop-in" : undefined;
  return { unit: { kind: kind as UnitKind, role: "drop-in", name, ...rest }, foreign: foreign ?? hidden };
}

/** What folders say of all files in them. */
interface FolderFacts {
  readonly isChezmoi: boolean;
  readonly scope: UnitPath["scope"] | undefined;
  readonly foreign: ForeignPlace | undefined;
}

let last: { readonly of: string; readonly facts: FolderFacts } | undefined;

/** Files of one folder are asked for one after the other. */
function factsOf(parents: readonly string[]): FolderFacts {
  const of = parents.join("/");
  if (last?.of !== of) {
    const facts = { isChezmoi: isOfChezmoi(parents), scope: folderScope(parents), foreign: foreignPlace(parents) };
    last = { of, facts };
  }
  return last.facts;
}

/** Guesses the kind of a text without a path, such as a new editor tab, from its section headers. */
export function kindFromSections(names: readonly string[]): UnitKind {
  return UNIT_KINDS.find((kind) => names.some((name) => name.toLowerCase() === kind)) ?? "service";
}
