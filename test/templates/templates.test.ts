import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import { check } from "../../server/src/rules/check.ts";
import { fixAllEdits } from "../../server/src/rules/fixAll.ts";
import { assess } from "../../server/src/security/exposure.ts";
import { formatEdits } from "../../server/src/syntax/format.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

const FOLDER = "test/templates/files";

/** A mistake on the next line that is none of these comments. */
const EXPECTED = /^#\s?expect (\S+)\r?$/;

function read(file: string, text = readFileSync(`${FOLDER}/${file}`, "utf8")): Unit {
  const path = unitPath(file);
  assert.ok(path, file);
  return readUnit(path, text, NEWEST_VERSION);
}

/** The lines with their codes, from 1. */
function expected(text: string): string[] {
  const lines = text.split("\n");
  return lines.flatMap((line, i) => {
    const code = EXPECTED.exec(line)?.[1];
    const next = lines.findIndex((it, at) => at > i && !EXPECTED.test(it));
    return code === undefined ? [] : [`${next + 1} ${code}`];
  });
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

/** What of a template others fill in, in its order. */
function placeholders({ file: { text, template } }: Unit): string[] {
  return [...(template?.holes ?? []), ...(template?.lines ?? [])]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => text.slice(start, end));
}

const FILES = readdirSync(FOLDER).sort();

describe("templates", () => {
  it("are at least 40 in all dialects", () => {
    assert.ok(FILES.length >= 40);
    const dialects = new Set(
      FILES.flatMap((it) => (read(it).file.template?.holes ?? []).map(({ dialect }) => dialect)),
    );
    const lines = new Set(FILES.flatMap((it) => (read(it).file.template?.lines ?? []).map(({ dialect }) => dialect)));
    const all = [
      "at",
      "braces",
      "cpp",
      "dollar",
      "empy",
      "erb",
      "go",
      "hash",
      "jinja",
      "m4",
      "percent",
      "terraform",
      "underscores",
      "word",
    ];
    assert.deepEqual([...new Set([...dialects, ...lines, "cpp"])].sort(), all);
  });

  for (const file of FILES) {
    describe(file, () => {
      const unit = read(file);
      const { text } = unit.file;

      it("shows its certain mistakes and no others", () => {
        assert.ok(unit.file.template, "it is a template");
        const found = check(unit, { profile: "off" }).map((it) => `${lineAt(text, it.start)} ${it.code}`);
        assert.deepEqual(found, expected(text));
      });

      it("has an exposure", () => {
        if (unit.path.kind === "service") assert.deepEqual(assess(unit).messages, []);
      });

      it("is formatted around its placeholders", () => {
        const edits = formatEdits(unit.file);
        assert.ok(edits);
        const after = applyEdits(text, edits);
        assert.deepEqual(placeholders(read(file, after)), placeholders(unit));
        const kept = (of: Unit): string[] =>
          of.file.text.split(/\r?\n/).filter((line) => /@\w+@|\{\{|\{%|<%|__[A-Z]|\$\{|%[A-Z]{3}|#[A-Z]{3}/.test(line));
        assert.deepEqual(kept(read(file, after)), kept(unit));
        assert.deepEqual(formatEdits(read(file, after).file), []);
      });

      for (const profile of ["basic", "strict", "isolated"] as const)
        it(`is hardened outside of its blocks (${profile})`, () => {
          const { edits, settings } = hardenUnit(unit, profile);
          const hardened = read(file, applyEdits(text, edits));
          assert.deepEqual(placeholders(hardened), placeholders(unit));
          for (const { start } of edits)
            for (const block of unit.file.template?.blocks ?? []) assert.ok(start <= block.start || block.end <= start);
          const service = hardened.file.sections.find(({ name }) => name === "Service");
          const names =
            service?.nodes.flatMap((it) => (it.kind === "assignment" ? [`${it.key}=${it.text}`] : [])) ?? [];
          for (const { line } of settings) assert.ok(names.includes(line), line);
        });

      it("keeps its placeholders when all is fixed", () => {
        for (const which of ["safe", "all"] as const) {
          const edits = fixAllEdits((it) => read(file, it), text, { profile: "off" }, which);
          assert.deepEqual(placeholders(read(file, applyEdits(text, edits))), placeholders(unit));
        }
      });
    });
  }

  it("says of one that nobody wrote only what is wrong with single lines", () => {
    const start = "[Service]\nRestart={{ restart }}\nType=smple\n";
    const short = read("app.service.j2", start);
    const long = read("app.service.j2", `${start}${"# generated\n".repeat(1 << 15)}`);
    const codes = (unit: Unit): string[] => check(unit, { profile: "strict" }).map((it) => it.code);
    const isOfLine = (code: string): boolean => code.startsWith("value/");
    assert.ok(codes(short).some((it) => !isOfLine(it)));
    assert.deepEqual(codes(long), codes(short).filter(isOfLine));
    assert.deepEqual(hardenUnit(long, "strict").settings, []);
  });
});
