import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { digestOf, firstManual, PINNED, pagesAboutFiles } from "../../build/manual.ts";
import { page, source } from "./kit.ts";

const PAGES = [source(page("One.", "", "systemd.one")), source(page("Two.", "", "systemd.two"))];
const pinned = { version: "257.1-1", sha256: digestOf(PAGES) };

/** The names of the pages that are taken, and the warnings. */
async function taken(...sources: (typeof PAGES)[]): Promise<[names: string[], warnings: string[]]> {
  const warnings: string[] = [];
  const pages = await firstManual(
    sources.map((it) => async () => it),
    pinned,
    (it) => warnings.push(it),
  );
  return [pages.map((it) => it.name), warnings];
}

describe("the manual of the package", () => {
  it("is the pinned one, in whatever order its pages are found", async () => {
    assert.deepEqual(await taken([], PAGES.toReversed(), []), [["systemd.two", "systemd.one"], []]);
  });

  it("is another one with a line that names both versions", async () => {
    const [names, [warning = "", ...more]] = await taken([], PAGES.slice(1));
    assert.deepEqual(names, ["systemd.two"]);
    assert.match(warning, /manual of systemd 300\.1 \(sha256 [0-9a-f]{64}\) instead of that of 257\.1-1/);
    assert.deepEqual(more, []);
  });

  it("is none where nothing has any pages", async () => {
    assert.deepEqual(await taken([], []), [[], []]);
  });

  it("has no pages about interfaces of D-Bus", () => {
    const [one] = PAGES;
    assert.ok(one);
    const more = [one, { ...one, name: "org.freedesktop.systemd1", section: "5" }];
    assert.deepEqual(pagesAboutFiles(more), [one]);
  });

  it("has another digest when a page changes", () => {
    const [one, two] = PAGES;
    assert.ok(one && two);
    assert.notEqual(digestOf([one, { ...two, roff: `${two.roff}.` }]), pinned.sha256);
    assert.match(PINNED.sha256, /^[0-9a-f]{64}$/);
  });
});
