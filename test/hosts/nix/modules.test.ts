import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { hostedFindings, inHost } from "../../../server/src/hosts/hostedFindings.ts";
import { hardenHosted } from "../../../server/src/hosts/hostedHardening.ts";
import { hostLanguage } from "../../../server/src/hosts/hosts.ts";
import { nixUnits } from "../../../server/src/hosts/nix/nixUnits.ts";
import { lineIndex } from "../../../server/src/text/lineIndex.ts";
import { applyEdits } from "../../../server/src/text/span.ts";
import { HAS_NIX, nixComplaint, nixValueOf } from "../../kit/nix.ts";
import { skip } from "../../kit/skip.ts";

const FOLDER = new URL("../modules/", import.meta.url);
const MODULES = readdirSync(FOLDER).toSorted();
/** These are no Nix, on purpose. */
const BROKEN = ["torn.nix", "unfinished.nix"];
const NIX = hostLanguage("x.nix") ?? assert.fail();

/** A line with the place of a finding on the line above it. */
const MARK = /^# *\^+ \S+\/\S+ \S+$/;

/** A module without its marks. */
const plain = (text: string): string =>
  text
    .split("\n")
    .filter((it) => !MARK.test(it))
    .join("\n");

/** The same with a mark for each finding. */
function marked(text: string): string {
  const lines = lineIndex(text);
  const marks = new Map<number, string[]>();
  for (const { finding, place } of hostedFindings(nixUnits(text), NEWEST_VERSION, { profile: "off" })) {
    const { line, character } = lines.positionAt(place.start);
    const carets = "^".repeat(Math.max(1, place.end - place.start));
    const mark = `#${" ".repeat(character - 1)}${carets} ${finding.code} ${finding.severity}`;
    marks.set(line, [...(marks.get(line) ?? []), mark]);
  }
  return text
    .split("\n")
    .flatMap((it, i) => [it, ...(marks.get(i) ?? [])])
    .join("\n");
}

describe("hosts: Nix modules", () => {
  it("are at least thirty", () => assert.ok(MODULES.length >= 30, String(MODULES.length)));

  for (const name of MODULES) {
    const path = new URL(name, FOLDER);
    const source = readFileSync(path, "utf8");
    const text = plain(source);

    it(`${name}: has the findings that are marked, and no others`, () => {
      const found = marked(text);
      if (process.env.UPDATE) writeFileSync(path, found);
      assert.equal(found, source);
    });

    it(`${name}: is Nix, and so is what each fix makes of it`, function () {
      if (!HAS_NIX) return skip(this, "there is no Nix");
      if (BROKEN.includes(name)) return assert.notEqual(nixComplaint(text), undefined);
      assert.equal(nixComplaint(text), undefined);
      const file = nixUnits(text);
      for (const profile of ["off", "strict", "isolated"] as const) {
        const made = new Set<string>();
        for (const { fixes } of inHost(NIX, file, hostedFindings(file, NEWEST_VERSION, { profile })))
          for (const fix of fixes) made.add(applyEdits(text, fix.edits()));
        if (profile !== "off") {
          const wanted = { profile, sure: "likely" } as const;
          for (const it of hardenHosted(NIX, text, NEWEST_VERSION, wanted)) made.add(it.text);
        }
        // All in one question, as each costs a process.
        const all = [...made].map((it) => `(${it}\n)`).join("\n");
        assert.equal(nixComplaint(`[ ${all} ]`), undefined);
      }
    });

    it(`${name}: has the values that Nix gives`, function () {
      if (!HAS_NIX) return skip(this, "there is no Nix");
      const settings = nixUnits(text).units.flatMap((it) => it.settings);
      const known = settings.flatMap(({ parts, place }) => {
        const { literal } = place ?? {};
        const source = literal ? text.slice(literal.start, literal.end) : "";
        if (!parts?.every((it) => it.certain) || !/^(?:["'\d]|true|false)/.test(source) || source.includes("${"))
          return [];
        return [{ source, value: parts.map((it) => it.text).join("") }];
      });
      const given = nixValueOf(`[ ${known.map((it) => `(${it.source})`).join(" ")} ]`) as unknown[];
      assert.deepEqual(
        known.map((it) => it.value),
        given.map(String),
      );
    });
  }
});

describe("a service with a value that ends in a backslash", () => {
  it("is told of nothing that could be added, as that would become a part of the value", () => {
    const service = (value: string): string =>
      `{ systemd.services.tail.serviceConfig.ExecStart = "/bin/echo ${value}"; }`;
    const left = (value: string): number =>
      hardenHosted(NIX, service(value), NEWEST_VERSION, { profile: "basic", sure: "safe" }).flatMap((it) => it.leftOut)
        .length;
    assert.deepEqual([left("a") > 0, left("a \\\\")], [true, 0]);
  });
});
