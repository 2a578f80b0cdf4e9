import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "mocha";
import { sshDestination, sshWords } from "../../../server/src/cli/ssh/destination.ts";
import { remoteReader, remoteShell } from "../../../server/src/cli/ssh/remoteShell.ts";
import { memoryHost, runOver } from "../../kit/memoryHost.ts";
import { skip } from "../../kit/skip.ts";

const HOSTS = [
  "server",
  "root@server.example",
  "DOMAIN\\me@server",
  "ssh://me@server:2222",
  "192.0.2.1",
  "[2001:db8::1]",
  "fe80::1%eth0",
];
const NO_HOSTS = [
  "",
  "-oProxyCommand=x",
  "ssh://-x",
  "a b",
  "x@-oProxyCommand=x",
  "$(x)",
  "`x`",
  "a;b",
  "a\nb",
  "-",
  "a'b",
  "a".repeat(300),
];

describe("a machine that ssh reaches", () => {
  it("is a host as ssh takes it, and never an option or something for a shell", () => {
    for (const it of HOSTS) assert.equal(sshDestination(it), it);
    for (const it of NO_HOSTS) assert.throws(() => sshDestination(it), /--ssh takes a host as ssh does/, it);
  });

  it("is read by ssh itself as the host that was named", function () {
    if (spawnSync("ssh", ["-V"]).error) skip(this, "there is no ssh");
    const [program = "", ...words] = sshWords("me@server.example");
    const { stdout } = spawnSync(program, ["-F", "none", "-G", ...words], { encoding: "utf8" });
    assert.match(stdout, /^hostname server\.example$/m);
    assert.match(stdout, /^user me$/m);
    assert.match(stdout, /^requesttty (?:false|no)$/m);
  });

  it("is refused where learning is for this machine", async () => {
    for (const [words, why] of [
      [["--ssh=-x", "a.service"], /--ssh takes a host/],
      [["--ssh", "server", "--script", "a.service"], /exclude each other/],
      [["--ssh", "server", "--bundle", "a.tar.gz"], /exclude each other/],
      [["--ssh", "server", "start", "a.service"], /learn start runs on the machine of the service/],
      [["--ssh", "server", "a.socket"], /only services/],
      [["--ssh", "server"], /name one service/],
      [["--ssh", "server", "--user", "a.service"], /--user excludes .*--ssh/],
      [["--script", "--verify", "a.service"], /add --bundle FILE, or use --ssh HOST/],
      [["--script", "--bundle", "a.tar.gz"], /needs --verify/],
    ] as const) {
      const { status, stderr } = runOver(memoryHost({}), "learn", ...words);
      assert.equal(status, 2, words.join(" "));
      assert.match(stderr, why);
    }
  });

  it("is sent plain shell that passes shellcheck", function () {
    if (spawnSync("shellcheck", ["--version"]).error) skip(this, "there is no shellcheck");
    const { stdout } = spawnSync("shellcheck", ["-s", "sh", "-"], { input: remoteShell("token"), encoding: "utf8" });
    assert.equal(stdout, "");
  });

  it("answers in pieces of any size, after a greeting", () => {
    const sent = Buffer.from("Welcome!\n1 2 3\nT 4711\nT 1 0 6 2\na\nT 1\n!?T 2 7 0 0\nT 3 0 3 0\nend");
    for (const size of [1, 2, 7, sent.length]) {
      const seen: string[] = [];
      const read = remoteReader("T", (it) => {
        const { stdout, stderr, status } = it.kind === "answer" ? it.answer : { stdout: "", stderr: "", status: "" };
        seen.push(it.kind === "words" ? it.words.join() : `${it.id} ${status} ${stdout}|${stderr}`);
      });
      for (let at = 0; at < sent.length; at += size) read(sent.subarray(at, at + size));
      assert.deepEqual(seen, ["4711", "1 0 a\nT 1\n|!?", "2 7 |", "3 0 end|"]);
    }
  });
});
