import RATES from "../../../data/measured/base-rates.json" with { type: "json" };

/** How many of the measured daemons bear a setting, of those whose runs say anything about it. */
export interface BaseRate {
  readonly borne: number;
  readonly total: number;
}

/** Of which daemons a rate is: of all, of those that start as root, or of those that never have rights of root. */
export type RatedDaemons = "all" | "root" | "others";

/** The rate of a line, of a list of what is denied that of the word that is borne least. */
export function baseRate(line: string, of: RatedDaemons = "all"): BaseRate | undefined {
  const at = line.indexOf("=~") + 2;
  const words =
    at > 1
      ? line
          .slice(at)
          .split(" ")
          .map((it) => `${line.slice(0, at)}${it}`)
      : [line];
  const rates = words.map((it) => (RATES as unknown as Readonly<Record<string, readonly number[]>>)[it]);
  const [least] = rates
    .map(([borne = 0, total = 0, byRoot = 0, totalOfRoot = 0] = []) => {
      if (of === "all") return { borne, total };
      return of === "root"
        ? { borne: byRoot, total: totalOfRoot }
        : { borne: borne - byRoot, total: total - totalOfRoot };
    })
    .toSorted((a, b) => a.borne / a.total - b.borne / b.total);
  return least && least.total > 0 ? least : undefined;
}

/** A rate as the end of a sentence. */
export function rateText(line: string, of: RatedDaemons = "all"): string | undefined {
  const rate = baseRate(line, of);
  return rate && `${rate.borne} of ${rate.total} measured daemons${WHO[of]} bear it`;
}

const WHO: Readonly<Record<RatedDaemons, string>> = {
  all: "",
  root: " that start as root",
  others: " that never have rights of root",
};
