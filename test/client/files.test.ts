import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { LIST_FOLDER_REQUEST, LONGEST_FILE, READ_FILE_REQUEST } from "../../server/src/server/protocol.ts";
import { type Content, editorFiles } from "../kit/editorFiles.ts";

const ROOT = "memfs://box/work";

/** Asks the client of an editor with these files, below the folder that is open. */
async function asked(method: string, path: string, files: Readonly<Record<string, Content>>): Promise<unknown> {
  const named = Object.entries(files).map(([name, content]) => [`${ROOT}/${name}`, content] as const);
  const answers = await editorFiles(Object.fromEntries(named), [ROOT]);
  return answers[method]?.({ uri: path.includes(":") ? path : `${ROOT}/${path}` });
}

describe("client: files for the server", () => {
  it("gives one character for each byte, also for long files", async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 256);
    const text = await asked(READ_FILE_REQUEST, "a.service", { "a.service": bytes });
    assert.equal(text, Buffer.from(bytes).toString("latin1"));
    assert.equal(await asked(READ_FILE_REQUEST, "a.service", { "a.service": "" }), "");
  });

  it("gives nothing for what is not there, fails or is too long", async () => {
    const files = { "bad.service": "fails", "long.service": { size: LONGEST_FILE + 1 } } as const;
    for (const name of ["none.service", "bad.service", "long.service"])
      assert.equal(await asked(READ_FILE_REQUEST, name, files), null);
    assert.equal(await asked(LIST_FOLDER_REQUEST, "none", files), null);
  });

  it("lists files, folders and links", async () => {
    const files = { "a.service": "", "a.service.d/x.conf": "", "b.service": { link: `${ROOT}/a.service` } };
    assert.deepEqual(await asked(LIST_FOLDER_REQUEST, ROOT, files), [
      { name: "a.service", folder: false },
      { name: "a.service.d", folder: true },
      { name: "b.service", folder: false, link: true },
    ]);
  });

  it("reads only where the reader has something open", async () => {
    const other = "memfs://other/a.service";
    const files = { [other]: "[Unit]\n", "git://box/a.service": "[Unit]\n" };
    const closed = await editorFiles(files, [ROOT]);
    for (const uri of Object.keys(files)) assert.equal(await closed[READ_FILE_REQUEST]?.({ uri }), null);
    const open = await editorFiles(files, [], ["memfs://Other/b.service"]);
    assert.equal(await open[READ_FILE_REQUEST]?.({ uri: other }), "[Unit]\n");
  });
});
