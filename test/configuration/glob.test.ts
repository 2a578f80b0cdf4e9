import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { matchesGlob, readGlob } from "../../server/src/configuration/glob.ts";

/** Whether a pattern means a path; throws for what is no pattern. */
function means(pattern: string, path: string): boolean {
  const glob = readGlob(pattern);
  assert.ok(typeof glob !== "string", `${pattern}: ${glob}`);
  return matchesGlob(glob, path);
}

const MEANT: Readonly<Record<string, readonly string[]>> = {
  "*.service": ["x.service", "a/b/x.service", ".hidden.service"],
  "debian/*.service": ["debian/x.service"],
  "/x.service": ["x.service"],
  "./x.service": ["x.service"],
  vendor: ["vendor/x.service", "a/vendor/b/x.service"],
  "vendor/": ["vendor/x.service"],
  "debian/**": ["debian/x.service", "debian/a/b/x.service"],
  "**/old/*.timer": ["old/x.timer", "a/b/old/x.timer"],
  "a/**/b/x.service": ["a/b/x.service", "a/1/2/b/x.service"],
  "**": ["x.service", "a/x.service"],
  "*.{service,timer}": ["x.service", "a/x.timer"],
  "{a,b}/{c,d}.path": ["a/c.path", "b/d.path"],
  "x@?.service": ["x@1.service"],
  "x*y*.service": ["x-y-z.service", "xy.service"],
};

const NOT_MEANT: Readonly<Record<string, readonly string[]>> = {
  "*.service": ["x.service.d", "x.timer"],
  "debian/*.service": ["a/debian/x.service", "debian/a/x.service"],
  "/x.service": ["a/x.service"],
  vendor: ["vendors/x.service", "x.vendor"],
  "debian/**": ["a/debian/x.service"],
  "a/**/b/x.service": ["a/x.service", "1/a/b/x.service"],
  "*.{service,timer}": ["x.socket"],
  "x@?.service": ["x@.service", "x@12.service"],
};

describe("patterns of a configuration", () => {
  it("mean files by name, by folder, and all below a folder", () => {
    for (const [pattern, paths] of Object.entries(MEANT))
      for (const path of paths) assert.equal(means(pattern, path), true, `${pattern} ${path}`);
  });

  it("mean nothing else", () => {
    for (const [pattern, paths] of Object.entries(NOT_MEANT))
      for (const path of paths) assert.equal(means(pattern, path), false, `${pattern} ${path}`);
  });

  it("are refused with a reason where they would silently mean something else", () => {
    const refused = ["", " ", "!x.service", "a\\b", "[ab].service", "../x.service", "a/../b", "{a", "a}", "{a,{b,c}}"];
    for (const it of refused) assert.equal(typeof readGlob(it), "string", it);
    assert.match(String(readGlob("{a,b}".repeat(10))), /more than 64 choices/);
  });

  it("take no longer than pattern and path are long, whatever stars they have", () => {
    const begun = process.cpuUsage();
    assert.equal(means(`${"*a".repeat(500)}b`, "a".repeat(4000)), false);
    assert.equal(means(`${"**/a/".repeat(200)}b`, "a/".repeat(2000)), false);
    // A matcher that tries again would need longer than the universe has been there.
    assert.ok(process.cpuUsage(begun).user < 20_000_000);
  });
});
