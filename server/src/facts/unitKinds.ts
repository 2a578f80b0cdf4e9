/** The kinds of units, by the suffix of their names. */
export const UNIT_KINDS = [
  "service",
  "socket",
  "timer",
  "path",
  "mount",
  "automount",
  "swap",
  "target",
  "slice",
  "scope",
  "device",
] as const;

/** The kind of a unit, by the suffix of its name. */
export type UnitKind = (typeof UNIT_KINDS)[number];
