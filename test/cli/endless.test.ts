import assert from "node:assert/strict";
import { type SpawnSyncReturns, type StdioOptions, spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { LONGEST_NEAR_FILE } from "../../server/src/main/readNear.ts";
import { built } from "../kit/built.ts";
import { skip } from "../kit/skip.ts";

const UNIT = "[Service]\nExecStart=/bin/true\n";

/** Longer than any of these takes, and shorter than what never ends. */
const PATIENCE_MS = 15_000;

describe("the command line among files that are none", function () {
  this.timeout(300_000);
  let folder = "";
  const at = (name: string): string => join(folder, name);
  const isMissing = process.platform !== "linux" || spawnSync("mkfifo", ["--version"]).error !== undefined;
  before(async function () {
    await built();
    if (isMissing) {
      skip(this, "there is no mkfifo here, or no /dev/zero");
    }
    folder = mkdtempSync(join(tmpdir(), "unit-warden-odd-"));
    writeFileSync(at("a.service"), UNIT);
    assert.equal(spawnSync("mkfifo", [at("f.service"), at("pipe")]).status, 0);
    symlinkSync("/dev/zero", at("z.service"));
    symlinkSync("/proc/kmsg", at("k.service"));
    symlinkSync("/dev/null", at("n.service"));
    writeFileSync(at("long.service"), "");
    truncateSync(at("long.service"), LONGEST_NEAR_FILE + 1);
    mkdirSync(at("a.service.d"));
    symlinkSync("/dev/zero", at("a.service.d/z.conf"));
    symlinkSync("../pipe", at("a.service.d/f.conf"));
  });
  after(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  /** Runs the built program, which has to come to an end. */
  function ended(argv: readonly string[], stdin: string | number = ""): SpawnSyncReturns<string> {
    const input =
      typeof stdin === "string" ? { input: stdin } : { stdio: [stdin, "pipe", "pipe"] satisfies StdioOptions };
    const done = spawnSync(process.execPath, ["dist/cli.js", ...argv], {
      encoding: "utf8",
      timeout: PATIENCE_MS,
      killSignal: "SIGKILL",
      ...input,
    });
    assert.equal(done.signal, null, `${argv.join(" ")} does not end`);
    assert.doesNotMatch(done.stderr, /^\s+at /m, argv.join(" "));
    return done;
  }

  it("says of each that is named what it is, in every command", () => {
    for (const command of ["check", "security", "harden", "format", "sandbox"]) {
      const { stderr, status } = ended([command, ...["f.service", "z.service", "n.service"].map(at)]);
      assert.equal(stderr.match(/device, pipe or socket|leads to no file/g)?.length, 3, command);
      assert.equal(status, 2);
    }
    for (const name of ["f.service", "z.service", "k.service", "long.service"]) ended(["explain", "226", at(name)]);
    ended(["show", ...["f.service", "z.service", "k.service", "long.service"].map(at)]);
    assert.match(ended(["check", at("long.service")]).stderr, /long\.service: this is too long for a unit file\n$/);
    ended(["check", "--profile", "off", at("k.service")]);
  });

  it("reads the others of a folder", () => {
    const { stdout } = ended(["check", "--profile", "off", "--ignore", "value", folder]);
    assert.match(stdout, /\d files?: nothing to report\n$/);
    assert.equal(ended(["security", at("a.service")]).stderr, "");
  });

  it("takes no policy from them", () => {
    for (const name of ["pipe", "z.service"]) ended(["security", "--policy", at(name), at("a.service")]);
  });

  it("does not take standard input without an end for a unit", () => {
    const zero = openSync("/dev/zero", "r");
    try {
      for (const command of ["check", "format"]) {
        const { stderr, status } = ended([command, "--stdin-path", "x.service"], zero);
        assert.match(stderr, /x\.service: this is too long for a unit file\n$/);
        assert.equal(status, 2);
      }
    } finally {
      closeSync(zero);
    }
  });

  it("explains the end of a journal of any length in the same memory", () => {
    const last = "Nov 12 10:00:00 box systemd[1]: x.service: Main process exited, code=exited, status=226/NAMESPACE\n";
    const noise = "Nov 12 09:00:00 box app[7]: all is well, nothing to see here\n".repeat(16_384);
    const journal = (megabytes: number): number => {
      const handle = openSync(at("journal"), "w");
      for (let i = 0; i < megabytes; i++) writeSync(handle, noise);
      writeSync(handle, last);
      closeSync(handle);
      return openSync(at("journal"), "r");
    };
    const told = at("memory");
    writeFileSync(
      at("tell.mjs"),
      `import { writeFileSync } from "node:fs";\nprocess.on("exit", () => writeFileSync(${JSON.stringify(told)}, String(process.resourceUsage().maxRSS)));\n`,
    );
    const memoryFor = (megabytes: number): number => {
      const stdin = journal(megabytes);
      try {
        const { stdout, status } = spawnSync(
          process.execPath,
          ["--import", at("tell.mjs"), "dist/cli.js", "explain", "-", at("a.service")],
          { encoding: "utf8", stdio: [stdin, "pipe", "pipe"] },
        );
        assert.equal(status, 0);
        assert.match(stdout, /226\/NAMESPACE/);
        return Number(readFileSync(told, "utf8"));
      } finally {
        closeSync(stdin);
      }
    };
    const little = memoryFor(1);
    const much = memoryFor(100);
    assert.ok(much < little * 1.5, `${little} KiB for one megabyte, ${much} KiB for a hundred`);
  });
});
