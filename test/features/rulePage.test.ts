import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { rulePage } from "../../server/src/features/rulePage.ts";
import { CODES, familyOf } from "../../server/src/rules/codes.ts";

describe("features: page of a rule", () => {
  it("is there for every code, as on the page of its family", () => {
    for (const code of CODES) {
      const page = rulePage(code) ?? "";
      assert.match(page, /^\*\*.*suppress it (?:with|above) .*`\n$/s, code);
      assert.equal([...page.matchAll(/^```/gm)].length % 2, 0, `${code}: a listing is cut`);
      const family = readFileSync(`docs/rules/${familyOf(code)}.md`, "utf8");
      assert.ok(family.includes(`\n## ${code}\n\n${page}`), code);
    }
  });

  it("has only links that open wherever they stand", () => {
    for (const code of CODES)
      for (const [, target] of (rulePage(code) ?? "").replace(/```.*?```/gs, "").matchAll(/\]\(([^)]*)\)/g))
        assert.match(target ?? "", /^https:/, code);
  });

  it("is not there for what is no code", () => {
    for (const it of ["value/pat", "value", ""]) assert.equal(rulePage(it), undefined, it);
  });
});
