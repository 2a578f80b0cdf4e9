import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";

/** What is wrong with the values of a unit whose manager is that of a user, or of the system. */
function wrongIn(text: string, scope: "user" | "system"): ReturnType<typeof check> {
  const path = unitPath(`/etc/systemd/${scope}/app.service`);
  assert.ok(path);
  return check(readUnit(path, text, 257), { profile: "off" }).filter((it) => it.code === "value/path");
}

const service = (line: string): string => `[Service]\nExecStart=/bin/true\n${line}\n`;

// As `systemd-analyze verify` of 257 says, with and without --user.
describe("a path in quotes that begins with a specifier", () => {
  for (const scope of ["user", "system"] as const) {
    for (const name of ["WorkingDirectory", "RootDirectory", "EnvironmentFile", "TTYPath", "NetworkNamespacePath"]) {
      it(`is not absolute: ${name}= in a unit of the ${scope}`, () => {
        const text = service(`${name}="%h/x"`);
        const [found] = wrongIn(text, scope);
        assert.match(found?.message ?? "", /^""%h\/x"" in \w+= is not an absolute path/);
        const [fix] = found?.fixes ?? [];
        assert.equal(fix && applyEdits(text, fix.edits()), service(`${name}=%h/x`));
        assert.deepEqual(wrongIn(service(`${name}=%h/x`), scope), []);
      });
    }
  }

  it("is none of a list, whose quotes are taken off", () => {
    for (const scope of ["user", "system"] as const)
      assert.deepEqual(wrongIn(service('ReadWritePaths="%h/x" "-%t/y"'), scope), []);
  });
});
