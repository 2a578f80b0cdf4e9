import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "mocha";
import { newDirective } from "../../build/new/directive.ts";
import { Refusal, SOURCES } from "../../build/new/plan.ts";
import { newRule } from "../../build/new/rule.ts";
import { newValue } from "../../build/new/value.ts";
import { newVersion } from "../../build/new/version.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";

const COPIED = ["build", "data", "server", "snippets", ".gitignore", "biome.json", "package.json", "tsconfig.json"];
const NEXT = NEWEST_VERSION + 1;

describe("npm run new", () => {
  let copy = "";
  const run = (command: string, ...args: string[]): SpawnSyncReturns<string> =>
    spawnSync(command, args, { cwd: copy, encoding: "utf8" });
  const make = (...args: string[]): SpawnSyncReturns<string> =>
    run(process.execPath, "--import=tsx", "build/new.ts", ...args);
  const text = (path: string): string => readFileSync(join(copy, path), "utf8");

  before(() => {
    copy = mkdtempSync(join(tmpdir(), "unit-warden-new-"));
    for (const path of COPIED) cpSync(path, join(copy, path), { recursive: true });
    symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  });
  after(() => rmSync(copy, { recursive: true }));

  it("writes what compiles, and says where to go on", function () {
    this.timeout(120_000);
    const foo = ["directive", "ProtectFoo", "--type", "bool", "--since", String(NEXT), "--page", "systemd.exec(5)"];
    for (const [args, written, place] of [
      [["version", String(NEXT)], "server/src/facts/version.ts", "package.json"],
      [[...foo, "--table", "sandboxing"], "server/src/catalog/tables/exec/sandboxing.ts", "data/facts"],
      [
        ["rule", "sandbox/no-foo", "--directive", "ProtectFoo", "--bad", "no", "--good", "yes"],
        "server/src/rules/sandbox/noFoo.ts",
        "docs/rules",
      ],
      [
        ["value", "fooBar", "--family", "names", "--code", "value/foo-bar"],
        "server/src/values/grammars/names/fooBar.ts",
        "test/values/fooBar.test.ts",
      ],
      [
        ["value", "fooMode", "--family", "sandbox", "--words", "none,full"],
        "server/src/values/enumerations/sandboxWords.ts",
        "server/src/catalog/tables",
      ],
    ] as const) {
      const { status, stdout, stderr } = make(...args);
      assert.equal(status, 0, stderr);
      assert.match(stdout, new RegExp(`^(?:written|changed): ${written}$`, "m"));
      assert.match(stdout, new RegExp(`^\\d+\\. .*${place}`, "m"));
      assert.doesNotMatch(stdout, /undefined/);
    }
    writeFileSync(join(copy, "tsconfig.new.json"), `{ "extends": "./tsconfig.json", "include": ["server", "test"] }`);
    const { stdout } = run(process.execPath, "node_modules/typescript/bin/tsc", "-p", "tsconfig.new.json");
    assert.equal(stdout, "");
    assert.match(text("server/src/rules/allRules.ts"), /\n {2}noFoo,\n/);
    assert.match(text("server/src/facts/version.ts"), new RegExp(`NEWEST_VERSION: SystemdVersion = ${NEXT};`));
  });

  it("refuses what is there already, or cannot be", () => {
    const rule = { section: "Service", directive: "Nice", bad: "1", good: "2" };
    const row = { section: "Service", type: "bool", since: 257, page: "systemd.exec(5)", table: "paths" };
    const grammar = { family: "names", code: "value/number" };
    for (const [plan, reason] of [
      [() => newRule("unit/persistent", rule, SOURCES), /a rule unit\/persistent already/],
      [() => newRule("value/x", rule, SOURCES), /npm run new -- value/],
      [() => newRule("song/x", rule, SOURCES), /FAMILIES/],
      [() => newRule("unit/x", { ...rule, directive: "Nicer" }, SOURCES), /has no Nicer=/],
      [() => newDirective("Nice", row, SOURCES), /has Nice= already/],
      [() => newDirective("X", { ...row, table: "song" }, SOURCES), /--table NAME, one of\n {2}directories: /],
      [() => newDirective("X", { ...row, since: 999 }, SOURCES), /npm run new -- version 999/],
      [() => newDirective("X", { ...row, page: "systemd.timer(5)" }, SOURCES), /no directives of/],
      [() => newDirective("X", { ...row, type: "song" }, SOURCES), /npm run new -- value song/],
      [() => newValue("bool", grammar, SOURCES), /value type bool already/],
      [() => newValue("song", { ...grammar, family: "song" }, SOURCES), /one of names,/],
      [() => newValue("song", { family: "song", words: ["a"] }, SOURCES), /no .*\/songWords\.ts/],
      [() => newVersion(257, SOURCES), /the version after/],
    ] as const)
      assert.throws(plan, (error) => error instanceof Refusal && reason.test(error.message), String(reason));
  });

  it("never overwrites a file, and says how it is called", function () {
    this.timeout(60_000);
    const path = "server/src/rules/unit/newThing.ts";
    writeFileSync(join(copy, path), "mine");
    const { status, stderr } = make("rule", "unit/new-thing", "--directive", "Nice", "--bad", "1", "--good", "2");
    assert.equal(status, 1);
    assert.match(stderr, /newThing\.ts is there already\n\nnpm run new -- rule /);
    assert.equal(text(path), "mine");
    assert.doesNotMatch(text("server/src/rules/allRules.ts"), /newThing/);
  });
});
