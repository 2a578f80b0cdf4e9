import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { knotAt } from "../../../server/src/units/index/cycles.ts";
import { isSurelyAcyclic } from "../../../server/src/units/index/lone.ts";
import { orderGraph } from "../../../server/src/units/index/orderGraph.ts";
import { rowAt } from "../../../server/src/units/index/rows.ts";
import { EMPTY_INDEX, type SeenFile, type UnitIndex, withChanges } from "../../../server/src/units/index/unitIndex.ts";
import { random } from "../../kit/random.ts";

const SEEDS = 40;
const EDITS = 12;
const FOLDER = "/project/units/";
const FILES = ["a.service", "b.service", "c.target", "d.target", "e.timer", "f.socket", "g@.service", "g@x.service"];
const NAMED = [...FILES, "e.service", "g@y.service", "g@%i.service", "gone.service", "network.target", "basic.target"];

/** All that is said of units: who waits for whom and why, what they bring, and the circles. */
function sayings(index: UnitIndex): unknown {
  const graph = orderGraph(index, `${FOLDER}a.service`);
  const { names, waits, pulls, installed, reason } = graph;
  const named = (list: Int32Array): readonly (string | undefined)[] => [...list].map((it) => names[it]);
  return names.map((name, unit) => ({
    name,
    waits: [...rowAt(waits, unit)].map((other) => `${names[other]}: ${reason(unit, other)}`),
    pulls: named(rowAt(pulls, unit)),
    installed: named(rowAt(installed, unit)),
    circles: names.map((other) => knotAt(graph, name)?.waitingFor(other)),
  }));
}

const seen = (texts: ReadonlyMap<string, string>): readonly SeenFile[] =>
  [...texts].map(([path, text]) => ({ path, text }));

describe("the order of units", () => {
  it("is the same after edits as from the start", () => {
    let circles = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { below, pick, chance } = random(seed);
      const text = (): string => {
        const lines = Array.from({ length: below(6) }, () => {
          const key = pick(["After", "Before", "Wants", "Requires", "Description"]);
          return `${key}=${pick(NAMED)} ${pick(NAMED)}\n`;
        });
        return `[Unit]\n${lines.join("")}${chance(0.3) ? "DefaultDependencies=no\n" : ""}[Install]\nWantedBy=${pick(NAMED)}\n`;
      };
      const texts = new Map(FILES.map((name) => [`${FOLDER}${name}`, text()]));
      const fresh = (): UnitIndex => withChanges(EMPTY_INDEX, seen(texts));
      let index = fresh();
      // All edits come first, as the graph of another index would take the place of the one that is kept.
      const steps = Array.from({ length: EDITS }, () => {
        const [path, now] = [FOLDER + pick(FILES), text()];
        texts.set(path, now);
        index = withChanges(index, [{ path, text: now }]);
        return { said: sayings(index), files: seen(texts) };
      });
      for (const [edit, { said, files }] of steps.entries()) {
        assert.deepEqual(said, sayings(withChanges(EMPTY_INDEX, files)), `edit ${edit} of set ${seed}`);
        if (JSON.stringify(said).includes('"path"')) circles++;
      }
    }
    assert.ok(circles > SEEDS, `only ${circles} circles`);
  });

  it("is known without the graph where a unit is alone", () => {
    const TARGETS = [
      "basic.target",
      "multi-user.target",
      "sockets.target",
      "network.target",
      "sysinit.target",
      "a.service",
    ];
    const KEYS = ["After", "Before", "Wants", "Requires"];
    let [simple, circles] = [0, 0];
    for (let seed = 1; seed <= 2000; seed++) {
      const { below, pick, chance } = random(seed);
      const lines = Array.from({ length: below(3) }, () => `${pick(KEYS)}=${pick(TARGETS)}\n`).join("");
      const name = pick(["a.service", "a.target", "a.socket", "basic.target", "a@.service"]);
      const path = `${FOLDER}${name}`;
      const text = `[Unit]\n${chance(0.2) ? "DefaultDependencies=no\n" : ""}${lines}[Install]\nWantedBy=${pick(TARGETS)}\n`;
      const index = withChanges(EMPTY_INDEX, [{ path, text }]);
      const isCyclic = knotAt(orderGraph(index, path), name) !== undefined;
      const isSimple = isSurelyAcyclic(index, path, name);
      assert.ok(!(isSimple && isCyclic), text);
      if (isSimple) simple++;
      if (isCyclic) circles++;
    }
    assert.ok(simple > 400 && circles > 100, `${simple} simple ones, ${circles} circles`);
  });
});
