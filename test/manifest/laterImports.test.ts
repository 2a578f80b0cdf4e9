import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { LATER, withLaterImports } from "../../build/laterImports.ts";

const A: ReadonlySet<string> = new Set(["server/src/a.ts"]);

const bundled = (text: string): string => withLaterImports(text, "server/src/b/b.ts", A);

/** What stands in place of the import. */
const ASKED = 'let later0Made; const later0 = () => (later0Made ??= require("../a.ts"));';

describe("imports that are made later", () => {
  it("are asked for where functions use them", () => {
    const text = 'import { a, b as c } from "../a.ts";\nexport const f = (x) => a(x) + new c() + x.a;\n';
    const expected = `${ASKED}\nexport const f = (x) => (later0().a)(x) + new (later0().b)() + x.a;\n`;
    assert.equal(bundled(text), expected);
  });

  it("keep the names of properties, members and types", () => {
    const text =
      'import { a, type T } from "../a.ts";\ninterface I { a: T }\nconst f = (): I => ({ a });\nconst g = (a_: I) => ({ a: 1, ...f(), [a]: 2 });\n';
    const expected = `${ASKED}\ninterface I { a: T }\nconst f = (): I => ({ a: (later0().a) });\nconst g = (a_: I) => ({ a: 1, ...f(), [(later0().a)]: 2 });\n`;
    assert.equal(bundled(text), expected);
  });

  it("keep the number of lines, to which stacks are mapped", () => {
    assert.equal(bundled('import {\n  a,\n} from "../a.ts";\nconst f = () => a;\n').split("\n").length, 5);
  });

  it("stay what they are where the module itself needs them, or where they are only types", () => {
    for (const text of [
      'import { a } from "../a.ts";\nexport const all = [...a];\n',
      'import { a } from "../a.ts";\nexport { a };\nexport const f = () => a;\n',
      'import * as a from "../a.ts";\nexport const f = () => a.b;\n',
      'import type { T } from "../a.ts";\nexport const f = (x: T) => x;\n',
      'import { a } from "./a.ts";\nexport const f = () => a;\n',
      'export { a } from "../a.ts";\n',
    ])
      assert.equal(bundled(text), text);
  });

  it("are those of modules that others ask for so", () => {
    const unknown = [...LATER].filter((it) => !existsSync(it));
    assert.deepEqual(unknown, []);
    const asked = new Set<string>();
    for (const name of readdirSync("server/src", { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".ts")) continue;
      const path = `server/src/${name.replaceAll("\\", "/")}`;
      const text = readFileSync(path, "utf8");
      for (const one of LATER)
        if (text.includes(`/${one.replace(/.*\//, "")}"`) && withLaterImports(text, path, new Set([one])) !== text)
          asked.add(one);
    }
    assert.deepEqual(
      [...LATER].filter((it) => !asked.has(it)),
      [],
    );
  });
});
