import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { history } from "../../client/webview/manual/history.ts";

const place = (page: string): { page: string; section: string } => ({ page, section: "5" });

describe("manual view: history", () => {
  it("goes back and forward, and forgets what lay ahead", () => {
    const visited = history(undefined);
    assert.deepEqual([visited.canStep(-1), visited.canStep(1), visited.step(-1)], [false, false, false]);
    for (const it of ["a", "b", "c"]) visited.go(place(it));
    assert.ok(visited.step(-1) && visited.step(-1));
    assert.deepEqual([visited.here.place?.page, visited.canStep(-1), visited.canStep(1)], ["a", false, true]);
    visited.go(place("d"));
    assert.deepEqual([visited.here.place?.page, visited.canStep(1)], ["d", false]);
    assert.ok(visited.step(-1));
    assert.equal(visited.here.place?.page, "a");
  });

  it("is kept with how far down a place was left", () => {
    const visited = history(undefined);
    visited.go(place("a"));
    visited.here.scroll = 120;
    visited.go(place("b"));
    const again = history(structuredClone(visited.state()));
    assert.equal(again.here.place?.page, "b");
    assert.ok(again.step(-1));
    assert.deepEqual(again.here, { place: place("a"), scroll: 120 });
  });

  it("begins anew with what it does not know, and stays of a bearable length", () => {
    for (const it of [null, 1, {}, { visits: 1, at: 0 }]) assert.equal(history(it).here.place, undefined);
    const visited = history(undefined);
    for (let i = 0; i < 1000; i++) visited.go(place(String(i)));
    let steps = 0;
    while (visited.step(-1)) steps++;
    assert.ok(steps < 200);
  });
});
