import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { before, describe, it } from "mocha";
import { PINNED } from "../../build/manual.ts";
import { thirdPartyNotices } from "../../build/notices.ts";
import { built } from "../kit/built.ts";

const { devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** The metafile of a bundle of these files. */
const bundleOf = (...paths: readonly string[]) => ({
  inputs: {},
  outputs: {
    "dist/x.js": {
      bytes: 1,
      inputs: Object.fromEntries(paths.map((it) => [it, { bytesInOutput: 1 }])),
      imports: [],
      exports: [],
    },
  },
});

const nothing = { metafiles: [], sources: [], manual: undefined };

describe("third-party notices", () => {
  it("have the licence of each package in a bundle, once", () => {
    const twice = bundleOf("client/a.ts", "node_modules/diff/libesm/a.js", "node_modules/diff/libesm/b.js");
    const text = thirdPartyNotices({ ...nothing, metafiles: [twice, twice] });
    const title = `diff ${devDependencies.diff} (BSD-3-Clause)`;
    assert.deepEqual(
      text.split("\n").filter((it) => it.startsWith("diff ")),
      [title],
    );
    assert.ok(text.includes(readFileSync("node_modules/diff/LICENSE", "utf8").trim()));
  });

  it("have two versions of one package, and packages with a scope", () => {
    const paths = ["minimatch", "vscode-tmgrammar-test/node_modules/minimatch", "@vscode/vsce"];
    const text = thirdPartyNotices({
      ...nothing,
      metafiles: [bundleOf(...paths.map((it) => `node_modules/${it}/x.js`))],
    });
    assert.equal(text.match(/^minimatch \d/gm)?.length, 2);
    assert.match(text, /^@vscode\/vsce /m);
  });

  it("leave out what does not reach a bundle", () => {
    const bundle = bundleOf();
    bundle.outputs["dist/x.js"].inputs = { "node_modules/diff/a.js": { bytesInOutput: 0 } };
    assert.doesNotMatch(thirdPartyNotices({ ...nothing, metafiles: [bundle] }), /diff/);
  });

  it("have what lies inside of the bundle of a package, and fail where its licence is not known", () => {
    const sources = ["webpack://vscode-uri/node_modules/path-browserify/index.js", "../client/a.ts"];
    assert.match(thirdPartyNotices({ ...nothing, sources }), /James Halliday/);
    assert.throws(
      () => thirdPartyNotices({ ...nothing, sources: ["x/node_modules/left-pad/index.js"] }),
      /left-pad is part of a bundled package: its licence belongs into licenses.left-pad\.txt/,
    );
  });

  it("name version and source of the manual", () => {
    const text = thirdPartyNotices({ ...nothing, manual: { version: "257.13", origin: "Debian" } });
    assert.match(text, /manual pages of systemd 257\.13, .*, from Debian/);
    assert.match(text, /\bv257\.13 of https:\/\/github\.com\/systemd\/systemd\b/);
    assert.match(text, /licenses\/LGPL-2\.1\.txt/);
    assert.match(readFileSync("licenses/LGPL-2.1.txt", "utf8"), /GNU LESSER GENERAL PUBLIC LICENSE\n *Version 2\.1, /);
  });
});

describe("third-party notices of the build", () => {
  before(built);
  const titles = (): string[] =>
    Array.from(
      readFileSync("dist/THIRD-PARTY-NOTICES.txt", "utf8").matchAll(/^-{80}\n(.+)\n-{80}$/gm),
      (it) => it[1] ?? "",
    );

  it("have every package that the sources import by name", () => {
    const runtime = Object.entries(devDependencies).filter(([name]) => /^vscode-(?!tm)|^diff$|^fastest/.test(name));
    assert.ok(runtime.length > 5);
    for (const [name, version] of runtime)
      assert.ok(
        titles().some((it) => it.startsWith(`${name} ${version} (`)),
        name,
      );
  });

  it("have the manual where there is one", () => {
    const manual = titles().filter((it) => it.startsWith("The manual pages of systemd "));
    assert.equal(manual.length, existsSync("dist/manual.pages") ? 1 : 0);
    assert.match(PINNED.version, /^\d/);
  });
});
