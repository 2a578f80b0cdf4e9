import type { HardeningRow, Tier } from "./row.ts";
import { BASIC } from "./tables/basic.ts";
import { ISOLATED } from "./tables/isolated.ts";
import { STRICT } from "./tables/strict.ts";

/** How much hardening a reader asks for; each profile includes the ones before it. */
export type Profile = "off" | Tier;

const TABLE = [...BASIC, ...STRICT, ...ISOLATED] as const;

/** The directives that a profile asks for. */
export type HardeningDirective = (typeof TABLE)[number]["directive"];

/** One row of the table of profiles. */
export interface Row extends HardeningRow {
  readonly directive: HardeningDirective;
}

/** All rows, tier by tier. */
export const ROWS: readonly Row[] = TABLE;

const TIERS: readonly Profile[] = ["off", "basic", "strict", "isolated"];

/** The rows of a profile and of the ones that it includes. */
export const rowsOf = (profile: Profile): readonly Row[] => UP_TO[profile];

const upTo = (profile: Profile): readonly Row[] =>
  ROWS.filter((row) => TIERS.indexOf(row.tier) <= TIERS.indexOf(profile));

const UP_TO: Readonly<Record<Profile, readonly Row[]>> = {
  off: [],
  basic: upTo("basic"),
  strict: upTo("strict"),
  isolated: upTo("isolated"),
};

/** The code of a row's findings, such as `hardening/protect-home`. */
export function codeOf(directive: HardeningDirective): string {
  const known = CODES.get(directive);
  if (known !== undefined) return known;
  const words = directive.replace(/([a-z])([A-Z])/g, "$1-$2").replace(/([A-Z]{2,})([A-Z][a-z])/g, "$1-$2");
  const code = `hardening/${words.toLowerCase()}`;
  CODES.set(directive, code);
  return code;
}

/** Those that were asked for. */
const CODES = new Map<HardeningDirective, string>();
