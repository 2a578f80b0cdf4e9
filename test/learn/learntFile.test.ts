import assert from "node:assert/strict";
import Ajv from "ajv-draft-04";
import { describe, it } from "mocha";
import manifest from "../../package.json" with { type: "json" };
import schema from "../../schemas/learnt.schema.json" with { type: "json" };
import { learn } from "../../server/src/learn/learn.ts";
import type { Learnt } from "../../server/src/learn/learnt.ts";
import { LEARNT_KEYS, LEARNT_SUFFIX, readLearnt, writeLearnt } from "../../server/src/learn/learntFile.ts";
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
function learntIn(text: string): Learnt {
  const read = readLearnt(text);
  if ("problem" in read) throw new Error(read.problem);
  return read.learnt;
}
function problemIn(text: string): string | undefined {
  const read = readLearnt(text);
  return "problem" in read ? read.problem : undefined;
}

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
    assert.equal(`food.service${LEARNT_SUFFIX}`, "food.service.learnt.json");
  });

  it("is read as it was written, and always written alike", () => {
    const text = writeLearnt(PLAIN);
    assert.deepEqual(learntIn(text), { ...PLAIN, needs: { ...PLAIN.needs, began: 0 } });
    for (const it of [PLAIN, LEARNT]) assert.equal(writeLearnt(learntIn(writeLearnt(it))), writeLearnt(it));
  });

  it("has its schema in editors", () => {
    const [, entry] = manifest.contributes.jsonValidation;
    assert.deepEqual(entry, { fileMatch: [`*.service${LEARNT_SUFFIX}`], url: "./schemas/learnt.schema.json" });
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
    assert.equal(said('{"version": 2}'), "version 2 is not 1");
    assert.equal(said('{"version": 1}'), "These are no learnt needs: version none is not 1");
    assert.equal(
      said(changed("needs.paths", { "/a": { used: { read: 5 } } })),
      "These are no learnt needs: paths./a.used.read is not a list",
    );
    assert.equal(said(changed("needs.calls", -1)), "These are no learnt needs: calls is not a number");
    assert.equal(said(changed("settings.0.grade", "safe")), "settings[0].grade is not one of proven, seen, refused");
    assert.equal(said(changed("unit", 7)), "unit is not a text");
    assert.equal(said("[".repeat(100_000)), "the text is not JSON");
    assert.equal(problemIn(" ".repeat(17 * 1024 * 1024)), "The file is too long for what was learnt about one service");
  });

  it("may have names that objects have anyway", () => {
    const text = changed("needs.marks", JSON.parse('{"__proto__": [1, 0, 0, "ExecStart:1", ""]}'));
    assert.equal(problemIn(text), undefined);
    assert.equal(({} as { count?: number }).count, undefined);
  });
});
