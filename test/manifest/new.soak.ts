import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "mocha";
import { newDaemon } from "../../build/new/daemon.ts";
import { newDirective } from "../../build/new/directive.ts";
import { newFormat } from "../../build/new/format.ts";
import { newKind } from "../../build/new/kind.ts";
import { Refusal, SOURCES, sourcesIn } from "../../build/new/plan.ts";
import { newRelease } from "../../build/new/release.ts";
import { newRule } from "../../build/new/rule.ts";
import { planOf } from "../../build/new/scaffolds.ts";
import { newSetting } from "../../build/new/setting.ts";
import { newType } from "../../build/new/type.ts";
import { newVersion } from "../../build/new/version.ts";
import { write } from "../../build/new/write.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";

// biome-ignore format: one line
const COPIED = ["build", "data", "server", "snippets", "test/kit", "test/program", "test/features/everySetting.test.ts", "docs/configuration-files.md", "docs/rules", ".gitignore", "biome.json", "package.json", "tsconfig.json"];
/** What is compiled besides the product: the tests that are written or changed. */
const COMPILED = [
  "server",
  "test/values",
  "test/kit/configTypes.ts",
  "test/kit/readReports.ts",
  "test/program/daemons.test.ts",
];
const NEXT = NEWEST_VERSION + 1;

/** Prints what a copy of the sources with one more release finds in a unit for that release and for the one before. */
const PROBE = `
import { directivesIn } from "./server/src/catalog/catalog.ts";
import { write } from "../../build/new/write.ts";
import { NEWEST_VERSION } from "./server/src/facts/version.ts";
import { unitPath } from "./server/src/families/unitFiles/unitPath.ts";
import { check } from "./server/src/rules/check.ts";
import { readUnit } from "./server/src/units/readUnit.ts";
const next = Number(process.argv[2]);
const text = "[Unit]\\nDescription=%K\\n[Service]\\nExecStart=/bin/true\\nNice=5\\nMemoryLimit=1G\\nProtectBaz=yes\\nType=whimsical\\n" +
  "SystemCallFilter=@system-service @baz\\nSuccessExitStatus=BAZ\\nSystemCallArchitectures=native\\n";
const found = (version) => check(readUnit(unitPath("x.service"), text, version), { profile: "off" }).map((it) => it.message);
const names = (version) => directivesIn("Service", version).map((it) => it.name);
const added = names(next).filter((it) => !names(next - 1).includes(it) && it === "ProtectBaz");
process.stdout.write(JSON.stringify({ newest: NEWEST_VERSION, now: found(next), before: found(next - 1), added }));
`;

/** Asks each new thing to do its work. */
const WORK = `
import { NEWEST_PODMAN } from "./server/src/facts/podmanVersions.ts";
import { check } from "./server/src/rules/check.ts";
import { readUnit } from "./server/src/units/readUnit.ts";
import { recognize } from "./server/src/families/families.ts";
import { issuesOf } from "./server/src/values/read.ts";
import { parseUnitName } from "./server/src/values/unitName.ts";
import { valueType } from "./server/src/values/valueTypes.ts";
import { configType } from "./test/kit/configTypes.ts";
import { memoryHost, runOver } from "./test/kit/memoryHost.ts";
import { daemonFacts } from "./test/program/daemonFacts.ts";
const found = (path, text) => check(readUnit(recognize(path).unit, text, 262), { profile: "off" }).map((it) => it.code);
const codes = (path, text) => found(path, text).filter((it) => it.includes("/foo-"));
const where = { version: 262, scope: "system", kind: "service", unit: parseUnitName("x.service"), certain: true };
const wrong = (type) => issuesOf(configType(type) ?? valueType(type), "x", where).map((it) => it.code);
const files = { "x.service": "[Service]\\nExecStrat=/bin/true\\nExecStart=/bin/true\\n" };
const report = JSON.parse(runOver(memoryHost(files), "check", "--format", "foo", "--profile", "off", "x.service").stdout);
process.stdout.write(JSON.stringify({
  rules: [
    ...codes("/etc/systemd/network/10-x.network", "[Network]\\nDHCP=no\\n"),
    ...codes("/etc/systemd/journald.conf", "[Journal]\\nSeal=no\\n"),
    ...codes("x.container", "[Container]\\nImage=quay.io/a/b:1\\nNotify=no\\n"),
    ...codes("/etc/repart.d/x.conf", "[Partition]\\nType=swap\\n"),
  ],
  types: ["fooBar", "fooNetwork", "fooImage", "quadletFoo", "journalFoo", "quadletBar"].map(wrong),
  format: report.map(({ message, ...it }) => it),
  kind: found("/etc/systemd/foo-bar.conf.d/x.conf", "[Foo]\\nBar=maybe\\nBaz=1\\n"),
  release: NEWEST_PODMAN,
  daemon: daemonFacts("/usr/sbin/food", { "/etc/food.conf": "port 99\\n" }),
}));
`;

const about = (directive: string, bad: string, good: string): readonly string[] => [
  ...["--directive", directive, "--bad", bad, "--good", good],
];

/** What is asked for, a file that it writes or changes, and a place that it names. */
const NEW: readonly (readonly [args: readonly string[], written: string, place: string])[] = [
  [["version", String(NEXT)], `data/releases/${NEXT}.json`, "package.json"],
  [
    // biome-ignore format: one command
    ["directive", "ProtectFoo", "--type", "bool", "--since", String(NEXT), "--page", "systemd.exec(5)", "--table", "sandboxing"],
    "server/src/catalog/tables/exec/sandboxing.ts",
    "data/facts",
  ],
  [["rule", "sandbox/no-foo", ...about("ProtectFoo", "no", "yes")], "server/src/rules/sandbox/noFoo.ts", "docs/rules"],
  ...(
    [
      ["network", "/etc/systemd/network/10-x.network", "Network", about("DHCP", "no", "yes")],
      ["daemon", "/etc/systemd/journald.conf", "Journal", about("Seal", "no", "yes")],
      ["quadlet", "x.container", "Container", about("Notify", "no", "yes")],
      ["image", "/etc/repart.d/x.conf", "Partition", about("Type", "swap", "home")],
    ] as const
  ).map(
    ([family, file, section, its]) =>
      [
        ["rule", `${family}/foo-${family}`, "--file", file, "--section", section, ...its],
        `server/src/.*/${family}s?/.*foo.*.ts`,
        "Rules.ts",
      ] as const,
  ),
  [
    ["type", "fooBar", "--family", "names", "--code", "value/foo-bar"],
    "server/src/values/grammars/names/fooBar.ts",
    "test/values/fooBar.test.ts",
  ],
  [
    ["type", "fooMode", "--family", "sandbox", "--words", "none,full"],
    "server/src/values/enumerations/sandboxWords.ts",
    "server/src/catalog/tables",
  ],
  ...["daemons", "network", "netdev", "images", "general"].map(
    (family) =>
      [
        // biome-ignore format: one command
        ["type", { network: "fooNetwork", images: "fooImage" }[family] ?? `foo${family}`, "--family", family, "--code", family === "images" ? "value/number" : "value/name"],
        "server/src/.*/foo.*.ts",
        "data/configs",
      ] as const,
  ),
  [["type", "journalFoo", "--family", "daemons", "--words", "none,full"], "data/configs/types.json", "data/configs"],
  [["type", "quadletFoo", "--family", "quadlets"], "server/src/.*/quadletFoo.ts", "data/quadlets.json"],
  [
    ["type", "quadletBar", "--family", "quadlets", "--words", "none,full"],
    "server/src/.*/quadletBar.ts",
    "data/quadlets.json",
  ],
  [
    // biome-ignore format: one command
    ["setting", "journald/Journal/Foo", "--type", "journalFoo", "--since", "262", "--summary", "Keeps foo in the journal."],
    "data/configs/journald.json",
    "docs",
  ],
  [["release", "7.0"], "server/src/facts/podmanVersions.ts", "data/quadlets.json"],
  [
    // biome-ignore format: one command
    ["setting", "quadlets/Pod/Foo", "--type", "quadletFoo", "--since", "7", "--read", "string", "--option=--foo", "--summary", "Gives the pod a foo."],
    "data/quadlets.json",
    "server/src/dialects/quadlets/generator",
  ],
  [
    // biome-ignore format: one command
    ["kind", "foo-bar.conf", "--section", "Foo", "--directive", "Bar", "--type", "bool", "--since", "262", "--reader", "systemd-foo", "--summary", "Decides about foo."],
    "data/configs/fooBar.json",
    "docs/configuration-files.md",
  ],
  [["format", "foo"], "server/src/cli/reportFoo.ts", "build/commandLinePage.ts"],
  [
    // biome-ignore format: one command
    ["daemon", "food", "--table", "servers", "--form", "words", "--files", "/etc/food.conf", "--keys", "port=port,user=run_as"],
    "server/src/program/daemons/servers.ts",
    "test/program/daemons.test.ts",
  ],
];

interface Made {
  readonly paths: readonly string[];
  readonly places: readonly string[];
}

/** Whether something is about what is new in the copy alone. */
const needsOthers = (args: readonly string[]): boolean => /ProtectFoo|[a-z]Foo$/m.test(args.join("\n"));

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

  /** What a command says that it wrote, and where to go on. */
  const made = ({ status, stdout, stderr }: SpawnSyncReturns<string>): Made => {
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(stdout, /undefined/);
    const all = (pattern: RegExp): readonly string[] => [...stdout.matchAll(pattern)].map(([, it = ""]) => it);
    return { paths: all(/^(?:written|changed): (.*)$/gm), places: all(/^\d+\. (.*)$/gm) };
  };
  /** The same without a process of its own, for what knows nothing new. */
  const planned = (args: readonly string[]): Made => {
    const plan = planOf(args, sourcesIn(copy));
    return { paths: write(plan, copy), places: plan.visits.map((it) => it.place) };
  };

  before(() => {
    copy = mkdtempSync(join(tmpdir(), "unit-warden-new-"));
    for (const path of COPIED) cpSync(path, join(copy, path), { recursive: true });
    symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  });
  after(() => rmSync(copy, { recursive: true }));

  it("writes what compiles, and says where to go on", function () {
    this.timeout(300_000);
    for (const [args, written, place] of NEW) {
      const { paths, places } = needsOthers(args) ? made(make(...args)) : planned(args);
      assert.match(paths.join("\n"), new RegExp(`^${written}$`, "m"));
      assert.match(places.join("\n"), new RegExp(place), args.join(" "));
    }
    writeFileSync(join(copy, "tsconfig.new.json"), JSON.stringify({ extends: "./tsconfig.json", include: COMPILED }));
    const { stdout } = run(process.execPath, "node_modules/typescript/bin/tsc", "-p", "tsconfig.new.json");
    assert.equal(stdout, "");
    assert.match(text("server/src/rules/unitRules.ts"), /\n {2}noFoo,\n/);
    const tables = ["configs/journald", "quadlets"].map((it) => JSON.parse(text(`data/${it}.json`)) as Tables);
    const [setting, key] = tables.map(({ sections }) => sections.Journal?.Foo ?? sections.Pod?.Foo);
    assert.deepEqual(setting, { type: "journalFoo", since: 262, summary: "Keeps foo in the journal." });
    assert.deepEqual(key, {
      ...{ type: "quadletFoo", since: 7, read: "string", option: "--foo" },
      summary: "Gives the pod a foo.",
    });
    assert.match(text("server/src/facts/releaseFiles.ts"), new RegExp(`^export .* as v${NEXT} .*;$`, "m"));
  });

  it("makes what is at work at once: rules, types, a format, a release and a daemon", () => {
    writeFileSync(join(copy, "work.ts"), WORK);
    const { stdout, stderr } = run(process.execPath, "--import=tsx", "work.ts");
    assert.equal(stderr, "");
    assert.deepEqual(JSON.parse(stdout), {
      rules: ["network/foo-network", "daemon/foo-daemon", "quadlet/foo-quadlet", "image/foo-image"],
      types: [
        ["value/foo-bar"],
        ["value/name"],
        ["value/number"],
        ["quadlet/value"],
        ["value/enumeration"],
        ["quadlet/value"],
      ],
      format: [{ path: "x.service", line: 2, code: "directive/unknown", severity: "error" }],
      kind: ["value/boolean", "directive/unknown"],
      release: 7,
      daemon: ["port 99/tcp @food.conf:1"],
    });
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
    const daemon = { table: "servers", form: "equals", files: "/etc/x", keys: "port=port" };
    const kind = { section: "X", directive: "X", type: "bool", since: 257, reader: "x", summary: "Decides." };
    const grammar = { family: "names", code: "value/number" };
    for (const [plan, reason] of [
      [() => newRule("unit/persistent", rule, SOURCES), /a rule unit\/persistent already/],
      [() => newRule("value/x", rule, SOURCES), /npm run new -- type/],
      [() => newRule("song/x", rule, SOURCES), /FAMILIES/],
      [() => newRule("unit/x", { ...rule, directive: "Nicer" }, SOURCES), /has no Nicer=/],
      [() => newDirective("Nice", row, SOURCES), /has Nice= already/],
      [() => newDirective("X", { ...row, table: "song" }, SOURCES), /--table NAME, one of\n {2}directories: /],
      [() => newDirective("X", { ...row, since: 999 }, SOURCES), /npm run new -- version 999/],
      [() => newDirective("X", { ...row, page: "systemd.timer(5)" }, SOURCES), /no directives of/],
      [() => newDirective("X", { ...row, type: "song" }, SOURCES), /npm run new -- type song/],
      [() => newRule("network/x", { ...rule, file: "x.song" }, SOURCES), /is no file that is checked/],
      [() => newRule("network/x", { ...rule, file: "x.container" }, SOURCES), /judged by rules of section,/],
      [() => newType("bool", grammar, SOURCES), /value type bool already/],
      [() => newType("song", { ...grammar, family: "song" }, SOURCES), /one of names,/],
      [() => newType("song", { family: "song", words: ["a"] }, SOURCES), /no .*\/songWords\.ts/],
      [() => newType("song", { family: "quadlets" }, SOURCES), /named like quadletSize/],
      [() => newType("song", { family: "network" }, SOURCES), /--code names the rule/],
      [() => newRelease("5.9", SOURCES), /comes after podman/],
      [() => newFormat("sarif", SOURCES), /a format sarif already/],
      [() => newKind("pstore.conf", kind, SOURCES), /a kind pstore\.conf already/],
      [() => newKind("song", kind, SOURCES), /named like pstore\.conf/],
      [() => newDaemon("nginx", daemon, SOURCES), /a row of nginx already/],
      [() => newDaemon("song", { ...daemon, form: "xml" }, SOURCES), /--form is one of equals,/],
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
