import type { Directive } from "../catalog/catalog.ts";
import type { SectionFacts } from "../catalog/sections.ts";
import type { SystemdVersion } from "../facts/version.ts";
import type { UnitFile } from "../syntax/tree.ts";

/** What the path of a file says, whichever family it is of. */
interface FilePath {
  /** Which type of file of its family it is, such as `service` or `network`; reports show it. */
  readonly kind: string;
}

/**
 * A family of files that one program of systemd's reads by the same rules: how its files are recognised, what may stand
 * in them, what is judged, and which other files are read with one.
 */
export interface Family<Path extends FilePath = FilePath, Section extends string = string> {
  /** Short and stable, such as `units`. */
  readonly name: string;
  /** What a path says, by its folders and its file name; undefined where the file is of another family. The file need not exist. */
  pathOf(path: string): Path | undefined;
  /** The same of a text without a path, by its section headers; undefined where they are of another family. */
  pathFromSections(names: readonly string[]): Path | undefined;
  /** What may stand in a file; missing where the family is only recognised, and its files are not checked. */
  readonly content?: Content<Path, Section>;
  /** Which other files are read with one; missing where none are. */
  readonly dropIns?: DropIns;
}

/** What may stand in the files of a family. */
interface Content<Path, Section> {
  /** The sections that a file may have, in the usual order. */
  sectionsOf(path: Path): readonly Section[];
  /** The sections that may come several times, each an object of its own; all others are one section, however often they come. */
  readonly separateSections: readonly Section[];
  /** Whether the program leaves out a section because of what the files say elsewhere; missing where none is. */
  leavesOut?(files: readonly UnitFile[], section: string): boolean;
  /** What a reader is told about a section. */
  sectionFacts(section: Section): SectionFacts;
  /** What the catalog says about a name in a section; undefined where the parser does not know it. */
  directive(section: string, name: string): Directive | undefined;
  /** What a file may set in a section, in the usual order: also what is newer than the version, where it says of itself since when there is one. */
  directivesIn(section: Section, version: SystemdVersion): readonly Directive[];
  /** The families of codes, such as `value`, whose rules judge a file. */
  readonly rules: readonly string[];
}

/** The files that are read after a main file, and add to it. */
interface DropIns {
  /** The folders for a name, the most specific first. */
  foldersOf(name: string): readonly string[];
  /** The same for a file that is judged by itself, although others are made of it. */
  judgedWith(name: string): readonly string[];
  /** Which files of such folders are read, in their order. */
  readonly inOrder: (
    folders: readonly { readonly folder: string; readonly files: readonly string[] }[],
  ) => readonly { readonly folder: string; readonly file: string }[];
  /** The folders that are searched for files and drop-ins, by whose manager reads them, the strongest first. */
  readonly loadPaths: Readonly<Record<"system" | "user", readonly string[]>>;
}
