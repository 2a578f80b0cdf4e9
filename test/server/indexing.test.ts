import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NO_FILES } from "../../server/src/server/fileAccess.ts";
import { Indexing } from "../../server/src/server/indexing.ts";
import { parse } from "../../server/src/syntax/parse.ts";
import type { UnitFile } from "../../server/src/syntax/tree.ts";
import { dropInsOf, fragmentOf, referencesTo } from "../../server/src/units/index/lookup.ts";
import type { UnitIndex } from "../../server/src/units/index/unitIndex.ts";
import { memoryFiles } from "../kit/memoryFiles.ts";

const ROOT = "file:///work";

/** An index over files that can be changed; paths are below the workspace or on the machine. */
function indexingOf(
  texts: Record<string, string>,
  open: Record<string, string> = {},
  trusted = true,
  links: Readonly<Record<string, string>> = {},
  root = ROOT,
) {
  const uris = (): Record<string, string> =>
    Object.fromEntries(Object.entries(texts).map(([path, text]) => [`file://${path}`, text]));
  const asked: string[] = [];
  const shown: string[] = [];
  let time = 0;
  const indexing = new Indexing({
    files: {
      ...NO_FILES,
      machine: true,
      reach: () => "near",
      read: (uri) => memoryFiles(uris(), asked).read(uri),
      list: (folder) => memoryFiles(uris(), asked, links).list(folder),
      linkTarget: (uri) => memoryFiles(uris(), asked, links).linkTarget(uri),
      realPath: (uri) => memoryFiles(uris(), asked, links).realPath(uri),
    },
    roots: () => [root],
    trusted: () => trusted,
    open: (uri): UnitFile | undefined => {
      const text = open[uri];
      return text === undefined ? undefined : parse(text);
    },
    now: () => time,
    progress: {
      during(title, work) {
        shown.push(title);
        return work(() => undefined);
      },
    },
  });
  const pass = (milliseconds: number): void => {
    time += milliseconds;
  };
  return { indexing, asked, shown, pass };
}

describe("the index of a workspace", () => {
  it("answers with all files that were told of before it was asked, in one message or in many", async () => {
    const texts: Record<string, string> = { "/work/a.service": "[Unit]\n" };
    const { indexing } = indexingOf(texts);
    await indexing.ready();
    const names = Array.from({ length: 600 }, (_, i) => `/work/new${i}.service`);
    for (const it of names) texts[it] = "[Unit]\n";
    const done = names.slice(300).map((it) => indexing.changed([`file://${it}`]));
    void indexing.changed(names.slice(0, 300).map((it) => `file://${it}`));
    const index = await indexing.ready();
    assert.equal(index.files.size, 601);
    await Promise.all(done);
    delete texts["/work/new7.service"];
    void indexing.changed(["file:///work/new7.service"]);
    assert.equal((await indexing.ready()).files.size, 600);
  });

  it("answers after a message about no files at all", async () => {
    const { indexing } = indexingOf({ "/work/a.service": "[Unit]\n" });
    await indexing.changed([]);
    assert.equal((await indexing.ready()).files.size, 1);
    await indexing.caughtUp();
  });

  it("reads nothing before someone asks", () => {
    const { asked } = indexingOf({ "/work/a.service": "[Unit]\n" });
    assert.deepEqual(asked, []);
  });

  it("has what lies around a document that is opened while it reads", async () => {
    const texts: Record<string, string> = { "/usr/lib/systemd/system/m.service": "[Unit]\n" };
    for (const folder of ["one", "two"])
      texts[`/srv/${folder}/same.service`] = `[Unit]\nDescription=Number ${folder}\n`;
    const { indexing, asked } = indexingOf(texts);
    indexing.opened("file:///srv/one/a.service", false);
    const first = indexing.ready();
    // The folders of documents were read then.
    while (!asked.some((it) => it.startsWith("file:///etc/"))) await Promise.resolve();
    indexing.opened("file:///srv/two/a.service", false);
    const index = await indexing.ready();
    assert.equal(fragmentOf(index, "same.service", "/srv/two/a.service")?.settings.Description, "Number two");
    await first;
  });

  it("looks around a file outside of the workspace, and no deeper than its units go", async () => {
    for (const folder of ["", "/home/someone"]) {
      const { indexing, asked } = indexingOf({
        [`${folder}/a.service`]: "[Unit]\nWants=b.service\n",
        [`${folder}/a.service.d/x.conf`]: "[Unit]\nAfter=b.service\n",
        [`${folder}/src/b.service`]: "[Unit]\n",
      });
      indexing.opened(`file://${folder}/a.service`, false);
      const index = await indexing.ready();
      assert.deepEqual(
        dropInsOf(index, "a.service", `${folder}/a.service`).map((it) => it.placed.path),
        [`${folder}/a.service.d/x.conf`],
      );
      assert.equal(fragmentOf(index, "b.service", `${folder}/a.service`), undefined);
      assert.ok(
        asked.every((it) => !it.includes(`${folder}/src`)),
        asked.join(" "),
      );
    }
  });

  it("knows the workspace and the machine, the nearer first", async () => {
    const { indexing } = indexingOf({
      "/work/pkg/a.service": "[Unit]\nWants=b.service\n",
      "/work/pkg/a.service.d/x.conf": "[Unit]\nAfter=b.service\n",
      "/work/node_modules/m/c.service": "[Unit]\n",
      "/usr/lib/systemd/system/b.service": "[Unit]\n",
      "/usr/lib/systemd/system/a.service": "[Unit]\n",
    });
    const index = await indexing.ready();
    const near = "/work/pkg/a.service";
    assert.equal(fragmentOf(index, "a.service", near)?.placed.path, near);
    assert.equal(fragmentOf(index, "b.service", near)?.placed.path, "/usr/lib/systemd/system/b.service");
    assert.equal(fragmentOf(index, "c.service", near), undefined);
    assert.deepEqual(
      dropInsOf(index, "a.service", near).map((it) => it.placed.path),
      ["/work/pkg/a.service.d/x.conf"],
    );
    assert.deepEqual(
      referencesTo(index, "b.service", near).map(({ path, directive }) => `${path} ${directive}`),
      ["/work/pkg/a.service Wants", "/work/pkg/a.service.d/x.conf After"],
    );
  });

  it("leaves the machine alone where it is not trusted", async () => {
    const { indexing } = indexingOf({ "/usr/lib/systemd/system/b.service": "[Unit]\n" }, {}, false);
    assert.equal((await indexing.ready()).files.size, 0);
  });

  it("counts what is open with its current text, saved or not", async () => {
    const open: Record<string, string> = {};
    const { indexing } = indexingOf({ "/work/a.service": "[Unit]\nWants=b.service\n" }, open);
    await indexing.ready();
    open["file:///work/a.service"] = "[Unit]\nWants=c.service\n";
    open["file:///work/new.service"] = "[Unit]\nWants=c.service\n";
    for (const uri of Object.keys(open)) indexing.edited(uri);
    const paths = (name: string) => referencesTo(indexing.current(), name, "/work/a.service").map((it) => it.path);
    assert.deepEqual(paths("c.service"), ["/work/a.service", "/work/new.service"]);
    assert.deepEqual(paths("b.service"), []);
    for (const uri of Object.keys(open)) delete open[uri];
    await indexing.changed(["file:///work/a.service", "file:///work/new.service"]);
    assert.deepEqual(paths("b.service"), ["/work/a.service"]);
    assert.deepEqual(paths("c.service"), []);
  });

  it("stays the very same for those who do not ask for places, until a name changes", async () => {
    const uri = "file:///work/a.service";
    const open = { [uri]: "[Unit]\nAfter=b.service\n" };
    const { indexing } = indexingOf({ "/work/a.service": "[Unit]\n", "/work/b.service": "[Unit]\n" }, open);
    indexing.edited(uri);
    await indexing.ready();
    const before = indexing.sayings();
    open[uri] = "# more\n[Unit]\nAfter=b.service\n";
    indexing.edited(uri);
    assert.equal(indexing.sayings(), before);
    const lineIn = (index: UnitIndex) => referencesTo(index, "b.service", "/work/a.service")[0]?.mention?.line;
    assert.deepEqual([lineIn(before), lineIn(indexing.current())], [1, 2]);
    open[uri] = "[Unit]\nAfter=c.service\n";
    indexing.edited(uri);
    const after = indexing.sayings();
    assert.equal(referencesTo(after, "b.service", "/work/a.service").length, 0);
    assert.equal(indexing.current(), after);
  });

  it("follows files that come and go, alone or with their folder", async () => {
    const texts: Record<string, string> = { "/work/a.service": "[Unit]\n" };
    const { indexing } = indexingOf(texts);
    await indexing.ready();
    texts["/work/sub/b.service"] = "[Unit]\n";
    await indexing.changed(["file:///work/sub"]);
    assert.deepEqual([...indexing.current().files.keys()], ["/work/a.service", "/work/sub/b.service"]);
    delete texts["/work/a.service"];
    delete texts["/work/sub/b.service"];
    await indexing.changed(["file:///work/a.service", "file:///work/sub"]);
    assert.equal(indexing.current().files.size, 0);
    assert.equal(indexing.current().trees.size, 0);
  });

  it("shows that it reads, but not each time it looks whether something has changed", async () => {
    const { indexing, shown, pass } = indexingOf({ "/work/a.service": "[Unit]\n" });
    await indexing.ready();
    assert.deepEqual(shown, ["Reading unit files"]);
    pass(100_000);
    await indexing.ready();
    assert.equal(shown.length, 1);
  });

  it("looks at the machine anew after a while", async () => {
    const texts: Record<string, string> = {};
    const { indexing, pass } = indexingOf(texts);
    await indexing.ready();
    texts["/etc/systemd/system/b.service"] = "[Unit]\n";
    assert.equal((await indexing.ready()).files.size, 0);
    pass(61_000);
    assert.equal((await indexing.ready()).files.size, 1);
  });

  it("looks around a document outside of the workspace", async () => {
    const { indexing } = indexingOf({
      "/other/usr/lib/systemd/system/a.service": "[Unit]\n",
      "/other/etc/systemd/system/a.service.d/x.conf": "[Unit]\n",
    });
    indexing.opened("file:///other/usr/lib/systemd/system/a.service", false);
    assert.equal((await indexing.ready()).files.size, 2);
  });
});
