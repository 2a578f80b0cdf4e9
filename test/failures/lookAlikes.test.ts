import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CausingSetting } from "../../server/src/failures/cause.ts";
import { diagnose } from "../../server/src/failures/diagnose.ts";
import { readEvidence } from "../../server/src/failures/evidence.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";

function causes(lines: string, log: string): readonly CausingSetting[] {
  const path = unitPath("x.service");
  assert.ok(path);
  return diagnose(readUnit(path, `[Service]\nExecStart=/usr/bin/x\n${lines}\n`, 257), readEvidence(log));
}

describe("failures that look like others", () => {
  it("are of a path that root may not enter, which is not missing and which - does not help", () => {
    const log =
      "(x)[9]: x.service: Failed to set up mount namespacing: /mnt/fuse: Permission denied\nx.service: Failed at step NAMESPACE spawning /usr/bin/x: Permission denied\nx.service: Main process exited, code=exited, status=226/NAMESPACE";
    const [first] = causes("ReadWritePaths=/mnt/fuse", log);
    assert.equal(first?.directive, "ReadWritePaths");
    assert.doesNotMatch(first.reason, /missing/);
    assert.deepEqual(
      first.fixes.filter((it) => it.title.includes("-/mnt")),
      [],
    );
  });

  it("are of a dynamic user, for whom only a directory of its own is writable", () => {
    const [readOnly] = causes("DynamicUser=yes", "x[9]: open /var/lib/app/db: Read-only file system");
    assert.deepEqual(
      readOnly?.fixes.map((it) => it.title),
      ["Add StateDirectory=app"],
    );
    const [denied] = causes("DynamicUser=yes", "x[9]: open /var/lib/app/db: Permission denied");
    assert.equal(denied?.directive, "DynamicUser");
    assert.match(`${denied.fixes[0]?.title}`, /StateDirectory=app/);
  });

  it("are of a credential that nothing loads, not of a directory", () => {
    const log = "x[9]: open /run/credentials/x.service/key: No such file or directory";
    const [first] = causes("DynamicUser=yes", log);
    assert.equal(first?.directive, "LoadCredential");
    assert.ok(!causes("LoadCredential=key:/etc/key", log).some((it) => it.directive === "LoadCredential"));
  });

  it("are of mail that set-gid programs cannot hand over", () => {
    const log = "postfix/postdrop[9]: warning: mail_queue_enter: create file maildrop/1.2: Permission denied";
    const [first] = causes("User=app\nNoNewPrivileges=yes", log);
    assert.equal(first?.directive, "NoNewPrivileges");
  });
});
