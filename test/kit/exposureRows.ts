/** One row of `systemd-analyze security --json=short` with SYSTEMD_ANALYZE_DEBUG=1. */
export interface ExposureRow {
  readonly set: boolean | null;
  readonly json_field: string;
  readonly description: string | null;
  readonly weight: number;
  readonly badness: number;
  readonly range: number;
}

/** The answer in the form of the corpus; the exposure is systemd's formula over its own rows. */
export function answerOf(
  rows: readonly ExposureRow[] | undefined,
  ids: readonly string[],
): { exposure: number | null; badness: (number | null)[] | null } {
  if (!rows) return { exposure: null, badness: null };
  const known = new Map(rows.map((it) => [it.json_field, it]));
  const counted = rows.filter((it) => it.set !== null);
  const badness = counted.reduce((sum, it) => sum + Math.ceil((it.badness * it.weight) / it.range), 0);
  const weight = counted.reduce((sum, it) => sum + it.weight, 0);
  return {
    exposure: Math.ceil((badness * 100) / weight),
    badness: ids.map((id) => {
      const row = known.get(id);
      return row === undefined || row.set === null ? null : row.badness;
    }),
  };
}
