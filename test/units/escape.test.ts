import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, it } from "mocha";
import { escapeName, escapePath, unescapeName, unescapePath } from "../../server/src/units/escape.ts";
import { skip } from "../kit/skip.ts";

const TEXTS = ["a/b c-d.é", ".x", "a\\b", "x@y", "a.b:c_d", "/", "a//b", "-", "%i", "\t", "日本", "--", "A\\x2dB"];
const PATHS = ["/", "/a/b", "/a//b/", "/.x/y", "/a-b/c d", "/dev/disk/by-label/é", "/./a/.", "/a/.hidden", "/a.b"];

/** What systemd-escape prints for each text; undefined where it fails or is not there. */
function systemdEscape(texts: readonly string[], ...options: readonly string[]): readonly string[] | undefined {
  const { status, stdout } = spawnSync("systemd-escape", [...options, "--", ...texts], { encoding: "utf8" });
  return status === 0 ? stdout.replace(/\n$/, "").split(" ") : undefined;
}

describe("escaping of unit names", () => {
  it("is that of systemd-escape", function () {
    const escaped = systemdEscape(TEXTS);
    if (!escaped) skip(this, "there is no systemd-escape");
    assert.deepEqual(TEXTS.map(escapeName), escaped);
    assert.deepEqual(PATHS.map(escapePath), systemdEscape(PATHS, "--path"));
    for (const it of escaped) assert.equal(unescapeName(it), systemdEscape([it], "--unescape")?.join(" "), it);
  });

  it("finds every text and path again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        assert.equal(unescapeName(escapeName(text)), text);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z .\-é]{1,5}$/)), (parts) => {
        const path = `/${parts.filter((it) => !/^\.+$/.test(it)).join("/")}`;
        assert.equal(unescapePath(escapePath(path) ?? ""), path);
      }),
    );
  });

  it("knows what stands for nothing", () => {
    assert.equal(escapePath("/a/../b"), undefined);
    assert.equal(unescapeName("a\\b"), undefined);
    assert.equal(unescapePath("a--b"), undefined);
  });
});
