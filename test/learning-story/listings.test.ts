import assert from "node:assert/strict";
import { listingsOf, readPage, withListings } from "./listings.ts";
import { STEPS } from "./steps.ts";

describe("the page about learning", () => {
  it("shows what the steps of its story print, each once", () => {
    const shown = listingsOf(readPage());
    const made = STEPS.flatMap((it) => it.name ?? []);
    assert.deepEqual([...shown].sort(), [...made].sort());
  });

  it("gets its listings anew, and keeps what stands around them", () => {
    const page = "a\n\n<!-- listing: x -->\n```console\nold\n```\n\nb\n";
    assert.equal(withListings(page, new Map([["x", "$ new\n"]])), page.replace("old", "$ new"));
    assert.equal(withListings(page, new Map()), page);
  });
});
