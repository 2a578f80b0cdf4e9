import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type MemoryHost, memoryHost, runOver } from "../kit/memoryHost.ts";

const TYPO = "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n";
const BASELINE = "/repo/known.json";
const FILES = { "/repo/a/x.service": TYPO, "/repo/b/y.service": TYPO };

const hostOf = (files: Readonly<Record<string, string>>): MemoryHost => memoryHost(files, { cwd: "/cwd" });

const check = (host: MemoryHost, ...argv: readonly string[]) =>
  runOver(host, "check", "--profile", "off", "--baseline", BASELINE, ...argv);

/** The files with a baseline of all that is found in them. */
function known(files: Readonly<Record<string, string>> = FILES): Record<string, string> {
  const host = hostOf(files);
  assert.equal(check(host, "--update-baseline", "/repo").status, 0);
  return { ...files, [BASELINE]: String(host.files.get(BASELINE)) };
}

describe("cli check: baseline", () => {
  it("has what is found by file, in the order of their names, without lines of the file", () => {
    const text = known({ ...FILES, "/repo/a/x.service": `${TYPO}Other=1\nProtectHoem=yes\n` })[BASELINE];
    assert.equal(
      text,
      `{
  "version": 1,
  "files": {
    "a/x.service": [
      {"code":"directive/unknown","directive":"Other","text":"Other"},
      {"code":"directive/unknown","directive":"ProtectHoem","text":"ProtectHoem","count":2}
    ],
    "b/y.service": [
      {"code":"directive/unknown","directive":"ProtectHoem","text":"ProtectHoem"}
    ]
  }
}
`,
    );
  });

  it("lets only new findings fail, wherever the known ones have moved", () => {
    const moved = { ...known(), "/repo/a/x.service": `# moved\n\n${TYPO}` };
    const { stdout, stderr, status } = check(hostOf(moved), "/repo");
    assert.equal(stdout, "2 files: nothing to report\n");
    assert.equal(stderr, `unit-warden: note: ${BASELINE}: 2 known findings left out\n`);
    assert.equal(status, 0);
    const more = check(hostOf({ ...moved, "/repo/a/x.service": `${TYPO}ProtectHoem=no\nOther=1\n` }), "/repo");
    assert.deepEqual(more.stdout.match(/^\S+:\d+:\d+: error/gm), [
      "/repo/a/x.service:4:1: error",
      "/repo/a/x.service:5:1: error",
    ]);
    assert.equal(more.status, 1);
  });

  it("tells what is found no longer, and drops it when it is written again", () => {
    const gone = {
      "/repo/a/x.service": "[Service]\nExecStart=/bin/true\n",
      [BASELINE]: String(known()[BASELINE]),
    };
    const host = hostOf(gone);
    const { stderr, status } = check(host, "/repo");
    assert.match(stderr, /known\.json: 2 findings found no longer, which --update-baseline drops\n$/);
    assert.equal(status, 0);
    check(host, "--update-baseline", "/repo");
    assert.equal(host.files.get(BASELINE), '{\n  "version": 1,\n  "files": {}\n}\n');
  });

  it("keeps what is known of files that were not checked, and is not written where nothing changes", () => {
    const before = known();
    const host = hostOf({ ...before, "/repo/a/x.service": `${TYPO}Other=1\n` });
    check(host, "--update-baseline", "/repo/a");
    assert.match(String(host.files.get(BASELINE)), /"Other".*b\/y\.service/s);
    const same = hostOf(before);
    check(same, "--update-baseline", "/repo");
    assert.deepEqual(same.written, []);
  });

  it("does not keep a secret a second time", () => {
    const secret = "[Service]\nExecStart=/bin/true\nEnvironment=DB_PASSWORD=hunter2hunter2\n";
    const text = known({ "/repo/x.service": secret })[BASELINE];
    assert.match(String(text), /sandbox\/secret-in-unit/);
    assert.doesNotMatch(String(text), /hunter2/);
  });

  it("is the one of the configuration, relative to that, where no option names one", () => {
    const set = { ...known(), "/repo/.unit-warden.json": '{ "profile": "off", "baseline": "known.json" }' };
    assert.equal(runOver(hostOf(set), "check", "/repo").status, 0);
    assert.equal(runOver(hostOf(set), "check", "--no-config", "--profile", "off", "/repo").status, 1);
  });

  it("has to be there and to be one, unless it is to be written", () => {
    const host = hostOf(FILES);
    assert.match(check(host, "/repo").stderr, /known\.json: there is no such file; --update-baseline makes it/);
    for (const text of ["{", "[]", '{"version": 2, "files": {}}', "<<<<<<< HEAD"]) {
      const { stderr, status } = check(hostOf({ ...FILES, [BASELINE]: text }), "/repo");
      assert.match(stderr, /known\.json: it is not what --update-baseline writes/);
      assert.equal(status, 2);
    }
    const none = runOver(hostOf(FILES), "check", "--update-baseline", "/repo");
    assert.match(none.stderr, /name the baseline: --baseline FILE, or the key baseline of a configuration/);
    assert.equal(none.status, 2);
    const set = { ...FILES, "/repo/.unit-warden.json": '{ "baseline": "no.json" }' };
    assert.match(runOver(hostOf(set), "check", "/repo").stderr, /\/repo\/no\.json: there is no such file/);
  });

  it("is written only below the folder of a configuration that names it, whatever links are there", () => {
    for (const [baseline, isWritten] of [
      ["known.json", true],
      ["new/known.json", true],
      ["out/known.json", false],
      ["../known.json", false],
    ] as const) {
      const files = { ...FILES, "/repo/.unit-warden.json": JSON.stringify({ baseline }), "/other/x": "" };
      const host = memoryHost(files, { cwd: "/cwd", links: { "/repo/out": "/other" } });
      const { status, stderr } = runOver(host, "check", "--profile", "off", "--update-baseline", "/repo");
      assert.equal(status, isWritten ? 0 : 2, baseline);
      assert.deepEqual(host.written, isWritten ? [`/repo/${baseline}`] : []);
      if (!isWritten)
        assert.match(stderr, /known\.json: not written: this is not below the folder of its configuration/);
    }
    const named = memoryHost(FILES, { cwd: "/cwd" });
    runOver(named, "check", "--profile", "off", "--update-baseline", "--baseline", "/elsewhere.json", "/repo");
    assert.deepEqual(named.written, ["/elsewhere.json"]);
  });
});
