import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ListedService } from "../../client/webview/messages.ts";
import { beginsDown, FIRST_ORDER, type OverviewOrder, ordered } from "../../client/webview/overviewOrder.ts";

const row = (name: string, folder: string, exposure?: number, after?: number): ListedService => ({
  uri: `file:///${folder}/${name}`,
  name,
  folder,
  safe: 1,
  likely: 0,
  ...(exposure === undefined ? {} : { exposure, level: { name: exposure > 90 ? "UNSAFE" : "OK", emoji: "" } }),
  ...(after === undefined ? {} : { after }),
});

const ROWS = [
  row("b.service", "web", 94, 20),
  row("a.service", "db", 40, 40),
  row("c.service", "db", 94, 55),
  row("d.service", "web"),
];

describe("overview: order", () => {
  const names = (order: Partial<OverviewOrder>): string =>
    ordered(ROWS, { ...FIRST_ORDER, ...order })
      .map((it) => it.name[0])
      .join("");

  it("is by exposure at first, what systemd refuses before all", () => assert.equal(names({}), "dbca"));

  it("is by any column, either way", () => {
    assert.equal(names({ by: "name", down: false }), "abcd");
    assert.equal(names({ by: "name", down: true }), "dcba");
    assert.equal(names({ by: "folder", down: false }), "acbd");
    assert.equal(names({ by: "after", down: false }), "bacd");
    assert.equal(names({ by: "level", down: false }), "abcd");
    assert.deepEqual([beginsDown("name"), beginsDown("after")], [false, true]);
  });

  it("keeps only what has all words in its name, folder or level", () => {
    assert.equal(names({ find: "WEB" }), "db");
    assert.equal(names({ find: "unsafe db" }), "c");
    assert.equal(names({ find: "refused" }), "d");
    assert.equal(names({ find: "nothing" }), "");
    assert.equal(ROWS[0]?.name, "b.service", "the rows themselves stay as they are");
  });
});
