import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  configurationFor,
  expiredExceptions,
  limitFor,
  type ReadConfiguration,
  readConfiguration,
} from "../../server/src/configuration/configuration.ts";
import { expectLinear } from "../kit/growth.ts";

const NAME = ".unit-warden.json";

function read(text: string, name = NAME): ReadConfiguration {
  const found = readConfiguration(name, text);
  assert.ok(found, text);
  return found;
}

/** What is found in a text: the code, what stands at the place, and the message. */
const foundIn = (text: string): string[] =>
  read(text).findings.map((it) => `${it.code} ${text.slice(it.start, it.end)}: ${it.message}`);

const DAY = "2026-11-30";

describe("a configuration", () => {
  it("is JSON with comments, a comma at the end and a byte order mark", () => {
    const text = '\ufeff// of the team\n{ "profile": "strict", /* why */ "systemd": ["debian-12", 257], }';
    const { keys, findings } = read(text);
    assert.deepEqual(findings, []);
    assert.equal(keys.profile, "strict");
    assert.deepEqual(keys.systemd, [
      { name: "debian-12", version: 252 },
      { name: "257", version: 257 },
    ]);
  });

  it("is told of unknown keys, codes and wrong values at their places, and the rest counts", () => {
    const text = `{
      "profil": "strict",
      "profile": "strikt",
      "systemd": "debian-3",
      "podman": 5.2,
      "scope": "root",
      "rules": { "hardning": "off", "style": "silent", "value": "info" },
      "exclude": ["ok", "../x"],
      "placeholders": ["<<*>>", "x"],
      "overrides": [{ "profile": "off" }, { "files": ["*.timer"], "rule": {} }],
      "security": { "threshold": 11, "units": { "a.service": 4.25, "b.service": 4.2 } },
      "baseline": ""
    }`;
    assert.deepEqual(foundIn(text), [
      'configuration/unknown-key "profil": Unknown key profil; did you mean profile?',
      'configuration/value "strikt": "strikt" is no value here; did you mean strict? allowed: off, basic, strict or isolated',
      'configuration/value "debian-3": "debian-3" is no value here; allowed: a version from 239 to 262 or a distribution such as debian-12',
      'configuration/value 5.2: 5.2 is no value here; allowed: a version from "4.4" to "6.0", in quotes',
      'configuration/value "root": "root" is no value here; allowed: auto, system or user',
      'configuration/unknown-key "hardning": Unknown code or family hardning; did you mean hardening?',
      'configuration/value "silent": "silent" is no value here; allowed: off, error, warning and 2 more',
      'configuration/value "../x": A pattern begins at the folder of its file',
      'configuration/value "x": "x" is no value here; allowed: how a placeholder is written, with one "*" for its name, such as "<<*>>"',
      "configuration/value {: Key files is missing",
      'configuration/unknown-key "rule": Unknown key rule; did you mean rules?',
      "configuration/value 11: 11 is no value here; allowed: an exposure from 0.0 to 10.0, with one digit after the point at most",
      "configuration/value 4.25: 4.25 is no value here; allowed: an exposure from 0.0 to 10.0, with one digit after the point at most",
      'configuration/value "": "" is no value here; allowed: a text',
    ]);
    const { keys } = read(text);
    assert.equal(configurationFor({ keys }, "ok", DAY).excluded, true);
    assert.deepEqual(configurationFor({ keys }, "x.service", DAY).rules?.value, "info");
    assert.deepEqual(keys.placeholders, ["<<*>>"]);
    assert.deepEqual(limitFor({ keys }, "b.service", DAY), { tenths: 42, unit: "b.service" });
  });

  it("lets exceptions pass until the end of their last day", () => {
    const its = read(`{
      "rules": {
        "hardening": { "severity": "hint", "reason": "the port of 2027", "until": "2026-11-30" },
        "hardening/protect-home": { "reason": "reads /home", "until": "2027-02-28" }
      },
      "overrides": [{ "files": ["old/**"], "rules": { "value": { "until": "2026-01-31" } } }],
      "security": { "threshold": 5, "units": { "x.service": { "threshold": 9, "reason": "old", "until": "2026-11-30" } } }
    }`);
    assert.deepEqual(its.findings, []);
    const rules = (day: string, path = "x.service") => configurationFor(its, path, day).rules;
    assert.deepEqual(rules("2026-11-30"), { hardening: "hint", "hardening/protect-home": "off" });
    assert.deepEqual(rules("2026-12-01"), { "hardening/protect-home": "off" });
    assert.deepEqual(rules("2027-03-01"), {});
    assert.deepEqual(rules("2026-01-31", "old/x.service")?.value, "off");
    assert.equal(limitFor(its, "x.service", "2026-11-30")?.tenths, 90);
    assert.deepEqual(limitFor(its, "x.service", "2026-12-01"), { tenths: 50 });
    assert.deepEqual(
      expiredExceptions(its, "2026-12-01").map((it) => it.message),
      ["hardening", "x.service", "value"].map(
        (name) =>
          `The exception for ${name} ended on ${name === "value" ? "2026-01-31" : "2026-11-30"} and does not count any more`,
      ),
    );
  });

  it("lets nothing pass for an exception whose day or severity is none", () => {
    for (const wrong of [
      '{ "until": "2026-02-29" }',
      '{ "until": "31.1.2027" }',
      '{ "severity": "offf" }',
      '{ "untill": "2027-01-01", "until": 1 }',
    ]) {
      const its = read(`{ "rules": { "value": ${wrong} } }`);
      assert.deepEqual(configurationFor(its, "x.service", DAY).rules, {}, wrong);
      assert.notDeepEqual(its.findings, [], wrong);
    }
    const limit = read('{ "security": { "units": { "x.service": { "threshold": 9, "until": "soon" } } } }');
    assert.equal(limitFor(limit, "x.service", DAY), undefined);
  });

  it("takes podman from 4.4 to 6.0", () => {
    for (const it of ["4.4", "4.9", "5.0", "5.10", "6.0"]) assert.deepEqual(foundIn(`{"podman": "${it}"}`), []);
    for (const it of ["4.3", "6.1", "7.0", "5", "5.2.1", "v5.2"])
      assert.equal(foundIn(`{"podman": "${it}"}`).length, 1, it);
  });

  it("says which key is set twice, and takes the last", () => {
    const text = '{"profile": "off", "security": {"threshold": 1, "threshold": 2}, "profile": "strict"}';
    assert.deepEqual(foundIn(text), [
      'configuration/duplicate-key "threshold": Key threshold is set twice; the last one counts',
      'configuration/duplicate-key "profile": Key profile is set twice; the last one counts',
    ]);
    assert.equal(read(text).keys.profile, "strict");
    assert.equal(read(text).keys.security?.threshold, 20);
  });

  it("counts for nothing where it is no JSON, and says where it ends to be it", () => {
    const text = '{"profile": "strict" "scope": "user"}';
    const { keys, isBroken, findings } = read(text);
    assert.deepEqual([keys, isBroken], [{}, true]);
    assert.equal(findings[0]?.start, text.indexOf('"scope"'));
    for (const it of ["", " ", "{", "[1", '{"a', "profile: strict", "<<<<<<< HEAD\n{}", "[".repeat(200_000)])
      assert.deepEqual(
        read(it).findings.map(({ code }) => code),
        ["configuration/syntax"],
        it.slice(0, 20),
      );
    for (const it of ["[]", "1", "null", '"x"'])
      assert.match(foundIn(it).join(), / is no value here; allowed: an object$/);
  });

  it("stands in a manifest only where that has the key", () => {
    assert.equal(readConfiguration("package.json", '{"name": "unit-warden", "version": "1"}'), undefined);
    assert.equal(readConfiguration("package.json", '{"bin": {"unit-warden": "x"}}'), undefined);
    assert.equal(readConfiguration("package.json", "{ broken"), undefined);
    for (const key of ["unitWarden", "unit-warden"])
      assert.equal(read(`{"name": "x", "${key}": {"profile": "off"}}`, "package.json").keys.profile, "off");
  });

  it("sets for a file what its overrides say, the later ones first", () => {
    const { keys } = read(`{
      "profile": "basic", "rules": { "style": "off", "value": "error" },
      "overrides": [
        { "files": ["user/**"], "scope": "user", "profile": "off", "rules": { "value": "hint" } },
        { "files": ["user/strict.service"], "profile": "strict", "systemd": 252 }
      ]
    }`);
    const { profile, rules, scope } = configurationFor({ keys }, "x.service", DAY);
    assert.deepEqual([profile, rules, scope], ["basic", { style: "off", value: "error" }, undefined]);
    const user = configurationFor({ keys }, "user/strict.service", DAY);
    assert.deepEqual([user.profile, user.scope, user.systemd?.[0]?.version], ["strict", "user", 252]);
    assert.deepEqual(user.rules, { style: "off", value: "hint" });
  });

  it("lets pass of a service what its name says, else the longest pattern, else all", () => {
    const read1 = read(
      '{"security": {"threshold": 5, "units": {"backup-*.service": 9, "*.service": 6, "backup-db.service": 4.2}}}',
    );
    assert.deepEqual(limitFor(read1, "backup-db.service", DAY), { tenths: 42, unit: "backup-db.service" });
    assert.deepEqual(limitFor(read1, "backup-x.service", DAY), { tenths: 90, unit: "backup-*.service" });
    assert.deepEqual(limitFor(read1, "x.service", DAY), { tenths: 60, unit: "*.service" });
    assert.deepEqual(limitFor(read('{"security": {"threshold": 5}}'), "x.service", DAY), { tenths: 50 });
    assert.equal(limitFor(read("{}"), "x.service", DAY), undefined);
  });

  it("never throws for a text, and finds only in it", () => {
    const pieces = fc.constantFrom(
      '"profile"',
      '"rules"',
      ":",
      ",",
      "{",
      "}",
      "[",
      "]",
      '"off"',
      "//",
      "/*",
      "\n",
      "1",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
        const text = parts.join("");
        for (const { start, end } of readConfiguration(NAME, text)?.findings ?? [])
          assert.ok(0 <= start && start <= end && end <= text.length);
      }),
    );
  });

  it("sets what thousands of overrides do in a time that grows with their number", () => {
    const overrides = (size: number): ReadConfiguration =>
      read(
        JSON.stringify({
          overrides: Array.from({ length: size }, (_, i) => ({ files: ["*"], rules: { [`own${i}`]: "off" } })),
        }),
      );
    expectLinear(400, overrides, (it) => configurationFor(it, "a/x.service", DAY));
  });
});
