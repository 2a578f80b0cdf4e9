import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { bundledCommandLine } from "../../test/kit/bundledCommandLine.ts";
import { skip } from "../../test/kit/skip.ts";

/** The command line as the sources have it. */
const CLI = "/usr/lib/unit-warden-test/cli.js";

/** Each connection appends what it is sent to a file, and is answered. */
const SOCKET = "[Socket]\nListenStream=127.0.0.1:8764\nAccept=yes\n";
const SERVICE = `[Service]
User=daemon
ExecStart=-/bin/sh -c "read it; echo $$it >>/var/lib/echoed/all; sleep 0.2; echo got $$it"
StandardInput=socket
`;

const ASK = (word: string): string =>
  `python3 -c "import socket; s = socket.create_connection(('127.0.0.1', 8764)); s.sendall(b'${word}\\n'); assert b'got ${word}' in s.makefile('rb').read()"`;

describe(`learning by connections in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, function () {
  this.timeout(300_000);
  let box: Box | undefined;
  const inside = (): Box => {
    assert.ok(box);
    return box;
  };

  before(async function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    const program = await bundledCommandLine();
    box = startBox();
    box.run("mkdir", "-p", "/usr/lib/unit-warden-test");
    box.put(CLI, program);
    box.put("/etc/systemd/system/e.socket", SOCKET);
    box.put("/etc/systemd/system/e@.service", SERVICE);
    box.put("/etc/systemd/system/plain@.service", SERVICE);
    box.run("install", "-d", "-o", "daemon", "/var/lib/echoed");
    box.run("systemctl", "daemon-reload");
    box.run("systemctl", "start", "e.socket");
  });
  after(() => box?.stop());

  it("learns and proves the service of a socket that accepts, which is not restarted", () => {
    const { run } = inside();
    const shown = (): string =>
      run("systemctl", "show", "-p", "ActiveState,InvocationID,ActiveEnterTimestamp", "e.socket").output;
    const before = shown();
    // Two at once, whose lines would mix in one log.
    const both = `${ASK("one")} & ${ASK("two")} && wait $!`;
    const learnt = run("node", CLI, "learn", "e@.service", "--yes", "--verify", "--write", "--exercise", both);
    assert.equal(learnt.status, 0, learnt.errors);
    assert.match(learnt.errors, /nothing is restarted: e\.socket goes on listening/);
    assert.match(
      learnt.output,
      /proven +ReadWritePaths=-\/var\/lib\/echoed|proven +StateDirectory=echoed/,
      learnt.output,
    );
    assert.match(learnt.output, /proven +NoNewPrivileges=yes/);
    assert.doesNotMatch(learnt.output, /of the logs could not be read/);
    assert.equal(shown(), before);
    assert.equal(
      run(
        "find",
        "/run/systemd/system",
        "/run/unit-warden",
        "/var/lib/unit-warden/learn",
        "-mindepth",
        "1",
        "-not",
        "-name",
        "*.lock",
      ).output,
      "",
    );
    assert.equal(run("sh", "-c", ASK("three")).status, 0, run("journalctl", "-n", "20", "-o", "cat").output);
    assert.match(
      run("cat", "/etc/systemd/system/e@.service.d/50-unit-warden-learnt.conf").output,
      /NoNewPrivileges=yes/,
    );
    assert.equal(run("systemctl", "list-units", "--plain", "--no-legend", "--all", "e@*").output, "");
  });

  for (const [argv, message] of [
    [["e@.service"], /runs for connections to e\.socket: --exercise makes some, and --for waits/],
    [["e.service"], /each connection to e\.socket starts an instance of its own: name the template e@\.service/],
    [["e@0-1-2.service"], /name the template e@\.service/],
    [["plain@.service", "--for", "1s"], /is a template: name an instance, such as plain@a\.service/],
  ] as const)
    it(`refuses ${argv.join(" ")} in a sentence`, () => {
      const { status, errors } = inside().run("node", CLI, "learn", ...argv, "--yes");
      assert.equal(status, 2);
      assert.match(errors, message);
    });
});
