import type { ConfigKind } from "../facts/configKinds.ts";
import type { ConfigFamily } from "../families/configs/configFamily.ts";
import type { LineRule, Rule } from "../findings/rule.ts";
import type { OwnHardening } from "../hardening/ownHardening.ts";
import type { AdviceRule } from "../hardening/suggestions/advice.ts";
import type { Unit } from "../units/unit.ts";

/** All that is known of the files of one program, or of several that share their settings. */
export interface Dialect {
  /** Its kinds of files, each with its place, sections, settings and value types; made when a file of it is met. */
  readonly kinds: Readonly<Partial<Record<ConfigKind, () => ConfigFamily>>>;
  /** What may be wrong in them besides lines, names and values, in the order of the documentation. */
  readonly rules: readonly (Rule | LineRule)[];
  /** How its files are hardened, where they have settings for that which are no service's. */
  readonly hardening?: OwnHardening;
  /** The codes of that advice, in the order of the tiers. */
  readonly advice?: readonly AdviceRule[];
  /** Where a file may hold several: what they are, undefined of any other file, and the code of all that is said of the whole. */
  readonly parts?: { readonly unitsIn: (unit: Unit) => readonly Unit[] | undefined; readonly code: string };
}
