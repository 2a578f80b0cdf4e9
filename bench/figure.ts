/** One thing that was measured against something else in the same run. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** The most that it may be; missing where it is told without a target. */
  readonly target?: number;
  /** What both count; a ratio without one. */
  readonly unit?: "MB" | "ms" | "s";
}

/** One line for a terminal: the value, the target and whether it is met. */
export function figureLine({ what, value, target, unit }: Figure): string {
  const shown = (it: number): string => (unit ? `${it.toFixed(1)} ${unit}` : it.toFixed(2));
  if (target === undefined) return `${what}: ${shown(value)}`;
  return `${what}: ${shown(value)}, target at most ${shown(target)}: ${isMet({ value, target }) ? "met" : "missed"}`;
}

/** A row of a table without absolute times: of times it says which part of the target they are. */
export function figureRow({ what, value, target, unit }: Figure): string {
  const ofTarget = unit !== undefined && unit !== "MB" && target !== undefined;
  const shown = ofTarget
    ? `${(value / target).toFixed(2)} of the target`
    : unit
      ? `${value.toFixed(0)} ${unit}`
      : value.toFixed(2);
  const most = target === undefined ? "" : `${target}${unit ? ` ${unit}` : ""}`;
  return `| ${what} | ${shown} | ${most} | ${target === undefined ? "" : isMet({ value, target }) ? "met" : "missed"} |`;
}

const isMet = ({ value, target }: { readonly value: number; readonly target: number }): boolean => value <= target;
