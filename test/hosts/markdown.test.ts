import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { hostedActions } from "../../server/src/features/hosted/hostedActions.ts";
import { hostedCompletion } from "../../server/src/features/hosted/hostedCompletion.ts";
import { hostedHover } from "../../server/src/features/hosted/hostedHover.ts";
import { hostedLenses } from "../../server/src/features/hosted/hostedLens.ts";
import { hostedViewOf } from "../../server/src/features/hosted/hostedView.ts";
import { NO_WORLD } from "../../server/src/features/world.ts";
import { hostLanguage } from "../../server/src/hosts/hosts.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { expectLinear } from "../kit/growth.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const MARKDOWN = hostLanguage("README.md") ?? assert.fail();

const viewOf = (text: string) =>
  hostedViewOf(MARKDOWN, text, NEWEST_VERSION, { profile: "strict", rules: {}, each: false });

const page = (fence: string, ...lines: readonly string[]): string =>
  `# Install\n\nPut this into a file:\n\n${fence}\n${lines.join("\n")}\n${/[`~]+/.exec(fence)?.[0]}\n\nDone.\n`;

const SERVICE = ["[Service]", "ExecStart=/bin/a", "Restart=allways"];

/** The kinds of the units that are seen in a page. */
const kinds = (text: string): readonly string[] =>
  MARKDOWN.mayHold(text) ? MARKDOWN.units(text).units.map((it) => it.path.kind) : [];

describe("hosts: units between the fences of Markdown", () => {
  it("are those that are called so and have a section of a unit", () => {
    for (const fence of ["```ini", "```systemd", "~~~ service", "````INI title=x", "  ```ini", "> ```ini"])
      assert.deepEqual(kinds(page(fence, ...SERVICE)), ["service"], fence);
    assert.deepEqual(kinds(page("```ini", "[Unit]", "[Timer]", "OnCalendar=daily")), ["timer"]);
    for (const fence of ["```", "```toml", "``ini", "`ini`", "    text"])
      assert.deepEqual(kinds(page(fence, ...SERVICE)), [], fence);
    assert.deepEqual(kinds(page("```ini", "[package]", "name=a")), []);
    assert.deepEqual(kinds(page("````ini", "```", ...SERVICE)), ["service"], "a shorter fence ends none");
  });

  it("have no findings, no lenses and no actions", () => {
    const text = page("```ini", ...SERVICE);
    const view = viewOf(text);
    assert.deepEqual(view.found, []);
    assert.deepEqual(hostedLenses(view, "file:///README.md", "strict", {}), []);
    assert.deepEqual(hostedActions(view, "file:///README.md", { start: 0, end: text.length }, {}), []);
  });

  it("are no files of the command line", () => {
    const host = memoryHost({
      "/d/README.md": page("```ini", ...SERVICE),
      "/d/a.service": "[Service]\nExecStart=/bin/a\n",
    });
    const { files } = JSON.parse(runOver(host, "check", "--format", "json", "/d").stdout) as { files: unknown[] };
    assert.equal(files.length, 1);
    for (const command of ["check", "security", "harden"]) {
      const { stderr, status } = runOver(host, command, "/d/README.md");
      assert.match(stderr, /README\.md: this is no unit file/, command);
      assert.equal(status, 2, command);
    }
  });

  for (const [what, make] of [
    ["a page", (value: string) => page("```ini", "[Service]", `Restart=${value}`)],
    ["a list", (value: string) => `- Put\n  \`\`\`ini\n  [Service]\n  Restart=${value}\n  \`\`\`\n`],
    ["a quote", (value: string) => `> \`\`\`ini\n> [Service]\n> Restart=${value}\n> \`\`\`\n`],
    ["a page that goes on", (value: string) => `\`\`\`ini\n[Service]\nRestart=${value}`],
    [
      "a page with other ends of lines",
      (value: string) => page("```ini", "[Service]", `Restart=${value}`).replaceAll("\n", "\r\n"),
    ],
  ] as const)
    it(`are completed and explained in ${what}`, () => {
      const marked = make("al$0");
      const text = marked.replace("$0", "");
      const view = viewOf(text);
      const offset = marked.indexOf("$0");
      const item = hostedCompletion(view, offset, {}).items.find((it) => it.label === "always");
      assert.ok(item?.textEdit && "range" in item.textEdit);
      const { range, newText } = item.textEdit;
      const [start, end] = [view.lines.offsetAt(range.start), view.lines.offsetAt(range.end)];
      assert.equal(applyEdits(text, [{ start, end, newText }]), make("always"));
      assert.match(JSON.stringify(hostedHover(view, offset - 5, true, NO_WORLD, "basic")?.contents), /Restart=/);
    });

  it("leave all other text alone", () => {
    const view = viewOf(page("```ini", ...SERVICE));
    for (const offset of [0, 4, 14, view.file.text.length - 2]) {
      assert.equal(hostedHover(view, offset, true, NO_WORLD, "basic"), undefined);
      assert.deepEqual(hostedCompletion(view, offset, {}).items, []);
    }
  });

  const long: Readonly<Record<string, (size: number) => string>> = {
    fences: (size) => "```ini\n[Service]\n```\n".repeat(size),
    "open fences": (size) => "````ini\n```\n".repeat(size),
    "one fence": (size) => page("```ini", ...Array.from({ length: size }, () => "[Service]")),
    signs: (size) => `${"`".repeat(size)}ini\n[Service]\n`,
    blanks: (size) => `${" ".repeat(size)}\n[Service]\n\`\`\`ini`,
    quotes: (size) => `${"> ".repeat(size)}\n`.repeat(3),
  };
  for (const [what, make] of Object.entries(long))
    it(`are found in a time that grows with the page: ${what}`, () =>
      expectLinear(1000, make, (text) => [MARKDOWN.mayHold(text), MARKDOWN.units(text)]));
});
