import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { learn } from "../../server/src/learn/learn.ts";
import { readLearnt, writeLearnt } from "../../server/src/learn/learntFile.ts";
import { mergeNeeds } from "../../server/src/learn/merge.ts";
import type { Needs } from "../../server/src/learn/needs.ts";
import { needsFromJson, needsToJson } from "../../server/src/learn/needsJson.ts";
import { asSeen, proven, settingsToProve } from "../../server/src/learn/proof.ts";
import { relearn } from "../../server/src/learn/relearn.ts";
import type { Ability } from "../../server/src/needs/programAbilities.ts";
import type { SignName } from "../../server/src/program/sign.ts";
import { withKnowledge } from "../../server/src/units/readUnit.ts";
import { skip } from "../kit/skip.ts";
import { compiled, hasCompiler } from "../program/compiled.ts";
import { memoryFiles } from "../program/kit.ts";
import { lineText, needsOf, serviceOf, sight, uses } from "./kit.ts";

const able = (...some: readonly (readonly [sign: SignName, what: string])[]): readonly Ability[] =>
  some.map(([sign, what]) => ({ sign, what, file: "food" }));

const GROUPS = able(["setuid", "setgid"], ["setuid", "initgroups"]);

const lines = (needs: Needs, service?: readonly string[], from = {}) =>
  learn(needs, serviceOf(service), from)
    .settings.filter((it) => it.grade !== "refused" && it.part === "settings")
    .map(lineText);

describe("what programs can do and no run did", () => {
  it("keeps its capability and its calls, and says which code it is", () => {
    const { settings, unexercised } = learn(needsOf({ abilities: GROUPS }), serviceOf());
    const of = (key: string) => settings.filter((it) => it.key === key).map((it) => it.value);
    assert.deepEqual(of("CapabilityBoundingSet"), ["CAP_SETGID"]);
    assert.deepEqual(of("SystemCallFilter"), ["@system-service", "~@privileged @resources", "@setuid"]);
    const reason = "it can change its groups (initgroups and setgid in food), which no run did";
    assert.equal(settings.find((it) => it.key === "CapabilityBoundingSet")?.evidence, `CAP_SETGID: ${reason}`);
    assert.equal(settings.find((it) => it.value === "@setuid")?.evidence, reason);
    assert.deepEqual(unexercised, [`I${reason.slice(1)}.`]);
  });

  it("gives the reason of several calls once", () => {
    const { settings } = learn(needsOf({ abilities: able(["affinity", "sched_setaffinity"]) }), serviceOf());
    const kept = settings.find((it) => it.key === "SystemCallFilter" && it.value.includes("mbind"));
    assert.equal(kept?.evidence, "it can choose processors (sched_setaffinity in food), which no run did");
  });

  it("is nothing where a run did it, nor where the owner trusts the run", () => {
    const capabilities = { CAP_SETGID: { reason: "setgid(2)", sight: sight(3) } };
    const done = learn(
      needsOf({ abilities: GROUPS, capabilities, syscalls: { setgid: { sight: sight(3), failed: {} } } }),
      serviceOf(),
    );
    assert.deepEqual(done.unexercised, []);
    const trusted = learn(needsOf({ abilities: GROUPS }), serviceOf(), { trusted: true });
    assert.ok(trusted.settings.some((it) => lineText(it) === "CapabilityBoundingSet="));
    assert.equal(trusted.unexercised?.length, 1);
    assert.equal(learn(needsOf(), serviceOf()).unexercised, undefined);
  });

  it("counts only what the unit lets the service do", () => {
    const needs = needsOf({ abilities: GROUPS });
    assert.ok(lines(needs, ["ExecStart=/usr/bin/food", "User=food"]).includes("CapabilityBoundingSet="));
    const bounded = ["ExecStart=/usr/bin/food", "CapabilityBoundingSet=CAP_CHOWN"];
    assert.ok(lines(needs, bounded).includes("CapabilityBoundingSet="));
    const ambient = ["ExecStart=/usr/bin/food", "User=food", "AmbientCapabilities=CAP_SYS_NICE"];
    const nice = lines(needsOf({ abilities: able(["nice", "setpriority"]) }), ambient);
    assert.ok(
      nice.some((it) => /^SystemCallFilter=.*\bsetpriority\b/.test(it)),
      nice.join("\n"),
    );
    const filtered = ["ExecStart=/usr/bin/food", "SystemCallFilter=~@setuid"];
    assert.ok(!lines(needs, filtered).some((it) => /^SystemCallFilter=@setuid/.test(it)));
  });

  it("leaves settings seen under which it fails, whatever a second run shows", () => {
    const abilities = able(["clock", "clock_settime"], ["hostName", "sethostname"]);
    const { settings } = learn(needsOf({ abilities }), serviceOf());
    const tried = settingsToProve(settings, {});
    const held = {
      settings: tried.map((it) => ({ outcome: "held" as const, lines: it.lines, reason: undefined })),
      setup: [],
      tries: 1,
    };
    const grades = new Map(proven(settings, tried, held).map((it) => [it.key, it]));
    assert.equal(grades.get("ProtectKernelLogs")?.grade, "proven");
    assert.equal(grades.get("ProtectClock")?.grade, "seen");
    assert.equal(
      grades.get("ProtectClock")?.mayBreak,
      "It can set the clock (clock_settime in food), which no run did and which fails under this.",
    );
    assert.equal(grades.get("ProtectHostname")?.grade, "seen");
    assert.ok(asSeen(settings, []).length > 0);
  });

  it("only lists what code names without doing it, until a run uses such a path", () => {
    const abilities = able(["devices", "/dev/ttyS%d"], ["homes", "getpwent"]);
    const option = needsOf({ abilities: able(["networkSettings", "SO_MARK"]) });
    assert.ok(lines(option).includes("CapabilityBoundingSet="));
    assert.equal(learn(option, serviceOf()).unexercised?.length, 1);
    const silent = learn(needsOf({ abilities }), serviceOf());
    assert.deepEqual(silent.unexercised, [
      "It can look for files in home directories (getpwent in food), which no run did.",
      "It can open devices (/dev/ttyS%d in food), which no run did.",
    ]);
    assert.deepEqual(
      silent.settings.filter((it) => it.known),
      [],
    );
    const paths = { "/dev/null": uses(2, "write"), "/home/a/x": uses(3, "read") };
    const { unexercised = [] } = learn(needsOf({ abilities, paths }), serviceOf());
    assert.deepEqual(
      unexercised.map((it) => it.slice(0, 19)),
      ["It can open devices"],
    );
    assert.deepEqual(
      learn(needsOf({ abilities, paths: { ...paths, "/dev/ttyS0": uses(4, "read") } }), serviceOf()).unexercised,
      [],
    );
  });

  it("says what a user of its own takes away", () => {
    const users = { "2": sight(4) };
    const host = { users: ["food:2:2"], groups: [], owner: undefined, statuses: new Map() };
    const capabilities = {
      CAP_SETUID: { reason: "become another user", sight: sight(4) },
      CAP_SETGID: { reason: "setgid(2)", sight: sight(3) },
    };
    const needs = needsOf({ users, groups: { "2": sight(3) }, capabilities, abilities: able(["chroot", "chroot"]) });
    const user = learn(needs, serviceOf(), { host }).settings.find((it) => it.key === "User");
    assert.deepEqual([user?.value, user?.known], ["food", undefined]);
    assert.match(
      user?.mayBreak ?? "",
      /It can change its root directory \(chroot in food\), which no run did and which fails/,
    );
  });

  it("parts no mounts of what can mount, and leaves raw sockets their family", () => {
    const mounting = learn(needsOf({ abilities: able(["mount", "mount"]) }), serviceOf()).settings;
    const doubtful = mounting.filter((it) => it.known).map((it) => it.key);
    for (const it of ["ProtectSystem", "PrivateTmp", "ProcSubset"]) assert.ok(doubtful.includes(it), doubtful.join());
    const raw = lines(needsOf({ abilities: able(["packets", "AF_PACKET"]) }));
    assert.ok(raw.includes("CapabilityBoundingSet=CAP_NET_RAW"));
    assert.ok(
      raw.some((it) => /^RestrictAddressFamilies=.*AF_PACKET/.test(it)),
      raw.join("\n"),
    );
  });

  it("lasts in both files and through further runs, and is that of the newest programs", () => {
    const needs = needsOf({ abilities: GROUPS });
    const read = needsFromJson(needsToJson(needs));
    assert.ok("needs" in read);
    assert.deepEqual(read.needs.abilities, GROUPS);
    const later = needsToJson(needs).replaceAll('"setuid"', '"of a later version"');
    const unknown = needsFromJson(later);
    assert.ok("needs" in unknown);
    assert.deepEqual(unknown.needs.abilities, []);
    const learnt = learn(needs, serviceOf());
    const file = readLearnt(writeLearnt(learnt));
    assert.ok("learnt" in file);
    assert.deepEqual(file.learnt.unexercised, learnt.unexercised);
    const bundle = relearn(learnt, needsOf(), serviceOf());
    assert.ok(bundle.settings.some((it) => lineText(it) === "CapabilityBoundingSet=CAP_SETGID"));
    const updated = relearn(learnt, needsOf({ abilities: [] }), serviceOf());
    assert.ok(updated.settings.some((it) => lineText(it) === "CapabilityBoundingSet="));
    assert.deepEqual(mergeNeeds(needs, needsOf()).abilities, GROUPS);
  });

  it("is the other way round where a run did what no code of the program does", function () {
    if (!hasCompiler("gcc")) skip(this, "there is no gcc");
    const files = memoryFiles({ "/opt/food": compiled("int main() { return 0; }\n") });
    const unit = withKnowledge(serviceOf(["ExecStart=/opt/food"]), { defaults: { restrictSuidSgid: false, files } });
    const syscalls = { clock_settime: { sight: sight(3), failed: {} } };
    const clock = learn(needsOf({ syscalls }), unit).settings.find((it) => it.key === "ProtectClock");
    assert.equal(clock?.grade, "refused");
    const said =
      /^clock_settime\(\) was called, though nothing in food.* sets the clock or opens hardware: a library or another program did/;
    assert.match(clock?.evidence ?? "", said);
  });

  it("is a short list", () => {
    const abilities = able(
      ["setuid", "setgid"],
      ["setuid", "setuid"],
      ["chown", "chown"],
      ["chroot", "chroot"],
      ["packets", "AF_PACKET"],
      ["nice", "nice"],
      ["clock", "settimeofday"],
      ["mount", "mount"],
      ["trace", "ptrace"],
    );
    const { unexercised = [] } = learn(needsOf({ abilities }), serviceOf());
    assert.equal(unexercised.length, 7);
    assert.match(unexercised.at(-1) ?? "", /^3 things more/);
  });
});
