import assert from "node:assert/strict";
import Ajv from "ajv-draft-04";
import { describe, it } from "mocha";
import schema from "../../schemas/learnt.schema.json" with { type: "json" };
import { learn } from "../../server/src/learn/learn.ts";
import { LEARNT_KEYS, learntFileName, readLearnt, writeLearnt } from "../../server/src/learn/learntFile.ts";
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

/** The content of a file with something else at a place such as `settings.0.key`. */
function changed(place: string, value: unknown): string {
  const copy = JSON.parse(writeLearnt(PLAIN)) as Record<string, unknown>;
  const names = place.split(".");
  let at = copy;
  for (const name of names.slice(0, -1)) at = at[name] as Record<string, unknown>;
  at[names.at(-1) ?? ""] = value;
  return JSON.stringify(copy);
}

describe("the file of what was learnt", () => {
  it("lies beside its unit", () => {
    assert.equal(learntFileName("food.service"), "food.service.learnt.json");
  });

  it("is read as it was written, and always written alike", () => {
    const text = writeLearnt(PLAIN);
    assert.deepEqual(readLearnt(text).learnt, JSON.parse(JSON.stringify(PLAIN)));
    const { learnt } = readLearnt(text);
    assert.equal(learnt && writeLearnt(learnt), text);
  });

  it("is what its schema says", () => {
    const validate = new Ajv({ allErrors: true }).compile(schema);
    for (const learnt of [LEARNT, PLAIN, learn(needsOf(), serviceOf(["ExecStart=/usr/sbin/sshd"]))]) {
      validate(JSON.parse(writeLearnt(learnt)));
      assert.deepEqual(validate.errors ?? [], []);
    }
    validate({ version: 2 });
    assert.ok((validate.errors ?? []).length > 5);
  });

  it("brings no commands, no further lines and nothing that acts in a terminal", () => {
    assert.equal(
      readLearnt(changed("settings.0.key", "ExecStart")).problem,
      "The file cannot be used: settings[0].key is no setting that is learnt",
    );
    assert.equal(
      readLearnt(changed("settings.0.value", "yes\nExecStart=/bin/evil")).problem,
      "The file cannot be used: settings[0].value has a control character",
    );
    assert.equal(
      readLearnt(changed("settings.0.evidence", "\x1b[2J")).problem,
      "The file cannot be used: settings[0].evidence has a control character",
    );
    assert.ok(!LEARNT_KEYS.has("ExecStart") && !LEARNT_KEYS.has("ExecStartPre") && LEARNT_KEYS.has("User"));
  });

  it("says in one sentence what is wrong with another file", () => {
    const problem = (text: string) => readLearnt(text).problem;
    assert.equal(problem("{"), "The file is no valid JSON");
    assert.equal(problem("[]"), "The file has no version that is known");
    assert.equal(problem("null"), "The file holds no object");
    assert.equal(problem('{"version": 2}'), "The file was written by a newer Unit Warden");
    assert.equal(problem('{"version": 1}'), "The file cannot be used: unit is missing, but must be a string");
    assert.equal(
      problem(changed("needs.paths", { "/a": { used: { read: 5 } } })),
      "The file cannot be used: needs.paths./a.used.read is 5, but must be an object",
    );
    assert.equal(
      problem(changed("needs.calls", -1)),
      "The file cannot be used: needs.calls is -1, but must be a number of 0 or more",
    );
    assert.equal(
      problem(changed("settings.0.grade", "safe")),
      'The file cannot be used: settings[0].grade is "safe", but must be one of proven, seen, refused',
    );
    assert.equal(problem("[".repeat(100_000)), "The file is no valid JSON");
    assert.equal(problem(" ".repeat(17 * 1024 * 1024)), "The file is too long for what was learnt about one service");
  });

  it("may have names that objects have anyway", () => {
    const text = changed(
      "needs.marks",
      JSON.parse('{"__proto__": {"count":1,"first":0,"last":0,"at":"ExecStart:1","sample":""}}'),
    );
    assert.equal(readLearnt(text).problem, undefined);
    assert.equal(({} as { count?: number }).count, undefined);
  });
});
