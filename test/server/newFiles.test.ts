import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { describe, it } from "mocha";
import type { FileAccess } from "../../server/src/server/fileAccess.ts";
import { inProcess } from "../kit/inProcess.ts";
import { memoryFiles } from "../kit/memoryFiles.ts";

const FILES = 600;
const NEW = Array.from({ length: FILES }, (_, i) => `file:///work/new${i}.service`);

/** Files that are read after some turns, as those of a disk are. */
function slowly(texts: Readonly<Record<string, string>>): FileAccess {
  const files = memoryFiles(texts);
  return {
    ...files,
    async read(uri) {
      for (let turn = 0; turn < 20; turn++) await setImmediate();
      return files.read(uri);
    },
  };
}

describe("files that come while a workspace is open", () => {
  for (const [what, size] of [
    ["in one message", FILES],
    ["in many", 50],
  ] as const)
    it(`are among the symbols that are asked for next, ${what}`, async () => {
      const texts: Record<string, string> = { "file:///work/old.service": "[Unit]\n" };
      const client = inProcess(slowly(texts));
      client.listen();
      const capabilities = { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };
      await client.sendRequest("initialize", { processId: null, rootUri: "file:///work", capabilities });
      await client.sendNotification("initialized", {});
      await client.sendNotification("textDocument/didOpen", {
        textDocument: { uri: "file:///work/old.service", languageId: "systemd", version: 1, text: "[Unit]\n" },
      });
      const symbols = async (query: string): Promise<readonly string[]> =>
        (await client.sendRequest<readonly { readonly name: string }[]>("workspace/symbol", { query })).map(
          (it) => it.name,
        );
      assert.deepEqual(await symbols("service"), ["old.service"]);
      for (const it of NEW) texts[it] = "[Unit]\n";
      for (let i = 0; i < FILES; i += size)
        await client.sendNotification("workspace/didChangeWatchedFiles", {
          changes: NEW.slice(i, i + size).map((uri) => ({ uri, type: 1 })),
        });
      const [first, last] = await Promise.all([symbols("new0.service"), symbols(`new${FILES - 1}.service`)]);
      assert.deepEqual([first[0], last[0]], ["new0.service", `new${FILES - 1}.service`]);
      client.dispose();
    });
});
