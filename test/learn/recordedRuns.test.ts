import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { contradictions } from "../../server/src/learn/contradictions.ts";
import { learn } from "../../server/src/learn/learn.ts";
import type { Learnt } from "../../server/src/learn/learnt.ts";
import { readLearnt, writeLearnt } from "../../server/src/learn/learntFile.ts";
import { learntSettings } from "../../server/src/learn/learntSettings.ts";
import { learntAddition } from "../../server/src/learn/learntUnit.ts";
import { writeNeeds } from "../../server/src/learn/needsFile.ts";
import { relearn } from "../../server/src/learn/relearn.ts";
import { withServiceLines } from "../../server/src/learn/withServiceLines.ts";
import { effective } from "../../server/src/security/effective.ts";
import { assess, formatExposure } from "../../server/src/security/exposure.ts";
import { machineVerdict } from "../kit/machineVerdict.ts";
import { OBSERVED } from "../kit/observedRuns.ts";
import { skip } from "../kit/skip.ts";
import { lineText } from "./kit.ts";
import { recordedRun } from "./recordedRuns.ts";

/** What is learnt otherwise than a first experiment did, and why. */
const REASONS: readonly (readonly [line: RegExp, reason: string])[] = [
  [/^IPAddress(?:Deny|Allow)=/, "never by default"],
  [/^SystemCallFilter=(?!~)/, "groups come back whole, not single calls"],
  [/^PrivateIPC=yes$/, "the experiment knew nothing of it"],
  [/^ProcSubset=pid$/, "only libraries read files of the kernel, and do the same without"],
  [/^RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX$/, "the unit has this very list"],
];
const OF_UNITS: Readonly<Record<string, readonly (readonly [line: RegExp, reason: string])[]>> = {
  memcached: [[/^UMask=0077$/, "its PID file is for the manager alone"]],
  "postgresql@17-main": [
    [/^MemoryDenyWriteExecute=/, "the package has a compiler that starts for long queries"],
    [/^CapabilityBoundingSet=/, "low ports stay open to servers that start as root"],
    [/^ReadWritePaths=-\/etc\/postgresql$/, "the directory belongs to its user"],
  ],
  radicale: [[/^StateDirectory=/, "the unit opens it with ReadWritePaths="]],
  "redis-server": [
    [/^(?:State|Logs)Directory=/, "the unit opens them with ReadWritePaths="],
    [/^CapabilityBoundingSet=$/, "the unit has this very list"],
  ],
  "simple-whip-server": [[/^RemoveIPC=/, "others run as www-data, too"]],
};

/** Exposure: shipped, learnt, and learnt with the proposal of a user. */
const EXPOSURES: Readonly<Record<string, string>> = {
  memcached: "4.6 2.0 1.1",
  nginx: "9.4 2.7 2.7",
  "postgresql@17-main": "9.4 2.6 1.6",
  radicale: "7.0 1.1 1.1",
  "redis-server": "1.1 1.1 1.1",
  "simple-whip-server": "9.0 1.1 1.1",
  unbound: "9.4 2.5 2.5",
};

describe("recorded runs", () => {
  for (const name of OBSERVED)
    describe(name, () => {
      const run = recordedRun(name);
      const { unit, host, needs, experiment } = run;
      const learnt = learn(needs, unit, { host, systemd: 257 });
      const added = (parts = {}) => withServiceLines(unit, learntAddition(unit, learnt.settings, parts).lines);

      it("gives the settings of the first experiment, or others for a reason", () => {
        const ours = new Set(
          learnt.settings.filter((it) => it.part === "settings" && it.grade !== "refused").map(lineText),
        );
        const theirs = new Set(experiment);
        const differing = [...ours, ...theirs].filter((it) => ours.has(it) !== theirs.has(it));
        const reasons = [...REASONS, ...(OF_UNITS[name] ?? [])];
        assert.deepEqual(
          differing.filter((it) => !reasons.some(([line]) => line.test(it))),
          [],
        );
      });

      it("brings the exposure down, and systemd loads the unit", () => {
        const units = [unit, added(), added({ user: true })];
        assert.equal(units.map((it) => formatExposure(assess(it).exposure ?? 0)).join(" "), EXPOSURES[name]);
        for (const it of [...units, added({ root: true })]) assert.equal(effective(it).refusal, undefined);
      });

      it("is loaded by the systemd of this machine, with both proposals", function () {
        const { dropIn } = learntAddition(unit, learnt.settings, { user: true, root: true });
        const dropIns = [...unit.dropIns.map((it) => it.text), dropIn];
        const path = `/usr/lib/systemd/system/${name}.service`;
        const verdict = machineVerdict({ path, text: unit.file.text, dropIns }, 257);
        if (!verdict) return skip(this, "no verdict of systemd was recorded");
        assert.equal(verdict.refused, false);
        const about = verdict.messages.filter((it) => /service\.d/.test(it));
        assert.deepEqual(about, []);
      });

      it("contradicts nothing that it gave", () => {
        for (const it of [unit, added(), added({ user: true }), added({ root: true })])
          assert.deepEqual(
            contradictions(learnt, it).map(({ message }) => message),
            [],
          );
      });

      it("gives the same once more from the same run", () => {
        const again = relearn(learnt, needs, unit, { host });
        const lines = (it: Learnt) =>
          it.settings.filter(({ part }) => part !== "root").map((one) => `${one.grade} ${lineText(one)}`);
        assert.deepEqual(lines(again), lines(learnt));
        assert.equal(writeLearnt(again), writeLearnt(learnt));
        assert.equal(writeNeeds(again), writeNeeds(learnt));
      });

      it("is small enough for a file, from which the same follows", () => {
        const needs = writeNeeds(learnt);
        assert.ok(needs.length < 80_000, `${needs.length} characters`);
        const read = readLearnt(writeLearnt(learnt), needs);
        assert.ok("learnt" in read);
        const lines = (settings: typeof learnt.settings) =>
          settings.filter((it) => it.part === "settings").map((it) => `${it.grade} ${lineText(it)}`);
        assert.deepEqual(lines(learntSettings(read.learnt.needs, unit, host)), lines(learnt.settings));
      });
    });
});
