import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "mocha";
import { sourcesIn } from "../../build/new/plan.ts";
import { planOf } from "../../build/new/scaffolds.ts";
import { write } from "../../build/new/write.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";

/** What no scaffold and no teller reads. */
const LEFT_OUT = new Set([".git", "node_modules", "dist", "reports", ".cache", "release", "executables"]);

/** Something new, the steps of it that are forgotten, and what says so by name. */
interface Forgotten {
  readonly args: string;
  /** Files that stay as they were, by the ends of their paths. */
  readonly steps: readonly string[];
  readonly told: RegExp;
}

const COMPILER: readonly Forgotten[] = [
  { args: "format foo", steps: ["test/kit/readReports.ts"], told: /readReports\.ts.*'foo' is missing/ },
  {
    args: "type fooBaz --family numbers --code value/foo-baz",
    steps: ["values/codes.ts"],
    told: /fooBaz\.ts.*"value\/foo-baz"/,
  },
  {
    args: "type fooBar --family names --code value/foo-bar",
    steps: ["data/rules/texts.json"],
    told: /"value\/foo-bar"|'value\/foo-bar'/,
  },
  {
    args: "daemon food --table servers --form words --files /etc/food.conf --keys prot=port",
    steps: [],
    told: /servers\.ts.*'prot'/,
  },
];

const UNUSED: readonly Forgotten[] = [
  {
    args: "rule unit/endless-stop --directive TimeoutStopSec --bad 0 --good infinity",
    steps: ["unitRules.ts"],
    told: /endlessStop\.ts/,
  },
  { args: "format bar", steps: ["reportFormats.ts"], told: /reportBar\.ts/ },
  {
    args: "type fooPath --family paths --code value/path",
    steps: ["pathGrammars.ts"],
    told: /fooPath\.ts/,
  },
];

const TESTS: readonly Forgotten[] = [
  { args: `version ${NEWEST_VERSION + 1}`, steps: ["releaseFiles.ts"], told: RegExp(`'${NEWEST_VERSION + 1}\\.json'`) },
  { args: "format baz", steps: [], told: /baz/ },
  { args: "type quadletFoo --family quadlets", steps: [], told: /quadletFoo/ },
  { args: "type fooMode --family daemons --words none,full", steps: [], told: /fooMode/ },
  {
    args: "daemon bard --table servers --form words --files /etc/bard.conf --keys port=port",
    steps: ["daemons.test.ts"],
    told: /'bard'/,
  },
  {
    args: "kind foo-bar.conf --section Foo --directive Bar --type bool --since 262 --reader systemd-foo --summary Decides.",
    steps: ["everySetting.test.ts"],
    told: /'foo-bar\.conf'/,
  },
  {
    args: "rule unit/endless-start --directive TimeoutStartSec --bad 0 --good infinity",
    steps: [],
    told: /endlessStart\.ts/,
  },
];

const TELLING = [
  ...[
    "catalog/catalog",
    "cli/reportFormats",
    "facts/version",
    "features/everySetting",
    "manifest/sources",
    "program/daemons",
  ],
].map((it) => `test/${it}.test.ts`);

describe("npm run new: a forgotten step is told by name", () => {
  let copy = "";
  const output = (...args: readonly string[]): string => {
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: "utf8" });
    return stdout + stderr;
  };
  /** Makes all, forgets what is to be forgotten, asks, and leaves the copy as it was. */
  function told(all: readonly Forgotten[], ask: () => string): void {
    const undo: (() => void)[] = [];
    for (const { args, steps } of all) {
      const plan = planOf(args.split(" "), sourcesIn(copy));
      const kept = [...plan.changes].filter(([path]) => !steps.some((it) => path.endsWith(it)));
      assert.equal(plan.changes.size - kept.length, steps.length, args);
      const before = kept.map(([path]) => [path, readFileSync(join(copy, path), "utf8")] as const);
      write({ ...plan, changes: new Map(kept) }, copy);
      undo.push(() => {
        for (const path of plan.files.keys()) rmSync(join(copy, path));
        for (const [path, text] of before) writeFileSync(join(copy, path), text);
      });
    }
    const said = ask();
    for (const it of undo.reverse()) it();
    for (const { args, told: name } of all) assert.match(said, name, args);
  }

  before(function () {
    this.timeout(120_000);
    copy = mkdtempSync(join(tmpdir(), "unit-warden-forgotten-"));
    for (const path of readdirSync("."))
      if (!LEFT_OUT.has(path) && !/\.(?:vsix|tgz)$/.test(path)) cpSync(path, join(copy, path), { recursive: true });
    symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  });
  after(() => rmSync(copy, { recursive: true }));

  it("by the compiler", function () {
    this.timeout(600_000);
    told(COMPILER, () => output("node_modules/typescript/bin/tsc", "--noEmit", "-p", "."));
  });

  it("as a file that nothing uses", function () {
    this.timeout(600_000);
    told(UNUSED, () => output("node_modules/knip/bin/knip.js", "--include", "files"));
  });

  it("by a test", function () {
    this.timeout(600_000);
    told(TESTS, () => output("node_modules/mocha/bin/mocha.js", ...TELLING));
  });
});
