import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parseNumberRange } from "../../server/src/values/cpuSet.ts";
import { parseInteger, parseUnsigned } from "../../server/src/values/number.ts";
import { parsePermyriad } from "../../server/src/values/percentage.ts";
import { formatSize, parseSize } from "../../server/src/values/size.ts";
import { type BareUnit, formatTimeSpan, parseTimeSpan } from "../../server/src/values/timeSpan.ts";
import { expectLinear } from "../kit/growth.ts";

describe("parseInteger", () => {
  it("takes each spelling that systemd takes", () => {
    const cases: readonly [string, bigint][] = [
      ["0", 0n],
      ["42", 42n],
      ["-42", -42n],
      ["+42", 42n],
      ["010", 8n],
      ["0x1f", 31n],
      ["-0X1F", -31n],
      ["0o17", 15n],
      ["0o-17", -15n],
      ["0b101", 5n],
      ["+0b101", 5n],
      ["0b+101", 5n],
      ["00", 0n],
      ["-0", 0n],
      [" 7", 7n],
      ["18446744073709551616", 2n ** 64n],
    ];
    for (const [text, number] of cases) assert.equal(parseInteger(text), number, text);
  });

  it("refuses what is no number", () => {
    for (const text of ["", "x", "08", "0x", "0o", "0b", "0b2", "+0o7", "1.0", "1K", "5 ", "--5", "- 5", "1e3"])
      assert.equal(parseInteger(text), undefined, text);
  });

  it("is unsigned where nothing is below 0", () => {
    assert.equal(parseUnsigned("-0"), 0);
    assert.equal(parseUnsigned("-1"), undefined);
    assert.equal(parseUnsigned("0x10"), 16);
  });

  it("reads a number of any length in linear time", () => {
    expectLinear(20_000, (size) => "9".repeat(size), parseInteger);
    assert.equal(parseInteger(`${"0".repeat(1000)}7`), 7n);
  });
});

describe("parseTimeSpan", () => {
  const nanoseconds = (text: string, bare: BareUnit = "s"): bigint | "infinity" | string => {
    const span = parseTimeSpan(text, bare);
    return "error" in span ? `${span.error} ${text.slice(span.from, span.to)}` : span.nanoseconds;
  };

  it("counts without a unit what the directive counts", () => {
    assert.equal(nanoseconds("2"), 2_000_000_000n);
    assert.equal(nanoseconds("2", "us"), 2_000n);
    assert.equal(nanoseconds("2", "ns"), 2n);
    assert.equal(nanoseconds("5min 20"), 320_000_000_000n);
  });

  it("knows nanoseconds only where they count", () => {
    assert.equal(nanoseconds("5ns", "ns"), 5n);
    assert.equal(nanoseconds("0.5us", "ns"), 500n);
    assert.equal(nanoseconds("5ns"), "unit ns");
    assert.equal(nanoseconds("0.5us"), 0n, "less than a microsecond is nothing");
  });

  it("points at what is wrong", () => {
    const cases: Readonly<Record<string, string>> = {
      "": "value ",
      abc: "value abc",
      "5x": "unit x",
      "5 x": "unit x",
      "5mins": "unit mins",
      "1h 5secs 3s": "unit secs",
      "5Min": "unit Min",
      "5min, 3s": "unit min,",
      "2minute hour": "number hour",
      "1h m 3s": "number m",
      "5.": "fraction 5.",
      "1.5.5": "fraction 1.5.5",
      "-5": "negative -5",
      "5s -5": "negative -5",
      "infinity 5": "value 5",
      "9223372036854775808us": "range 9223372036854775808",
      "584542y": "range 584542",
    };
    for (const [text, error] of Object.entries(cases)) assert.equal(nanoseconds(text), error, text);
  });

  it("reads many parts in linear time", () => {
    expectLinear(
      3_000,
      (size) => "1us ".repeat(size),
      (text) => parseTimeSpan(text, "s"),
    );
    expectLinear(
      30_000,
      (size) => `0.${"1".repeat(size)}`,
      (text) => parseTimeSpan(text, "s"),
    );
    expectLinear(
      30_000,
      (size) => `1s ${"x".repeat(size)}`,
      (text) => parseTimeSpan(text, "s"),
    );
  });
});

describe("formatTimeSpan", () => {
  it("takes what a topic holds", () => {
    assert.equal(formatTimeSpan(90e9), "1min 30s");
    assert.equal(formatTimeSpan(1_500_000_000n), "1.500000s");
    assert.equal(formatTimeSpan(Number.POSITIVE_INFINITY), "infinity");
    assert.equal(formatTimeSpan("infinity"), "infinity");
    assert.equal(formatTimeSpan(0), "0");
    assert.equal(formatTimeSpan(999n), "0");
  });
});

describe("parseSize", () => {
  const bytes = (text: string, base: 1000 | 1024 = 1024): bigint | string => {
    const size = parseSize(text, base);
    return "error" in size ? `${size.error} ${text.slice(size.from, size.to)}` : size.bytes;
  };

  it("adds up numbers with ever smaller suffixes to one of two bases", () => {
    assert.equal(bytes("1K"), 1024n);
    assert.equal(bytes("1K", 1000), 1000n);
    assert.equal(bytes("1.5G"), 1_610_612_736n);
    assert.equal(bytes("1G 512M"), 1_610_612_736n);
    assert.equal(bytes("1 G512M 3"), 1_610_612_739n);
    assert.equal(bytes("5B5"), 10n);
    assert.equal(bytes("1.M"), 1_048_576n);
    assert.equal(bytes("18446744073709551615"), 2n ** 64n - 1n);
  });

  it("points at what is wrong", () => {
    const cases: Readonly<Record<string, string>> = {
      "": "value ",
      abc: "value abc",
      ".5G": "value .5G",
      "1k": "suffix k",
      "1KB": "suffix KB",
      "1 Ki": "suffix Ki",
      "10%": "suffix %",
      "5M K": "number K",
      "1GiB 5M": "suffix GiB",
      "512M 1G": "order 1G",
      "5 5": "order 5",
      "-1": "negative -1",
      "16E": "range 16",
      "15.99E": "range 15.99",
      "18446744073709551616": "range 18446744073709551616",
    };
    for (const [text, error] of Object.entries(cases)) assert.equal(bytes(text), error, text);
  });

  it("reads long values in linear time", () => {
    expectLinear(
      30_000,
      (size) => "1".repeat(size),
      (text) => parseSize(text, 1024),
    );
    expectLinear(
      30_000,
      (size) => `1${"x".repeat(size)}`,
      (text) => parseSize(text, 1024),
    );
  });
});

describe("formatSize", () => {
  it("says it in a few characters, rounded down", () => {
    const cases: readonly [number | bigint, string][] = [
      [0, "0B"],
      [1023, "1023B"],
      [1024, "1K"],
      [1536, "1.5K"],
      [1_048_575, "1023.9K"],
      [1_610_612_736, "1.5G"],
      [2n ** 64n - 2n, "15.9E"],
    ];
    for (const [size, text] of cases) assert.equal(formatSize(size), text);
  });
});

describe("parsePermyriad", () => {
  it("counts hundredths of a per cent", () => {
    const cases: Readonly<Record<string, number | undefined>> = {
      "50%": 5_000,
      "5.5%": 550,
      "5.55%": 555,
      "150%": 15_000,
      "50‰": 500,
      "50.5‰": 505,
      "7‱": 7,
      "0x10%": 1_600,
      "-0%": 0,
      "5.555%": undefined,
      "5.%": undefined,
      ".5%": undefined,
      "50 %": undefined,
      "50.55‰": undefined,
      "7.5‱": undefined,
      "50": undefined,
      "%": undefined,
      "-5%": undefined,
      "21474836%": 2_147_483_600,
      "21474837%": undefined,
    };
    for (const [text, share] of Object.entries(cases)) assert.equal(parsePermyriad(text), share, text);
  });
});

describe("parseNumberRange", () => {
  it("takes a number or two", () => {
    assert.deepEqual(parseNumberRange("3"), { low: 3, high: 3 });
    assert.deepEqual(parseNumberRange("1-3"), { low: 1, high: 3 });
    assert.deepEqual(parseNumberRange("3-1"), { low: 3, high: 1 });
    assert.deepEqual(parseNumberRange("0x10-020"), { low: 16, high: 16 });
    for (const text of ["", "-", "-1", "1-", "1-2-3", "a", "1.5", "4294967296"])
      assert.equal(parseNumberRange(text), undefined, text);
  });
});
