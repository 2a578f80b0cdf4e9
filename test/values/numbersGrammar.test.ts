import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { HoverTopic, Where } from "../../server/src/values/grammar.ts";
import { NUMBERS } from "../../server/src/values/grammars/numberGrammars.ts";
import { slotsAt, tokensOf } from "../../server/src/values/read.ts";
import { parseUnitName } from "../../server/src/values/unitName.ts";
import { expectLinear } from "../kit/growth.ts";

type Name = keyof typeof NUMBERS;

const unit = parseUnitName("x.service");
assert.ok(unit);
const WHERE: Where = { version: 262, scope: "system", kind: "service", unit, certain: true };

/** The parts of a value as `text:role`. */
const tokens = (name: Name, text: string): string[] =>
  tokensOf(NUMBERS[name], text, WHERE).map(({ from, to, role }) => `${text.slice(from, to)}:${role}`);

/** What each part of a value means, without repetitions. */
const topics = (name: Name, text: string): HoverTopic[] => {
  const all = tokensOf(NUMBERS[name], text, WHERE).flatMap(({ topic }) => (topic ? [topic()] : []));
  return all.filter((it, i) => JSON.stringify(it) !== JSON.stringify(all[i - 1]));
};

/** The slots at `|` as `text -> offers`, the narrowest first. */
function slots(name: Name, marked: string): string[] {
  const cursor = marked.indexOf("|");
  const text = marked.replace("|", "");
  return slotsAt(NUMBERS[name], text, cursor, WHERE).map(({ from, to, offers, lookup }) => {
    const words = offers().map((it) => it.text);
    return `${JSON.stringify(text.slice(from, to))} -> ${lookup?.kind ?? words.join(" ")}`;
  });
}

const UNITS = "ms s min h d w month y us";

describe("grammar of numbers: tokens", () => {
  it("parts numbers from their units, all with what the whole means", () => {
    assert.deepEqual(tokens("sec", "1min 30.5 s"), ["1:number", "min:unit", "30.5:number", "s:unit"]);
    assert.deepEqual(topics("sec", "1min 30.5 s"), [{ kind: "time", nanoseconds: 90_500_000_000, counts: "s" }]);
    assert.deepEqual(tokens("iecSize", "1G 512M"), ["1:number", "G:unit", "512:number", "M:unit"]);
    assert.deepEqual(topics("iecSize", "1G 512M"), [{ kind: "size", bytes: 1_610_612_736 }]);
    assert.deepEqual(topics("nsec", "50us"), [{ kind: "time", nanoseconds: 50_000, counts: "ns" }]);
  });

  it("says what a word in the place of a number means", () => {
    assert.deepEqual(tokens("memoryLimit", "infinity"), ["infinity:word"]);
    assert.deepEqual(topics("memoryLimit", "infinity"), [
      { kind: "prose", title: "`infinity`", text: "Without a limit." },
    ]);
    assert.deepEqual(tokens("cgCpuWeight", "idle"), ["idle:word"]);
  });

  it("says that 0 is without a limit where it is", () => {
    assert.deepEqual(topics("secFix0", "0"), [
      { kind: "prose", title: "`0`", text: "Without a limit, like `infinity`." },
    ]);
    assert.deepEqual(topics("sec", "0"), [{ kind: "time", nanoseconds: 0, counts: "s" }]);
  });

  it("says which mode and which share it is", () => {
    assert.deepEqual(topics("mode", "0750"), [{ kind: "mode", mode: 0o750 }]);
    assert.deepEqual(tokens("cpuQuota", "150%"), ["150:number", "%:unit"]);
    assert.deepEqual(topics("cpuQuota", "150%"), [
      { kind: "prose", title: "`150%`", text: "150% of the time of one CPU." },
    ]);
  });

  it("has both limits and the colon between them", () => {
    assert.deepEqual(tokens("rlimitSize", "1M:infinity"), ["1:number", "M:unit", "::operator", "infinity:word"]);
    assert.deepEqual(tokens("rlimitNice", "+5:-5"), ["+5:number", "::operator", "-5:number"]);
    assert.deepEqual(topics("rlimitNice", "-5"), [
      { kind: "prose", title: "`-5`", text: "The nice level may go down to -5." },
    ]);
  });

  it("has the numbers of a set with what parts them", () => {
    assert.deepEqual(tokens("execCpuAffinity", "0-3, 7"), ["0:number", "-:operator", "3:number", "7:number"]);
    assert.deepEqual(tokens("execCoredumpFilter", "elf-headers 0x10"), ["elf-headers:word", "0x10:number"]);
    assert.deepEqual(tokens("unitCpuSet", "%i"), ["%i:specifier"]);
  });

  it("has the path and the limit of a device", () => {
    assert.deepEqual(tokens("ioLimit", '"/dev/s a"  10M'), ["/dev/s a:path", "10:number", "M:unit"]);
    assert.deepEqual(topics("ioLimit", "/dev/sda 10M"), [
      { kind: "prose", title: "`10000000`", text: "10000000 bytes in each second." },
    ]);
    assert.deepEqual(topics("ioOperationsLimit", "/dev/sda 1K"), [
      { kind: "prose", title: "`1000`", text: "1000 operations in each second." },
    ]);
  });

  it("has what is right in front of a mistake", () => {
    assert.deepEqual(tokens("sec", "1min 5x"), ["1:number", "min:unit", "5:number"]);
    assert.deepEqual(tokens("iecSize", "5x"), ["5:number"]);
  });
});

describe("grammar of numbers: slots", () => {
  it("have the units of time behind a number, and infinity for the whole", () => {
    assert.deepEqual(slots("sec", "|"), ['"" -> infinity']);
    assert.deepEqual(slots("sec", "5|"), [`"" -> ${UNITS}`, '"5" -> infinity']);
    assert.deepEqual(slots("sec", "5m|"), [`"m" -> ${UNITS}`, '"5m" -> infinity']);
    assert.deepEqual(slots("sec", "1h 5|"), [`"" -> ${UNITS}`, '"1h 5" -> infinity']);
    assert.deepEqual(slots("sec", "5 |"), [`"" -> ${UNITS}`, '"5 " -> infinity']);
    assert.deepEqual(slots("sec", "5xy|"), [`"xy" -> ${UNITS}`, '"5xy" -> infinity']);
    assert.deepEqual(slots("sec", "5mi|"), [`"mi" -> ${UNITS}`, '"5mi" -> infinity']);
    assert.deepEqual(slots("nsec", "5|"), [`"" -> ns ${UNITS}`]);
    assert.deepEqual(slots("managedOomMemPressureDurationSec", "|"), []);
  });

  it("have the suffixes of sizes, and a percent sign where that may stand", () => {
    assert.deepEqual(slots("iecSize", "5|"), ['"" -> K M G T']);
    assert.deepEqual(slots("memoryLimit", "5|"), ['"" -> %', '"" -> K M G T', '"5" -> infinity']);
    assert.deepEqual(slots("memoryLimit", "5k|"), ['"k" -> K M G T', '"5k" -> infinity']);
    assert.deepEqual(slots("tasksMax", "5|"), ['"" -> %', '"5" -> infinity']);
    assert.deepEqual(slots("cpuQuota", "50|"), ['"" -> %']);
    assert.deepEqual(slots("execQuota", "|"), ['"" -> off']);
  });

  it("have the same on both sides of a colon", () => {
    assert.deepEqual(slots("rlimitSize", "|"), ['"" -> infinity']);
    assert.deepEqual(slots("rlimitSize", "1M:|"), ['"" -> infinity']);
    assert.deepEqual(slots("rlimitSize", "1:2|"), ['"" -> K M G T', '"2" -> infinity']);
    assert.deepEqual(slots("rlimitNice", "|"), []);
    assert.deepEqual(slots("rlimitSeconds", "1|:2"), [`"" -> ${UNITS}`, '"1" -> infinity']);
  });

  it("have the words of sets in any place", () => {
    assert.deepEqual(slots("execCpuAffinity", "|"), ['"" -> numa']);
    assert.deepEqual(slots("numaMask", "a|"), ['"a" -> all']);
    assert.deepEqual(slots("unitCpuSet", "|"), []);
    const offered = slotsAt(NUMBERS.execCoredumpFilter, "default all private-dax shared-dax ", 35, WHERE);
    assert.deepEqual(
      offered[0]?.offers().map(({ text }) => text),
      [
        "private-anonymous",
        "shared-anonymous",
        "private-file-backed",
        "shared-file-backed",
        "elf-headers",
        "private-huge",
        "shared-huge",
      ],
    );
    assert.ok(offered[0]?.offers().every(({ summary }) => summary?.endsWith(".")));
  });

  it("have paths, and units behind them", () => {
    assert.deepEqual(slots("ioLimit", "|"), ['"" -> paths']);
    assert.deepEqual(slots("ioLimit", "/dev/s|"), ['"/dev/s" -> paths']);
    assert.deepEqual(slots("ioLimit", "/dev/sda |"), ['"" -> infinity']);
    assert.deepEqual(slots("ioLimit", "/dev/sda 5|"), ['"" -> K M G T', '"5" -> infinity']);
    assert.deepEqual(slots("ioDeviceLatency", "/dev/sda 5|"), [`"" -> ${UNITS}`]);
  });

  it("have the word for a weight", () => {
    assert.deepEqual(slots("cgCpuWeight", "|"), ['"" -> idle']);
    assert.deepEqual(slots("concurrencyMax", "i|"), ['"i" -> infinity']);
    assert.deepEqual(slots("unsigned", "|"), []);
  });
});

describe("grammar of numbers: cost", () => {
  const long: Readonly<Partial<Record<Name, (size: number) => string>>> = {
    execCpuAffinity: (size) => "1-3, ".repeat(size),
    unitCpuSet: (size) => "'1',x ".repeat(size),
    execCoredumpFilter: (size) => "all zz ".repeat(size),
    rlimitSize: (size) => `1${":".repeat(size)}`,
    sec: (size) => "1s ".repeat(size),
    ioLimit: (size) => `/dev/sda ${"'".repeat(size)}`,
    mode: (size) => `${"0".repeat(10 * size)}x`,
    execNice: (size) => `${"0".repeat(10 * size)}x`,
    cpuQuota: (size) => `${"0.".repeat(10 * size)}%`,
  };
  for (const [name, make] of Object.entries(long)) {
    it(`is linear in the length of a value: ${name}`, () => {
      expectLinear(2_000, make, (text) => tokensOf(NUMBERS[name as Name], text, WHERE));
    });
  }
});
