import "./withoutTable.ts";

import { existsSync } from "node:fs";
import { breaks, lacking, read } from "../../test/hardening/services/judged.ts";
import { OTHERS, STRANGERS } from "../../test/hardening/services/lists.ts";
import { hiddenDaemons, isRefused } from "./hiddenDaemons.ts";
import { addedIn, STEPS } from "./outcome.ts";

/** What hardening adds to all services of the lists and to measured daemons, as figures in the order of `COLUMNS`. */
const [, , corpus = ""] = process.argv;
const services = [...STRANGERS, ...OTHERS].flatMap(([, all]) => all);
const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);

const ofLists = STEPS.flatMap((step) => {
  const rows = services.map((it) => {
    const lines = addedIn(read(it), step).map(({ line }) => line);
    const broken = it.never.filter((never) => breaks(never, lines)).length;
    return [lines.length, broken, lacking(it, step).length] as const;
  });
  return [0, 1, 2].map((i) => sum(rows.map((it) => it[i as 0 | 1 | 2])));
});

const ofDaemons = [false, true].flatMap((isNamed) => {
  const rows = (existsSync(corpus) ? hiddenDaemons(corpus, isNamed) : []).map(({ daemon, unit }) => {
    const lines = addedIn(unit, "safe").map(({ line }) => line);
    return [lines.length, lines.filter((it) => isRefused(daemon, it, lines)).length] as const;
  });
  return [0, 1].map((i) => sum(rows.map((it) => it[i as 0 | 1])));
});

console.log(JSON.stringify([...ofLists, ...ofDaemons]));
