import type { Directive, DirectiveName } from "../catalog/catalog.ts";
import type { PodmanVersion } from "../facts/podmanVersions.ts";
import type { SystemdVersion } from "../facts/version.ts";
import type { Assignment } from "../syntax/tree.ts";
import type { FileBeside } from "../units/index/gather.ts";
import type { UnitIndex } from "../units/index/unitIndex.ts";
import type { ReadSection, Unit } from "../units/unit.ts";
import type { Finding } from "./finding.ts";

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

/** A unit file that shows a rule at work; all are run as tests. */
export interface Example {
  /** The name of the file, which decides its kind. */
  readonly path?: string;
  /** The systemd that it is read for; the newest where missing. */
  readonly version?: SystemdVersion;
  /** The podman that it is read for, where it is a quadlet; the newest where missing. */
  readonly podman?: PodmanVersion;
  readonly text: string;
  /** Other files by their paths, those of the same folder by their names. */
  readonly otherFiles?: Readonly<Record<string, string>>;
  /** The files of the machine that it is on, by their absolute paths; missing where nobody looked. */
  readonly machine?: Readonly<Record<string, string>>;
}

/** What is said of one thing that Unit Warden knows how to judge. */
export interface RuleText {
  /** `family/name`, stable forever. */
  readonly code: string;
  /** What is wrong, as a heading. */
  readonly title: string;
  /** What systemd does then and what follows from it. */
  readonly why: string;
  /** The manual page to read, with its section number. */
  readonly page: string;
  /** Triggers this rule and no other of the same family. */
  readonly bad: Example;
  /** The same, put right. */
  readonly good: Example;
  /** Near misses: what looks alike and is right, so that this rule finds nothing there. */
  readonly silent?: readonly Example[];
}

/** A rule about a whole unit. Rules that share `check` are asked once: what it finds has its code. */
export interface Rule extends RuleText {
  /** Without `context` nothing is known of other units, and nothing is said of them. */
  readonly check: (unit: Unit, context?: UnitContext) => Iterable<Found>;
  /** Directives without any of which, in all files of the unit, it finds nothing; missing where other things decide. */
  readonly needs?: readonly DirectiveName[];
}

/** A rule about single lines: each is judged once for as long as it is not touched. */
export interface LineRule extends RuleText {
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
