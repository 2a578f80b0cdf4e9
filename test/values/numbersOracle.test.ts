import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type DirectiveName, directive, grammarIn } from "../../server/src/catalog/catalog.ts";
import type { SectionName } from "../../server/src/catalog/sections.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { whereOf } from "../../server/src/units/where.ts";
import { issuesOf } from "../../server/src/values/read.ts";
import { formatTimeSpan, parseTimeSpan } from "../../server/src/values/timeSpan.ts";
import { type Random, random } from "../kit/random.ts";
import { skip } from "../kit/skip.ts";
import { MACHINE_VERSION, timeSpansOf, verify } from "../kit/systemd.ts";

const SEED = Number(process.env.SEED ?? 20261124);

const NUMBERS = [
  ...["0", "1", "5", "12", "99", "1.5", "0.25", ".5", "7.125", "60", "1000", "65536", "010", "+4", "0x1f", "100"],
  ...["50.55", "0.0001", "3.", "584542", "1844674407370", "9223372036854775807", "18446744073709551614", "8191"],
];
const TIME_UNITS = [
  ...["s", "ms", "min", "m", "h", "d", "w", "month", "M", "y", "us", "µs", "sec", "seconds", "minutes", "msec"],
  ...["hours", "hr", "days", "weeks", "years", "", " s", " min"],
];
const SUFFIXES = ["K", "M", "G", "T", "P", "E", "B", "", " M", "k", "KB"];
const SIGNS = ["%", "%", "%", "‰", "‱", " %", ""];
const ATOMS = [
  ...["-", "+", ".", " ", ":", ",", "infinity", "idle", "all", "default", "numa", "off", "x", "ff", "elf-headers"],
  ...["'", "/dev/sda ", "/a/../b ", "4294967295", "4294967296", "18446744073709551615", "32767", "-20", "08"],
];

/** A number and what may stand behind it, a few times. */
const amounts = ({ below, pick }: Random, units: readonly string[]): string =>
  Array.from({ length: 1 + below(3) }, () => pick(NUMBERS) + pick(units) + pick(["", " "])).join("");

/** Whatever may stand in some value. */
const anything = ({ below, pick }: Random): string =>
  Array.from({ length: 1 + below(4) }, () => pick([...ATOMS, ...NUMBERS, "s", "K"])).join("");

const times = (source: Random) => amounts(source, TIME_UNITS);
const sizes = (source: Random) => amounts(source, [...SUFFIXES, ...SUFFIXES, ...SIGNS]);
const shares = ({ pick }: Random) => pick(NUMBERS) + pick(SIGNS);
const integers = ({ pick }: Random) => pick(["", "", "-", "+"]) + pick(NUMBERS);
const sets = ({ below, pick, chance }: Random) =>
  Array.from({ length: 1 + below(3) }, () => `${below(50)}${chance(0.5) ? `-${below(60)}` : ""}`).join(
    pick([",", " ", ", "]),
  );
const pairs = (amount: (source: Random) => string) => (source: Random) =>
  source.chance(0.5) ? amount(source) : `${amount(source)}:${amount(source)}`;
const ofDevice = (amount: (source: Random) => string) => (source: Random) =>
  `${source.pick(["/dev/sda", "sda", '"/dev/s a"', "/x/../y"])} ${amount(source)}`;

type Row = readonly [kind: string, section: SectionName, name: DirectiveName, amount: (source: Random) => string];
const ROWS: readonly Row[] = [
  ["service", "Service", "RestartSec", times],
  ["service", "Service", "TimeoutStopSec", times],
  ["service", "Service", "TimeoutAbortSec", times],
  ["service", "Service", "TimerSlackNSec", times],
  ["service", "Service", "ManagedOOMMemoryPressureDurationSec", times],
  ["service", "Unit", "JobTimeoutSec", times],
  ["timer", "Timer", "OnBootSec", times],
  ["service", "Service", "LimitCPU", pairs(times)],
  ["service", "Service", "LimitRTTIME", pairs(times)],
  ["service", "Service", "LimitAS", pairs(sizes)],
  ["service", "Service", "LimitNOFILE", pairs(integers)],
  ["service", "Service", "LimitNICE", pairs(integers)],
  ["service", "Service", "MemoryMax", sizes],
  ["service", "Service", "MemoryLow", sizes],
  ["socket", "Socket", "SendBuffer", sizes],
  ["service", "Service", "TasksMax", shares],
  ["service", "Service", "CPUQuota", shares],
  ["service", "Service", "ManagedOOMMemoryPressureLimit", shares],
  ["service", "Service", "Nice", integers],
  ["service", "Service", "OOMScoreAdjust", integers],
  ["service", "Service", "CPUWeight", integers],
  ["service", "Service", "IOSchedulingPriority", integers],
  ["service", "Service", "CPUSchedulingPriority", integers],
  ["service", "Service", "TTYRows", integers],
  ["service", "Service", "UMask", integers],
  ["service", "Unit", "SuccessActionExitStatus", integers],
  ["socket", "Socket", "Mark", integers],
  ["socket", "Socket", "MessageQueueMaxMessages", integers],
  ["service", "Service", "CPUAffinity", sets],
  ["service", "Service", "NUMAMask", sets],
  ["service", "Service", "AllowedCPUs", sets],
  ["service", "Service", "CoredumpFilter", integers],
  ["service", "Service", "IOReadBandwidthMax", ofDevice(sizes)],
  ["service", "Service", "IODeviceWeight", ofDevice(integers)],
  ["service", "Service", "IODeviceLatencyTargetSec", ofDevice(times)],
];

const HEADS: Readonly<Record<string, string>> = {
  service: "[Service]\nType=oneshot\nExecStart=/bin/true\n",
  socket: "[Socket]\nListenStream=1\nService=a.service\n",
  timer: "[Timer]\nOnCalendar=daily\n",
};

describe("numbers as systemd-analyze has them", function () {
  before(function () {
    if (MACHINE_VERSION === undefined) {
      skip(this, "there is no systemd-analyze");
    }
  });
  this.timeout(300_000);

  it(`time spans are what timespan says, read and written (seed ${SEED})`, () => {
    const source = random(SEED);
    const texts = new Set(["0", "infinity", "59.999999", "1y 1us", "1month", "30.5d"]);
    while (texts.size < 500) {
      const text = times(source).trim();
      if (!("error" in parseTimeSpan(text, "s"))) texts.add(text);
    }
    const answers = timeSpansOf([...texts]);
    assert.equal(answers.length, texts.size, "timespan refuses one that we take");
    for (const [i, text] of [...texts].entries()) {
      const span = parseTimeSpan(text, "s");
      assert.ok("nanoseconds" in span, text);
      const { nanoseconds } = span;
      const microseconds = nanoseconds === "infinity" ? 2n ** 64n - 1n : nanoseconds / 1000n;
      assert.deepEqual({ microseconds, human: formatTimeSpan(nanoseconds) }, answers[i], text);
    }
  });

  it("time spans that timespan refuses are none", () => {
    for (const text of ["", "x", "5x", "5.", "1.5.5", "-1", "5mins", "5Min", "infinityx", "584543y", "+ 5", "5ns"]) {
      assert.deepEqual(timeSpansOf([text]), [], text);
      assert.ok("error" in parseTimeSpan(text, "s"), text);
    }
  });

  for (const [kind, section, name, amount] of ROWS) {
    it(`${name}= is taken and dropped as by verify (seed ${SEED})`, () => {
      const source = random(SEED);
      const values = Array.from({ length: 150 }, (_, i) => (i % 3 === 0 ? anything(source) : amount(source)).trim());
      const lines = HEADS[kind] ?? "";
      const first = lines.split("\n").length + 1;
      const unit = `x.${kind}`;
      const output = verify(unit, {
        [unit]: `${lines}[${section}]\n${values.map((it) => `${name}=${it}\n`).join("")}`,
      });
      const dropped = new Set(output.map((line) => Number(/x\.\w+:(\d+): /.exec(line)?.[1]) - first));
      assert.ok(values.some((_, i) => dropped.has(i)) && values.some((_, i) => !dropped.has(i)), "all the same");
      const known = directive(section, name);
      const path = unitPath(unit);
      assert.ok(known && path);
      const version = MACHINE_VERSION ?? 0;
      const where = whereOf(readUnit(path, "", version));
      for (const [i, value] of values.entries()) {
        const problems = issuesOf(grammarIn(known, version), value, where);
        assert.equal(
          problems.some(({ effect }) => effect !== "silent"),
          dropped.has(i),
          `${name}=${value}`,
        );
      }
    });
  }
});
