import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { directivesIn, grammarIn } from "../../server/src/catalog/catalog.ts";
import { NEWEST_VERSION, VERSIONS } from "../../server/src/facts/version.ts";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { whereAt } from "../../server/src/units/where.ts";
import { issuesOf } from "../../server/src/values/read.ts";

const TEXTS = ["self", "ptraceable", "CAP_BPF AF_VSOCK @clock @sandbox", "exec", '"daily"', "5min", "%d/x %T"];

describe("a value that is read for one version after another", () => {
  it("has the issues that it has when it is read for each alone", () => {
    const path = checkedPath("/etc/systemd/system/x.service") ?? assert.fail();
    const types = new Set(directivesIn("Service", NEWEST_VERSION).map((it) => grammarIn(it, NEWEST_VERSION)));
    let differing = 0;
    for (const type of types)
      for (const text of TEXTS) {
        const wheres = VERSIONS.map((version) => whereAt(path, version));
        const together = wheres.map((where) => issuesOf(type, text, where));
        const alone = wheres.map((where) => {
          issuesOf(type, `${text} `, where);
          return issuesOf(type, text, where);
        });
        assert.deepEqual(together, alone);
        if (new Set(together.map((it) => it.length)).size > 1) differing++;
      }
    assert.ok(differing > 0);
  });
});
