import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { zipSync } from "fflate/browser";
import { after, before, describe, it } from "mocha";
import { readScriptProgram } from "../../server/src/program/readScriptProgram.ts";
import { skip } from "../kit/skip.ts";
import { memoryFiles } from "./kit.ts";

const SOURCES = {
  "shop/bills/Main.java":
    'package shop.bills; public class Main { public static void main(String[] a) throws Exception { new ProcessBuilder("id").start(); new java.io.File("/dev/ttyUSB0"); System.out.print("a:" + a); } }',
  "org/foreign/Tool.java": "package org.foreign; public class Tool { Object x() { return ProcessHandle.current(); } }",
  "com/pi4j/Pin.java": "package com.pi4j; public class Pin { }",
};

describe("archives of programs", () => {
  let folder = "";
  let classes: Readonly<Record<string, Uint8Array>> = {};

  before(function () {
    this.timeout(300_000);
    folder = mkdtempSync(join(tmpdir(), "unit-warden-java-"));
    for (const [path, text] of Object.entries(SOURCES)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    try {
      execFileSync("javac", Object.keys(SOURCES), { cwd: folder, stdio: "ignore" });
    } catch {
      skip(this, "there is no compiler of Java");
    }
    const compiled = Object.keys(SOURCES).map((it) => it.replace(/java$/, "class"));
    classes = Object.fromEntries(compiled.map((it) => [it, new Uint8Array(readFileSync(join(folder, it)))]));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const jar = (manifest: string): Uint8Array =>
    zipSync({ "META-INF/MANIFEST.MF": new TextEncoder().encode(manifest), ...classes });
  const shown = (bytes: Uint8Array, args: readonly string[]) => {
    const files = memoryFiles({ "/usr/bin/java": "\x7fELF", "/opt/shop/shop.jar": bytes });
    const { files: read } = readScriptProgram("/usr/bin/java", files, { args });
    return {
      signs: read.flatMap(({ signs }) => signs.map(({ sign, what }) => `${sign} by ${what}`)),
      hides: read.flatMap((it) => it.hides),
    };
  };

  it("show what the classes of the program refer to, and libraries by their names", () => {
    const expected = {
      signs: [
        "compiles by java",
        "procFiles by java",
        "exec by java/lang/ProcessBuilder",
        "devices by /dev/ttyUSB0",
        "devices by com/pi4j",
      ],
      hides: ["starts programs whose names are not followed"],
    };
    const named = shown(jar("Main-Class: shop.bills.Main\r\n"), ["-Xmx1g", "-jar", "/opt/shop/shop.jar"]);
    assert.deepEqual({ ...named, signs: [...new Set(named.signs)] }, expected);
    const given = shown(jar(""), ["-cp", "/opt/shop/*", "shop.bills.Main"]);
    assert.deepEqual({ ...given, signs: [...new Set(given.signs)] }, expected);
  });

  it("may be broken, or made to fill memory", () => {
    const whole = jar("Main-Class: shop.bills.Main\r\n");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }),
        fc.nat(whole.length),
        (changes, end) => {
          const broken = whole.slice();
          for (const [at, value] of changes) broken[at] = value;
          assert.ok(
            shown(broken.subarray(end % 3 === 0 ? end : 0), ["-jar", "/opt/shop/shop.jar"]).signs.includes(
              "compiles by java",
            ),
          );
        },
      ),
      { numRuns: 300 },
    );
    const bomb = zipSync({
      "shop/bills/Main.class": new Uint8Array(64 << 20),
      "META-INF/MANIFEST.MF": new TextEncoder().encode("Main-Class: shop.bills.Main"),
    });
    const before = process.memoryUsage().arrayBuffers;
    assert.deepEqual(shown(bomb, ["-jar", "/opt/shop/shop.jar"]).hides, ["has a class that cannot be read"]);
    assert.ok(process.memoryUsage().arrayBuffers - before < 32 << 20);
  });
});
