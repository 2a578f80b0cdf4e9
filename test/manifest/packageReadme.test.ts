import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Folded, type PackageSources, packageText } from "../../build/packageReadme.ts";
import { repositoryOf } from "../../build/repository.ts";

const FILES: Readonly<Record<string, string>> = {
  "README.md": "",
  "CHANGELOG.md": "# Changes\n",
  "docs/editors.md": "# Editors\n\nSee the [settings](../README.md#settings), [Vim](#vim).\n\n## Vim\n\n`[x](y)`\n",
  "docs/rules.md":
    "<!-- made -->\n# Rules\n\n[family](family.md) [editors](editors.md#vim)\n\n```\n# [no](link)\n```\n",
  "docs/family.md": "# Family\n",
  "docs/a.png": "PNG",
};
const FOLDED: readonly Folded[] = [{ path: "docs/editors.md" }, { path: "docs/rules.md" }];

/** The README of this text as it is packaged. */
function packaged(readme: string, address?: string, insteadOf: PackageSources["insteadOf"] = () => undefined): string {
  const files: typeof FILES = { ...FILES, "README.md": readme };
  return packageText("README.md", { read: (it) => files[it], repository: repositoryOf(address), insteadOf }, FOLDED);
}

const TEXT = `# U

[editors](docs/editors.md) [vim](docs/editors.md#vim) [rules](docs/rules.md) [log](CHANGELOG.md) [here](#settings)
[web](https://example.org/a_(b)) \`[code](docs/none.md)\`

![A view](docs/a.png)

## Settings
`;

describe("the page of the extension", () => {
  it("leads into the repository where there is one", () => {
    const to = "https://github.com/o/r/blob/HEAD";
    assert.equal(
      packaged(TEXT, "git+https://github.com/o/r.git"),
      `# U

[editors](${to}/docs/editors.md) [vim](${to}/docs/editors.md#vim) [rules](${to}/docs/rules.md) [log](${to}/CHANGELOG.md) [here](#settings)
[web](https://example.org/a_(b)) \`[code](docs/none.md)\`

![A view](https://github.com/o/r/raw/HEAD/docs/a.png)

## Settings
`,
    );
  });

  it("has the other documents in it where there is none, and no link that leads nowhere", () => {
    assert.equal(
      packaged(TEXT, undefined, (it) => `(instead of ${it})`),
      `# U

[editors](#docs/editors.md) [vim](#docs/editors.md--vim) [rules](#docs/rules.md) log [here](#settings)
[web](https://example.org/a_(b)) \`[code](docs/none.md)\`

(instead of docs/a.png)

## Settings

## <a id="docs/editors.md"></a>Editors

See the [settings](#settings), [Vim](#docs/editors.md--vim).

### <a id="docs/editors.md--vim"></a>Vim

\`[x](y)\`

## <a id="docs/rules.md"></a>Rules

family [editors](#docs/editors.md--vim)

\`\`\`
# [no](link)
\`\`\`
`,
    );
  });

  it("fails where something would be broken", () => {
    for (const [text, message] of [
      ["[x](docs/none.md)", /docs\/none.md is not there/],
      ["[x](docs/editors.md#emacs)", /0 headings have the anchor #emacs/],
      ["[x](#y)\n# Y\n# Y\n", /2 headings/],
      ["![x](docs/b.png)", /is not there/],
      ["![x](docs/editors.md)", /takes no such picture/],
      ["![](docs/a.png)", /no text/],
      ["[x](http://example.org)", /only https/],
      ["[x](command:x)", /only https/],
      ["[x][y]\n\n[y]: docs/a.png", /as references/],
      ['<img src="docs/a.png">', /as Markdown/],
    ] as const)
      for (const address of [undefined, "https://github.com/o/r"])
        assert.throws(() => packaged(`${text}\n\n## Settings\n`, address), message, text);
  });
});

describe("the repository in the manifest", () => {
  it("says where files and issues are, on hosts that are known", () => {
    for (const [stated, page, raw, issues] of [
      ["https://github.com/o/r", "/blob/HEAD/a", "/raw/HEAD/a", "/issues"],
      [{ url: "git+https://gitlab.com/o/r.git" }, "/-/blob/HEAD/a", "/-/raw/HEAD/a", "/-/issues"],
      ["https://codeberg.org/o/r", "/src/branch/main/a", "/raw/branch/main/a", "/issues"],
    ] as const) {
      const found = repositoryOf(stated);
      assert.ok(found);
      assert.deepEqual(
        [found.page("a"), found.raw("a"), found.issues],
        [page, raw, issues].map((it) => found.home + it),
      );
    }
  });

  it("is none where the manifest names none, and never a guess", () => {
    assert.equal(repositoryOf(undefined), undefined);
    for (const it of ["https://example.org/o/r", "http://github.com/o/r", "https://github.com/o"])
      assert.throws(() => repositoryOf(it), /no https address/);
  });
});
