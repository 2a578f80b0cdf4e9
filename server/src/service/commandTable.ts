import TABLE from "../../../data/commands.json" with { type: "json" };
import type { DirectiveName } from "../catalog/catalog.ts";
import { lazy } from "../text/tables.ts";

/** Programs that are there for one thing, as their manual pages say. */
export interface CommandRow {
  readonly programs: RegExp;
  /** Which arguments make it so; every call does where missing. */
  readonly args?: RegExp;
  /** What follows for the program, or what it is. */
  readonly what: string;
}

/** A program that is there to write some places, whatever its unit says. */
export interface WritingRow extends CommandRow {
  /** An option that leads it elsewhere. */
  readonly elsewhere?: RegExp;
  /** Where it writes, and what of it can be opened alone. */
  readonly places: readonly string[];
}

/** A program of root that does nothing without some capabilities. */
export interface CapableRow extends CommandRow {
  readonly capabilities: readonly string[];
}

/** A command that is for nothing but what a setting denies. */
export interface DeniedRow extends CommandRow {
  readonly directive: DirectiveName;
  /** Whether it depends on what the command is given to do. */
  readonly isLikely?: boolean;
  /** Whether it fails only in a user namespace that knows nobody but root and the user. */
  readonly isAlone?: boolean;
}

interface WrittenRow {
  readonly programs: string;
  readonly args?: string;
  readonly elsewhere?: string;
  readonly places?: string;
  readonly capabilities?: string;
  readonly directive?: string;
  readonly what: string;
  readonly isLikely?: boolean;
  readonly isAlone?: boolean;
}

/** Names of programs are whole words of a list, each of which may leave characters open. */
function compiled({ programs, args, elsewhere, places, capabilities, ...row }: WrittenRow) {
  return {
    ...row,
    programs: new RegExp(`^(?:${programs.replaceAll(" ", "|")})$`),
    ...(args !== undefined && { args: new RegExp(args) }),
    ...(elsewhere !== undefined && { elsewhere: new RegExp(elsewhere) }),
    places: places?.split(" ") ?? [],
    capabilities: capabilities?.split(" ") ?? [],
  };
}

const rowsOf = (rows: readonly WrittenRow[]) => lazy(() => rows.map(compiled));

export const writingCommands: () => readonly WritingRow[] = rowsOf(TABLE.writers);
export const capableCommands: () => readonly CapableRow[] = rowsOf(TABLE.capabilities);
export const deniedCommands = rowsOf(TABLE.denied) as () => readonly DeniedRow[];
