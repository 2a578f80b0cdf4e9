import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { UNIT_KINDS } from "../../server/src/facts/unitKinds.ts";
import type { Profile } from "../../server/src/hardening/hardening.ts";
import { LONG_LINE_MAX } from "../../server/src/syntax/parse.ts";
import { decodeUtf8 } from "../../server/src/text/utf8.ts";
import { findingsOf } from "../kit/fixture.ts";
import { expectLinear } from "../kit/growth.ts";

const PROFILES: readonly Profile[] = ["off", "basic", "strict", "isolated"];
const PATHS: readonly string[] = UNIT_KINDS.flatMap((kind) => [`x.${kind}`, `x@.${kind}`, `x.${kind}.d/y.conf`]);

/** The section of a kind of unit. */
const own = (path: string): string => {
  const kind = /\.([a-z]+)(?:\.d|$)/.exec(path)?.[1] ?? "";
  return kind.charAt(0).toUpperCase() + kind.slice(1);
};

/** Bytes without any order, the same in every run. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

/** Inputs of a size, for a unit with a section of its own. */
const SHAPES: Readonly<Record<string, (size: number, section: string) => string>> = {
  "binary bytes": (size) => decodeUtf8(noise(size * 10)),
  "only NULs": (size) => "\0".repeat(size),
  "only line ends": (size) => "\r\n\n\r".repeat(size / 2),
  "section headers": (size, section) => `[${section}]\n`.repeat(size),
  "unknown section headers": (size) => Array.from({ length: size }, (_, i) => `[Section${i}]\n`).join(""),
  "broken section headers": (size) => "[Unit\n".repeat(size),
  "lines before any section": (size) => "Description=x\njunk\n=y\n".repeat(size / 3),
  "junk lines": (size, section) => `[${section}]\n${"junk\n=y\n".repeat(size / 2)}`,
  "settings of all kinds": (size, section) =>
    `[${section}]\n${"Environment=A=1 B\nRestart=no\nUser=a\nReadOnlyPaths=/a\n".repeat(size / 4)}`,
  "settings in the wrong section": (size) => `[Install]\n${"Description=x\n".repeat(size)}`,
  "one unknown setting": (size, section) => `[${section}]\n${"Descripton=x\n".repeat(size)}`,
  "unknown settings": (size, section) =>
    `[${section}]\n${Array.from({ length: size }, (_, i) => `Private${i}=x\n`).join("")}`,
  "commands with open quotes": (size, section) => `[${section}]\n${`ExecStart=-/bin/a "b\n`.repeat(size)}`,
  "open quotes everywhere": (size, section) =>
    `[${section}]\n${`Environment="A=1\nExecStop=-'/bin/a\n`.repeat(size / 2)}`,
  "commands that stop the reading": (size, section) => `[${section}]\n${"ExecStart=a/b\n".repeat(size)}`,
  "wrong values": (size, section) =>
    `[${section}]\n${"Restart=x\nProtectSystem=y # z\nDynamicUser=z\n".repeat(size / 3)}`,
  "unknown specifiers": (size) => `[Unit]\n${"Description=%Q %9\n".repeat(size)}`,
  "lines that are not UTF-8": (size) => `[Unit]\n${"Description=\udce9\n".repeat(size)}`,
  "one long command": (size, section) => `[${section}]\nExecStart=/bin/a ${`"b" \\q ; /bin/c `.repeat(size)}`,
  "one long command of semicolons": (size, section) => `[${section}]\nExecStart=${"; ".repeat(size * 5)}`,
  "one long environment": (size, section) => `[${section}]\nEnvironment=${`A=1 B "C=%Q" `.repeat(size)}`,
  "one long value": (size, section) => `[${section}]\nRestart=${"on-failure #".repeat(size)}`,
  "one long text of percent signs": (size) => `[Unit]\nDescription=${"%".repeat(size * 10)}`,
  "one long key": (size, section) => `[${section}]\n${"Key".repeat(size * 3)}=x`,
  "one long header": (size) => `[${"Unit".repeat(size * 3)}`,
  "one value over all lines": (size, section) =>
    `[${section}]\nEnvironment=A=1 ${"\\\n  B \\\n# c\n".repeat(size / 2)}`,
};

describe("check: bad input", () => {
  for (const [name, make] of Object.entries(SHAPES)) {
    it(`gives findings or none: ${name}`, () => {
      for (const path of PATHS) {
        const text = make(24, own(path));
        for (const profile of PROFILES) {
          for (const { start, end, message } of findingsOf(text, path, { profile })) {
            assert.ok(0 <= start && start <= end && end <= text.length, `${path} ${start}-${end}`);
            assert.notEqual(message, "");
          }
        }
      }
    });
  }

  it("finds nothing in an empty file, a mask", () => {
    for (const path of PATHS) {
      for (const profile of PROFILES) assert.deepEqual(findingsOf("", path, { profile }), [], `${path} ${profile}`);
    }
  });

  it("finds that a file of NULs or blanks starts nothing", () => {
    for (const text of ["\0\0\0", " \n\t\r\n", "\ufeff"]) {
      assert.deepEqual(
        findingsOf(text).map((it) => it.code),
        ["unit/no-command"],
        JSON.stringify(text),
      );
    }
  });

  it("stops at the first byte that is not UTF-8", () => {
    assert.deepEqual(
      findingsOf(decodeUtf8(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0xff, 0x0a, 0x00))).map((it) => it.code),
      ["syntax/encoding"],
    );
  });

  it("stops at a line of 1 MiB, wherever it stands", () => {
    const long = "x".repeat(LONG_LINE_MAX);
    for (const text of [
      long,
      `#${long}`,
      `[${long}]`,
      `A=${long}`,
      `[Service]\nExecStart=/bin/a ${long}`,
      `[Unit]\n${long}=`,
    ]) {
      assert.deepEqual(
        findingsOf(text).map((it) => it.code),
        ["syntax/line-too-long"],
        text.slice(0, 30),
      );
    }
  });
});

describe("check: time", () => {
  for (const [name, make] of Object.entries(SHAPES)) {
    it(`grows with the length of the file: ${name}`, () =>
      expectLinear(
        2_000,
        (size) => make(size, "Service"),
        (text) => findingsOf(text, "x.service", { profile: "isolated" }),
      )).timeout(300_000);
  }

  for (const kind of UNIT_KINDS) {
    it(`grows with the length of the file: all shapes in a .${kind} and its drop-ins`, () => {
      const path = `x.${kind}`;
      for (const name of [path, `${path}.d/y.conf`]) {
        expectLinear(
          120,
          (size) => Object.values(SHAPES).map((make) => make(size, own(path))),
          (texts) => texts.forEach((text) => void findingsOf(text, name, { profile: "isolated" })),
        );
      }
    }).timeout(300_000);
  }

  it("grows with the length of the file, up to 100,000 lines", () => {
    const make = SHAPES["settings of all kinds"];
    assert.ok(make);
    for (const profile of ["off", "isolated"] as const) {
      expectLinear(
        10_000,
        (size) => make(size, "Service"),
        (text) => findingsOf(text, "x.service", { profile }),
      );
    }
  }).timeout(300_000);

  it("holds out 150,000 lines that each stop the reading", () => {
    assert.equal(findingsOf("[Unit\n".repeat(150_000)).length, 1);
  }).timeout(300_000);
});
