import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { FileReading } from "../../server/src/program/reading.ts";
import { readNativeProgram } from "../../server/src/program/readNativeProgram.ts";
import { addressesOf, elfOf } from "./elfBytes.ts";
import { memoryFiles } from "./kit.ts";

/** The line table of a version, with functions of one byte each; `parts` are names of functions that were put into others. */
function lineTable(magic: number, functions: readonly string[], parts: readonly string[], text: number): Uint8Array {
  const names = encoded([...functions, ...parts].map((it) => `${it}\0`).join(""));
  const nameAt = (i: number): number => functions.slice(0, i).reduce((sum, it) => sum + it.length + 1, 0);
  const isOld = magic === 0xfffffffb;
  const hasText = magic === 0xfffffff0 || magic === 0xfffffff1;
  const words = isOld ? 1 : hasText ? 8 : 7;
  const header = 8 + words * 8;
  const half = hasText ? 4 : 8;
  const rowsAt = isOld ? header : header + Math.ceil(names.length / 8) * 8;
  const infoAt = rowsAt + (functions.length * 2 + 1) * half;
  const infoSize = half + 8;
  const namesAt = isOld ? infoAt + functions.length * infoSize : header;
  const bytes = new Uint8Array(Math.max(infoAt + functions.length * infoSize, namesAt + names.length) + 16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  bytes.set([0, 0, 1, 8], 4);
  const word = (i: number, value: number): void => view.setBigUint64(8 + i * 8, BigInt(value), true);
  word(0, functions.length);
  if (hasText) word(2, text);
  if (!isOld) {
    word(hasText ? 3 : 2, namesAt);
    word(hasText ? 4 : 3, rowsAt);
    word(hasText ? 7 : 6, rowsAt);
  }
  const put = (at: number, value: number): void =>
    half === 4 ? view.setUint32(at, value, true) : view.setBigUint64(at, BigInt(value), true);
  for (const i of functions.keys()) {
    put(rowsAt + i * half * 2, hasText ? i : text + i);
    put(rowsAt + i * half * 2 + half, infoAt + i * infoSize - (isOld ? 0 : rowsAt));
    view.setInt32(infoAt + i * infoSize + half, nameAt(i) + (isOld ? namesAt : 0), true);
  }
  bytes.set(names, namesAt);
  return bytes;
}

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

const FUNCTIONS = [
  "main.main",
  "net/http.(*Server).Serve",
  "net.Listen",
  "os.StartProcess",
  "golang.org/x/sys/unix.ClockSettime",
  "os.(*File).Chown",
];
const PARTS = ["github.com/vishvananda/netlink.LinkList", "gopkg.in/yaml%2ev3.Unmarshal"];

const PATH = "/usr/bin/shopd";

function readGo(sections: Parameters<typeof elfOf>[0]): FileReading {
  const [file] = readNativeProgram(PATH, memoryFiles({ [PATH]: elfOf(sections) })).files;
  assert.ok(file);
  return file;
}

const shown = ({ signs }: FileReading): string[] => signs.map((it) => `${it.sign} ${it.what}`).sort();

describe("a program of Go shows", () => {
  for (const [version, magic] of Object.entries({
    "1.2": 0xfffffffb,
    "1.16": 0xfffffffa,
    "1.18": 0xfffffff0,
    "1.20": 0xfffffff1,
  }))
    it(`what its functions do, by the line table of Go ${version}`, () => {
      const file = readGo([
        { name: ".text", bytes: new Uint8Array(16).fill(0x90), executable: true },
        { name: ".gopclntab", bytes: lineTable(magic, FUNCTIONS, PARTS, 0x400080) },
      ]);
      assert.equal(file.form, "go");
      assert.deepEqual(shown(file), [
        "bind net.Listen",
        "clock golang.org/x/sys/unix.ClockSettime",
        "exec os.StartProcess",
        // Names of functions that are only parts of others stand together from 1.16 on.
        ...(version === "1.2" ? [] : ["netlink github.com/vishvananda/netlink"]),
        "socket net",
      ]);
    });

  it("texts as long as its code says, not what is glued to them", () => {
    const texts = encoded("/etc/shop.conf/dev/ttyUSB0/var/lib/shop/home/tmp");
    const code = new Uint8Array(32).fill(0x90);
    const table = lineTable(0xfffffff1, ["main.main"], [], 0x400080);
    const sections = [
      { name: ".text", bytes: code, executable: true },
      { name: ".rodata", bytes: texts },
      { name: ".gopclntab", bytes: table },
    ];
    const [text = 0, data = 0] = addressesOf(sections);
    // lea rax, the text after 14 bytes; mov ebx, 12
    code.set([0x48, 0x8d, 0x05, ...bytesOf(data + 14 - (text + 7)), 0xbb, ...bytesOf(12), 0xc3]);
    const file = readGo(sections);
    assert.deepEqual(shown(file), ["devices /dev/ttyUSB0"]);
    assert.deepEqual(file.paths, ["/dev/ttyUSB0"]);
  });

  it("texts whose addresses and lengths stand in its data", () => {
    const texts = encoded("/etc/shop.conf/dev/ttyUSB0/var/lib/shop");
    const list = new Uint8Array(16);
    const sections = [
      { name: ".text", bytes: new Uint8Array(16).fill(0xc3), executable: true },
      { name: ".rodata", bytes: texts },
      { name: ".data", bytes: list },
      { name: ".gopclntab", bytes: lineTable(0xfffffff1, ["main.main"], [], 0x400080) },
    ];
    new DataView(list.buffer).setBigUint64(0, BigInt((addressesOf(sections)[1] ?? 0) + 26), true);
    new DataView(list.buffer).setBigUint64(8, 13n, true);
    assert.deepEqual(readGo(sections).paths, ["/var/lib/shop"]);
  });

  it("programs that it starts by the names beside the call", () => {
    const code = new Uint8Array(64).fill(0x90);
    const sections = [
      { name: ".text", bytes: code, executable: true },
      { name: ".rodata", bytes: encoded("ffmpegsudono") },
      {
        name: ".gopclntab",
        bytes: lineTable(0xfffffff1, ["main.main", "os/exec.Command", "os.StartProcess"], [], 0x400080),
      },
    ];
    const [text = 0, data = 0] = addressesOf(sections);
    assert.equal(text, 0x400080);
    // After functions of one byte each: lea rax, the text after 6 bytes; mov ebx, 4; call os/exec.Command
    code.set(
      [0x48, 0x8d, 0x05, ...bytesOf(data + 6 - (text + 17)), 0xbb, ...bytesOf(4), 0xe8, ...bytesOf(1 - 27), 0xc3],
      10,
    );
    const { files, starts } = readNativeProgram(PATH, memoryFiles({ [PATH]: elfOf(sections) }));
    assert.deepEqual(starts, ["sudo"]);
    assert.ok(files[0] && shown(files[0]).includes("privileged sudo"));
  });

  it("which version built it of which modules", () => {
    const mark = "0123456789abcdef";
    const modules = `${mark}path\texample.org/shop\nmod\texample.org/shop\t(devel)\t\ndep\tgo.etcd.io/bbolt\tv1.4.0\th1:x\n${mark}`;
    const bytes = new Uint8Array(200);
    bytes.set([0xff, ...encoded(" Go buildinf:"), 8, 2]);
    bytes.set([8, ...encoded("go1.24.4"), modules.length, ...encoded(modules)], 32);
    assert.ok(modules.length < 128);
    const file = readGo([
      { name: ".text", bytes: new Uint8Array(16).fill(0xc3), executable: true },
      { name: ".go.buildinfo", bytes },
      { name: ".gopclntab", bytes: lineTable(0xfffffff1, ["main.main"], [], 0x400080) },
    ]);
    assert.equal(file.compiler, "Go 1.24.4");
    assert.deepEqual(file.modules, ["example.org/shop (devel)", "go.etcd.io/bbolt v1.4.0"]);
  });
});

const bytesOf = (number: number): readonly number[] => [...new Uint8Array(Int32Array.of(number).buffer)];
