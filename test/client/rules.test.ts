import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { rulePage } from "../../client/rules/rulePage.ts";
import { CODES, familyOf } from "../../server/src/rules/codes.ts";

describe("pages of rules in the editor", () => {
  it("are there for every code, each about this one alone", () => {
    for (const code of CODES) {
      const page = rulePage(readFileSync(`docs/rules/${familyOf(code)}.md`, "utf8"), code) ?? "";
      assert.ok(page.startsWith(`# ${code}\n\n**`), code);
      assert.equal([...page.matchAll(/^# [a-z]+\/[a-z-]+$/gm)].length, 1, code);
      assert.equal([...page.matchAll(/^```/gm)].length % 2, 0, `${code}: a listing is cut`);
      assert.match(page, /suppress it (?:with|above) .*`\n$/, `${code}: the end is missing`);
    }
  });

  it("have only links that open wherever they stand", () => {
    for (const code of CODES) {
      const page = rulePage(readFileSync(`docs/rules/${familyOf(code)}.md`, "utf8"), code) ?? "";
      for (const [, target] of page.replace(/```.*?```/gs, "").matchAll(/\]\(([^)]*)\)/g))
        assert.match(target ?? "", /^https:/, code);
    }
  });

  it("are not there for what is no code", () => {
    assert.equal(rulePage("# value/…\n\n## value/path\n\nText\n", "value/pat"), undefined);
  });
});
