import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const WRONG = "[Service]\nExecStart=/usr/bin/x\nRestart=maybe\n";
const OFF = '{ "profile": "off", "rules": { "value/enumeration": "off" } }';

describe("files that lead out of a folder", () => {
  it("configure nothing", () => {
    const files = { "/w/x.service": WRONG, "/elsewhere/c.json": OFF, "/w/.unit-warden.json": OFF };
    const links = { "/w/.unit-warden.json": "/elsewhere/c.json" };
    const { stdout, stderr, status } = runOver(memoryHost(files, { links }), "check", "/w");
    assert.equal(status, 2);
    assert.match(
      stderr,
      /\.unit-warden\.json: it is a link that leads out, to \/elsewhere\/c\.json; what it sets does not count$/m,
    );
    assert.match(stdout, /value\/enumeration/);
  });

  it("configure where they stay in the repository", () => {
    const files = {
      "/w/.git/HEAD": "",
      "/w/a/x.service": WRONG,
      "/w/.unit-warden.json": OFF,
      "/w/a/.unit-warden.json": OFF,
    };
    const links = { "/w/a/.unit-warden.json": "/w/.unit-warden.json" };
    assert.equal(runOver(memoryHost(files, { links }), "check", "/w/a").status, 0);
  });

  it("are no baseline of a configuration, and may be named as one", () => {
    const files = {
      "/w/x.service": WRONG,
      "/w/.unit-warden.json": '{ "profile": "off", "baseline": "../known.json" }',
    };
    const host = memoryHost(files);
    runOver(host, "check", "/w", "--baseline", "/known.json", "--update-baseline");
    const known = host.written.at(-1);
    assert.ok(known !== undefined);
    const { stderr, status } = runOver(host, "check", "/w");
    assert.equal(status, 2);
    assert.match(
      stderr,
      /known\.json: not read: this is not in the repository of its configuration; name it with --baseline/,
    );
  });

  it("get no new drop-in", () => {
    const files = { "/w/x.service": WRONG, "/elsewhere/y": "" };
    const host = memoryHost(files, { links: { "/w/x.service.d": "/elsewhere" } });
    const { stderr, status } = runOver(host, "new", "drop-in", "x.service", "--output", "/w");
    assert.equal(status, 2);
    assert.match(stderr, /\/w\/x\.service\.d leads out of \/w, to \/elsewhere: nothing is written/);
    assert.deepEqual(host.written, []);
  });
});

describe("a drop-in that cannot be read", () => {
  const denied = Object.assign(new Error("EACCES: permission denied, open '/w/x.service.d/a.conf'"), {
    code: "EACCES",
  });
  const host = () =>
    memoryHost({
      "/w/x.service": WRONG,
      "/w/x.service.d/a.conf": denied,
      "/w/x.service.d/b.conf": "[Service]\nPrivateTmp=yes\n",
    });
  const SENTENCE =
    /^unit-warden: \/w\/x\.service\.d\/a\.conf: permission denied: its unit is judged without this drop-in$/m;

  it("is named by every command, and its unit is judged without it", () => {
    for (const [command, shown] of [
      ["check", /value\/enumeration/],
      ["security", /9\.\d/],
      ["show", /^PrivateTmp=yes/m],
      ["harden", /^\+LockPersonality=yes$/m],
      ["sandbox", /x\.service/],
    ] as const) {
      const { stdout, stderr } = runOver(host(), command, "/w/x.service");
      assert.match(stderr, SENTENCE, command);
      assert.match(stdout, shown, command);
    }
  });

  it("is named once where a folder is checked", () => {
    const { stderr, status } = runOver(host(), "check", "/w");
    assert.equal(status, 2);
    assert.equal(stderr.match(/a\.conf/g)?.length, 1);
  });
});
