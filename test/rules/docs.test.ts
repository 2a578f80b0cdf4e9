import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { before, describe, it } from "mocha";
import { DAEMON_PAGES, daemonPages } from "../../build/daemonPages.ts";
import { editorFigures, problemRows } from "../../build/editorFigures.ts";
import { anchor } from "../../build/markdown.ts";
import { rulePages } from "../../build/rulePages.ts";
import { rulePageTexts, ruleTables } from "../../build/ruleTables.ts";
import { settingsPage } from "../../build/settingsPage.ts";
import { describedCodes, ruleExamples } from "../../server/src/findings/ruleTexts.ts";
import { CODES, familyOf } from "../../server/src/rules/codes.ts";
import { markedSentence, ownSentence, plainSentence } from "../../server/src/text/ownMarkdown.ts";

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

describe("the tables of the rules", () => {
  it("are as docs/rules says: npm run docs reads it", () => {
    for (const [path, text] of ruleTables(rulePageTexts())) assert.equal(readFileSync(path, "utf8"), text, path);
  });

  it("keep every byte of an example, and its files, versions and machine", () => {
    const examples = describedCodes().map((it) => [it, ruleExamples(it)] as const);
    assert.ok(examples.some(([, it]) => (it?.bad.text.length ?? 0) > 1024 ** 2));
    const around = examples.flatMap(([, it]) => (it ? [it.bad, it.good, ...it.silent] : []));
    for (const key of ["path", "version", "podman", "otherFiles", "machine"] as const)
      assert.ok(
        around.some((it) => it[key] !== undefined),
        key,
      );
  });

  it("are not made of a page that cannot be read: page, section and why are named", () => {
    const [path = "", page = ""] = [...rulePageTexts()].find(([it]) => it.endsWith("/style.md")) ?? [];
    const code = /^## (.*)$/m.exec(page)?.[1] ?? "";
    for (const [change, said] of [
      [(it: string) => it.replace(/^\*\*.*\*\*/m, "A title"), "the first paragraph is no **title** with its severity"],
      [(it: string) => it.replace(/^.* · suppress it/m, "suppress it"), "the last paragraph names no manual page"],
      [(it: string) => it.replace(/^Corrected/m, "Found"), "no corrected example follows the one that is found"],
      [(it: string) => it.replace("```ini\n", "```js\n"), "no string of JavaScript: "],
    ] as const)
      assert.throws(
        () => ruleTables(new Map([[path, change(page)]])),
        ({ message }: Error) => message.startsWith(`${path}: ${code}: ${said}`),
        said,
      );
    assert.throws(
      () => ruleTables(new Map([[path, `${page}\n${page.slice(page.indexOf("## "))}`]])),
      /style\.md: style\/\S+ stands there twice$/,
    );
    assert.throws(
      () => ruleTables(new Map([["docs/rules/unit.md", page]])),
      /unit\.md: style\/\S+ belongs to another page$/,
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
    ] as const) {
      assert.equal(markedSentence(text), expected);
      const sentence = ownSentence(expected);
      assert.equal(markedSentence(sentence), expected);
      assert.equal(plainSentence(sentence), plainSentence(text));
    }
  });

  it("have the anchors of GitHub", () => {
    assert.equal(anchor("directive/old-name"), "directiveold-name");
  });
});
