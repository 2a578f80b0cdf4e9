import type { Baseline, KnownFinding } from "../configuration/baseline.ts";
import { goneCount, knownAfter, type RunScope } from "../configuration/baselineRun.ts";

/** A baseline as it is on disk. */
export interface BaselineFile {
  /** As it was named. */
  readonly path: string;
  /** Its folder, absolute and with slashes. */
  readonly folder: string;
  /** Undefined where there is no such file yet. */
  readonly text: string | undefined;
  readonly known: Baseline;
}

/** What a run says of the baseline of a file that it checked. */
export interface KnownReport {
  /** The path of the baseline, and of the file as it stands there. */
  readonly baseline: string;
  readonly file: string;
  /** The path under which the file is known, where it seems to have been renamed. */
  readonly renamedFrom?: string;
  /** How many findings are left out, and how many are not any more. */
  readonly known: number;
  readonly expired: number;
  readonly found: readonly KnownFinding[];
  readonly run: RunScope;
}

/** A baseline and what a run says of it. */
export interface BaselineUpdate {
  readonly file: BaselineFile;
  readonly reports: readonly KnownReport[];
  /** Files that are known and not there, where the run looked for them. */
  readonly lost: ReadonlySet<string>;
  /** Whether the run looked at all files that are known. */
  readonly seesAll: boolean;
  readonly today: string;
}

/** What is known once a run has ended: what it could not have found stays as it is. */
export function updatedBaseline({ file: { known }, reports, lost, seesAll, today }: BaselineUpdate): Baseline {
  const moved = new Set(reports.flatMap((it) => it.renamedFrom ?? []));
  const now = new Map(
    reports.map(({ file, renamedFrom, found, run }) => {
      const before = known.get(renamedFrom ?? file) ?? [];
      return [file, knownAfter(before, found, run, { seesAll, today })] as const;
    }),
  );
  const others = [...known].filter(([file]) => !now.has(file) && !moved.has(file));
  // Of a file that is not there any more, another run may know where it went.
  const [{ run } = { run: undefined }] = reports;
  const kept = others.map(([file, all]): readonly [string, readonly KnownFinding[]] =>
    run && lost.has(file) ? [file, knownAfter(all, [], run, { seesAll, today })] : [file, all],
  );
  return new Map([...kept, ...now]);
}

/** What is said of a baseline after a run, in one line; nothing where there is nothing to say. */
export function baselineNote(update: BaselineUpdate, updates: boolean): string[] {
  const { file, reports, lost, seesAll } = update;
  const sum = (of: (it: KnownReport) => number): number => reports.reduce((all, it) => all + of(it), 0);
  const expired = sum((it) => it.expired);
  const ended = expired > 0 ? [`${findings(expired)} of exceptions whose last day has passed`] : [];
  if (updates) {
    const after = [...updatedBaseline(update).values()].flat().reduce((all, it) => all + it.count, 0);
    const now = sum(({ found }) => found.reduce((all, it) => all + it.count, 0)) - expired;
    const kept = after - now - expired;
    const others = kept > 0 ? [`${findings(kept)} kept that this run could not have found`] : [];
    return [`${file.path}: ${[`${findings(now)} known from now on`, ...others, ...ended].join("; ")}`];
  }
  const moved = new Set(reports.flatMap((it) => it.renamedFrom ?? []));
  const [{ run } = { run: undefined }] = reports;
  const countOf = (path: string): number => (run ? goneCount(file.known.get(path) ?? [], [], run, seesAll) : 0);
  const inFiles = sum((it) => goneCount(file.known.get(it.renamedFrom ?? it.file) ?? [], it.found, it.run, seesAll));
  const gone = [...lost].filter((it) => !moved.has(it)).reduce((all, it) => all + countOf(it), inFiles);
  const known = sum((it) => it.known);
  const parts = [
    ...(known > 0 ? [`${known} known ${known === 1 ? "finding" : "findings"} left out`] : []),
    ...(gone > 0 ? [`${findings(gone)} found no longer, which --update-baseline drops`] : []),
    ...ended,
  ];
  return parts.length > 0 ? [`${file.path}: ${parts.join("; ")}`] : [];
}

const findings = (count: number): string => `${count} ${count === 1 ? "finding" : "findings"}`;
