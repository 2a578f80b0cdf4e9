import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const UNIT = "[Service]\nExecStart=/usr/bin/x\nUser=x\nStateDirectory=x\n";

/** What strict hardening says of MemoryDenyWriteExecute= in both steps, where a program of the service has this text. */
function said(
  folder: string,
  program: string,
  text: string | Error,
  links: Readonly<Record<string, string>> = {},
): string {
  const host = memoryHost({ [`${folder}/x.service`]: UNIT, [program]: text }, { links });
  const { stdout } = runOver(host, "harden", "--profile", "strict", "--likely", `${folder}/x.service`);
  return /^\+MemoryDenyWriteExecute=yes$/m.test(stdout) ? "added" : "left out";
}

describe("cli harden: scripts among the programs", () => {
  const etc = "/etc/systemd/system";

  it("are what runs them, on this machine and in a tree", () => {
    for (const line of ["#!/usr/bin/node", "#! /usr/bin/env node", "#!/usr/bin/env -S node --expose-gc"]) {
      assert.equal(said(etc, "/usr/bin/x", `${line}\n`), "left out", line);
      assert.equal(said(`/tree${etc}`, "/tree/usr/bin/x", `${line}\n`), "left out", line);
    }
    assert.equal(said(etc, "/usr/bin/x", "\x7fELF"), "added");
    assert.equal(said(etc, "/usr/bin/x", new Error("cannot be read")), "added");
  });

  it("are known to check, too, where its profile asks for what depends on them", () => {
    const host = memoryHost({ [`${etc}/x.service`]: UNIT, "/usr/bin/x": "#!/usr/bin/node\n" });
    const { stdout } = runOver(host, "check", "--each", "--profile", "strict", `${etc}/x.service`);
    assert.doesNotMatch(stdout, /MemoryDenyWriteExecute/);
    assert.match(stdout, /SystemCallFilter/);
  });

  it("are not looked for elsewhere", () => {
    assert.equal(said("/somewhere", "/usr/bin/x", "#!/usr/bin/node\n"), "added");
    assert.equal(said(`/tree${etc}`, "/usr/bin/x", "#!/usr/bin/node\n"), "added");
    const links = { "/tree/usr/bin": "/elsewhere" };
    assert.equal(said(`/tree${etc}`, "/elsewhere/x", "#!/usr/bin/node\n", links), "added");
  });
});
