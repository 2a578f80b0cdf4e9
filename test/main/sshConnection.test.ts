import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import type { Machine } from "../../server/src/cli/machine.ts";
import { remoteMachine } from "../../server/src/cli/ssh/remoteMachine.ts";
import { nodeMachine } from "../../server/src/main/nodeMachine.ts";
import { connectBySsh, type SshConnection } from "../../server/src/main/sshConnection.ts";
import { skip } from "../kit/skip.ts";

const NEEDS = process.getuid?.() === 0 && existsSync("/proc/uptime") ? undefined : "needs root on Linux";
const SHELLS = ["sh", "bash", "busybox"].filter((it) => spawnSync(it, ["--help"]).error === undefined);

/** Folders of shells that are at work, which lie in one of two places. */
const shellFolders = (): readonly string[] => readdirSync("/run").filter((it) => it.startsWith("unit-warden-ssh."));

describe(`another machine over a shell${NEEDS === undefined ? "" : ` (skipped: ${NEEDS})`}`, () => {
  for (const shell of SHELLS)
    describe(shell, () => {
      let folder = "";
      let connection: SshConnection | undefined;
      let machine: Machine = nodeMachine;
      before(async function () {
        if (NEEDS !== undefined) skip(this, NEEDS);
        folder = mkdtempSync(join(tmpdir(), "unit-warden-ssh-"));
        const words = shell === "busybox" ? ["busybox", "sh"] : [shell];
        connection = await connectBySsh({ host: "there", words, say: () => undefined });
        machine = remoteMachine(connection, nodeMachine);
      });
      after(async () => {
        await connection?.close();
        if (folder !== "") rmSync(folder, { recursive: true });
      });

      it("reads bytes as they are, from anywhere, and no link, folder or pipe", async () => {
        const path = join(folder, "it's $HOME");
        const bytes = randomBytes(200_000);
        writeFileSync(path, bytes);
        symlinkSync(path, join(folder, "link"));
        spawnSync("mkfifo", [join(folder, "pipe")]);
        assert.deepEqual(Buffer.from((await machine.read(path)) ?? []), bytes);
        assert.deepEqual(
          Buffer.from((await machine.read(path, 70_000, 65_537)) ?? []),
          bytes.subarray(70_000, 135_537),
        );
        assert.equal((await machine.read(path, 200_000, 10))?.length, 0);
        assert.equal(await machine.read(join(folder, "none")), undefined);
        for (const it of ["link", "pipe", "."]) await assert.rejects(machine.read(join(folder, it)), /is not a file/);
        assert.match(Buffer.from((await machine.read("/proc/self/status")) ?? []).toString(), /^Name:/);
      });

      it("has no programs to be read, as those of this machine are others", () => {
        assert.ok(nodeMachine.programFiles);
        assert.equal(machine.programFiles, undefined);
      });

      it("says of paths what this machine says", async () => {
        const file = join(folder, "a b");
        writeFileSync(file, "12345", { mode: 0o640 });
        chownSync(file, 1, 2);
        symlinkSync("a b", join(folder, "to"));
        symlinkSync("loop", join(folder, "loop"));
        writeFileSync(join(folder, "two\nlines"), "");
        const paths = ["a b", "to", "loop", "none", "a b/c", "two\nlines", "."].map((it) => join(folder, it));
        assert.deepEqual(await machine.look(paths), await nodeMachine.look(paths));
        assert.deepEqual(await machine.look(paths.slice(0, 3)), await nodeMachine.look(paths.slice(0, 3)));
        for (const it of [join(folder, "to"), file, join(folder, "none")]) {
          assert.deepEqual(await machine.stat(it), await nodeMachine.stat(it));
          assert.equal(await machine.realPath(it), await nodeMachine.realPath(it));
        }
        assert.deepEqual(await machine.list(folder), await nodeMachine.list(folder));
        assert.deepEqual(await machine.list(join(folder, "none")), []);
      });

      it("writes files whole, which keep their owner and mode", async () => {
        const path = join(folder, "new/deep/file");
        await machine.write(path, "one\né\0");
        assert.deepEqual([readFileSync(path, "utf8"), statSync(path).mode & 0o7777], ["one\né\0", 0o644]);
        chownSync(path, 3, 4);
        chmodSync(path, 0o4751);
        await machine.write(path, "two");
        const { mode, uid, gid } = statSync(path);
        assert.deepEqual([readFileSync(path, "utf8"), mode & 0o7777, uid, gid], ["two", 0o4751, 3, 4]);
        await machine.write(path, "", 0o600);
        assert.deepEqual([readFileSync(path, "utf8"), statSync(path).mode & 0o7777], ["", 0o600]);
        assert.deepEqual(readdirSync(join(folder, "new/deep")), ["file"]);
        await machine.makeFolder(join(folder, "new/open"), 0o1777);
        assert.equal(statSync(join(folder, "new/open")).mode & 0o7777, 0o1777);
        await machine.remove(join(folder, "new"));
        await machine.remove(join(folder, "new"));
        assert.ok(!existsSync(join(folder, "new")));
        await assert.rejects(machine.write("/proc/none/x", "x"), /\/proc\/none\/x on there: /);
      });

      it("runs programs with their words, input, outputs and status", async () => {
        const said = await machine.run(["printf", "%s|", "a b", "$HOME", "it's", "", "two\nlines"]);
        assert.deepEqual(said, { status: 0, stdout: "a b|$HOME|it's||two\nlines|", stderr: "" });
        assert.equal((await machine.run(["cat"], { input: "given\n" })).stdout, "given\n");
        assert.equal((await machine.run(["cat"])).stdout, "");
        assert.equal((await machine.run(["/bin/sh", "-c", "echo bad >&2; exit 7"])).status, 7);
        assert.equal((await machine.run(["/bin/sh", "-c", "echo bad >&2; exit 7"])).stderr, "bad\n");
        assert.equal((await machine.run(["no-such-program"])).status, 127);
        const large = await machine.run(["/bin/sh", "-c", "head -c 3000000 /dev/zero; echo end"]);
        assert.equal(large.stdout.length, 3_000_004);
      });

      it("ends a program with all that it started, late or when it is told to stop", async () => {
        const late = await machine.run(["/bin/sh", "-c", "sleep 61.25 & sleep 61.25"], { seconds: 0.3 });
        assert.equal(late.status, 124);
        const stop = new AbortController();
        setTimeout(() => stop.abort(), 300);
        const stopped = await machine.run(["/bin/sh", "-c", "sleep 61.25 & sleep 61.25"], { stop: stop.signal });
        assert.equal(stopped.status, 143);
        assert.equal(spawnSync("pgrep", ["-f", "^sleep 61.25"]).stdout.toString(), "");
      });

      it("locks a file for itself alone, as long as it lives", async () => {
        const path = join(folder, "locks/a.lock");
        const other = await connectBySsh({ host: "there", words: [SHELLS[0] ?? "sh"], say: () => undefined });
        try {
          assert.ok(await remoteMachine(other, nodeMachine).lock(path, "the other\n"));
          assert.equal(await machine.lock(path, "nobody"), undefined);
          assert.equal(await nodeMachine.lock(path, "nobody"), undefined);
          assert.equal(readFileSync(path, "utf8"), "the other\n");
        } finally {
          await other.close();
        }
        const unlock = await machine.lock(path, "this one\n");
        // What a script leaves behind holds no lock.
        await machine.run(["/bin/sh", "-c", "sleep 5 >/dev/null 2>&1 &"]);
        await unlock?.();
        await machine.run(["true"]);
        const again = await nodeMachine.lock(path, "here\n");
        assert.ok(again);
        await again();
      });

      it("is a process there, which ends with the connection and leaves nothing", async () => {
        const mine = await connectBySsh({ host: "there", words: [SHELLS[0] ?? "sh"], say: () => undefined });
        const open = shellFolders().length;
        assert.ok(existsSync(`/proc/${mine.pid}/stat`));
        const running = mine.run("sleep 62.5 & sleep 62.5").catch((error: unknown) => String(error));
        await nodeMachine.sleep(0.5);
        await mine.close();
        assert.match(String(await running), /connection to there is lost/);
        for (let i = 0; i < 100 && shellFolders().length === open; i++) await nodeMachine.sleep(0.1);
        assert.equal(shellFolders().length, open - 1);
        assert.ok(!existsSync(`/proc/${mine.pid}/stat`));
        assert.equal(spawnSync("pgrep", ["-f", "^sleep 62.5"]).stdout.toString(), "");
      });
    });

  it("says why there is no connection", async function () {
    if (NEEDS !== undefined) skip(this, NEEDS);
    const connect = (...words: readonly string[]) => connectBySsh({ host: "there", words, say: () => undefined });
    await assert.rejects(connect("sh", "-c", "echo 'ssh: Could not resolve hostname there' >&2; exit 255"), {
      message: "no connection to there: Could not resolve hostname there",
    });
    await assert.rejects(
      connect("setpriv", "--reuid=1", "--clear-groups", "sh"),
      /needs root: log in to there as root/,
    );
  });
});
