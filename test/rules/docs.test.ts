import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { before, describe, it } from "mocha";
import { DAEMON_PAGES, daemonPages } from "../../build/daemonPages.ts";
import { editorFigures, problemRows } from "../../build/editorFigures.ts";
import { anchor } from "../../build/markdown.ts";
import { rulePages } from "../../build/rulePages.ts";
import { settingsPage } from "../../build/settingsPage.ts";
import { CODES, familyOf } from "../../server/src/rules/codes.ts";
import { markedSentence } from "../../server/src/text/ownMarkdown.ts";

const FOLDER = "docs/rules";

describe("page with figures of the editor", () => {
  it("is as the code says, with at most three rows for an ordinary service", () => {
    assert.equal(readFileSync("docs/editor-figures.md", "utf8"), editorFigures());
    const rows = problemRows();
    assert.equal(rows.length, 10);
    for (const { name, summary } of rows) assert.ok(summary <= 3, name);
  });
});

describe("page with the settings", () => {
  it("is as the manifest says: npm run docs writes it", () => {
    assert.equal(readFileSync("docs/settings.md", "utf8"), settingsPage());
    assert.doesNotMatch(settingsPage(), /%setting/);
  });
});

describe("pages of the measured daemons", () => {
  it("are as the measurements say: npm run docs writes them", () => {
    const pages = daemonPages();
    assert.deepEqual(
      readdirSync(DAEMON_PAGES)
        .map((it) => `${DAEMON_PAGES}/${it}`)
        .sort(),
      [...pages.keys()].sort(),
    );
    assert.deepEqual(
      [...pages].filter(([path, text]) => readFileSync(path, "utf8") !== text).map(([path]) => path),
      [],
    );
  });
});

describe("pages about the rules", () => {
  let pages: ReadonlyMap<string, string>;
  before(() => {
    pages = rulePages();
  });

  it("are as the rules say: npm run docs writes them", () => {
    assert.deepEqual(
      readdirSync(FOLDER)
        .map((it) => `${FOLDER}/${it}`)
        .sort(),
      [...pages.keys()].sort(),
    );
    const stale = [...pages].filter(([path, text]) => readFileSync(path, "utf8") !== text).map(([path]) => path);
    assert.deepEqual(stale, []);
  });

  it("have a heading for every code, and a row that leads there", () => {
    const table = pages.get(`${FOLDER}/README.md`) ?? "";
    for (const code of CODES) {
      const file = `${familyOf(code)}.md`;
      assert.ok(pages.get(`${FOLDER}/${file}`)?.includes(`\n## ${code}\n`), code);
      assert.ok(table.includes(`| [${code}](${file}#${anchor(code)}) |`), code);
    }
  });

  it("show what each rule says about its bad example", () => {
    for (const [path, text] of pages) {
      if (/README|hardening/.test(path)) continue;
      const sections = text.split("\n## ").slice(1);
      for (const section of sections) assert.match(section, /\n> line \d+, (?:error|warning|info|hint): \S/, section);
    }
  });
});

describe("sentences in Markdown", () => {
  it("have code where something is literal", () => {
    for (const [text, expected] of [
      ["Type=exec waits.", "`Type=exec` waits."],
      ["*Directory= or ReadWritePaths=, in [Service].", "`*Directory=` or `ReadWritePaths=`, in `[Service]`."],
      ["226/NAMESPACE where /run/user is gone", "`226/NAMESPACE` where `/run/user` is gone"],
      [
        "TemporaryFileSystem=/:ro with CAP_KILL and @mount, %h too",
        "`TemporaryFileSystem=/:ro` with `CAP_KILL` and `@mount`, `%h` too",
      ],
      ["and/or a*b, a_b and 2 < 3", "and/or a\\*b, a\\_b and 2 \\< 3"],
      ["`Nice=1` as it is", "`Nice=1` as it is"],
    ] as const)
      assert.equal(markedSentence(text), expected);
  });

  it("have the anchors of GitHub", () => {
    assert.equal(anchor("directive/old-name"), "directiveold-name");
  });
});
