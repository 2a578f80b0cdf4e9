import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, before, beforeEach, describe, it } from "mocha";
import { type CodePlace, checksumOf, codePlace, readCode, writeCode } from "../../server/src/main/compiledCode.ts";
import { built } from "../kit/built.ts";
import { skip } from "../kit/skip.ts";

const SOURCE = checksumOf(Buffer.from("source"));
const CODE = Buffer.from("code");

describe("compiled code", () => {
  let folder: string;
  const cache = (): string => join(folder, "unit-warden");
  const place = (): CodePlace => {
    const found = codePlace("check", "/dist/unit-warden.js", { XDG_CACHE_HOME: folder });
    assert.ok(found);
    return found;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unit-warden-code-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is kept for this very source alone", () => {
    writeCode(place(), SOURCE, CODE);
    assert.deepEqual(readCode(place(), SOURCE), CODE);
    assert.equal(readCode(place(), checksumOf(Buffer.from("sourcf"))), undefined);
  });

  it("is not read once a byte of it differs, or some are missing", () => {
    writeCode(place(), SOURCE, CODE);
    const file = join(cache(), place().name);
    const whole = readFileSync(file);
    for (let i = 0; i < whole.length; i++) {
      writeFileSync(
        file,
        whole.map((it, at) => (at === i ? it ^ 1 : it)),
      );
      assert.equal(readCode(place(), SOURCE), undefined, `byte ${i}`);
      writeFileSync(file, whole.subarray(0, i));
      assert.equal(readCode(place(), SOURCE), undefined, `${i} bytes`);
    }
  });

  it("is only kept where nobody else may write", function () {
    if (!process.geteuid) return skip(this, "Windows has no such modes");
    chmodSync(folder, 0o777);
    assert.equal(codePlace("check", "/dist/unit-warden.js", { XDG_CACHE_HOME: folder }), undefined);
    chmodSync(folder, 0o700);
    mkdirSync(cache());
    chmodSync(cache(), 0o770);
    assert.equal(codePlace("check", "/dist/unit-warden.js", { XDG_CACHE_HOME: folder }), undefined);
    rmSync(cache(), { recursive: true });
    symlinkSync(tmpdir(), cache());
    assert.equal(codePlace("check", "/dist/unit-warden.js", { XDG_CACHE_HOME: folder }), undefined);
  });

  it("is not read from a file that others may write to, nor through a link", function () {
    if (!process.geteuid) return skip(this, "Windows has no such modes");
    writeCode(place(), SOURCE, CODE);
    const file = join(cache(), place().name);
    chmodSync(file, 0o602);
    assert.equal(readCode(place(), SOURCE), undefined);
    chmodSync(file, 0o600);
    const elsewhere = join(folder, "elsewhere");
    writeFileSync(elsewhere, readFileSync(file), { mode: 0o600 });
    rmSync(file);
    symlinkSync(elsewhere, file);
    assert.equal(readCode(place(), SOURCE), undefined);
  });

  it("is kept nowhere without a home, or where Node.js is told to keep none", () => {
    assert.equal(codePlace("check", "/dist/unit-warden.js", {}), undefined);
    assert.equal(codePlace("check", "/dist/unit-warden.js", { HOME: join(folder, "missing") }), undefined);
    assert.equal(
      codePlace("check", "/dist/unit-warden.js", { XDG_CACHE_HOME: folder, NODE_DISABLE_COMPILE_CACHE: "1" }),
      undefined,
    );
    assert.ok(codePlace("check", "/dist/unit-warden.js", { HOME: folder }));
  });

  describe("of the built command", () => {
    before(built);
    const run = (...args: string[]) => runIn("dist", ...args);
    const runIn = (dist: string, ...args: string[]) =>
      spawnSync(process.execPath, [join(dist, "cli.js"), ...args], {
        encoding: "utf8",
        env: { ...process.env, XDG_CACHE_HOME: folder, NODE_DISABLE_COMPILE_CACHE: "" },
      });
    const kept = (): string[] => readdirSync(cache()).map((it) => it.replace(/-.*/, ""));

    it("is kept by its first run, changes no answer, and is made again where it is broken", () => {
      const first = run("check", "examples");
      assert.deepEqual(kept(), ["check"]);
      const [name = ""] = readdirSync(cache());
      const file = join(cache(), name);
      const code = readFileSync(file);
      const again = run("check", "examples");
      writeFileSync(file, code.subarray(0, code.length / 2));
      const broken = run("check", "examples");
      for (const it of [again, broken])
        assert.deepEqual([it.stdout, it.stderr, it.status], [first.stdout, first.stderr, first.status]);
      assert.ok(readFileSync(file).length > code.length / 2);
    });

    it("belongs to one place of the program, as stacks name the file that it was made of", () => {
      const copy = join(folder, "copy");
      mkdirSync(copy);
      for (const it of ["cli.js", "unit-warden.js"]) copyFileSync(join("dist", it), join(copy, it));
      run("check", "examples");
      runIn(copy, "check", "examples");
      assert.deepEqual(kept(), ["check", "check"]);
    });

    it("is not kept by a call that is refused", () => {
      assert.equal(run("chekc", "examples").status, 2);
      assert.deepEqual(kept(), []);
    });
  });
});
