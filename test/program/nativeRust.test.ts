import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { FileReading } from "../../server/src/program/reading.ts";
import { readNativeProgram } from "../../server/src/program/readNativeProgram.ts";
import { skip } from "../kit/skip.ts";
import { compiled, hasCompiler } from "./compiled.ts";
import { memoryFiles } from "./kit.ts";

const PATH = "/usr/bin/shopd";

function readRust(code: string): FileReading {
  const bytes = compiled(code, ["-O", "-C", "strip=symbols"], "rustc");
  const [file] = readNativeProgram(PATH, memoryFiles({ [PATH]: bytes })).files;
  assert.ok(file);
  return file;
}

const shown = ({ signs }: FileReading): string[] => signs.map((it) => `${it.sign} ${it.what}`).sort();

describe("a program of Rust shows", function () {
  this.timeout(300_000);

  before(function () {
    if (!hasCompiler("rustc")) skip(this, "there is no rustc");
  });

  it("nothing for what its runtime can do", () => {
    const file = readRust(`use std::net::TcpListener;
use std::io::Write;
fn main() {
    for stream in TcpListener::bind("127.0.0.1:8080").unwrap().incoming() {
        stream.unwrap().write_all(b"hello").unwrap();
    }
}`);
    assert.equal(file.compiler, "Rust");
    assert.deepEqual(file.hides, []);
    const usual = ["bind", "socket", "socketKind", "names"];
    assert.deepEqual(
      shown(file).filter((it) => !usual.includes(it.split(" ")[0] ?? "")),
      [],
    );
  });

  it("texts as long as they are, and programs that it starts", () => {
    const file = readRust(`use std::process::Command;
fn main() {
    let port = std::fs::read("/dev/ttyUSB0").unwrap();
    std::fs::write("/var/lib/shop/state", &port).unwrap();
    println!("{:?} {:?}", Command::new("/usr/bin/ffmpeg").arg("-version").status(), std::fs::read_dir("/home"));
}`);
    const signs = shown(file);
    for (const it of ["devices /dev/ttyUSB0", "homes /home", "exec posix_spawnp"]) assert.ok(signs.includes(it), it);
    for (const it of ["/dev/ttyUSB0", "/var/lib/shop/state", "/usr/bin/ffmpeg", "/home"])
      assert.ok(file.paths.includes(it), it);
  });
});
