import assert from "node:assert/strict";
import { contradictions } from "../../server/src/learn/contradictions.ts";
import type { RunHost } from "../../server/src/learn/host.ts";
import { forEveryInstance, pathForEveryInstance } from "../../server/src/learn/instanceNames.ts";
import { learn } from "../../server/src/learn/learn.ts";
import { learntAddition } from "../../server/src/learn/learntUnit.ts";
import { relearn } from "../../server/src/learn/relearn.ts";
import { withServiceLines } from "../../server/src/learn/withServiceLines.ts";
import { expandPath } from "../../server/src/units/specifiers.ts";
import { lineText, needsOf, serviceOf, uses } from "./kit.ts";

const COMMAND = ["ExecStart=/usr/bin/food"];
const ONE = serviceOf(COMMAND, "food@one.service");
const TEMPLATE = serviceOf(COMMAND, "food@.service");
const PATHS = {
  "/var/lib/food-one/db": uses(1, "write"),
  "/var/log/food/log": uses(2, "write"),
  "/srv/one/page": uses(3, "write"),
};
const opened = (settings: ReturnType<typeof learn>["settings"]) =>
  settings.filter((it) => it.key === "ReadWritePaths").map((it) => it.value);

describe("what is learnt from an instance of a template", () => {
  it("stays in quotes where it has blanks", () => {
    const paths = { "/srv/one/My Files 5%/page": uses(3, "write"), "/srv/My one Files/x": uses(4, "write") };
    const { settings } = learn(needsOf({ paths }), ONE);
    assert.deepEqual(opened(settings), ['"-/srv/My one Files"', "-/srv/%i"]);
    const [read] = settings.filter((it) => it.key === "ReadWritePaths");
    assert.ok(read);
    const twoPaths = { ...read, value: '"-/var/lib/food one/one" -/bin' };
    assert.equal(forEveryInstance(twoPaths, ONE).value, '"-%S/food one/%i" -/bin');
  });

  for (const [unit, path, written] of [
    ["food@one.service", "/var/lib/food-one/db", "/var/lib/food-%i/db"],
    ["food@one.service", "/var/lib/food/one/db", "/var/lib/food/%i/db"],
    ["food@one.service", "/var/log/food/one.log", "/var/log/food/%i.log"],
    ["food@one.service", "/run/food@one.pid", "/run/food@%i.pid"],
    ["food@one.service", "/srv/one/one", "/srv/%i/%i"],
    ["food@17-main.service", "/var/lib/food/17/main/base", "/var/lib/food/%I/base"],
    ["food@17-main.service", "/var/lib/food/17-main", "/var/lib/food/%i"],
    ["food@a\\x2db.service", "/var/lib/food/a-b/x", "/var/lib/food/%I/x"],
  ] as const)
    it(`has ${path} of ${unit} as ${written}, which systemd expands to the same path`, () => {
      assert.equal(pathForEveryInstance(path, unit), written);
      assert.equal(expandPath(serviceOf(COMMAND, unit), written), path);
    });

  for (const [unit, path] of [
    ["food.service", "/var/lib/food/one"],
    ["food@.service", "/var/lib/food/one"],
    ["food@one.service", "/var/lib/food/oneself/stone"],
    ["food@ssl.service", "/etc/ssl/certs"],
    ["food@lib.service", "/usr/lib/food"],
    ["food@lib.service", "/var/lib/other"],
    ["food@food.service", "/var/lib/food/db"],
    ["food@a.b.service", "/var/lib/food/a-b"],
  ] as const)
    it(`leaves ${path} of ${unit} as it is`, () => assert.equal(pathForEveryInstance(path, unit), path));

  it("brings specifiers only where the name of the instance is", () => {
    assert.deepEqual(opened(learn(needsOf({ paths: PATHS }), ONE).settings), [
      "-/srv/%i",
      "-%S/food-%i",
      "-/var/log/food",
    ]);
    const plain = serviceOf(COMMAND, "food-one.service");
    assert.deepEqual(opened(learn(needsOf({ paths: PATHS }), plain).settings), [
      "-/srv/one",
      "-/var/lib/food-one",
      "-/var/log/food",
    ]);
  });

  it("declares the directory of an instance, and none that instances share", () => {
    const directory = (real: string) => ({ mode: 0o40755, uid: 106, gid: 107, capabilities: false, real });
    const host: RunHost = {
      users: ["food:106:107"],
      statuses: new Map(["/var/lib/food-one", "/var/log/food"].map((it) => [it, directory(it)])),
    };
    const unit = serviceOf([...COMMAND, "User=food"], "food@one.service");
    const lines = learn(needsOf({ paths: PATHS }), unit, { host }).settings.map(lineText);
    assert.ok(lines.includes("StateDirectory=food-%i"), lines.join("\n"));
    assert.ok(lines.includes("ReadWritePaths=-/var/log/food"));
    assert.ok(!lines.some((it) => it.startsWith("LogsDirectory=")));
  });

  it("contradicts neither the instance nor the template that it is put into", () => {
    const learnt = learn(needsOf({ paths: PATHS }), ONE);
    for (const unit of [ONE, TEMPLATE]) {
      const own = withServiceLines(unit, learntAddition(unit, learnt.settings).lines);
      assert.deepEqual(
        contradictions(learnt, own).map((it) => it.message),
        [],
      );
      const closed = withServiceLines(unit, ["ReadOnlyPaths=/var/lib/food-%i"]);
      assert.match(contradictions(learnt, closed)[0]?.message ?? "", /food-one\/db read-only, which a run wrote/);
    }
  });

  it("stays proven where it was learnt with the name of the instance in its paths", () => {
    const needs = needsOf({ paths: PATHS });
    const now = learn(needs, ONE);
    const literal: Record<string, string> = { "-/srv/%i": "-/srv/one", "-%S/food-%i": "-/var/lib/food-one" };
    const before = now.settings.map((it) => ({
      ...it,
      value: literal[it.value] ?? it.value,
      grade: "proven" as const,
    }));
    const next = relearn({ ...now, settings: before }, needs, ONE).settings;
    assert.deepEqual(opened(next), ["-/srv/%i", "-%S/food-%i", "-/var/log/food"]);
    assert.ok(next.every((it) => it.key !== "ReadWritePaths" || it.grade === "proven"));
    const [opening] = next.filter((it) => it.value === "-%S/food-%i");
    assert.ok(opening);
    assert.deepEqual(forEveryInstance(opening, ONE), opening);
  });
});
