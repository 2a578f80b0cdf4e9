import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "mocha";
import { newDirective } from "../../build/new/directive.ts";
import { Refusal, SOURCES } from "../../build/new/plan.ts";
import { newRule } from "../../build/new/rule.ts";
import { newSetting } from "../../build/new/setting.ts";
import { newValue } from "../../build/new/value.ts";
import { newVersion } from "../../build/new/version.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";

const COPIED = ["build", "data", "server", "snippets", ".gitignore", "biome.json", "package.json", "tsconfig.json"];
const NEXT = NEWEST_VERSION + 1;

/** Prints what a copy of the sources with one more release finds in a unit for that release and for the one before. */
const PROBE = `
import { directivesIn } from "./server/src/catalog/catalog.ts";
import { NEWEST_VERSION } from "./server/src/facts/version.ts";
import { unitPath } from "./server/src/families/unitFiles/unitPath.ts";
import { check } from "./server/src/rules/check.ts";
import { readUnit } from "./server/src/units/unit.ts";
const next = Number(process.argv[2]);
const text = "[Unit]\\nDescription=%K\\n[Service]\\nExecStart=/bin/true\\nNice=5\\nMemoryLimit=1G\\nProtectBaz=yes\\nType=whimsical\\n" +
  "SystemCallFilter=@system-service @baz\\nSuccessExitStatus=BAZ\\nSystemCallArchitectures=native\\n";
const found = (version) => check(readUnit(unitPath("x.service"), text, version), { profile: "off" }).map((it) => it.message);
const names = (version) => directivesIn("Service", version).map((it) => it.name);
const added = names(next).filter((it) => !names(next - 1).includes(it) && it === "ProtectBaz");
process.stdout.write(JSON.stringify({ newest: NEWEST_VERSION, now: found(next), before: found(next - 1), added }));
`;

interface Tables {
  readonly sections: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

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
    this.timeout(300_000);
    const foo = ["directive", "ProtectFoo", "--type", "bool", "--since", String(NEXT), "--page", "systemd.exec(5)"];
    for (const [args, written, place] of [
      [["version", String(NEXT)], `data/releases/${NEXT}.json`, "package.json"],
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
      [
        [
          "setting",
          "journald/Journal/Foo",
          "--type",
          "bool",
          "--since",
          "262",
          "--summary",
          "Keeps foo in the journal.",
        ],
        "data/configs/journald.json",
        "docs",
      ],
      [
        // biome-ignore format: one command
        ["setting", "quadlets/Pod/Foo", "--type", "quadletText", "--since", "6", "--read", "string", "--option=--foo", "--summary", "Gives the pod a foo."],
        "data/quadlets.json",
        "server/src/quadlets",
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
    assert.match(text("server/src/rules/unitRules.ts"), /\n {2}noFoo,\n/);
    const tables = ["configs/journald", "quadlets"].map((it) => JSON.parse(text(`data/${it}.json`)) as Tables);
    const [setting, key] = tables.map(({ sections }) => sections.Journal?.Foo ?? sections.Pod?.Foo);
    assert.deepEqual(setting, { type: "bool", since: 262, summary: "Keeps foo in the journal." });
    assert.deepEqual(key, {
      ...{ type: "quadletText", since: 6, read: "string", option: "--foo" },
      summary: "Gives the pod a foo.",
    });
    assert.match(text("server/src/facts/releaseFiles.ts"), new RegExp(`^export .* as v${NEXT} .*;$`, "m"));
  });

  it("takes one file of data and one line for a version, which then counts everywhere", () => {
    const release = {
      version: NEXT,
      directives: {
        "Service Socket Mount Swap": {
          ProtectBaz: { summary: "Hides the bars of the machine from the unit.", type: "bool", page: "systemd.exec" },
        },
      },
      ignores: ["Service.Nice", "Service.MemoryLimit"],
      words: { service_type: { whimsical: "Counts the service as started when it pleases." } },
      calls: { "@default": "bazicate", "@baz": "barnicate bazicate" },
      specifiers: { K: "the bar of the machine" },
      exitStatuses: { BAZ: { number: 247, summary: "The bar could not be reached" } },
    };
    writeFileSync(join(copy, `data/releases/${NEXT}.json`), JSON.stringify(release));
    writeFileSync(join(copy, "probe.ts"), PROBE);
    const { stdout, stderr } = run(process.execPath, "--import=tsx", "probe.ts", String(NEXT));
    assert.equal(stderr, "");
    const { newest, now, before: older, added } = JSON.parse(stdout) as Record<string, unknown>;
    assert.equal(newest, NEXT);
    const gone = "MemoryLimit= has no effect since systemd 258: systemd ignores this line; use MemoryMax= instead";
    assert.deepEqual(now, [`Nice= has no effect since systemd ${NEXT}: systemd ignores this line`, gone]);
    // The other words are those of all releases.
    assert.deepEqual(
      (older as string[]).map((it) => it.replace(/; allowed: .*/, "")),
      [
        `Unknown specifier "%K" in Description=; that requires systemd ${NEXT}: systemd ignores this line`,
        gone,
        `ProtectBaz= requires systemd ${NEXT}: version ${NEXT - 1} ignores this line`,
        `"whimsical" is no value of Type=; that requires systemd ${NEXT}: systemd ignores this line`,
        `Unknown system call group "@baz" in SystemCallFilter=; that requires systemd ${NEXT}: systemd ignores this word`,
        `Unknown exit status or signal "BAZ" in SuccessExitStatus=; that requires systemd ${NEXT}: systemd ignores this word`,
      ],
    );
    assert.deepEqual(added, ["ProtectBaz"]);
  });

  it("refuses what is there already, or cannot be", () => {
    const rule = { section: "Service", directive: "Nice", bad: "1", good: "2" };
    const row = { section: "Service", type: "bool", since: 257, page: "systemd.exec(5)", table: "paths" };
    const setting = { type: "bool", since: 257, summary: "Does it." };
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
      [() => newSetting("journald/Journal/Storage", setting, SOURCES), /has Storage= already/],
      [() => newSetting("journald/Song/X", setting, SOURCES), /no \[Song\]: Journal/],
      [() => newSetting("song/Journal/X", setting, SOURCES), /there is no data\/configs\/song\.json/],
      [() => newSetting("journald/Journal/X", { ...setting, since: 999 }, SOURCES), /999 is not covered/],
      [() => newSetting("quadlets/Pod/X", { ...setting, since: 5 }, SOURCES), /no value type bool/],
      [() => newSetting("quadlets/Pod/X", { ...setting, since: 5, type: "quadletText" }, SOURCES), /--read is missing/],
    ] as const)
      assert.throws(plan, (error) => error instanceof Refusal && reason.test(error.message), String(reason));
  });

  it("never overwrites a file, and says how it is called", () => {
    const path = "server/src/rules/unit/newThing.ts";
    writeFileSync(join(copy, path), "mine");
    const { status, stderr } = make("rule", "unit/new-thing", "--directive", "Nice", "--bad", "1", "--good", "2");
    assert.equal(status, 1);
    assert.match(stderr, /newThing\.ts is there already\n\nnpm run new -- rule /);
    assert.equal(text(path), "mine");
    assert.doesNotMatch(text("server/src/rules/unitRules.ts"), /newThing/);
  });
});
