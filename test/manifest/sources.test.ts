import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";

const filesBelow = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((it) => it.endsWith(ending))
    .map((it) => `${folder}/${it}`);

const sourcesBelow = (folder: string): string[] => filesBelow(folder, ".ts");

/** What a file says to the compiler. */
const codeOf = (path: string): string => readFileSync(path, "utf8").replace(/\/\*\*.*?\*\//gs, "");

const PRODUCT = ["server/src", "client"].flatMap(sourcesBelow);

/** One name for the same thing on two platforms, of which a bundle has one. */
const BY_PLATFORM: readonly string[] = [
  "activate", // VS Code calls it, on the desktop and in the browser
  "deactivate",
];

/** How many lines a file has at most; tables of the catalog may have more. */
const MAX_LINES = 250;

/** The files that declare and export each name; what only passes a name on does not count. */
function exportingFiles(): ReadonlyMap<string, ReadonlySet<string>> {
  const files = new Map<string, Set<string>>();
  for (const path of PRODUCT)
    for (const [, name = ""] of readFileSync(path, "utf8").matchAll(DECLARATION))
      files.set(name, (files.get(name) ?? new Set()).add(path));
  return files;
}

const DECLARATION = /^export (?:abstract |async )*(?:function\*?|const|class|interface|type) (\w+)/gm;

describe("sources", () => {
  it("give an exported name one meaning", () => {
    const shared = [...exportingFiles()].filter(([name, { size }]) => size > 1 && !BY_PLATFORM.includes(name));
    assert.deepEqual(
      shared.map(([name, paths]) => `${name}: ${[...paths].join(", ")}`),
      [],
    );
  });

  it("leave no test out without a reason", () => {
    const own = ["test/kit/skip.ts", "test/manifest/sources.test.ts"];
    const bare = ["test", "lab"].flatMap(sourcesBelow).filter((it) => !own.includes(it));
    assert.deepEqual(
      bare.filter((it) => /\.skip\(/.test(codeOf(it))),
      [],
    );
  });

  it("are short enough to read at once", () => {
    const linesIn = (path: string): number => readFileSync(path, "utf8").split("\n").length - 1;
    const long = PRODUCT.filter((it) => linesIn(it) > MAX_LINES && !it.startsWith("server/src/catalog/tables/"));
    assert.deepEqual(long, []);
  });

  it("spread no list into the arguments of a call, which a long one overflows: append() and largest() take any", () => {
    const spreading = PRODUCT.filter((it) => it.startsWith("server/")).flatMap((path) =>
      [
        ...codeOf(path).matchAll(/\b(?:push|unshift|Math\.max|Math\.min|fromCharCode)\((?:[^(){}[\]]*,)?\s*\.\.\..*/g),
      ].map(([call]) => `${path}: ${call}`),
    );
    assert.deepEqual(spreading, ["server/src/facts/version.ts: Math.max(262, ...RELEASES.map((it) => it.version));"]);
  });

  it("make Markdown only where its text is escaped", () => {
    const makers = PRODUCT.filter((it) => /\bas Markdown[;,)]|MarkupKind\.Markdown,/.test(codeOf(it)));
    assert.deepEqual(makers.sort(), [
      "server/src/features/markupContent.ts",
      "server/src/manual/inlineMarkdown.ts",
      "server/src/manual/markdown.ts",
      "server/src/reports/markup.ts",
      "server/src/text/markdown.ts",
    ]);
  });

  it("talk to the reader of VS Code only where links and icons are taken out of what is said", () => {
    const talkers = PRODUCT.filter((it) =>
      /\.(?:show(?:Information|Warning|Error)Message|showQuickPick|setStatusBarMessage)\(/.test(
        readFileSync(it, "utf8"),
      ),
    );
    assert.deepEqual(talkers, ["client/saying.ts"]);
  });

  it("trust no Markdown, no HTML and no script but their own in VS Code", () => {
    const client = PRODUCT.filter((it) => it.startsWith("client/")).map((it) => readFileSync(it, "utf8"));
    const trusting = client.flatMap(
      (it) => it.match(/.*(?:isTrusted:|supportHtml|supportThemeIcons|enableCommandUris).*/g) ?? [],
    );
    assert.deepEqual(
      trusting.map((it) => it.trim()),
      ["markdown: { isTrusted: { enabledCommands: [OPEN_MANUAL] }, supportHtml: false },"],
    );
    for (const it of client) {
      assert.doesNotMatch(it, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
      for (const [policy] of it.matchAll(/default-src[^"`]*/g)) {
        assert.match(policy, /^default-src 'none'; .*base-uri 'none'; form-action 'none'$/);
        assert.doesNotMatch(policy, /unsafe|\*|https?:|data:/);
      }
    }
  });

  it("are finished: what npm run new leaves open is filled in", () => {
    const open = [...PRODUCT, ...sourcesBelow("test"), ...filesBelow("docs/rules", ".md")].filter(
      (it) => it !== "test/manifest/sources.test.ts" && /\bTODO\b/.test(readFileSync(it, "utf8")),
    );
    assert.deepEqual(open, []);
  });
});
