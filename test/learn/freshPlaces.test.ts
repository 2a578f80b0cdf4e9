import assert from "node:assert/strict";
import { asMissing, freshPlaces } from "../../server/src/learn/freshPlaces.ts";
import { learnContext } from "../../server/src/learn/settings/learnContext.ts";
import { needsOf, serviceOf, sight, uses } from "./kit.ts";

const folder = (uid: number) => ({ mode: 0o040755, uid, gid: uid, capabilities: false });
const file = (uid: number) => ({ ...folder(uid), mode: 0o100644 });

describe("what a new machine does not have of a service", () => {
  it("is its own state, logs and caches, and nothing that others share", () => {
    const known = {
      "/var/lib/food": folder(0),
      "/var/lib/shared": folder(0),
      "/var/lib/other": folder(106),
      "/var/lib/private/dyn": folder(61000),
      "/var/log/food.log": file(0),
      "/var/log/syslog": file(0),
      "/var/cache/food": folder(0),
      "/run/food": folder(106),
      "/etc/food": folder(106),
      "/srv/food": folder(106),
    };
    const statuses = new Map([
      ...Object.entries(known).map(([path, it]) => [path, { ...it, real: path }] as const),
      ["/var/lib/dyn", { ...folder(61000), real: "/var/lib/private/dyn" }] as const,
    ]);
    const paths = {
      ...Object.fromEntries(Object.keys(known).map((it) => [it, uses(1, "write")])),
      "/var/lib/food/db": uses(2, "write"),
    };
    const needs = needsOf({ paths, users: { "106": sight(9) } });
    const unit = serviceOf(["ExecStart=/usr/bin/food", "StateDirectory=dyn food/sub", "LogsDirectory=food.log:link"]);
    assert.deepEqual(freshPlaces(learnContext(needs, unit, { users: ["food:106:107"], statuses })), [
      "/var/cache/food",
      "/var/lib/food",
      "/var/lib/other",
      "/var/lib/private/dyn",
      "/var/log/food.log",
    ]);
  });

  it("is wanted wherever it is missing, once a run made it", () => {
    const paths = { "/var/lib/food": uses(1, "make"), "/var/lib/food/db": uses(2, "make") };
    const needs = asMissing(needsOf({ paths }), ["/var/lib/food"]);
    assert.deepEqual(needs.paths["/var/lib/food"], { ...uses(1), failed: { EEXIST: sight(1) } });
    assert.deepEqual(needs.paths["/var/lib/food/db"], uses(2, "make"));
  });
});
