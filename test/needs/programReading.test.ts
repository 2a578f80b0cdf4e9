import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { programSentences } from "../../server/src/needs/programFacts.ts";
import { programReading } from "../../server/src/needs/programReading.ts";
import { readDecision } from "../../server/src/needs/readDecision.ts";
import type { ProgramFiles } from "../../server/src/program/files.ts";
import type { ProgramReading } from "../../server/src/program/reading.ts";
import { readPrograms } from "../../server/src/program/readProgram.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { readUnit, withKnowledge } from "../../server/src/units/readUnit.ts";
import { memoryFiles } from "../program/kit.ts";

const PATH = checkedPath("/etc/systemd/system/zorb.service");

/** The signs of a service on a machine. */
const signs = (text: string, files: ProgramFiles): readonly string[] | undefined =>
  readingOf(text, files)?.files.flatMap((it) => it.signs.map(({ what }) => what));

function readingOf(text: string, files: ProgramFiles): ProgramReading | undefined {
  assert.ok(PATH && "kind" in PATH);
  return programReading(factsOf(readUnit(PATH, text, 257, { defaults: { restrictSuidSgid: false, files } })));
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

  it("is open while it is not there in time, and the same as any other once it is", () => {
    const machine = memoryFiles({ "/opt/zorb": "#!/bin/sh\nmodprobe zorb\n" });
    let isRead = false;
    let asked = 0;
    const files: ProgramFiles = {
      ...machine,
      readInTime(commands) {
        asked++;
        return isRead ? readPrograms(commands, machine) : undefined;
      },
    };
    const text = "[Service]\nExecStart=/opt/zorb\n";
    const late = readingOf(text, files);
    assert.ok(late?.isLate);
    assert.deepEqual(programSentences(late, true), [
      "/opt/zorb was not read in time: it is read meanwhile, ask again in a moment",
    ]);
    assert.deepEqual(readDecision(late, "ProtectKernelModules", true), {
      says: "open",
      condition: "if nothing else loads kernel modules: /opt/zorb was not read in time",
    });
    isRead = true;
    assert.deepEqual(readingOf(text, files), readingOf(text, machine));
    const once = asked;
    assert.ok(readingOf(text, files));
    assert.equal(asked, once);
  });

  it("is open where only an instance knows what the program is told", () => {
    const files = memoryFiles({ "/opt/zorb": "#!/bin/sh\n" });
    const unread = (name: string): readonly string[] | undefined => {
      const path = checkedPath(`/etc/systemd/system/${name}`);
      assert.ok(path && "kind" in path);
      const unit = readUnit(path, "[Service]\nExecStart=/opt/zorb --device %I\n", 257);
      return programReading(factsOf(withKnowledge(unit, { defaults: { restrictSuidSgid: false, files } })))?.unread.map(
        (it) => it.path,
      );
    };
    assert.deepEqual(unread("zorb@.service"), ["%i"]);
    assert.deepEqual(unread("zorb@dev-ttyS0.service"), []);
  });

  it("follows a name to where systemd looks for programs", () => {
    const files = memoryFiles({
      "/usr/local/bin/zorb": { bytes: "#!/bin/sh\nmodprobe other\n", mode: 0o644 },
      "/usr/bin/zorb": "#!/bin/sh\nmodprobe zorb\n",
      "/opt/zorb/bin/zorb": "#!/bin/sh\nhostname zorb\n",
    });
    const named = (lines: string): readonly string[] | undefined =>
      readingOf(`[Service]\n${lines}\nExecStart=zorb --now\n`, files)?.files.map((it) => it.path);
    assert.deepEqual(named(""), ["/usr/bin/zorb"]);
    assert.deepEqual(named("ExecSearchPath=/opt/none:/opt/zorb/bin"), ["/opt/zorb/bin/zorb"]);
    assert.deepEqual(named("ExecSearchPath=/opt/none\nExecSearchPath="), ["/usr/bin/zorb"]);
    assert.equal(named("ExecSearchPath=/opt/none"), undefined);
    assert.deepEqual(
      readingOf("[Service]\nExecStartPre=frob\nExecStart=zorb\n", files)?.unread.map((it) => `${it.path} ${it.why}`),
      ["/usr/bin/frob is not on this machine"],
    );
  });

  it("is none of programs whose path is not written out, and of units without a machine", () => {
    const files = memoryFiles({ "/opt/zorb": "#!/bin/sh\n" });
    assert.equal(signs("[Service]\nExecStart=%i\n", files), undefined);
    assert.equal(signs("[Service]\nExecStart=/opt/%i\n", files), undefined);
    assert.equal(signs("[Service]\nExecStart=/opt/other\n", files), undefined);
  });
});
