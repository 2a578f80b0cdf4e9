import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { endBoxesOnSignals } from "../box.ts";
import type { Daemon } from "../daemon.ts";
import { run } from "../run.ts";
import { type Cost, costs, costText } from "./cost.ts";
import { type LearnReport, learnDaemon } from "./learnDaemon.ts";
import { learnPageOf } from "./learnPage.ts";
import { learnMedians, learnTextOf, tallyLearnt, unseenLines } from "./learnReport.ts";
import { tryUnseen } from "./tryUnseen.ts";

/** How the list is gone through. */
export interface LearnOptions {
  readonly jobs: number;
  /** Whether daemons are also asked for what learning did not see. */
  readonly unseen: boolean;
  /** Whether the cost of observing is measured. */
  readonly cost: boolean;
  /** A file for all that was seen, written after each daemon. */
  readonly out: string | undefined;
  /** Such a file of an earlier run: what it has is not done again. */
  readonly from: string | undefined;
  /** Where the page of the documentation goes; undefined where not all daemons are asked for. */
  readonly page: string | undefined;
  /** As `systemd 257`. */
  readonly system: string;
}

interface Seen {
  readonly reports: readonly LearnReport[];
  readonly costs: readonly Cost[];
}

/** The medians that have to be reached: of what is learnt, and with a user of their own. */
const TARGETS = [2.3, 1.8] as const;

/** Learns daemons in boxes, several at a time, and ends as tests do: with how many passed and failed. */
export async function proveLearning(daemons: readonly Daemon[], options: LearnOptions): Promise<void> {
  const { jobs, unseen, cost, out, from, page, system } = options;
  endBoxesOnSignals();
  await run(["apt-get", "update", "-qq"], { seconds: 300 });
  const before: Seen =
    from !== undefined && existsSync(from) ? JSON.parse(readFileSync(from, "utf8")) : { reports: [], costs: [] };
  const done = new Map(before.reports.flatMap((it) => (it.shipped?.outcome.works ? [[it.unit, it] as const] : [])));
  let measured = before.costs;
  const sorted = (): LearnReport[] => daemons.flatMap((it) => done.get(it.unit) ?? []);
  const save = (): void => {
    if (out !== undefined) writeFileSync(out, JSON.stringify({ reports: sorted(), costs: measured }, undefined, 1));
  };
  const queue = [...daemons];
  const work = async (): Promise<void> => {
    for (let daemon = queue.shift(); daemon; daemon = queue.shift()) {
      const known = done.get(daemon.unit);
      let report = known ?? (await learnDaemon(daemon));
      if (!known) console.log(learnTextOf(report));
      if (unseen && report.learnt?.outcome.works && !report.unseen) {
        const found = await tryUnseen(daemon, report.learnt.dropIn);
        if (found) report = { ...report, unseen: found };
        for (const line of unseenLines(report)) console.log(line);
      }
      done.set(daemon.unit, report);
      save();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, work));
  if (cost && measured.length === 0) {
    measured = await costs(daemons);
    save();
  }
  for (const it of measured) console.log(costText(it));
  if (page !== undefined) writeFileSync(page, learnPageOf(sorted(), { daemons, costs: measured, system }));
  judge(sorted(), page !== undefined);
}

/** The medians are those of the whole list. */
function judge(reports: readonly LearnReport[], isWhole: boolean): void {
  const { learnt, works, withUser, userWorks, unseen } = tallyLearnt(reports);
  const medians = learnMedians(reports);
  console.log(`learnt: ${works} of ${learnt.length} work; with User= ${userWorks} of ${withUser.length}`);
  console.log(`not exercised: ${unseen.broken} of ${unseen.actions} actions break`);
  console.log(`median exposure: ${medians.join(" → ")}`);
  const tooHigh = isWhole ? medians.slice(3).filter((it, i) => Number(it) > (TARGETS[i] ?? 0)).length : 0;
  const tooMany = unseen.broken * 20 > unseen.actions ? 1 : 0;
  const notTried = reports.filter((it) => it.error !== undefined).length;
  const failed = learnt.length - works + (withUser.length - userWorks) + tooHigh + tooMany + notTried;
  console.log(`${works + userWorks} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
