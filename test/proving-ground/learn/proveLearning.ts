import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { endBoxesOnSignals } from "../box.ts";
import type { Daemon } from "../daemon.ts";
import { run } from "../run.ts";
import { type LearnReport, learnDaemon } from "./learnDaemon.ts";
import { learnTextOf } from "./learnReport.ts";

/** How the list is gone through. */
export interface LearnOptions {
  readonly jobs: number;
  /** A file for all that was seen, written after each daemon. */
  readonly out: string | undefined;
  /** Such a file of an earlier run: what it has is not done again. */
  readonly from: string | undefined;
}

/** Learns daemons, each in boxes of its own, several at a time; the reports in the order of the list. */
export async function learnAll(daemons: readonly Daemon[], { jobs, out, from }: LearnOptions): Promise<LearnReport[]> {
  endBoxesOnSignals();
  await run(["apt-get", "update", "-qq"], { seconds: 300 });
  const done = new Map<string, LearnReport>();
  for (const it of from !== undefined && existsSync(from)
    ? (JSON.parse(readFileSync(from, "utf8")) as LearnReport[])
    : [])
    if (it.error === undefined) done.set(it.unit, it);
  const queue = daemons.filter((it) => !done.has(it.unit));
  const sorted = (): LearnReport[] => daemons.flatMap((it) => done.get(it.unit) ?? []);
  const work = async (): Promise<void> => {
    for (let daemon = queue.shift(); daemon; daemon = queue.shift()) {
      const report = await learnDaemon(daemon);
      done.set(daemon.unit, report);
      console.log(learnTextOf(report));
      if (out !== undefined) writeFileSync(out, JSON.stringify(sorted(), undefined, 1));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, work));
  return sorted();
}
