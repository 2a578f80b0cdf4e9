import assert from "node:assert/strict";
import { SourceMap } from "node:module";
import { runInThisContext } from "node:vm";
import { transformSync } from "esbuild";
import { describe, it } from "mocha";
import { LINES_OF_PLACE, lineMap } from "../../build/sourceMap.ts";

/** Functions that call what is given, each in another way, between lines that call nothing. */
const SOURCE = `
const rows = {
  one: "f(",
  two: 'g(',
  three: [1,
    2],
};
export const calls = {
  direct: (f) =>
    f(),
  inner: (f) =>
    [rows].map(
      (it) =>
        it.one +
        f(it)),
  taken: (f) => {
    const [first] =
      f();
  },
  text: (f) => \`
    \${f()}\`,
  made: (f) => new (class {
    at = f();
  })(),
  read: (f) => ({
    get a() {
      return f();
    },
  }).a,
};
`;

describe("the source map of a package", () => {
  const { code, map } = transformSync(SOURCE, {
    minify: true,
    format: "iife",
    globalName: "made",
    sourcemap: true,
    sourcefile: "x.ts",
  });
  const slim = lineMap(map, code);

  it("names the same places for all frames of a stack as the whole map, to some lines", () => {
    const calls = runInThisContext(`${code};made`, { filename: "x.js" }).calls as Record<string, (f: unknown) => void>;
    const [whole, lines] = [map, slim].map((it) => new SourceMap(JSON.parse(it)));
    let frames = 0;
    for (const call of Object.values(calls))
      call(() => {
        for (const [, line, column] of String(new Error().stack).matchAll(/x\.js:(\d+):(\d+)/g)) {
          const [wanted, found] = [whole, lines].map((it) => it?.findEntry(Number(line) - 1, Number(column) - 1));
          assert.ok(wanted && found && "originalLine" in wanted && "originalLine" in found);
          assert.equal(found.originalLine, wanted.originalLine - (wanted.originalLine % LINES_OF_PLACE));
          frames++;
        }
        return [];
      });
    assert.ok(frames >= 8, `${frames} frames`);
  });

  it("leaves out what no stack names: columns, names, texts, and lines without calls", () => {
    const { mappings, names, sourcesContent } = JSON.parse(slim);
    assert.deepEqual([names, sourcesContent], [[], undefined]);
    assert.ok(mappings.split(/[;,]/).length < JSON.parse(map).mappings.split(/[;,]/).length / 3);
  });
});
