import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { fixAllEdits } from "../../server/src/rules/fixAll.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { brokenFixLaws, type ReadText } from "../kit/fixedPoint.ts";
import { fixTitles, onlyFinding } from "../kit/fixes.ts";
import { type HostileUnit, mutatedUnit } from "../kit/mutate.ts";
import { exampleUnit } from "../kit/mutatedExamples.ts";
import { type Random, random } from "../kit/random.ts";
import { SHOWN_RULES } from "../kit/ruleExamples.ts";

function reader(path: string, dropIns: readonly string[] = [], version = 262): ReadText {
  const parts = checkedPath(path);
  assert.ok(parts, `${path} is no unit file`);
  return (text) => readUnit(parts, text, version, { dropIns });
}

function expectLaws({ path, text, dropIns }: HostileUnit, version?: number): void {
  assert.deepEqual(
    brokenFixLaws(reader(path, dropIns, version), text),
    [],
    `${path} ${JSON.stringify([text, dropIns])}`,
  );
}

const service = (...lines: string[]): HostileUnit => ({
  path: "x.service",
  text: ["[Service]", "ExecStart=/bin/true", ...lines, ""].join("\n"),
  dropIns: [],
});
const unit = (path: string, text: string): HostileUnit => ({ path, text, dropIns: [] });

/** What broke a law, by what was wrong. */
const CASES: Readonly<Record<string, readonly HostileUnit[]>> = {
  "a filter in a socket unit is not added by one rule and removed by another": [
    unit("x.socket", "[Socket]\nListenStream=80\nSystemCallErrorNumber=EPERM\n"),
  ],
  "a unit of time without its number does not become another one": [
    service("TimeoutStopSec=2minute hour and on boot"),
    service("TimeoutStopSec=1M m 31"),
    unit("x.timer", "[Timer]\nOnBootSec=2m hours\n"),
  ],
  "a suffix of a size without its number stays": [service("MemoryMax=5M k"), service("MemoryMax=5M KB")],
  "a path is not changed where systemd does not read it": [
    unit("srv.mount", "[Unit]\nWhere=/mnt\n[Mount]\nWhat=/dev/sda1\n"),
    unit("srv.swap", "[Unit]\nWhat=/srv\n[Swap]\nWhat=/dev/sda1\n"),
  ],
  "a setting is not completed where systemd does not read it": [
    unit("x.service", "[Unit]\nSystemCallErrorNumber=EPERM\n[Service]\nExecStart=/bin/true\n"),
  ],
  "many lines of another section move at once": [
    unit(
      "x.service",
      `[Unit]\n${Array.from({ length: 30 }, (_, i) => `Environment=A${i}=1\n`).join("")}[Service]\nExecStart=/bin/true\n`,
    ),
  ],
  "a directive is removed with all of its lines": [
    service("ProtectKernelTunables=yes", "MountAPIVFS=no", "Nice=1", "MountAPIVFS=no", "MountAPIVFS=no"),
    unit("x.socket", "[Socket]\nListenStream=7\nCapabilityBoundingSet=~CAP_KILL\nCapabilityBoundingSet=~CAP_CHOWN"),
  ],
  "all signs between paths become spaces": [
    unit("x.service", `[Unit]\nRequiresMountsFor=/a${",/b;/c".repeat(20)},x\n[Service]\nExecStart=/bin/true\n`),
  ],
  "a comment is not removed where a backslash would join the next line": [
    unit("srv.mount", "[Mount]\nWhat=/srv\\ # x\nWhere=/srv # x\n"),
  ],
  "a word is not added after an open escape": [
    service("User=x", "CapabilityBoundingSet=CAP_KILL CAP_NET\\ ", "AmbientCapabilities=CAP_NET_RAW"),
  ],
  "a path with special characters is quoted": [
    service("ProtectSystem=strict", "NoExecPaths=/ /dev/shm", 'ExecPaths="/opt/a b" "/opt/c\\\\" /opt/d:e'),
  ],
};

const safelyFixed = (read: ReadText, text: string): string =>
  applyEdits(text, fixAllEdits(read, text, { profile: "off" }, "safe"));

describe("fixes at rest", () => {
  for (const [name, units] of Object.entries(CASES)) {
    it(name, () => {
      for (const it of units) expectLaws(it);
    });
  }

  it("hold for the bad example of each rule", () => {
    for (const { bad } of SHOWN_RULES) expectLaws(unit(bad.path ?? "x.service", bad.text), bad.version);
  });

  const searched = (make: (random: Random) => HostileUnit, seed: number): void => {
    const chance = random(seed);
    for (let i = 0; i < 80; i++) {
      const made = make(chance);
      if (checkedPath(made.path) && made.text.length < 2000) expectLaws(made, chance.pick([257, 262]));
    }
  };

  it("hold for examples with lines of others", () => searched(exampleUnit, 11));

  it("hold for mutated units", () => searched(mutatedUnit, 12));

  it("name the law that is broken", () => {
    const stuck = reader("x.service")("[Service]\nExecStart=/bin/true\nProtectHoem=yes\n");
    const { message } = onlyFinding(stuck.file.text, "directive/unknown");
    const broken = brokenFixLaws(() => stuck, "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n");
    assert.ok(
      broken.some((it) => it.endsWith(`: leaves ${message}`)),
      String(broken),
    );
  });
});

describe("removing a directive", () => {
  const code = "sandbox/overridden";
  const base = "[Service]\nExecStart=/bin/true\nDynamicUser=yes\n";

  it("takes all of its lines, as an earlier one would be in force again", () => {
    const text = `${base}ProtectHome=tmpfs\nNice=1\nProtectHome=no\n`;
    assert.equal(safelyFixed(reader("x.service"), text), `${base}Nice=1\n`);
    assert.equal(safelyFixed(reader("x.service"), text.trimEnd()), `${base}Nice=1`);
  });

  it("is left to the reader where another file sets it, or a line is misspelt", () => {
    const typed = `${base}ProtectHome=tmpsf\nProtectHome=no\n`;
    assert.equal(onlyFinding(typed, code).fixes[0]?.safe, false);
    const path = checkedPath("x.service");
    const dropIn = checkedPath("x.service.d/y.conf");
    assert.ok(path && dropIn);
    const main = { path, text: `${base}ProtectHome=tmpfs\n`, at: 0 };
    const read: ReadText = (it) => readUnit(dropIn, it, 262, { main: { ...main, dropIns: [it] } });
    const text = "[Service]\nProtectHome=no\n";
    const found = check(read(text), { profile: "off" }).filter((it) => it.code === code);
    assert.deepEqual(
      found.flatMap(({ fixes }) => fixes.map((it) => it.safe)),
      [false],
    );
    assert.equal(safelyFixed(read, text), text);
  });
});

describe("safe fixes and systemd's verdict", () => {
  it("leave a unit refused that systemd refuses, and put the rest right", () => {
    const timer = (path: string, event: string) => `[Timer]\nUnit=${path}\nOnCalendar=${event}\n`;
    const refused = timer("y.service", "*:*/15");
    assert.equal(safelyFixed(reader("x.timer"), refused), refused);
    const loaded = `${refused}OnBootSec=5\n`;
    assert.equal(safelyFixed(reader("x.timer"), loaded), `${timer("y.service", "*:0/15")}OnBootSec=5\n`);
    const mixed = "[Unit]\nDescription=5%x\n[Timer]\nPersistent=yes\nOnCalendar=*:*/15\n";
    assert.equal(safelyFixed(reader("x.timer"), mixed), mixed.replace("5%x", "5%%x"));
  });

  it("leave a unit loaded that systemd loads", () => {
    const text = "[Service]\nExecStart=/bin/true\nUser=x\nPAMName=5%x\nKillMode=process\n";
    assert.equal(onlyFinding(text, "value/specifier").fixes[0]?.safe, true);
    assert.equal(safelyFixed(reader("x.service"), text), text);
  });

  it("do not close the header of a unit that never ran, but that of a drop-in", () => {
    const header = "syntax/section-header";
    const text = "[Service\nExecStart=/bin/true\n";
    assert.deepEqual(fixTitles(text, header), ["Close the header: [Service]"]);
    assert.equal(safelyFixed(reader("x.service"), text), text);
    const path = checkedPath("x.service");
    const dropIn = checkedPath("x.service.d/y.conf");
    assert.ok(path && dropIn);
    const main = { path, text: "[Service]\nExecStart=/bin/true\n", dropIns: ["", ""], at: 1 };
    const read: ReadText = (it) => readUnit(dropIn, it, 262, { main: { ...main, dropIns: ["", it] } });
    assert.equal(safelyFixed(read, "[Service\nNice=1\n"), "[Service]\nNice=1\n");
    const second = "[Service\nExecStart=/bin/false\n";
    assert.equal(safelyFixed(read, second), second, "two commands are refused");
  });

  it("close a header only where a section of this type of unit results", () => {
    const isSafe = (text: string, path?: string) => onlyFinding(text, "syntax/section-header", path).fixes[0]?.safe;
    assert.equal(isSafe("[Service\n"), true);
    assert.equal(isSafe("[Install\n"), true);
    assert.equal(isSafe("[Timer\n"), undefined);
    assert.equal(isSafe("[Timer\n", "x.timer"), true);
    assert.equal(isSafe("[Servce\n"), undefined);
    assert.equal(isSafe("[X-Own\n"), undefined);
    assert.equal(isSafe("[Service ExecStart=/bin/true\n"), undefined);
    assert.equal(isSafe("[Service\n", "x.service.d/y.conf"), true);
  });
});
