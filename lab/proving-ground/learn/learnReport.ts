import { failure, median } from "../report.ts";
import type { LearnReport, Tried } from "./learnDaemon.ts";

/** One line for a terminal, and more where something broke. */
export function learnTextOf({
  package: name,
  shipped,
  call,
  basic,
  strict,
  learnt,
  userCall,
  withUser,
  error,
}: LearnReport): string {
  const head = name.padEnd(26);
  if (!shipped) return `${head} not tried: ${error}`;
  if (!shipped.outcome.works) return `${head} does not work as shipped: ${failure(shipped.outcome)}`;
  const before = `${head} shipped ${shipped.exposure}, basic ${basic}, strict ${strict}`;
  if (!call) return before;
  if (call.refused !== undefined) return `${before}, refused: ${call.refused}`;
  if (!learnt) return `${before}, NOTHING LEARNT: ${call.said.trim().split("\n").at(-1)}`;
  const state = (it: Tried): string =>
    `${it.exposure} ${it.outcome.works ? "works" : `BROKEN: ${failure(it.outcome)}`}`;
  const user = withUser ? `, with User= ${state(withUser)}` : userCall ? ", User= does not hold" : "";
  return `${before}, learnt ${state(learnt)} (${call.runs} runs, ${call.seconds} s)${user}`;
}

/** Medians of the exposure: shipped, basic, strict, learnt, and with User= where that was proven. */
export function learnMedians(reports: readonly LearnReport[]): readonly string[] {
  const learnt = reports.filter((it) => it.learnt);
  const of = (level: (it: LearnReport) => string | undefined): string => median(learnt.map((it) => level(it) ?? ""));
  return [
    of((it) => it.shipped?.exposure),
    of((it) => it.basic),
    of((it) => it.strict),
    of((it) => it.learnt?.exposure),
    of((it) => (it.withUser ?? it.learnt)?.exposure),
  ];
}

/** How many daemons were learnt, and how they do. */
export function tallyLearnt(reports: readonly LearnReport[]) {
  const learnt = reports.filter((it) => it.learnt);
  const withUser = reports.filter((it) => it.withUser);
  const tried = reports.filter((it) => it.unseen?.some((action) => action.shipped));
  const actions = tried.flatMap((it) => it.unseen ?? []).filter((it) => it.shipped);
  return {
    learnt,
    withUser,
    refused: reports.filter((it) => !it.learnt),
    works: learnt.filter((it) => it.learnt?.outcome.works).length,
    userWorks: withUser.filter((it) => it.withUser?.outcome.works).length,
    unseen: {
      daemons: tried.length,
      actions: actions.length,
      broken: actions.filter((it) => !it.learnt).length,
    },
  };
}

/** What became of the actions that learning did not see, a line each. */
export const unseenLines = ({ package: name, unseen = [] }: LearnReport): readonly string[] =>
  unseen.map(({ what, shipped, learnt, answer }) => {
    const state = !shipped ? `does not work as shipped: ${answer}` : learnt ? "works" : `BREAKS: ${answer}`;
    return `${name.padEnd(26)}   ${what}: ${state}`;
  });
