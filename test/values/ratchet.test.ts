import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { directivesIn, typeIn } from "../../server/src/catalog/catalog.ts";
import { SECTIONS, type SectionName } from "../../server/src/catalog/sections.ts";
import { NEWEST_VERSION, OLDEST_VERSION } from "../../server/src/facts/version.ts";
import { valueType } from "../../server/src/values/valueTypes.ts";

/** How many directives, of all sections together, take any text, so that nothing of it is checked but specifiers. May only fall. */
const PLAIN = 35;

/** Those directives in some version, as `[Section] Name`. */
function plainDirectives(): string[] {
  const isPlain = (name: Parameters<typeof valueType>[0]): boolean => {
    const type = valueType(name);
    return type.kind === "grammar" && type.plain === true;
  };
  return (Object.keys(SECTIONS) as SectionName[]).flatMap((section) =>
    directivesIn(section, NEWEST_VERSION)
      .filter((it) => [OLDEST_VERSION, NEWEST_VERSION].some((version) => isPlain(typeIn(it, version))))
      .map(({ name }) => `[${section}] ${name}`),
  );
}

describe("directives whose value is not checked", () => {
  it("never become more", () => {
    const found = plainDirectives();
    console.log(`      ${found.length} directives take any text`);
    assert.ok(found.length <= PLAIN, `${found.length} directives take any text: ${found.join(", ")}`);
    assert.equal(found.length, PLAIN, "lower the number that is allowed");
  });
});
