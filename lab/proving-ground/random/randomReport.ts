import { median } from "../report.ts";
import type { Kept } from "./store.ts";

/** The parts of a daemon's later life, in the order of the table. */
export const LATER = ["restarted", "fresh", "rotated", "second"] as const;

/** All that broke of a daemon, a line each; none where nothing was tried. */
export function brokenOf({ tried }: Kept): readonly string[] {
  if (!tried) return [];
  const { learnt } = tried;
  return [
    ...tried.profiles.filter((it) => it.verdict !== "works").map((it) => `${it.profile}: ${it.verdict}`),
    ...LATER.flatMap((it) => {
      const verdict = learnt?.[it];
      return verdict === undefined || verdict === "works" ? [] : [`learnt, ${NAMES[it]}: ${verdict}`];
    }),
    ...(learnt?.actions ?? [])
      .filter((it) => it.learnt !== it.answer)
      .map((it) => `learnt, ${it.what}: ${it.answer}, then ${it.learnt}`),
  ];
}

/** What the parts are called. */
export const NAMES = {
  restarted: "after a restart",
  fresh: "on a fresh machine",
  rotated: "after the rotation of its logs",
  second: "as another instance",
} as const;

/** Whether anything broke. */
export const isBroken = (kept: Kept): boolean => brokenOf(kept).length > 0;

/** For a terminal: a line, and one more for each thing that broke. */
export function linesOf(kept: Kept): readonly string[] {
  const head = kept.package.padEnd(28);
  const { looked, tried } = kept;
  if (!looked) return [`${head} left out: ${kept.leftOut ?? ""}`];
  if (!tried) return [`${head} not tried`];
  const levels = [looked.exposure, ...tried.profiles.map((it) => it.exposure)].join(" → ");
  const learnt = tried.learnt
    ? `learnt ${tried.learnt.exposure}, ${tried.learnt.actions.length} actions`
    : `refused: ${tried.refused}`;
  return [`${head} ${levels}, ${learnt}, ${tried.seconds} s`, ...brokenOf(kept).map((it) => `    BROKEN ${it}`)];
}

/** Counts. */
export function tallyRandom(all: readonly Kept[]) {
  const tried = all.filter((it) => it.tried);
  const learnt = tried.filter((it) => it.tried?.learnt);
  const actions = learnt.flatMap((it) => it.tried?.learnt?.actions ?? []);
  const level = (name: string): string =>
    median(tried.map((it) => it.tried?.profiles.find((row) => row.profile === name)?.exposure ?? ""));
  const works = (part: (typeof LATER)[number]) => {
    const verdicts = learnt.flatMap((it) => it.tried?.learnt?.[part] ?? []);
    return { works: verdicts.filter((it) => it === "works").length, of: verdicts.length };
  };
  return {
    tried,
    learnt,
    works: tried.filter((it) => !isBroken(it)).length,
    broke: tried.filter(isBroken).length,
    actions: { broken: actions.filter((it) => it.learnt !== it.answer).length, of: actions.length },
    later: { restarted: works("restarted"), fresh: works("fresh"), rotated: works("rotated"), second: works("second") },
    profiles: ["basic", "strict", "isolated"].map((name) => {
      const rows = tried.flatMap((it) => it.tried?.profiles.filter((row) => row.profile === name) ?? []);
      return { name, works: rows.filter((it) => it.verdict === "works").length, of: rows.length };
    }),
    medians: [
      median(tried.map((it) => it.looked?.exposure ?? "")),
      level("basic"),
      level("strict"),
      level("isolated"),
      median(learnt.map((it) => it.tried?.learnt?.exposure ?? "")),
    ],
  };
}
