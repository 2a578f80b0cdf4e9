import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync, gzipSync, inflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, it } from "mocha";
import { loadManual, manualFolders } from "../../server/src/main/manualPages.ts";
import { readBundle, readUnpackedBundle, writeBundle } from "../../server/src/manual/bundle.ts";
import { type Manual, manualOf } from "../../server/src/manual/manual.ts";
import { openPage } from "../../server/src/manual/source.ts";
import { entry, page, source } from "./kit.ts";

const UNIT = page(entry("\\fIOwn=\\fR", "own"), "", "systemd.unit");

const pack = (text: Uint8Array, dictionary: Uint8Array): Uint8Array => deflateRawSync(text, { dictionary });
const unpack = (page: Uint8Array, dictionary: Uint8Array): Uint8Array => inflateRawSync(page, { dictionary });

describe("manual: pages of the machine", () => {
  let folder: string;
  let lines: string[];
  const load = (...more: readonly string[]): Promise<Manual | undefined> =>
    loadManual({ folders: [...more, folder], log: (it) => lines.push(it.replace(folder, "DIR")) });
  const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, "man5", name), content);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unit-warden-"));
    lines = [];
    mkdirSync(join(folder, "man5"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are read plain and compressed, with all their names", async () => {
    put("systemd.unit.5.gz", gzipSync(UNIT));
    put("systemd.exec.5", page(entry("\\fIOther=\\fR", "other"), "", "systemd.exec"));
    put("passwd.5", "another program's");
    const manual = await load("/nowhere");
    assert.deepEqual([manual?.pages, manual?.version, lines], [["systemd.exec(5)", "systemd.unit(5)"], 300, []]);
    assert.equal(manual?.entry("systemd.unit", "Unit", "Own")?.anchor, "Own=");
  });

  it("are not there without systemd's", async () => {
    put("passwd.5", "another program's");
    assert.equal(await load(), undefined);
    assert.equal(
      await loadManual({ folders: ["/nowhere"], bundle: () => readFile("/nowhere/it"), log: assert.fail }),
      undefined,
    );
  });

  it("that are broken or foreign are passed over with one line each", async () => {
    put("systemd.unit.5.gz", gzipSync(UNIT));
    put("systemd.cut.5.gz", gzipSync(UNIT).subarray(0, 90));
    put("systemd.mdoc.5", ".Dd $Mdocdate$\n.Dt OWN 5\n");
    put("systemd.other.5", '.TH "OTHER" "5" "" "coreutils 9" "other"\n.SH "NAME"\nother \\- x\n');
    put("systemd.german.5", UNIT.replace('"NAME"', '"BEZEICHNUNG"'));
    put("systemd.big.5", UNIT + "x\n".repeat(5_000_000));
    put("systemd.bomb.5.gz", gzipSync(UNIT + "x\n".repeat(5_000_000)));
    put("systemd.bytes.5", new Uint8Array([0xff, 0xfe, 0, 0x80, 10]));
    mkdirSync(join(folder, "man5", "systemd.folder.5"));
    const manual = await load();
    assert.deepEqual(manual?.pages, ["systemd.unit(5)"]);
    assert.deepEqual(
      lines.map((it) => it.replace(/^DIR\/man5\/(\S+) is ignored: .+$/, "$1")).sort(),
      ["big.5", "bomb.5.gz", "bytes.5", "cut.5.gz", "folder.5", "german.5", "mdoc.5", "other.5"].map(
        (it) => `systemd.${it}`,
      ),
    );
  });

  it("come from the data file where no folder has them", async () => {
    const bundle = async () => new Uint8Array(writeBundle([source(UNIT)], pack));
    const manual = await loadManual({ folders: [folder], bundle, log: assert.fail });
    assert.equal(manual?.entry("systemd.unit", "Unit", "Own")?.anchor, "Own=");
    const broken = async () => new Uint8Array(Buffer.from("broken"));
    assert.equal(await loadManual({ folders: [], bundle: broken, log: (it) => lines.push(it) }), undefined);
    assert.equal(lines.length, 1);
  });

  it("are looked for where MANPATH says first", () => {
    assert.deepEqual(manualFolders({ MANPATH: "/own:/usr/share/man:" }).slice(0, 3), [
      ...["/own", "/usr/share/man", "/usr/local/share/man"],
    ]);
    assert.ok(manualFolders({}).includes("/run/current-system/sw/share/man"));
  });
});

describe("manual: data file", () => {
  it("says what it is and gives the pages back", async () => {
    const exec = page(entry("\\fIOther=\\fR", "„other“"), "", "systemd.exec");
    const data = new Uint8Array(writeBundle([source(UNIT), source(exec)], pack));
    assert.match(Buffer.from(data).toString(), /LGPL-2\.1-or-later/);
    const read = readBundle(data, unpack).map((it) => ({ ...it }));
    assert.deepEqual(await readUnpackedBundle(data), read);
    assert.deepEqual(
      read.map(({ name, version, roff }) => `${name} ${version} ${roff.includes("„other“")}`),
      ["systemd.unit 300 false", "systemd.exec 300 true"],
    );
    assert.ok(!JSON.stringify(read).includes(".nh"));
  });

  it("is smaller by what its pages share, and gives the same pages back, on every platform", async () => {
    const long = entry("\\fIOther=\\fR", Array.from({ length: 3000 }, (_, i) => `${(i * 7919) % 9973} ä`).join(" "));
    const pages = ["systemd.unit", "systemd.exec", "systemd.kill"].map((it) => source(page(long, "", it)));
    const plain = writeBundle(pages, pack);
    for (const typical of [["systemd.exec"], ["systemd.kill", "systemd.unit"], ["systemd.missing"]]) {
      const data = new Uint8Array(writeBundle(pages, pack, typical));
      const read = readBundle(data, unpack).map((it) => ({ ...it }));
      assert.deepEqual(
        read,
        readBundle(new Uint8Array(plain), unpack).map((it) => ({ ...it })),
      );
      assert.deepEqual(await readUnpackedBundle(data), read);
      assert.equal(data.length < plain.length, typical[0] !== "systemd.missing");
    }
  });

  it("is unpacked page by page, each once and not before it is asked for", () => {
    const exec = page(entry("\\fIOther=\\fR", "other"), "", "systemd.exec");
    let unpacked = 0;
    const data = new Uint8Array(writeBundle([source(UNIT), source(exec)], pack, ["systemd.unit"]));
    const manual = manualOf(
      readBundle(data, (it, dictionary) => {
        // The dictionary of all pages is none.
        if (dictionary.length > 0) unpacked++;
        return unpack(it, dictionary);
      }),
    );
    assert.deepEqual(
      [manual.pages, manual.has("systemd.exec"), unpacked],
      [["systemd.unit(5)", "systemd.exec(5)"], true, 0],
    );
    assert.equal(manual.entry("systemd.exec", "Service", "Other")?.anchor, "Other=");
    assert.equal(manual.page("systemd.exec")?.name, "systemd.exec");
    assert.equal(unpacked, 1);
  });

  it("that is something else has no pages, and a page that is broken no text", async () => {
    for (const it of ["", "null\n", "{}\n", '{"pages":1}\n', '{"pages":[null,1,"x"]}\n', "{}"]) {
      const data = new Uint8Array(Buffer.from(it));
      assert.deepEqual([readBundle(data, unpack), await readUnpackedBundle(data)], [[], []]);
    }
    const cut = new Uint8Array(writeBundle([source(UNIT)], pack)).slice(0, -20);
    assert.deepEqual(
      readBundle(cut, unpack).map(({ name, roff }) => [name, roff]),
      [["systemd.unit", ""]],
    );
    assert.deepEqual(await readUnpackedBundle(cut), []);
  });
});

describe("manual: what is no page", () => {
  it("is named", () => {
    assert.match(String(openPage("")), /not a manual page of systemd/);
    assert.match(String(openPage(".so man5/other.5\n")), /not a manual page of systemd/);
    assert.match(String(openPage("x".repeat(10_000_000))), /too long/);
  });
});
