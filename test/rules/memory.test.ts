import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, it } from "mocha";
import { NEWEST_VERSION, OLDEST_VERSION } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { RULES } from "../../server/src/rules/allRules.ts";
import { check } from "../../server/src/rules/check.ts";
import { assess } from "../../server/src/security/exposure.ts";
import { readUnit, withText } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

const LINES = [
  "User=app",
  "User=",
  "ExecStart=/usr/bin/app --port 80 --token=abc123def456",
  "ExecStartPre=+/bin/mkdir -p /run/app",
  "ExecStartPre=/bin/sh -c 'echo x >/run/x.env'",
  "EnvironmentFile=/run/x.env",
  "Environment=PASSWORD=hunter2 DATA=/var/lib/app",
  "ReadWritePaths=/var/lib/app /home/app",
  "ReadWritePaths=",
  "ProtectHome=yes",
  "ProtectSystem=strict",
  "SystemCallFilter=~@mount",
  "CapabilityBoundingSet=CAP_CHOWN CAP_NOPE",
  "MemoryLimit=1G",
  "ProtectHoem=yes",
  "After=b.service",
  "NoNewPrivileges=maybe",
  "StateDirectory=app",
];

const PATHS = ["/etc/systemd/system/app.service", "/etc/systemd/user/app.service"] as const;

const read = (at: string, lines: readonly string[], previous?: Unit, version = NEWEST_VERSION): Unit => {
  const path = unitPath(at);
  assert.ok(path);
  return readUnit(path, `[Unit]\nRequires=b.service\n[Service]\n${lines.join("\n")}\n`, version, { previous });
};

const all = (unit: Unit): object[] =>
  check(unit, { profile: "isolated", beyond: true }).map(({ code, start, end, message, fixes }) => ({
    code,
    start,
    end,
    message,
    fixes: fixes.map((it) => [it.title, it.edits()]),
  }));

/** Versions of one text, each with some of the lines in any order. */
const versions = fc.array(fc.array(fc.constantFrom(...LINES), { maxLength: 8 }), { minLength: 2, maxLength: 5 });

describe("memory of a document", () => {
  it("changes nothing that is found, whatever was asked before", () => {
    fc.assert(
      fc.property(versions, fc.constantFrom(...PATHS), (texts, at) => {
        let unit: Unit | undefined;
        for (const lines of texts) {
          unit = read(at, lines, unit);
          const fresh = read(at, lines);
          assert.deepEqual(all(unit), all(fresh));
          assert.deepEqual(all(unit), all(fresh), "a second time");
          assert.equal(assess(unit).exposure, assess(read(at, lines)).exposure);
          const other = `${unit.file.text}ProtectHome=maybe\n`;
          assert.deepEqual(all(withText(unit, other)), all(readUnit(unit.path, other, unit.version)));
          unit.memory.forget();
          assert.deepEqual(all(unit), all(fresh), "once all is forgotten");
        }
      }),
      { numRuns: 60 },
    );
  });

  it("lets lines be judged by another version, and for another path, as if they were new", () => {
    fc.assert(
      fc.property(versions, (texts) => {
        let unit: Unit | undefined;
        for (const [i, lines] of texts.entries()) {
          const version = i % 2 === 0 ? NEWEST_VERSION : OLDEST_VERSION;
          unit = read(PATHS[i % 3 === 0 ? 0 : 1], lines, unit, version);
          assert.deepEqual(all(unit), all(read(PATHS[i % 3 === 0 ? 0 : 1], lines, undefined, version)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("has each rule give the same alone and in any order", () => {
    const unit = read(PATHS[0], LINES);
    const each = RULES.flatMap((it) => ("check" in it ? [[it.code, it.check] as const] : []));
    const backwards = new Map(each.toReversed().map(([code, find]) => [code, [...find(unit)].map((it) => it.message)]));
    all(unit);
    for (const [code, find] of each)
      assert.deepEqual(
        [...find(unit)].map((it) => it.message),
        backwards.get(code),
        code,
      );
  });

  it("makes two documents that are edited in turn cost no more than each alone", () => {
    const edits = (unit: Unit, i: number): Unit => {
      const next = read(PATHS[0], [...LINES, `Environment=KEY=${i}`], unit);
      all(next);
      return next;
    };
    const missed = (unit: Unit): number => [...unit.memory.counts().values()].reduce((sum, it) => sum + it.misses, 0);
    let alone = read(PATHS[0], LINES);
    for (let i = 0; i < 10; i++) alone = edits(alone, i);
    let [one, two] = [read(PATHS[0], LINES), read(PATHS[0], LINES.toReversed())];
    for (let i = 0; i < 10; i++) [one, two] = [edits(one, i), edits(two, i)];
    assert.ok(missed(alone) > 0);
    assert.equal(missed(one), missed(alone));
    assert.equal(missed(two), missed(alone));
  });

  it("asks no query anew that an edit does not touch", () => {
    let unit = read(PATHS[0], LINES);
    const costs: number[] = [];
    for (let i = 0; i < 4; i++) {
      const before = [...unit.memory.counts().values()].reduce((sum, it) => sum + it.misses, 0);
      unit = read(PATHS[0], [...LINES, `# a comment, ${i}`], unit);
      all(unit);
      costs.push([...unit.memory.counts().values()].reduce((sum, it) => sum + it.misses, 0) - before);
    }
    assert.deepEqual(costs.slice(1), [0, 0, 0]);
  });

  it("judges the edited line alone of those in which nothing was found", () => {
    const { has } = WeakSet.prototype;
    let looked = 0;
    const version = (i: number, before?: Unit): Unit =>
      read(
        PATHS[0],
        Array.from({ length: 1000 }, (_, at) => `Environment=KEY_${at}=${at === 500 ? i : at}`),
        before,
      );
    let unit = version(0);
    all(unit);
    const costs: number[] = [];
    WeakSet.prototype.has = function (it) {
      looked++;
      return has.call(this, it);
    };
    try {
      for (let i = 1; i < 4; i++) {
        const before = looked;
        unit = version(i, unit);
        check(unit, { profile: "isolated" });
        costs.push(looked - before);
      }
    } finally {
      WeakSet.prototype.has = has;
    }
    assert.ok(Math.max(...costs) <= 5, costs.join());
  });

  it("gives every query a name of its own", () => {
    const root = new URL("../../server/src/", import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((it) => it.endsWith(".ts"));
    const names = files.flatMap((it) =>
      [...readFileSync(new URL(it, root), "utf8").matchAll(/memory\.(?:query|reuseEqual)\(\s*["`]([^"`]+)/g)].map(
        (match) => match[1],
      ),
    );
    assert.ok(names.length > 10, `${names.length} queries`);
    assert.deepEqual(
      names.filter((it, i) => names.indexOf(it) !== i),
      [],
    );
  });
});
