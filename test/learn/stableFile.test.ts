import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { lastingReason } from "../../server/src/learn/lastingReason.ts";
import { learn } from "../../server/src/learn/learn.ts";
import { writeLearnt } from "../../server/src/learn/learntFile.ts";
import { learntAddition } from "../../server/src/learn/learntUnit.ts";
import type { Needs } from "../../server/src/learn/needs.ts";
import { writeNeeds } from "../../server/src/learn/needsFile.ts";
import { readNeeds } from "../../server/src/learn/readNeeds.ts";
import { relearn } from "../../server/src/learn/relearn.ts";
import { stableName } from "../../server/src/learn/settings/stableNames.ts";
import { OBSERVED, observedFacts, observedLogs, observedStatus } from "../kit/observedRuns.ts";
import { needsOf, serviceOf, uses } from "./kit.ts";
import { recordedRun } from "./recordedRuns.ts";

/** The same run as it may be on another day: other processes, later and slower, and some files are looked at more often. */
function otherDay(log: string, processes: ReadonlySet<string | undefined>): string {
  return log
    .split("\n")
    .flatMap((line) => {
      const again = /^\d+ \d+\.\d+ (?:newfstatat|access|stat)\(.*\) = 0$/.test(line) ? [line] : [];
      return [...again, line];
    })
    .map((line) => {
      const [, process, time, rest] = /^(\d+) +(\d+\.\d+) (.*)$/s.exec(line) ?? [];
      if (process === undefined || time === undefined || rest === undefined) return line;
      const others = rest.replace(/(?<![\w.])\d{2,}(?![\w.])/g, (it) =>
        processes.has(it) ? String(Number(it) + 17) : it,
      );
      return `${Number(process) + 17} ${(Number(time) * 2 - 1e9).toFixed(6)} ${others}`;
    })
    .join("\n");
}

function needsOnOtherDay(name: string): Needs {
  const status = observedStatus(name);
  const { user, group } = observedFacts(name);
  const logs = observedLogs(name).map(([log, bytes]) => [log, bytes.toString("latin1")] as const);
  const processes = new Set(logs.flatMap(([, text]) => [...text.matchAll(/^(\d+) /gm)].map(([, it]) => it)));
  return readNeeds(logs.map(([log, text]) => ({ log, status, user, group, chunks: [otherDay(text, processes)] })));
}

describe("what reviewers read about an unchanged service", () => {
  for (const name of OBSERVED)
    it(`is the same after another run of ${name}, from nothing and on top`, () => {
      const { unit, host, needs } = recordedRun(name);
      const other = needsOnOtherDay(name);
      assert.ok(Object.keys(other.paths).length > 10);
      assert.notDeepEqual(other, needs);
      const first = learn(needs, unit, { host });
      const alone = learn(other, unit, { host });
      assert.equal(writeLearnt(alone), writeLearnt(first));
      assert.equal(learntAddition(unit, alone.settings).dropIn, learntAddition(unit, first.settings).dropIn);
      assert.notEqual(writeNeeds(alone), writeNeeds(first));
      const again = relearn(first, other, unit, { host });
      assert.equal(writeLearnt(again), writeLearnt(first));
      assert.equal(writeNeeds(again), writeNeeds(first));
    });

  it("keeps the name of a compiler that lies among other libraries", () => {
    const others = Array.from({ length: 20 }, (_, i) => [`/usr/lib/x86/data-${i}`, uses(i, "read")] as const);
    const needs = needsOf({
      paths: { ...Object.fromEntries(others), "/usr/lib/x86/libluajit-5.1.so.2": uses(5, "map") },
    });
    const first = learn(needs, serviceOf());
    assert.match(writeLearnt(first), /libluajit-5\.1\.so\.2 is LuaJIT/);
    assert.equal(writeLearnt(relearn(first, needs, serviceOf())), writeLearnt(first));
  });

  it("says what is new where a run shows more", () => {
    const unit = serviceOf();
    const first = learn(needsOf({ paths: { "/var/lib/food/a": uses(1, "write") } }), unit);
    const again = relearn(first, needsOf({ paths: { "/var/log/food/b": uses(2, "write") } }), unit);
    const lines = writeLearnt(first).split("\n");
    const added = writeLearnt(again)
      .split("\n")
      .filter((it) => !lines.includes(it));
    assert.ok(
      added.some((it) => it.includes('"ReadWritePaths","value":"-/var/log/food"')),
      added.join("\n"),
    );
    assert.ok(added.length < 5, added.join("\n"));
    assert.equal(again.runs.length, 2);
    assert.ok(again.needs.paths["/var/lib/food/a"] && again.needs.paths["/var/log/food/b"]);
  });

  it("takes another file that the service made for nothing new, and another use of it, or one that it found, for new", () => {
    const unit = serviceOf();
    const made = (path: string, ...names: Parameters<typeof uses>[1][]) =>
      needsOf({ paths: { [path]: uses(1, ...names) } });
    const first = learn(made("/var/lib/food/aaa", "make", "write"), unit);
    const isNew = (needs: Needs): boolean => relearn(first, needs, unit).needs !== first.needs;
    assert.equal(isNew(made("/var/lib/food/bbb", "make")), false);
    assert.equal(isNew(made("/var/lib/food/bbb", "make", "execute")), true);
    assert.equal(isNew(made("/var/lib/food/bbb/c", "make", "write")), true);
    assert.equal(isNew(made("/var/lib/food/bbb", "read")), true);
    assert.equal(isNew(made("/etc/food", "make", "write")), true);
  });

  it("keeps why a proof failed without what the next one does not say again", () => {
    const said = [
      '/run/food.4711.pid fails with EROFS (ExecStart:12: openat(AT_FDCWD, "/run/food.4711.pid") = -1 EROFS)',
      "setgroups() fails with EPERM (ExecStart-2:7: setgroups(0, NULL) = -1 EPERM)",
      "x.service does not start: failed with result exit-code, its journal ends with 462#462: open() failed | (30: x)",
      "curl http://localhost:80/ ended with 7 after the start: curl: (7) Failed to connect after 12 ms",
      "ask took more than 93 s after the reload",
      "the reload left it failed",
    ];
    assert.deepEqual(said.map(lastingReason), [
      "/run/food.*.pid fails with EROFS",
      "setgroups() fails with EPERM",
      "x.service does not start: failed with result exit-code",
      "curl http://localhost:80/ ended with 7 after the start",
      "ask took too long after the reload",
      "the reload left it failed",
    ]);
  });

  it("has a star for numbers and random letters of names that the service made, and for those alone", () => {
    const paths = {
      "/run/food.4711.pid": uses(1, "make", "remove"),
      "/var/lib/food/job.KRLLYi40": uses(1, "make"),
      "/var/lib/food/session-09af33c1d2e4.db": uses(1, "make"),
      "/var/lib/postgresql/17/main/base": uses(1, "make"),
      "/srv/2024/log": uses(1, "write"),
      "/proc/4711/stat": uses(1, "read"),
      "/var/lib/food/state.json": uses(1, "make"),
    };
    const names = Object.keys(paths).map((it) => stableName({ needs: needsOf({ paths }) }, it));
    assert.deepEqual(names, [
      "/run/food.*.pid",
      "/var/lib/food/job.*",
      "/var/lib/food/session-*.db",
      "/var/lib/postgresql/17/main/base",
      "/srv/2024/log",
      "/proc/*/stat",
      "/var/lib/food/state.json",
    ]);
    const lock = needsOf({ paths: { "/var/lib/food/job.KRLLYi40": uses(1, "make") } });
    assert.equal(stableName({ needs: lock }, "/var/lib/food/job.KRLLYi40/12.lock"), "/var/lib/food/job.*/12.lock");
  });
});
