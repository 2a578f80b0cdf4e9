import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { plannedFollowing } from "../../server/src/features/renameFiles.ts";
import { uriOfPath } from "../../server/src/server/uris.ts";
import { indexOf, type UnitTexts } from "../kit/units.ts";

const FILES: UnitTexts = {
  "/w/shop.service": "[Service]\nExecStart=/usr/bin/shop\n",
  "/w/shop.service.d/x.conf": "[Unit]\nPartOf=shop.service\n",
  "/w/other.target": "[Unit]\nWants=shop.service\n",
  "/w/other.target.wants/shop.service": "->../shop.service",
  "/w/job@.service": "[Service]\nExecStart=/usr/bin/job %i\n",
  "/w/job.target": "[Unit]\nWants=job@a.service\n",
  "/w/image/etc/systemd/system/db.service": "[Service]\nExecStart=/usr/bin/db -x\n",
  "/w/image/usr/lib/systemd/system/db.service": "[Service]\nExecStart=/usr/bin/db\n",
  "/usr/lib/systemd/system/cron.service": "[Service]\nExecStart=/usr/sbin/cron\n",
};

/** What follows when a file of the folder gets another name: the texts that change, and what is renamed along. */
function following(from: string, to: string): { texts: string[]; moves: Record<string, string> } | undefined {
  const context = { index: indexOf(FILES), path: "", uriOf: uriOfPath };
  const plan = plannedFollowing({ from, to }, context, (path) => path.startsWith("/w/"));
  return (
    plan && {
      texts: plan.texts.map((it) => it.path).sort(),
      moves: Object.fromEntries(plan.moves.map((it) => [it.from, it.to])),
    }
  );
}

describe("features: files that are renamed by hand", () => {
  it("take the names in other units, the drop-ins and the links along", () => {
    assert.deepEqual(following("/w/shop.service", "/w/store.service"), {
      texts: ["/w/other.target", "/w/shop.service.d/x.conf"],
      moves: {
        "/w/shop.service.d/x.conf": "/w/store.service.d/x.conf",
        "/w/other.target.wants/shop.service": "/w/other.target.wants/store.service",
      },
    });
  });

  it("may be the folder of the drop-ins", () => {
    assert.deepEqual(following("/w/shop.service.d", "/w/store.service.d"), {
      texts: ["/w/other.target", "/w/shop.service.d/x.conf"],
      moves: {
        "/w/shop.service": "/w/store.service",
        "/w/other.target.wants/shop.service": "/w/other.target.wants/store.service",
      },
    });
  });

  it("may be a template", () => {
    assert.deepEqual(following("/w/job@.service", "/w/work@.service"), { texts: ["/w/job.target"], moves: {} });
  });

  it("change nothing where no name changes, or no rename is possible", () => {
    for (const [from, to] of [
      ["/w/shop.service", "/w/shop.service"],
      ["/w/shop.service", "/w/sub/shop.service"],
      ["/w/shop.service", "/w/sub/store.service"],
      ["/w/shop.service", "/w/shop.timer"],
      ["/w/shop.service", "/w/job@.service"],
      ["/w/shop.service", "/w/shop.service.bak"],
      ["/w/shop.service.d", "/w/service.d"],
      ["/w/other.target.wants", "/w/more.target.wants"],
      ["/w/other.target.wants/shop.service", "/w/other.target.wants/store.service"],
      ["/w/none.service", "/w/some.service"],
      ["/w/image/etc/systemd/system/db.service", "/w/image/etc/systemd/system/pg.service"],
      ["/usr/lib/systemd/system/cron.service", "/usr/lib/systemd/system/crond.service"],
    ] as const)
      assert.equal(following(from, to), undefined, `${from} ${to}`);
  });
});
