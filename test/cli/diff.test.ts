import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { after, before, describe, it } from "mocha";
import { unifiedDiff } from "../../server/src/cli/diff.ts";
import { shown } from "../../server/src/cli/outcome.ts";
import { sgr } from "../../server/src/cli/terminal.ts";
import { skip } from "../kit/skip.ts";

const diff = (before: string | undefined, after: string, path = "x"): string => unifiedDiff(path, before, after, false);

describe("unified diffs", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "unit-warden-diff-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What patch(1) makes of a file. */
  const patched = (name: string, text: string | undefined, patch: string): string => {
    const file = join(folder, name);
    if (text === undefined) rmSync(file, { force: true });
    else writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync("patch", ["-p0", "--binary", "-s", "-F0"], {
      cwd: folder,
      encoding: "utf8",
      input: `# x: y\n${patch}`,
    });
    assert.deepEqual([status, stdout, stderr], [0, "", ""], patch);
    // A file that becomes empty is taken away.
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  };

  it("are applied by patch(1)", function () {
    if (spawnSync("patch", ["--version"]).error) return skip(this, "there is no patch");
    const line = fc.constantFrom("a", "b", "# c", "", "-- d", "@@ e", "f\r", "++ g");
    const text = fc
      .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
      .map(([lines, ended]) => lines.map((it) => `${it}\n`).join("") + (ended ? "" : "z"));
    const name = fc.constantFrom("x.service", "a b.txt", 'a"b.txt', "a\\x2db.mount", "für.service");
    fc.assert(
      fc.property(text, text, name, (before, after, path) => {
        const patch = diff(before, after, path);
        if (patch === "") return assert.equal(after, before);
        assert.equal(patched(path, before, patch), after);
      }),
      { numRuns: 100 },
    );
  });

  it("are applied by patch(1) with CRLF, without a last line end, and for a file that is new", function () {
    if (spawnSync("patch", ["--version"]).error) return skip(this, "there is no patch");
    for (const [before, after] of [
      ["[Unit]\r\nA = 1\r\n", "[Unit]\r\nA=1\r\n"],
      ["[Unit]\r\nA=1\r\n", "[Unit]\nA=1\n"],
      ["[Unit]\nA=1", "[Unit]\nA=1\n"],
      ["[Unit]\nA=1\n", "[Unit]\nA=1"],
      ["a", "b"],
      [undefined, "[Service]\nPrivateTmp=yes\n"],
      [undefined, "[Service]"],
    ] as const)
      assert.equal(patched("y.service", before, diff(before, after, "y.service")), after);
  });

  it("of very long changes come at once, as the old text and the new one", function () {
    if (spawnSync("patch", ["--version"]).error) return skip(this, "there is no patch");
    const lines = (text: string): string => Array.from({ length: 50_000 }, (_, i) => `${text}${i}\n`).join("");
    const [before, after] = [lines("Nope = "), `${lines("Nope=")}z`];
    const start = performance.now();
    const patch = diff(before, after);
    assert.ok(performance.now() - start < 10_000, "it takes seconds");
    assert.match(patch, /^--- x\n\+\+\+ x\n@@ -1,50000 \+1,50001 @@\n-Nope = 0\n/);
    assert.equal(patched("x", before, patch), after);
  });

  it("of many changes in a long text name only what changes", function () {
    if (spawnSync("patch", ["--version"]).error) return skip(this, "there is no patch");
    const texts = (settings: string): string =>
      Array.from({ length: 2000 }, (_, i) => `[Service]\nExecStart=/usr/bin/a${i}\n${settings}\n`).join("");
    const [before, after] = [texts("User=a\n"), texts("User=b\nPrivateTmp=yes\n")];
    const patch = diff(before, after);
    assert.equal(patch.match(/^-User=a$/gm)?.length, 2000);
    assert.equal(patch.match(/^[-+]/gm)?.length, 2 + 3 * 2000);
    assert.equal(patched("x", before, patch), after);
  });

  it("are nothing where nothing changes", () => {
    assert.equal(diff("a\n", "a\n"), "");
    assert.equal(diff(undefined, ""), "");
  });

  it("are coloured without a change to what they say", () => {
    const [before, after] = ["[Unit]\n-- a\nb\n", "[Unit]\n++ a\nb\n"];
    const painted = sgr(unifiedDiff("x", before, after, true), true);
    assert.equal(painted.replaceAll(/\u001b\[\d*m/g, ""), diff(before, after));
    const part = { text: unifiedDiff("x", before, after, true), as: "exact" } as const;
    const piped = { colours: true, progress: () => undefined };
    assert.equal(shown(part, piped), diff(before, after), "a patch that FORCE_COLOR is set for");
    assert.equal(shown(part, { ...piped, coloursExact: true }), painted, "--color always");
    assert.match(painted, /^\u001b\[1m--- x\u001b\[0m\n.*\n\u001b\[36m@@ -1,3 \+1,3 @@\u001b\[0m\n \[Unit\]\n/);
  });
});
