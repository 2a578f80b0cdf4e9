import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Finding } from "../../server/src/findings/finding.ts";
import { CODES, FAMILIES, familyOf } from "../../server/src/rules/codes.ts";
import { findingsIn } from "../../server/src/rules/ruleFacts.ts";
import { plainSentence } from "../../server/src/text/ownMarkdown.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { SHOWN_RULES } from "../kit/ruleExamples.ts";

const codes = (findings: readonly Finding[]): string[] => [...new Set(findings.map((it) => it.code))];
/** What a rule says is what follows from another finding. */
const FOLLOWED: Readonly<Record<string, string>> = { "network/lost-section": "value/name" };
const isLoud = ({ severity }: Finding): boolean => severity === "error" || severity === "warning";

describe("rules", () => {
  it("have codes of their own, as family/name", () => {
    const all = SHOWN_RULES.map((rule) => rule.code);
    assert.deepEqual([...new Set(all)], all);
    for (const code of all) assert.match(code, /^[a-z]+\/[a-z]+(-[a-z]+)*$/);
  });

  it("stand family by family", () => {
    const families = SHOWN_RULES.map((rule) => rule.code.replace(/\/.*/, ""));
    const starts = families.filter((family, i) => family !== families[i - 1]);
    assert.deepEqual(starts, [...new Set(families)]);
  });

  it("belong to families that the documentation describes, and are known by their codes", () => {
    for (const code of CODES) assert.ok(FAMILIES[familyOf(code)], code);
    for (const { code } of SHOWN_RULES) assert.ok(CODES.includes(code), code);
    assert.equal(familyOf("value"), "");
  });

  for (const rule of SHOWN_RULES) {
    describe(rule.code, () => {
      it("has a title without and a reason with a full stop, and a page with its section", () => {
        assert.match(plainSentence(rule.title), /^[A-Z].*[^.!?\s]$/);
        assert.match(plainSentence(rule.why), /^(?:[A-Z]|systemd[ -]).*[^.\s]\.$/);
        assert.match(rule.page, /^[a-z.-]+\([1578]\)$/);
      });

      it("is triggered by its bad example, and is all that it triggers", () => {
        const found = findingsIn(rule.bad);
        assert.ok(codes(found).includes(rule.code), `found ${codes(found)}`);
        const others = found.filter((it) => it.code !== rule.code && isLoud(it) && it.code !== FOLLOWED[rule.code]);
        assert.deepEqual(codes(others), []);
      });

      it("finds nothing in its good example, and neither does any other", () => {
        assert.deepEqual(findingsIn(rule.good), []);
      });

      it("is silent about its near misses", () => {
        const needed = /^(?:sandbox|reference)\//.test(rule.code) ? 1 : 0;
        assert.ok((rule.silent ?? []).length >= needed, "a rule about what works together has near misses");
        for (const example of rule.silent ?? []) {
          const found = findingsIn(example).filter((it) => it.code === rule.code);
          assert.deepEqual(found, [], example.text);
        }
      });

      it("speaks of places inside of the text, in one sentence without a full stop", () => {
        for (const { start, end, message, fixes } of findingsIn(rule.bad)) {
          assert.ok(0 <= start && start < end && end <= rule.bad.text.length, `${start}-${end}`);
          assert.match(message, /^\S.*[^.\s]$/);
          for (const { title } of fixes) assert.match(title, /^[A-Z].*[^\s]$/);
        }
      });

      it("leaves nothing behind when one of its fixes is applied", () => {
        const own = findingsIn(rule.bad).filter((it) => it.code === rule.code);
        for (const { fixes } of own) {
          for (const fix of fixes) {
            const text = applyEdits(rule.bad.text, fix.edits());
            const left = findingsIn({ ...rule.bad, text, ...(fix.rename === undefined ? {} : { path: fix.rename }) });
            assert.deepEqual(codes(left.filter(isLoud)), [], `${fix.title} makes\n${text}`);
            assert.ok(left.filter((it) => it.code === rule.code).length < own.length, `${fix.title} leaves\n${text}`);
          }
        }
      });
    });
  }

  it("offer fixes where there is one way to put it right", () => {
    const fixed = SHOWN_RULES.filter((rule) => findingsIn(rule.bad).some((it) => it.fixes.length > 0));
    const expected = ["syntax/section-header", "section/unknown", "directive/unknown", "directive/wrong-section"];
    for (const code of [...expected, "directive/old-name", "value/enumeration", "value/specifier"]) {
      assert.ok(
        fixed.some((rule) => rule.code === code),
        code,
      );
    }
  });
});
