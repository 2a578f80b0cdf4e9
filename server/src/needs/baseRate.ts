import RATES from "../../../data/measured/base-rates.json" with { type: "json" };

/** How many of the measured daemons bear a setting, of those whose runs say anything about it. */
export interface BaseRate {
  readonly borne: number;
  readonly asked: number;
}

/** The rate of a line, of a list that of the word that is borne least; `root` counts only those that start as root. */
export function baseRate(line: string, root = false): BaseRate | undefined {
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
    .map((it) => ({ borne: it?.[root ? 2 : 0] ?? 0, asked: it?.[root ? 3 : 1] ?? 0 }))
    .toSorted((a, b) => a.borne / a.asked - b.borne / b.asked);
  return least && least.asked > 0 ? least : undefined;
}

/** A rate as the end of a sentence. */
export function rateText(line: string, root = false): string | undefined {
  const rate = baseRate(line, root);
  return rate && `${rate.borne} of ${rate.asked} measured daemons${root ? " that start as root" : ""} bear it`;
}
