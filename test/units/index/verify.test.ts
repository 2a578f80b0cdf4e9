import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { OrderGraph } from "../../../server/src/units/index/graph.ts";
import { orderGraph } from "../../../server/src/units/index/orderGraph.ts";
import { rowAt } from "../../../server/src/units/index/rows.ts";
import { foundIn, indexOf, SYSTEM } from "../../kit/among.ts";
import { random } from "../../kit/random.ts";
import { skip } from "../../kit/skip.ts";
import { MACHINE_VERSION, verify } from "../../kit/systemd.ts";

const SETS = 12;
/** In every other set units are missing; what needs them drops out of the start, and circles with it. */
const isWithout = (seed: number): boolean => seed % 2 === 0;

/** The targets that default dependencies name, as systemd has them. */
const TARGETS: Readonly<Record<string, string>> = {
  "basic.target":
    "[Unit]\nRequires=sysinit.target\nWants=sockets.target timers.target paths.target\nAfter=sysinit.target sockets.target paths.target\n",
  "sysinit.target": "[Unit]\nWants=local-fs.target\nAfter=local-fs.target\n",
  "local-fs.target": "[Unit]\nDefaultDependencies=no\n",
  "sockets.target": "[Unit]\n",
  "paths.target": "[Unit]\n",
  "timers.target": "[Unit]\nDefaultDependencies=no\n",
  "shutdown.target": "[Unit]\nDefaultDependencies=no\n",
};

const BODIES: Readonly<Record<string, string>> = {
  service: "[Service]\nExecStart=/bin/true\n",
  socket: "[Socket]\nListenStream=/run/x\n",
  timer: "[Timer]\nOnActiveSec=1h\n",
  path: "[Path]\nPathExists=/nowhere\n",
  target: "",
};

/** Some units with lines that put them in order and pull each other in, some of them missing. */
function unitsOf(seed: number): Readonly<Record<string, string>> {
  const { below, pick } = random(seed);
  const names = [..."abcdefg"].map(
    (it) => `${it}.${pick(["service", "service", "service", "target", "timer", "socket"])}`,
  );
  const gone = isWithout(seed) ? ["gone.service", "gone.service", "lost.target"] : [];
  const others = [...names, ...names, ...names, ...gone, "sysinit.target", "sockets.target", "local-fs.target"];
  const files: Record<string, string> = {};
  for (const name of names) {
    const lines = ["After", "Wants", "Before", "Requires", "After"].flatMap((key) =>
      below(3) > 0 ? [`${key}=${pick(others)}`] : [],
    );
    if (below(4) === 0) lines.push("DefaultDependencies=no");
    const kind = name.slice(2);
    files[name] = `[Unit]\n${lines.map((it) => `${it}\n`).join("")}${BODIES[kind]}`;
    if (kind === "timer" || kind === "socket") files[`${name[0]}.service`] = `[Unit]\n${BODIES.service}`;
  }
  return files;
}

/** The circles that systemd-analyze found, each unit waiting for the next, and the unit that was missing. */
function answerOf(lines: readonly string[]): { circles: string[][]; missing: string | undefined } {
  const circles: string[][] = [];
  for (const line of lines) {
    const [, first, second] = /^(\S+): Found ordering cycle on (\S+)\/start/.exec(line) ?? [];
    if (first !== undefined && second !== undefined) circles.push([first, second]);
    const [, next] = /^\S+: Found dependency on (\S+)\/start/.exec(line) ?? [];
    if (next !== undefined) circles.at(-1)?.push(next);
  }
  return { circles, missing: /: Unit (\S+) not found\./.exec(lines.join("\n"))?.[1] };
}

/** What starts with a unit. */
function closureOf({ find, pulls, names }: OrderGraph, name: string): ReadonlySet<string> {
  const brought = new Set<number>();
  const start = find(name);
  if (start !== undefined) brought.add(start);
  for (const node of brought) for (const it of rowAt(pulls, node)) brought.add(it);
  return new Set([...brought].map((it) => names[it] ?? ""));
}

/** Whether units wait for each other in a circle without leaving a set. */
function hasCircle({ find, waits, names }: OrderGraph, within: ReadonlySet<string>): boolean {
  const state = new Map<string, "open" | "done">();
  const visit = (name: string): boolean => {
    if (state.has(name)) return state.get(name) === "open";
    state.set(name, "open");
    const next = [...rowAt(waits, find(name) ?? -1)].map((it) => names[it] ?? "").filter((it) => within.has(it));
    if (next.some(visit)) return true;
    state.set(name, "done");
    return false;
  };
  return [...within].some(visit);
}

describe("units among others, as systemd-analyze verify sees them", () => {
  it("names the same circles and the same missing units", function () {
    if (MACHINE_VERSION === undefined || MACHINE_VERSION < 257)
      skip(this, "there is no systemd-analyze that is covered");
    this.timeout(300_000);
    let [starts, circles, missing] = [0, 0, 0];
    for (let seed = 1; seed <= SETS; seed++) {
      const own = unitsOf(seed);
      const all = { ...TARGETS, ...own };
      const files = Object.fromEntries(Object.entries(all).map(([name, text]) => [SYSTEM + name, text]));
      const index = indexOf(files);
      const graph = orderGraph(index, `/tree/${SYSTEM}a.service`);
      const found = Object.keys(own).flatMap((name) =>
        foundIn(files, SYSTEM + name, { index }).map((it) => ({ name, ...it })),
      );
      const circular = new Set(found.filter((it) => it.code === "reference/ordering-cycle").map((it) => it.name));
      const told = new Set<string>();
      for (const name of Object.keys(all)) {
        const answer = answerOf(verify(name, all, {}, true));
        const what = `set ${seed}, ${name}\n${JSON.stringify(own, undefined, 1)}`;
        const closure = closureOf(graph, name);
        starts++;
        if (answer.missing !== undefined) {
          missing++;
          const { missing: lost } = answer;
          assert.ok(
            found.some(
              (it) => it.code === "reference/missing-unit" && closure.has(it.name) && it.message.includes(lost),
            ),
            `${lost} is missing in ${what}`,
          );
          continue;
        }
        if (isWithout(seed)) continue;
        assert.equal(answer.circles.length > 0, hasCircle(graph, closure), `circles in ${what}`);
        for (const circle of answer.circles) {
          circles++;
          for (const [i, unit] of circle.slice(0, -1).entries()) {
            const next = graph.find(circle[i + 1] ?? "") ?? -1;
            assert.ok(rowAt(graph.waits, graph.find(unit) ?? -1).includes(next), `${circle.join(" → ")} in ${what}`);
            told.add(unit);
          }
          assert.ok(
            circle.some((it) => circular.has(it)),
            `a finding about ${circle.join(" → ")} in ${what}`,
          );
        }
      }
      if (told.size === 0 && !isWithout(seed))
        assert.deepEqual([...circular], [], `no circles in set ${seed}: ${found.map((it) => it.message).join("\n")}`);
    }
    console.log(
      `      ${starts} starts in ${SETS} sets: ${circles} circles and ${missing} missing units as systemd has them`,
    );
    assert.ok(circles > 5 && missing > 2);
  });
});
