import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { programReading } from "../../server/src/needs/programReading.ts";
import type { ProgramFiles } from "../../server/src/program/files.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { readUnit } from "../../server/src/units/unit.ts";
import { underManager } from "../../server/src/units/unitDefaults.ts";
import { memoryFiles } from "../program/kit.ts";

const PATH = checkedPath("/etc/systemd/system/zorb.service");

/** The signs of a service on a machine. */
function signs(text: string, files: ProgramFiles): readonly string[] | undefined {
  assert.ok(PATH && "kind" in PATH);
  const unit = underManager(readUnit(PATH, text, 257), { restrictSuidSgid: false, files });
  return programReading(factsOf(unit))?.files.flatMap((it) => it.signs.map(({ what }) => what));
}

describe("the reading of the programs of a service", () => {
  it("is kept over edits of other lines, until a file of it changes", () => {
    let changed = 1;
    let reads = 0;
    const scripts = ["#!/bin/sh\nmodprobe zorb\n", "#!/bin/sh\nsethostname zorb; modprobe other\n"];
    const files: ProgramFiles = {
      ...memoryFiles({}),
      look(path) {
        const found = memoryFiles({ "/opt/zorb": scripts[changed - 1] ?? "" }).look(path);
        return found && { ...found, changed };
      },
      read(path, ...span) {
        reads++;
        return memoryFiles({ "/opt/zorb": scripts[changed - 1] ?? "" }).read(path, ...span);
      },
    };
    const first = signs("[Service]\nExecStart=/opt/zorb\n", files);
    const once = reads;
    assert.ok(first?.includes("modprobe") && once > 0);
    assert.deepEqual(signs("[Unit]\nDescription=x\n[Service]\nExecStart=/opt/zorb\n", files), first);
    assert.equal(reads, once);
    changed = 2;
    signs("[Service]\nExecStart=/opt/zorb\n", files);
    assert.ok(reads > once);
  });

  it("is open where only an instance knows what the program is told", () => {
    const files = memoryFiles({ "/opt/zorb": "#!/bin/sh\n" });
    const unread = (name: string): readonly string[] | undefined => {
      const path = checkedPath(`/etc/systemd/system/${name}`);
      assert.ok(path && "kind" in path);
      const unit = readUnit(path, "[Service]\nExecStart=/opt/zorb --device %I\n", 257);
      return programReading(factsOf(underManager(unit, { restrictSuidSgid: false, files })))?.unread.map(
        (it) => it.path,
      );
    };
    assert.deepEqual(unread("zorb@.service"), ["%i"]);
    assert.deepEqual(unread("zorb@dev-ttyS0.service"), []);
  });

  it("is none of programs whose path is not written out, and of units without a machine", () => {
    const files = memoryFiles({ "/opt/zorb": "#!/bin/sh\n" });
    assert.equal(signs("[Service]\nExecStart=zorb\n", files), undefined);
    assert.equal(signs("[Service]\nExecStart=/opt/%i\n", files), undefined);
    assert.equal(signs("[Service]\nExecStart=/opt/other\n", files), undefined);
  });
});
