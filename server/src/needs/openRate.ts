import RATES from "../../../data/measured/open-rates.json" with { type: "json" };

/**
 * That all measured daemons bear a setting whose programs left it open, too, as the end of a sentence; undefined where a run of one
 * refused it, or none was asked. Of what programs seldom fail under that is as much as is known before one can be read.
 */
export function openRateText(setting: string): string | undefined {
  const [borne = 0, total = 0] = (RATES as unknown as Readonly<Record<string, readonly number[]>>)[setting] ?? [];
  return total > 0 && borne === total
    ? `all ${total} measured daemons bear it whose programs leave it open, too`
    : undefined;
}
