import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { searchTightest } from "../../../server/src/learn/trial/search.ts";
import type {
  Relaxation,
  SearchResult,
  Setup,
  TrialAnswer,
  TrialSetting,
} from "../../../server/src/learn/trial/trial.ts";

/** A service for tests: what it answers to a setup, and the setups that it was tried with. */
interface Subject {
  readonly answer: (setup: Setup) => TrialAnswer;
}

function search(settings: readonly TrialSetting[], { answer }: Subject, most = 1000) {
  const tried: { setup: Setup; works: boolean }[] = [];
  const steps = searchTightest(settings, most);
  let step = steps.next();
  while (!step.done) {
    const given = answer(step.value);
    tried.push({ setup: step.value, works: given.works });
    step = steps.next(given);
  }
  return { result: step.value as SearchResult, tried };
}

const lineOf = (i: number, level: number): string => `S${i}=${level}`;

function settingsOf(groups: readonly string[], levels: readonly number[]): TrialSetting[] {
  return groups.map((group, i) => ({
    name: `S${i}`,
    group,
    lines: [lineOf(i, 0)],
    weaker: Array.from({ length: levels[i] ?? 0 }, (_, level) => [lineOf(i, level + 1)]),
  }));
}

/** How loose a setting is: Infinity where it is left out. */
const levelIn = (setup: Setup, i: number): number => {
  const [line] = setup[i] ?? [];
  return line === undefined ? Number.POSITIVE_INFINITY : Number(line.split("=")[1]);
};

const broken = (reason: string, relaxed: readonly Relaxation[] = []): TrialAnswer => ({
  works: false,
  reason,
  relaxed,
});

/** Bears each setting from a level on. */
function bearing(needs: ReadonlyMap<number, number>): Subject {
  return {
    answer: (setup) => {
      const bad = [...needs].find(([i, level]) => levelIn(setup, i) < level);
      return bad ? broken(`S${bad[0]} broke it`) : { works: true };
    },
  };
}

const groupsOf = (count: number): string[] => Array.from({ length: count }, (_, i) => `g${i >> 2}`);
const flat = (count: number, level = 0): number[] => Array.from({ length: count }, () => level);

describe("the search for the tightest settings that work", () => {
  it("tries once what works as it is", () => {
    const { result, tried } = search(settingsOf(groupsOf(12), flat(12)), bearing(new Map()));
    assert.deepEqual([tried.length, result.tries], [1, 1]);
    assert.ok(result.settings.every((it) => it.outcome === "held"));
  });

  it("gives for a setting only the evidence that is about it", () => {
    for (const [about, reason] of [
      [0, "it failed"],
      [1, "it failed; the log names S1"],
    ] as const) {
      const evidence: Relaxation = { at: about, evidence: `the log names S${about}`, lines: [], weight: 1 };
      const said = `it failed; ${evidence.evidence}`;
      const answer = (setup: Setup): TrialAnswer =>
        setup[1]?.length ? { works: false, reason: said, symptom: "it failed", relaxed: [evidence] } : { works: true };
      const { result } = search(settingsOf(groupsOf(2), flat(2)), { answer });
      assert.deepEqual(
        result.settings.map((it) => [it.outcome, it.reason]),
        [
          ["held", undefined],
          ["refused", reason],
        ],
      );
    }
  });

  it("ends where nothing is to be tried", () => {
    assert.deepEqual(search([], bearing(new Map())).result, { setup: [], settings: [], tries: 0 });
  });

  it("says which setting broke it, with the reason of that try", () => {
    const { result } = search(settingsOf(groupsOf(9), flat(9, 1)), bearing(new Map([[4, Number.POSITIVE_INFINITY]])));
    assert.deepEqual(
      result.settings.flatMap(({ outcome, reason }, i) => (outcome === "held" ? [] : [[i, outcome, reason]])),
      [[4, "refused", "S4 broke it"]],
    );
  });

  it("takes a weaker value before none", () => {
    const { result } = search(settingsOf(groupsOf(6), flat(6, 3)), bearing(new Map([[2, 2]])));
    assert.deepEqual(result.settings[2], { outcome: "weaker", lines: ["S2=2"], reason: "S2 broke it" });
  });

  it("follows the evidence without halving", () => {
    const answer = (setup: Setup): TrialAnswer =>
      [3, 11, 20].flatMap((i) =>
        levelIn(setup, i) === 0
          ? [broken("", [{ at: i, evidence: `line of ${i}`, lines: [lineOf(i, 7)], weight: 90 }])]
          : [],
      )[0] ?? { works: true };
    const { result, tried } = search(settingsOf(groupsOf(24), flat(24)), { answer });
    assert.deepEqual(
      [3, 11, 20].map((i) => result.settings[i]?.lines),
      [["S3=7"], ["S11=7"], ["S20=7"]],
    );
    // Each once more, and once without each of the first two.
    assert.equal(tried.length, 1 + 3 + 2);
  });

  it("takes back what evidence loosened for nothing", () => {
    const answer = (setup: Setup): TrialAnswer => {
      if (levelIn(setup, 5) !== 0) return { works: true };
      const lie = { at: 1, evidence: `a lie about level ${levelIn(setup, 1)}`, lines: [lineOf(1, 9)], weight: 90 };
      return broken("it broke", [lie]);
    };
    const { result } = search(settingsOf(groupsOf(8), flat(8)), { answer });
    assert.deepEqual(
      result.settings.map((it) => it.outcome),
      ["held", "held", "held", "held", "held", "refused", "held", "held"],
    );
  });

  it("leaves one of two that break only together", () => {
    const answer = (setup: Setup): TrialAnswer =>
      levelIn(setup, 2) === 0 && levelIn(setup, 9) === 0 ? broken("both") : { works: true };
    const { result } = search(settingsOf(groupsOf(12), flat(12)), { answer });
    assert.deepEqual(
      result.settings.flatMap(({ outcome }, i) => (outcome === "refused" ? [i] : [])),
      [9],
    );
  });

  const anySearch = fc
    .record({
      count: fc.integer({ min: 1, max: 40 }),
      groupSize: fc.integer({ min: 1, max: 8 }),
      needs: fc.array(fc.tuple(fc.nat(39), fc.integer({ min: 1, max: 4 })), { maxLength: 5 }),
      pairs: fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 2 }),
      levels: fc.nat(2),
      honesty: fc.constantFrom("silent", "honest", "lying"),
      lies: fc.array(fc.tuple(fc.nat(39), fc.nat(3)), { minLength: 1, maxLength: 4 }),
      most: fc.oneof(fc.constant(1000), fc.nat(20)),
    })
    .map(({ count, groupSize, levels, needs, pairs, ...rest }) => {
      const groups = Array.from({ length: count }, (_, i) => `g${Math.floor(i / groupSize)}`);
      return {
        ...rest,
        settings: settingsOf(groups, flat(count, levels)),
        // Above the weakest value there is none that works.
        needs: new Map(needs.map(([i, level]) => [i % count, level > levels ? Number.POSITIVE_INFINITY : level])),
        pairs: pairs.map(([a, b]) => [a % count, b % count] as const).filter(([a, b]) => a !== b),
      };
    });

  const subjectOf = ({ needs, pairs, honesty, lies }: typeof anySearch extends fc.Arbitrary<infer T> ? T : never) => {
    let turn = 0;
    return {
      answer: (setup: Setup): TrialAnswer => {
        const bad = [...needs].find(([i, level]) => levelIn(setup, i) < level);
        const pair = pairs.find(([a, b]) => levelIn(setup, a) === 0 && levelIn(setup, b) === 0);
        if (!bad && !pair) return { works: true };
        turn++;
        const [lieAt = 0, lieLevel = 0] = lies[turn % lies.length] ?? [];
        const at = honesty === "lying" ? lieAt % setup.length : (bad?.[0] ?? pair?.[0] ?? 0);
        const level = honesty === "lying" ? lieLevel : levelIn(setup, at) + 1;
        const relaxed =
          honesty === "silent" ? [] : [{ at, evidence: `turn ${turn}`, lines: [lineOf(at, level)], weight: 90 }];
        return broken("broke", relaxed);
      },
    };
  };

  it("always ends with what was tried and works", () => {
    fc.assert(
      fc.property(anySearch, (given) => {
        const { result, tried } = search(given.settings, subjectOf(given), given.most);
        assert.ok(tried.length <= given.most);
        assert.equal(result.tries, tried.length);
        const isEmpty = result.setup.every((it) => it.length === 0);
        const same = tried.filter((it) => JSON.stringify(it.setup) === JSON.stringify(result.setup));
        assert.ok(isEmpty || same.some((it) => it.works));
        for (const [i, { outcome, lines }] of result.settings.entries()) {
          assert.deepEqual(lines, result.setup[i]);
          assert.equal(outcome === "held", lines[0] === lineOf(i, 0));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("leaves nothing out that could be put back", () => {
    fc.assert(
      fc.property(anySearch, (given) => {
        const subject = subjectOf(given);
        const { result } = search(given.settings, subject);
        assert.ok(result.settings.every((it) => it.outcome !== "open"));
        for (const [i, setting] of given.settings.entries()) {
          const { lines: now } = result.settings[i] ?? { lines: [] };
          // Evidence that lies may name a looser value than needed, which cannot be told from the right one.
          const weaker = given.honesty === "lying" ? [] : setting.weaker;
          for (const tighter of [setting.lines, ...weaker]) {
            const level = Number(tighter[0]?.split("=")[1]);
            if (level >= (now.length === 0 ? Number.POSITIVE_INFINITY : levelIn(result.setup, i))) continue;
            const setup = result.setup.map((it, at) => (at === i ? tighter : it));
            assert.ok(!subject.answer(setup).works, `${tighter} could be put back`);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it("tries about as often as culprits can be found by halving", () => {
    fc.assert(
      fc.property(anySearch, (given) => {
        const silent = { ...given, honesty: "silent" as const };
        const { tried } = search(given.settings, subjectOf(silent));
        const culprits = given.needs.size + given.pairs.length;
        const halvings = Math.ceil(Math.log2(given.settings.length + 1)) + 2;
        assert.ok(tried.length <= 1 + culprits * (halvings + 3), `${tried.length} tries`);
      }),
      { numRuns: 200 },
    );
  });

  it("is the same each time", () => {
    fc.assert(
      fc.property(anySearch, (given) => {
        assert.deepEqual(search(given.settings, subjectOf(given)), search(given.settings, subjectOf(given)));
      }),
    );
  });
});
