import assert from "node:assert/strict";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { listFiles, PackageManager } from "@vscode/vsce";
import { unzipSync, zipSync } from "fflate";
import { after, before, describe, it } from "mocha";
import { stageExtension } from "../../build/extension.ts";
import { gzippedTightly, packedTightly } from "../../build/packTightly.ts";
import { built } from "../kit/built.ts";
import { itWith, printed } from "../kit/programs.ts";
import { expectSnapshot } from "../kit/snapshot.ts";
import { packageQuietly } from "../kit/vsix.ts";

describe("package", () => {
  let folder: string;
  before(async function () {
    this.timeout(300_000);
    await built();
    folder = mkdtempSync(join(tmpdir(), "unit-warden-package-"));
    await stageExtension(folder);
  });
  after(() => rmSync(folder, { recursive: true }));

  it("holds what a reader needs, and nothing else", async () => {
    // The manual is in it where the machine that builds has one.
    const files = (await listFiles({ cwd: folder, packageManager: PackageManager.None })).filter(
      (it) => it !== "dist/manual.pages",
    );
    expectSnapshot("package", `# Files in the package\n\n${files.sort().join("\n")}\n`);
  });

  it("is taken by vsce and has less than 2 MB once it is packed tightly, which saves a thirtieth", async () => {
    const packagePath = join(folder, "x.vsix");
    await packageQuietly(folder, packagePath);
    assert.ok(statSync(packagePath).size < 2_065_000, `${statSync(packagePath).size} bytes`);
    rmSync(packagePath);
  });

  it("has the same bytes whenever, wherever and by whomever it is made", async () => {
    const one = join(folder, "one.vsix");
    await packageQuietly(folder, one);
    const bytes = readFileSync(one);
    rmSync(one);
    for (const it of readdirSync(folder, { recursive: true, encoding: "utf8" })) utimesSync(join(folder, it), 1, 1);
    const { TZ } = process.env;
    try {
      process.env.TZ = "Pacific/Kiritimati";
      await packageQuietly(folder, one);
    } finally {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    }
    assert.ok(bytes.equals(readFileSync(one)));
    rmSync(one);
  });

  it("has files of one mode, whatever those of the project have", async () => {
    const before = statSync("README.md").mode;
    const other = mkdtempSync(join(tmpdir(), "unit-warden-package-"));
    try {
      chmodSync("LICENSE", 0o600);
      await stageExtension(other);
      assert.equal(statSync(join(other, "LICENSE")).mode & 0o777, 0o644);
    } finally {
      chmodSync("LICENSE", before);
      rmSync(other, { recursive: true });
    }
  });

  it("says where the project is, where the manifest names a repository", async () => {
    const other = join(dirname(folder), `${basename(folder)}-repository`);
    try {
      await stageExtension(other, { repository: { url: "git+https://github.com/o/r.git" } });
      await packageQuietly(other, join(other, "x.vsix"));
      const { homepage, bugs } = JSON.parse(readFileSync(join(other, "package.json"), "utf8"));
      assert.deepEqual([homepage, bugs.url], ["https://github.com/o/r", "https://github.com/o/r/issues"]);
      const readme = readFileSync(join(other, "README.md"), "utf8");
      const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map((it) => it[1] ?? "");
      assert.ok(pictures.length > 0);
      for (const it of pictures) assert.match(it, /^https:\/\/github\.com\/o\/r\/raw\/HEAD\/docs\/[\w-]+\.png$/);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });

  it("has the core once", () => {
    const bytes = (name: string): number => statSync(join(folder, "dist", name)).size;
    assert.ok(bytes("unit-warden.js") > 1_000_000);
    for (const name of ["cli.js", "server.js"]) assert.ok(bytes(name) < 6000, name);
  });

  it("has a core that is the same in ASCII, Latin-1 and UTF-8", () => {
    const core = readFileSync(join(folder, "dist/unit-warden.js"));
    assert.equal(core.toString("latin1"), core.toString());
  });

  it("has a page without links or pictures that VS Code would not open", () => {
    for (const name of ["README.md", "CHANGELOG.md"]) {
      const text = readFileSync(join(folder, name), "utf8").replace(/```.*?```|`[^`\n]*`/gs, "");
      const targets = [...text.matchAll(/\]\(([^)]*)\)/g)].map((it) => it[1] ?? "");
      for (const it of targets) assert.match(it, /^(?:https:\/\/|#)/, name);
    }
  });
});

/** What another reader finds in a zip file, whose sums of contents it checks. */
const LISTING = `
import sys, zipfile
zip = zipfile.ZipFile(sys.argv[1])
assert zip.testzip() is None
for it in zip.infolist(): print(it.filename, oct(it.external_attr >> 16), "-".join(map(str, it.date_time[:3])))`;

describe("package: packed tightly", () => {
  itWith("python3", "has the same files in the same order, of one mode and time, and fewer bytes", async () => {
    const texts = [readFileSync("README.md"), readFileSync("docs/icon.png"), Buffer.from(""), Buffer.from("x")];
    const plain = zipSync(Object.fromEntries(texts.map((it, i) => [`a/${4 - i}.txt`, it])), { level: 9 });
    const tight = await packedTightly(plain);
    assert.deepEqual(Object.entries(unzipSync(tight)), Object.entries(unzipSync(plain)));
    assert.ok(tight.length < plain.length, `${tight.length} instead of ${plain.length} bytes`);
    assert.deepEqual(await packedTightly(plain), tight);
    const folder = mkdtempSync(join(tmpdir(), "unit-warden-zip-"));
    try {
      const path = join(folder, "x.zip");
      writeFileSync(path, tight);
      const listed = printed("python3", ["-c", LISTING, path]);
      assert.equal(listed, [4, 3, 2, 1].map((it) => `a/${it}.txt 0o100644 1980-1-1\n`).join(""));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("package: gzip packed tightly", () => {
  it("has the same contents in fewer bytes, the same each time", async () => {
    const text = readFileSync("README.md");
    const [plain, tight] = [gzipSync(text, { level: 9 }), await gzippedTightly(gzipSync(text))];
    assert.ok(gunzipSync(tight).equals(text));
    assert.ok(tight.length < plain.length, `${tight.length} instead of ${plain.length} bytes`);
    assert.deepEqual(await gzippedTightly(plain), tight);
  });

  it("leaves errors of the process to those who handle them", async () => {
    const before = process.listenerCount("uncaughtException");
    await gzippedTightly(gzipSync("x"));
    assert.equal(process.listenerCount("uncaughtException"), before);
  });
});

describe("manifest: gallery", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8"));

  it("says where the extension belongs, with as many words as a gallery takes", () => {
    assert.deepEqual(manifest.categories, ["Programming Languages", "Linters", "Formatters", "Snippets"]);
    assert.ok(manifest.keywords.length <= 30);
    assert.deepEqual([...new Set(manifest.keywords)], manifest.keywords);
    for (const word of ["linux", "timer", "socket", "sandbox", "systemd-analyze"])
      assert.ok(manifest.keywords.includes(word), word);
    assert.match(manifest.galleryBanner.color, /^#[0-9a-f]{6}$/);
  });

  it("leaves to the repository what follows from its address", () => {
    for (const key of ["homepage", "bugs", "qna", "sponsor"]) assert.equal(manifest[key], undefined, key);
  });

  it("has an icon and pictures of a fair size", () => {
    const pictures = ["editor", "report", "world", "references"].map((it) => `docs/${it}.png`);
    for (const it of pictures) assert.ok(statSync(it).size <= 80_000, `${it}: pngquant makes it smaller`);
    const icon = readFileSync(manifest.icon);
    assert.deepEqual([icon.readUInt32BE(16), icon.readUInt32BE(20)], [256, 256]);
  });
});
