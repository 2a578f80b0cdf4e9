import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { UNIT_KINDS } from "../../server/src/facts/unitKinds.ts";
import type { Selection } from "../../server/src/rules/check.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { findingsOf } from "../kit/fixture.ts";
import { mangledUnit } from "../kit/mangled.ts";

const MIXED = "[Unit]\nDescripton=x\nRestart=no\n[Service]\nRestart=sometimes\nExecStart=/bin/true\njunk\n";

const codes = (selection: { select?: readonly string[]; ignore?: readonly string[] }): string[] =>
  findingsOf(MIXED, "x.service", { profile: "off", ...selection }).map((it) => it.code);

const ALL = ["directive/unknown", "directive/wrong-section", "value/enumeration", "syntax/missing-equals"];

describe("check: a unit that is read in part", () => {
  it("gets no advice, which would not know what stands behind", () => {
    const text = (directory: string) =>
      `[Service]\nWorkingDirectory=${directory}\nExecStart=/usr/bin/d\nNoNewPrivileges=yes\n`;
    const found = (directory: string) =>
      findingsOf(text(directory), "x.service", { profile: "basic" }).map((it) => it.code);
    assert.deepEqual(found("~/app"), ["value/path"]);
    assert.ok(found("/app").includes("hardening/protect-system"));
    assert.ok(!found("/app").includes("hardening/no-new-privileges"));
  });
});

describe("check: selection", () => {
  it("is everything by default, in the order of the text", () => {
    assert.deepEqual(codes({}), ALL);
  });

  it("keeps codes and families", () => {
    assert.deepEqual(codes({ select: ["directive/unknown"] }), ["directive/unknown"]);
    assert.deepEqual(codes({ select: ["directive"] }), ["directive/unknown", "directive/wrong-section"]);
    assert.deepEqual(codes({ select: ["value/", "syntax"] }), ["value/enumeration", "syntax/missing-equals"]);
    assert.deepEqual(codes({ select: [] }), []);
  });

  it("leaves out codes and families, also those selected", () => {
    assert.deepEqual(codes({ ignore: ["directive"] }), ["value/enumeration", "syntax/missing-equals"]);
    assert.deepEqual(codes({ select: ["directive"], ignore: ["directive/unknown"] }), ["directive/wrong-section"]);
  });

  it("takes whole names, not their beginnings", () => {
    assert.deepEqual(codes({ select: ["dir", "directive/unknow", "directive/unknown/x"] }), []);
    assert.deepEqual(codes({ ignore: ["dir", "val"] }), ALL);
  });
});

describe("check: severities", () => {
  it("are those that the reader wants, a code before its family", () => {
    const found = findingsOf(MIXED, "x.service", {
      profile: "off",
      severities: { directive: "hint", "directive/wrong-section": "info", "value/": "off" },
    });
    assert.deepEqual(
      found.map((it) => `${it.code} ${it.severity}`),
      ["directive/unknown hint", "directive/wrong-section info", "syntax/missing-equals error"],
    );
  });

  it("go for hardening too, and leave the rest as it is", () => {
    const found = findingsOf(MIXED, "x.service", {
      profile: "basic",
      severities: { hardening: "off", "hardening/protect-home": "error", valu: "off", "value/boolean": "off" },
    });
    assert.deepEqual(
      found.map((it) => it.code),
      [
        "directive/unknown",
        "directive/wrong-section",
        "hardening/protect-home",
        "value/enumeration",
        "syntax/missing-equals",
      ],
    );
    assert.equal(found[2]?.severity, "error");
  });

  it("do not change what systemd reads", () => {
    const text = "[Service]\nLockPersonality=ja\n[Unit\nNice=99\n";
    const read = (wanted: Selection["severities"]): string[] =>
      findingsOf(text, "x.service", { profile: "off", ...(wanted ? { severities: wanted } : {}) }).map(
        ({ code, severity, stopsReading = false }) => `${code} ${severity} ${stopsReading}`,
      );
    assert.deepEqual(read(undefined), ["value/boolean error false", "syntax/section-header error true"]);
    assert.deepEqual(read({ syntax: "hint" }), ["value/boolean error false", "syntax/section-header hint true"]);
    assert.deepEqual(read({ syntax: "off" }), ["value/boolean error false"]);
  });
});

describe("check: mangled files", () => {
  const path = fc.constantFrom(...UNIT_KINDS.flatMap((kind) => [`x.${kind}`, `x@.${kind}`, `x.${kind}.d/y.conf`]));
  const input = fc.tuple(mangledUnit, path, fc.constantFrom(257, 262));

  it("get findings inside of the text, in its order", () => {
    fc.assert(
      fc.property(input, ([text, name, version]) => {
        let last = 0;
        for (const { start, end } of findingsOf(text, name, { profile: "off" }, version)) {
          assert.ok(last <= start && start <= end && end <= text.length, `${start}-${end}`);
          last = start;
        }
      }),
      { numRuns: 500 },
    );
  });

  it("get no finding behind the one that stops the reading", () => {
    fc.assert(
      fc.property(input, ([text, name, version]) => {
        const found = findingsOf(text, name, { profile: "off" }, version);
        const stop = found.findIndex((it) => it.stopsReading);
        assert.ok(stop < 0 || stop === found.length - 1);
      }),
      { numRuns: 500 },
    );
  });

  it("get fixes that can be applied and leave their place in order", () => {
    fc.assert(
      fc.property(input, ([text, name, version]) => {
        for (const { code, start, fixes } of findingsOf(text, name, { profile: "off" }, version)) {
          for (const { title, edits } of fixes) {
            const made = edits();
            assert.ok(
              made.every((it) => 0 <= it.start && it.start <= it.end && it.end <= text.length),
              title,
            );
            const sorted = made.toSorted((a, b) => a.start - b.start);
            assert.ok(
              sorted.every((it, i) => it.start >= (sorted[i - 1]?.end ?? 0)),
              `${title} overlaps itself`,
            );
            const left = findingsOf(applyEdits(text, made), name, { profile: "off" }, version);
            assert.ok(!left.some((it) => it.code === code && it.start === start && code !== "directive/wrong-section"));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("keep what they mean when a line is moved to another section", () => {
    const lines = (text: string, code?: string): string[] =>
      findingsOf(text)
        .filter((it) => it.code !== code)
        .map((it) => it.message)
        .sort();
    const moved = fc.constantFrom("Description=x", "Description=x \\", "Description=x \\\n# c", "Description=x \\\n");
    const eol = fc.constantFrom("\n", "\r\n", "\r");
    const end = fc.constantFrom("", "\n", "\\", "\\\n", "\\\n# c\n", "\n\n# c");
    fc.assert(
      fc.property(moved, eol, end, fc.boolean(), fc.boolean(), (line, newline, tail, unitFirst, last) => {
        const own = `[Service]\nExecStart=/bin/true\n${last ? "" : `${line}\nType=exec\n`}Restart=no`;
        const unit = "[Unit]\nAfter=y.service";
        const parts = unitFirst ? [unit, own] : [own, ...(last ? [] : [unit])];
        const text = `${parts.join("\n")}${last ? `\n${line}` : ""}${tail}`.replaceAll("\n", newline);
        for (const { code, fixes } of findingsOf(text).filter((it) => it.code === "directive/wrong-section")) {
          const [fix] = fixes;
          assert.ok(fix);
          const after = applyEdits(text, fix.edits());
          assert.deepEqual(lines(after), lines(text, code), JSON.stringify([text, after]));
        }
      }),
      { numRuns: 300 },
    );
  });
});
