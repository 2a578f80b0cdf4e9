import assert from "node:assert/strict";
import Ajv from "ajv-draft-04";
import { describe, it } from "mocha";
import manifest from "../../package.json" with { type: "json" };
import schema from "../../schemas/learnt.schema.json" with { type: "json" };
import needsSchema from "../../schemas/needs.schema.json" with { type: "json" };
import { learn } from "../../server/src/learn/learn.ts";
import type { Learnt } from "../../server/src/learn/learnt.ts";
import { LEARNT_KEYS, LEARNT_SUFFIX, readLearnt, writeLearnt } from "../../server/src/learn/learntFile.ts";
import { writeNeeds } from "../../server/src/learn/needsFile.ts";
import { needsPath } from "../../server/src/units/learntText.ts";
import { needsOf, serviceOf, sight, uses } from "./kit.ts";

const LEARNT = learn(
  needsOf({
    paths: { "/var/lib/food/a\nb": uses(1, "write"), "/run/food.pid": uses(2, "make"), "/root/.x": uses(3, "look") },
    syscalls: { setuid: { sight: sight(9), failed: { EPERM: sight(8) } } },
    addresses: [{ use: "listen", family: "AF_INET", address: "::", port: 80, sight: sight(4) }],
    capabilities: { CAP_SETUID: { sight: sight(9), reason: "become user 33" } },
    unread: { lines: 1, first: "what" },
  }),
  serviceOf(),
  { systemd: 257, runs: [{ calls: 5, seconds: 2, exercised: ["curl localhost"] }] },
);
const PLAIN = learn(needsOf({ paths: { "/var/lib/food/a": uses(1, "write") } }), serviceOf());

/** What is read of a file that can be used, and what is said of one that cannot. */
function learntIn(text: string, needs?: string): Learnt {
  const read = readLearnt(text, needs);
  if ("problem" in read) throw new Error(read.problem);
  return read.learnt;
}
/** What is read of both files as they are written. */
const readAgain = (learnt: Learnt): Learnt => learntIn(writeLearnt(learnt), writeNeeds(learnt));
/** What is said of a file of needs that cannot be used. */
function needsProblemIn(needs: string): string | undefined {
  const read = readLearnt(writeLearnt(PLAIN), needs);
  return "needsProblem" in read ? read.needsProblem : undefined;
}
function problemIn(text: string): string | undefined {
  const read = readLearnt(text);
  return "problem" in read ? read.problem : undefined;
}

/** The content of a file with something else at a place such as `settings.0.key`. */
function changed(place: string, value: unknown, text = writeLearnt(PLAIN)): string {
  const copy = JSON.parse(text) as Record<string, unknown>;
  const names = place.split(".");
  let at = copy;
  for (const name of names.slice(0, -1)) at = at[name] as Record<string, unknown>;
  at[names.at(-1) ?? ""] = value;
  return JSON.stringify(copy);
}

/** A file as version 1 wrote it. */
const FIRST_VERSION = {
  ...{ version: 1, unit: "x.service", unitDigest: "093d67f3751d1739", systemd: 257 },
  runs: [{ calls: 580, seconds: 5.2, exercised: [] }],
  settings: [
    {
      ...{ key: "MemoryDenyWriteExecute", value: "yes", grade: "refused", part: "settings" },
      evidence: "mprotect(PROT_EXEC) was seen: ExecStart:412",
      sights: [{ count: 3, first: 0.4, last: 2.1, at: "ExecStart:412", sample: "mprotect() = 0" }],
    },
    {
      ...{ key: "ReadWritePaths", value: "-/run", grade: "proven", part: "settings" },
      evidence: "1 write to /run/x.pid, first 0.2 s after the start; ExecStart:88",
      sights: [],
    },
  ],
  unknown: [],
  needs: {
    ...{ version: 1, calls: 580, began: 0, seconds: 5.2, processes: 1, paths: {}, syscalls: {}, capabilities: {} },
    ...{ families: {}, addresses: [], programs: {}, users: {}, groups: {}, unread: { lines: 0 } },
    marks: { "writable-executable": [3, 0.4, 2.1, "ExecStart:412", ""] },
  },
};

describe("the file of what was learnt", () => {
  it("lies beside its unit", () => {
    assert.equal(`food.service${LEARNT_SUFFIX}`, "food.service.learnt.json");
  });

  it("is read as it was written, and always written alike", () => {
    assert.deepEqual(readAgain(PLAIN), { ...PLAIN, needs: { ...PLAIN.needs, began: 0 } });
    for (const it of [PLAIN, LEARNT]) {
      assert.equal(writeLearnt(readAgain(it)), writeLearnt(it));
      assert.equal(writeNeeds(readAgain(it)), writeNeeds(it));
    }
  });

  it("has its schema in editors", () => {
    const [, entry, needs] = manifest.contributes.jsonValidation;
    assert.deepEqual(entry, { fileMatch: [`*.service${LEARNT_SUFFIX}`], url: "./schemas/learnt.schema.json" });
    const beside = needsPath(`*.service${LEARNT_SUFFIX}`);
    assert.deepEqual(needs, { fileMatch: [beside], url: "./schemas/needs.schema.json" });
  });

  it("is what its schema says", () => {
    const validate = new Ajv({ allErrors: true }).compile(schema);
    const validateNeeds = new Ajv({ allErrors: true }).compile(needsSchema);
    for (const learnt of [LEARNT, PLAIN, learn(needsOf(), serviceOf(["ExecStart=/usr/sbin/sshd"]))]) {
      validate(JSON.parse(writeLearnt(learnt)));
      assert.deepEqual(validate.errors ?? [], []);
      validateNeeds(JSON.parse(writeNeeds(learnt)));
      assert.deepEqual(validateNeeds.errors ?? [], []);
    }
    validate(FIRST_VERSION);
    assert.deepEqual(validate.errors ?? [], []);
    validate({ version: 3 });
    assert.ok((validate.errors ?? []).length > 3);
  });

  it("brings no commands, no further lines and nothing that acts in a terminal", () => {
    assert.equal(
      problemIn(changed("settings.0.key", "ExecStart")),
      "The file cannot be used: settings[0].key is not a setting that is learnt",
    );
    assert.equal(
      problemIn(changed("settings.0.value", "yes\nExecStart=/bin/evil")),
      "The file cannot be used: settings[0].value is not one line",
    );
    assert.equal(
      problemIn(changed("settings.0.evidence", "\x1b[2J")),
      "The file cannot be used: settings[0].evidence is not one line",
    );
    assert.ok(!LEARNT_KEYS.has("ExecStart") && !LEARNT_KEYS.has("ExecStartPre") && LEARNT_KEYS.has("User"));
  });

  it("says in one sentence what is wrong with another file", () => {
    const said = (text: string) => problemIn(text)?.replace(/^The file cannot be used: /, "");
    assert.equal(problemIn("{"), "The file cannot be used: the text is not JSON");
    assert.equal(said("[]"), "the text is not an object");
    assert.equal(said("null"), "the text is not an object");
    assert.equal(said('{"version": 3}'), "version 3 is not 1 or 2");
    assert.equal(said('{"version": 1}'), "These are no learnt needs: version none is not 1");
    assert.equal(said(changed("settings.0.grade", "safe")), "settings[0].grade is not one of proven, seen, refused");
    assert.equal(said(changed("unit", 7)), "unit is not a text");
    assert.equal(said("[".repeat(100_000)), "the text is not JSON");
    assert.equal(problemIn(" ".repeat(17 * 1024 * 1024)), "The file is too long for what was learnt about one service");
  });

  it("says the same of the needs beside it, and keeps the settings", () => {
    const needs = writeNeeds(PLAIN);
    const said = (text: string) => needsProblemIn(text)?.replace(/^The file cannot be used: /, "");
    assert.equal(needsProblemIn(needs), undefined);
    assert.equal(said("{"), "the text is not JSON");
    assert.equal(said('{"version": 7}'), "version 7 is not 1");
    assert.equal(
      said(changed("needs.paths", { "/a": { used: { read: 5 } } }, needs)),
      "These are no learnt needs: paths./a.used.read is not a list",
    );
    assert.equal(said(changed("needs.calls", -1, needs)), "These are no learnt needs: calls is not a number");
    assert.equal(said(changed("unit", "bar.service", needs)), "it was not written together with what was learnt");
    assert.equal(said(changed("observed.ExecStart", "0", needs)), "it was not written together with what was learnt");
    const alone = learntIn(writeLearnt(PLAIN), "{");
    assert.equal(alone.isWithoutNeeds, true);
    assert.deepEqual(
      alone.settings.map(({ sights: _, ...it }) => it),
      PLAIN.settings.map(({ sights: _, ...it }) => it),
    );
  });

  it("may have names that objects have anyway", () => {
    const text = changed("needs.marks", JSON.parse('{"__proto__": [1, 0, 0, "ExecStart:1", ""]}'), writeNeeds(PLAIN));
    assert.equal(needsProblemIn(text), undefined);
    assert.equal(({} as { count?: number }).count, undefined);
  });

  it("is still read as version 1 wrote it, in one file with counts, lines and needs", () => {
    const learnt = learntIn(JSON.stringify(FIRST_VERSION));
    assert.equal(learnt.isWithoutNeeds, undefined);
    assert.deepEqual(learnt.runs, [{ calls: 580, seconds: 5.2, exercised: [] }]);
    const [compiler, made] = learnt.settings;
    assert.deepEqual(
      [compiler?.evidence, compiler?.isShown, compiler?.sights[0]?.at],
      ["mprotect(PROT_EXEC) was seen", true, "ExecStart:412"],
    );
    assert.equal(made?.evidence, "1 write to /run/x.pid, first 0.2 s after the start; ExecStart:88");
    assert.ok(learnt.needs.marks["writable-executable"]);
  });

  it("has neither counts, times nor lines for reviewers, and all of them beside it", () => {
    const text = writeLearnt(LEARNT);
    assert.doesNotMatch(text, /ExecStart:\d|"count"|"seconds"|"calls"|\d s\b/);
    assert.match(text, /"exercised": \["curl localhost"\]/);
    assert.match(writeNeeds(LEARNT), /ExecStart:9/);
  });
});
