import assert from "node:assert/strict";
import fc from "fast-check";
import { mergeNeeds } from "../../server/src/learn/merge.ts";
import type { Needs } from "../../server/src/learn/needs.ts";
import { needsFromJson, needsToJson } from "../../server/src/learn/needsJson.ts";
import { needsReader } from "../../server/src/learn/reader.ts";
import { expectLinear } from "../kit/growth.ts";
import { observedLogs, observedStatus } from "../kit/observedRuns.ts";
import { type Random, random } from "../kit/random.ts";

const STATUS = observedStatus("nginx");
const LINES = ["nginx", "unbound", "redis-server"].flatMap((unit) =>
  observedLogs(unit).flatMap(([, bytes]) => bytes.toString("latin1").split("\n")),
);

/** What breaks a lexer: brackets, quotes and escapes without their other half, and numbers out of range. */
const PIECES = [
  '"',
  "<",
  ">",
  "(",
  ")",
  "{",
  "}",
  "[",
  "]",
  "\\",
  "\\7",
  "/*",
  "*/",
  "=",
  " = ",
  ",",
  "|",
  "\0",
  "\r",
  "\xff",
  " <unfinished ...>",
  "<... openat resumed>",
  "+++ exited with 0 +++",
  "-1 ENOENT (",
  "AT_FDCWD</",
  "..",
  "/../..",
  "__proto__",
  "constructor",
  "99999999999999999999",
  "-1",
  "0x",
  "\n",
  "CLONE_FS",
  "toString(",
  "= 3</proc/1/fd>(deleted)",
  "{sa_family=AF_UNIX, sun_path=",
  "%s".repeat(50),
  "a/".repeat(3000),
  "(".repeat(5000),
  "1,".repeat(3000),
] as const;

function brokenLog(chance: Random): string {
  const from = chance.below(LINES.length);
  const lines = LINES.slice(from, from + 40);
  for (let i = chance.below(12); i >= 0; i--) {
    const at = chance.below(lines.length);
    const line = lines[at] ?? "";
    const cut = chance.below(line.length + 1);
    const other = lines[chance.below(lines.length)] ?? "";
    lines[at] = chance.pick([
      () => line.slice(0, cut),
      () => line.slice(cut),
      () => line.slice(0, cut) + chance.pick(PIECES) + line.slice(cut),
      () => line.slice(0, cut) + chance.pick(PIECES) + line.slice(cut + chance.below(20)),
      () => line.slice(0, cut) + other.slice(chance.below(other.length + 1)),
      () => other,
      () => line.replace(/^\d+/, String(chance.below(300))),
    ])();
    lines[chance.below(lines.length)] ??= line;
  }
  if (chance.chance(0.3)) lines.sort(() => chance.below(3) - 1);
  return lines.join("\n");
}

function read(chunks: Iterable<string | Uint8Array>): Needs {
  const reader = needsReader({ log: "ExecStart", status: STATUS });
  for (const chunk of chunks) reader.add(chunk);
  return reader.end();
}

describe("a log that is broken", () => {
  it("is read as far as it goes", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const text = brokenLog(random(seed));
        const needs = read([text]);
        assert.ok(needs.calls + needs.unread.lines <= text.split("\n").length);
        const back = needsFromJson(needsToJson(needs));
        assert.ok("needs" in back, "problem" in back ? back.problem : "");
        assert.deepEqual(back.needs, needs);
        mergeNeeds(needs, back.needs);
      }),
      // A port that no number holds was found so.
      { numRuns: 1500, examples: [[-347730694]] },
    );
  });

  it("means the same in pieces and as bytes", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 500 }), (seed, size) => {
        const text = brokenLog(random(seed));
        const whole = read([text]);
        const bytes = Buffer.from(text, "latin1");
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        assert.deepEqual(read(pieces), whole);
      }),
      { numRuns: 150 },
    );
  });

  it("may hold any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(...LINES), (bytes, line) => {
        read([`${line}\n10 1000.500000 `, bytes, `\n${line}\n`]);
      }),
    );
  });

  for (const [what, make] of [
    ["open brackets", (size: number) => `10 1.5 ioctl(${"({[".repeat(size)}`],
    ["open quotes", (size: number) => `10 1.5 openat(${'"<'.repeat(size)}`],
    ["a deep path", (size: number) => `10 1.5 access("${"/a".repeat(size)}", R_OK) = 0`],
    ["many arguments", (size: number) => `10 1.5 sendmmsg(3, [${"{a=1}, ".repeat(size)}{}], 1, 0) = 1`],
    ["halves", (size: number) => "10 1.5 read(3 <unfinished ...>\n11 1.5 <... read resumed>) = 0\n".repeat(size)],
    [
      "processes",
      (size: number) => Array.from({ length: size }, (_, i) => `${i} 1.5 clone(flags= <unfinished ...>`).join("\n"),
    ],
    [
      "directories",
      (size: number) =>
        Array.from({ length: size }, (_, i) => `1 1.5 mkdir("/a/${i}/b/${i % 7}", 0700) = 0`).join("\n"),
    ],
  ] as const) {
    it(`costs no more than its length: ${what}`, () => {
      expectLinear(2000, make, (text) => read([text, "\n"]));
    });
  }
});
