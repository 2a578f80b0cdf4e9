import { NEWEST_VERSION } from "../server/src/facts/version.ts";
import { unitPath } from "../server/src/families/unitFiles/unitPath.ts";
import { check } from "../server/src/rules/check.ts";
import { knotAt } from "../server/src/units/index/cycles.ts";
import { orderGraph } from "../server/src/units/index/orderGraph.ts";
import { EMPTY_INDEX, type SeenFile, withChanges } from "../server/src/units/index/unitIndex.ts";
import { readUnit } from "../server/src/units/readUnit.ts";
import { median, timed } from "./numbers.ts";

const UNITS = 5000;
const ROUNDS = 9;

/** How long the cycles take to be found among many units: all of them, and after a keystroke in one. */
export function cycles(): string {
  const files = Array.from({ length: UNITS }, (_, i) => unit(i));
  const near = files[0]?.path ?? "";
  const all = (): number => {
    const index = withChanges(EMPTY_INDEX, files);
    return timed(() => {
      const graph = orderGraph(index, near);
      for (let i = 0; i < UNITS; i++) knotAt(graph, nameOf(i))?.waitingFor(nameOf(i + 1));
    });
  };
  const first = all();
  const again = median(Array.from({ length: ROUNDS }, all));
  let index = withChanges(EMPTY_INDEX, files);
  const graph = orderGraph(index, near);
  const components = files.filter((_, i) => knotAt(graph, nameOf(i))).length;
  const keystroke = (line: (round: number) => string): number =>
    median(
      Array.from({ length: ROUNDS }, (_, round) => {
        const text = `${unit(1).text}${line(round)}\n`;
        const path = unitPath(unit(1).path);
        const read = path && readUnit(path, text, NEWEST_VERSION);
        index = withChanges(index, [{ path: unit(1).path, text }]);
        return read ? timed(() => check(read, { profile: "off" }, { index, path: unit(1).path, complete: true })) : 0;
      }),
    );
  const elsewhere = keystroke((round) => `Description=Round ${round}`);
  const order = keystroke((round) => `After=${nameOf(round * 4)}`);
  return [
    `cycles: ${UNITS} units, ${components} of them in circles`,
    `  all found in ${again.toFixed(0)} ms, the first time in ${first.toFixed(0)} ms`,
    `  a unit judged after a keystroke in ${elsewhere.toFixed(2)} ms, in its order in ${order.toFixed(1)} ms: medians of ${ROUNDS}`,
  ].join("\n");
}

const KINDS = ["service", "socket", "timer", "target"] as const;
const nameOf = (i: number): string => `unit-${i % UNITS}.${KINDS[i % KINDS.length]}`;

/** Each waits for some of those after it; of every thousand ten wait for each other in a cycle. */
function unit(i: number): SeenFile & { readonly text: string } {
  const later = [1, 7, 31].map((step) => i + step).filter((it) => it < UNITS);
  const back = i % 1000 === 9 ? [i - 9] : [];
  const after = [...later, ...back].map(nameOf).join(" ");
  const text = `[Unit]\nDescription=Unit ${i}\nDefaultDependencies=no\nAfter=${after}\nWants=${after}\n`;
  return { path: `/project/${nameOf(i)}`, text };
}
