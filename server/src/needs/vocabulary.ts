import type { DirectiveName } from "../catalog/catalog.ts";
import type { Grant, NeedRow } from "./needRow.ts";
import { MACHINE_NEEDS } from "./tables/machine.ts";
import { PROGRAM_NEEDS } from "./tables/program.ts";

const TABLE = { ...MACHINE_NEEDS, ...PROGRAM_NEEDS };

/** What services may need, as a person names it. */
export type NeedName = keyof typeof TABLE;

/** A need with its name. */
export interface Need extends NeedRow {
  readonly name: NeedName;
}

/** All that services may need, the most common first. */
export const NEEDS: readonly Need[] = Object.entries<NeedRow>(TABLE).map(([name, row]) => ({
  name: name as NeedName,
  ...row,
}));

/** A need by the name that a person wrote; undefined where there is none. */
export const needNamed = (name: string): Need | undefined => NEEDS.find((it) => it.name === name);

/** All needs that speak against a setting. */
export const needsAgainst = (setting: string): readonly Need[] =>
  NEEDS.filter((it) => Object.hasOwn(it.decides, setting));

/** What of a setting grants a need, where it speaks against it at all. */
export const grantOf = ({ decides }: Need, setting: string): Grant | undefined =>
  Object.hasOwn(decides, setting) ? decides[setting as DirectiveName] : undefined;
