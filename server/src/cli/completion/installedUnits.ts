import { UNIT_KINDS } from "../../facts/unitKinds.ts";
import { LOAD_PATHS } from "../../families/unitFiles/loadPaths.ts";

/** The folders in which a shell finds the units of the machine, which starts no program for it. */
export const UNIT_FOLDERS: readonly string[] = LOAD_PATHS.system.map((it) => `/${it}`);

/** How the names of units end, with a bar between. */
export const unitEndings = (before: string): string => UNIT_KINDS.map((it) => `${before}${it}`).join("|");
