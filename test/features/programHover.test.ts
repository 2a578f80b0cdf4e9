import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitDocument } from "../../server/src/families/document.ts";
import { hover } from "../../server/src/features/hover.ts";
import { programMarkdown } from "../../server/src/features/programMarkdown.ts";
import { type View, viewOf } from "../../server/src/features/view.ts";
import { repositoryAt } from "../../server/src/program/source/repository.ts";
import { fixture } from "../kit/fixture.ts";
import { memoryFiles } from "../program/kit.ts";

const RUN = "/opt/zorb/run";
const SUDO = "#!/bin/sh\nset -e\nsudo /usr/bin/true\n";

/** A service of a machine that has some files; without them it is another one's. */
function opened(
  source: string,
  files: Readonly<Record<string, string>> | undefined,
): { readonly view: View; readonly cursor: number } {
  const { path, text, cursor } = fixture(source);
  const defaults = { restrictSuidSgid: false, files: files && memoryFiles(files) };
  return { view: viewOf(unitDocument(path, text), NEWEST_VERSION, { dropIns: [], defaults }), cursor };
}

function hovered(line: string, files: Readonly<Record<string, string>> | undefined): string {
  const { view, cursor } = opened(`[Service]\n${line}\n`, files);
  return (hover(view, cursor, true)?.contents as { readonly value: string } | undefined)?.value ?? "";
}

const page = (lines: string, files: Readonly<Record<string, string>> | undefined, isTrusted = true): string =>
  programMarkdown(opened(`[Service]\n${lines}\n`, files).view.unit, isTrusted);

describe("hover: what was read of a program", () => {
  it("names what its files speak of with the place, on the program and on the name of the setting", () => {
    for (const line of [`ExecStart=/opt/zo$0rb/run`, `Exec$0Start=${RUN}`]) {
      const text = hovered(line, { [RUN]: SUDO });
      assert.match(
        text,
        /Its files, which are only read:\n(?:- .*\n)*- runs programs that gain rights: run:3 starts sudo/,
      );
    }
  });

  it("has eight sentences at most, and says how many there are besides", () => {
    const all = [
      "modprobe zorb",
      "hostname zorb",
      "dmesg",
      "hwclock -s",
      "cat /dev/ttyUSB0",
      "sysctl -w a=1",
      "chrt 1 b",
    ];
    const text = hovered(`ExecStart=/opt/zo$0rb/run`, {
      [RUN]: ["#!/bin/sh", "sudo a", "mount b c", ...all, "ps"].join("\n"),
    });
    assert.equal(text.match(/^- /gm)?.length, 8);
    assert.match(text, /\n\d more: `unit-warden inspect \S+\.service`$/m);
  });

  it("says what is not there, and how to find out all the same", () => {
    assert.match(
      hovered(`ExecStart=/opt/zo$0rb/run`, {}),
      /`\/opt\/zorb\/run` is not on this machine: nothing is read of it; `unit-warden try`/,
    );
  });

  it("says nothing where no machine is at hand, of one that the service does not see, and of tools that are told what to do", () => {
    const files = { [RUN]: SUDO, "/usr/bin/mkdir": SUDO, "/usr/bin/rm": SUDO };
    assert.doesNotMatch(hovered(`ExecStart=/opt/zo$0rb/run`, undefined), /read/);
    assert.doesNotMatch(hovered(`RootDirectory=/srv/r\nExecStart=/opt/zo$0rb/run`, files), /only read/);
    assert.doesNotMatch(hovered(`ExecStart=+/opt/zo$0rb/run`, files), /only read/);
    assert.doesNotMatch(hovered(`ExecStart=${RUN}\nExecStartPre=/usr/bin/mk$0dir -p /x`, files), /only read/);
  });
});

describe("what the source beside a unit names", () => {
  const files = memoryFiles({ "/w/go.mod": "module run\nrequire github.com/tarm/serial v0.1.0\n" });
  const opening = (source: string) => {
    const { path, text, cursor } = fixture(source);
    const defaults = { restrictSuidSgid: false, source: repositoryAt("/w", files) };
    return { view: viewOf(unitDocument(path, text), NEWEST_VERSION, { dropIns: [], defaults }), cursor };
  };

  it("is in the hover on the program, and on the page", () => {
    const { view, cursor } = opening(`[Service]\nExecStart=/opt/zo$0rb/run\n`);
    const text = JSON.stringify(hover(view, cursor, true));
    assert.match(text, /The source next to the unit:\\n- opens hardware: go\.mod:2 names github\.com/);
    assert.match(
      programMarkdown(view.unit, true),
      /Read of the source next to the unit[\s\S]*## May\n\n- opens hardware/,
    );
  });

  it("is nothing where no folder builds the program", () => {
    const { view, cursor } = opening(`[Service]\nExecStart=/opt/zo$0rb/other\n`);
    assert.doesNotMatch(JSON.stringify(hover(view, cursor, true)), /source/);
    assert.match(programMarkdown(view.unit, true), /no folder of this repository builds its programs/);
  });
});

describe("what was read of programs as a page", () => {
  it("has the files, what they may do, and what is not known", () => {
    const text = page(`ExecStart=${RUN}`, { [RUN]: `${SUDO}. "$ZORB"\n` });
    assert.match(text, /^# Programs of `\S+\.service`\n/);
    assert.match(text, /\n## Files\n\n- \/opt\/zorb\/run: shell/);
    assert.match(text, /\n## May\n\n(?:- .*\n)*- runs programs that gain rights: run:3 starts sudo/);
    assert.match(text, /\n## Not known, as run /);
  });

  it("says why nothing was read", () => {
    assert.match(page(`ExecStart=${RUN}`, { [RUN]: SUDO }, false), /this workspace is not trusted/);
    assert.match(page(`ExecStart=${RUN}`, undefined), /no folder of units of this machine/);
    assert.match(page(`ExecStart=${RUN}`, {}), /not on this machine/);
    assert.match(page("Type=oneshot", {}), /runs no program/);
    assert.match(page(`ExecStart=${RUN}\nRootDirectory=/srv/r`, { [RUN]: SUDO }), /root or an image of its own/);
  });
});
