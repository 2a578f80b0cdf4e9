import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { releaseNotes } from "../../build/releaseNotes.ts";
import { NEWEST_VERSION, OLDEST_VERSION } from "../../server/src/facts/version.ts";

const { engines, version } = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly engines: Readonly<Record<"node" | "vscode", string>>;
  readonly version: string;
};
const SUPPORT = readFileSync("docs/support.md", "utf8");

describe("support", () => {
  it("is said of the versions that the manifest and the facts name", () => {
    const rowOf = (what: string): string => new RegExp(`^\\| ${what} \\| (.*) \\|`, "m").exec(SUPPORT)?.[1] ?? "";
    assert.match(rowOf("systemd, in units"), new RegExp(`^${OLDEST_VERSION} to ${NEWEST_VERSION};`));
    assert.equal(`>=${/^[\d.]+/.exec(rowOf("Node.js"))?.[0]}`, engines.node);
    assert.equal(`^${/^[\d.]+/.exec(rowOf("VS Code"))?.[0]}.0`, engines.vscode);
  });

  it("is for the editors that are tested, in the versions that their set-ups name", () => {
    const names = readdirSync("lab/otherEditors").join();
    for (const it of ["neovim", "eglot", "lspMode", "helix"]) assert.ok(names.includes(it));
    assert.match(readFileSync("lab/otherEditors/helix.ts", "utf8"), /Works from Helix 25\.01 on/);
    assert.match(SUPPORT, /Neovim 0\.10, Emacs 29, Helix 25\.01 and newer/);
  });
});

describe("the notes of a release", () => {
  it("are what the changelog says of its version", () => {
    const changelog =
      "# Changelog\n\n## Unreleased\n\n- New.\n\n## 1.2.0 - 2026-01-02\n\n- Old.\n- More.\n\n## 1.2\n\n- Other.\n";
    assert.equal(releaseNotes(changelog, "1.2.0"), "- Old.\n- More.\n");
    assert.equal(releaseNotes(changelog, "1.2"), "- Other.\n");
    assert.throws(() => releaseNotes(changelog, "1.3.0"), /CHANGELOG\.md says nothing about 1\.3\.0/);
  });

  it("are there for the version of the manifest", () => {
    assert.ok(releaseNotes(readFileSync("CHANGELOG.md", "utf8"), version).length > 0);
  });
});
