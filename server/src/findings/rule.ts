import type { Directive, DirectiveName } from "../catalog/catalog.ts";
import type { Assignment } from "../syntax/tree.ts";
import type { FileBeside } from "../units/index/gather.ts";
import type { UnitIndex } from "../units/index/unitIndex.ts";
import type { ReadSection, Unit } from "../units/unit.ts";
import type { Finding } from "./finding.ts";
import type { RuleCode } from "./ruleTexts.ts";

/** What a rule finds; check() adds its code, where the finding has none. */
export type Found = Omit<Finding, "code" | "fixes"> & Partial<Pick<Finding, "code" | "fixes">>;

/** The other units that can be seen from a file. */
export interface UnitContext {
  readonly index: UnitIndex;
  /** The path by which the index knows the file. */
  readonly path: string;
  /** Whether the index has all that the manager of this file would read, if that is a manager of a whole system. */
  readonly complete: boolean;
  /** The files that networkd and udev read together with this one, itself among them; missing where nobody looked. */
  readonly beside?: readonly FileBeside[] | undefined;
}

/** What a page of docs/rules describes. */
export interface Described {
  readonly code: RuleCode;
}

/** A rule about a whole unit. Rules that share `check` are asked once: what it finds has its code. */
export interface Rule extends Described {
  /** Without `context` nothing is known of other units, and nothing is said of them. */
  readonly check: (unit: Unit, context?: UnitContext) => Iterable<Found>;
  /** Directives without any of which, in all files of the unit, it finds nothing; missing where other things decide. */
  readonly needs?: readonly DirectiveName[];
}

/** A rule about single lines: each is judged once for as long as it is not touched. */
export interface LineRule extends Described {
  /** What it finds in a line; several rules that share the function have a line judged once for all of them. */
  readonly line: LineJudge;
}

/** Judges one line. Only the line, the section and the path, version and family of the unit may decide whether it finds anything. */
export type LineJudge = (line: ReadLine, unit: Unit) => Iterable<Found>;

/** An assignment that systemd looks up. */
export interface ReadLine {
  readonly section: ReadSection;
  readonly node: Assignment;
  /** What the catalog says about it. */
  readonly known: Directive | undefined;
  /** The same where this version of systemd knows it. */
  readonly directive: Directive | undefined;
}
