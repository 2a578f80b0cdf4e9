import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

describe("folders of the workspace", () => {
  const top = mkdtempSync(join(tmpdir(), "unit-warden-folders-"));
  const folder = (name: string) => ({ name, uri: pathToFileURL(join(top, name)).href });
  before(async () => {
    await built();
    for (const name of ["one", "two"]) {
      mkdirSync(join(top, name));
      writeFileSync(join(top, name, `of-${name}.service`), "[Service]\nExecStart=/bin/true\n");
    }
  });
  after(() => {
    killLeftovers();
    rmSync(top, { recursive: true });
  });

  it("are known as long as they are open", async () => {
    const capabilities = { workspace: { workspaceFolders: true } };
    const client = await LspClient.start({ capabilities, folder: folder("one").uri });
    const units = async (): Promise<string[]> => {
      const found = await client.request<readonly { name: string }[]>("workspace/symbol", { query: "of-" });
      return found
        .map((it) => it.name)
        .filter((it) => it.startsWith("of-"))
        .sort();
    };
    const change = (event: object): Promise<void> => client.notify("workspace/didChangeWorkspaceFolders", { event });
    assert.deepEqual(await units(), ["of-one.service"]);
    await change({ added: [folder("two")], removed: [] });
    assert.deepEqual(await units(), ["of-one.service", "of-two.service"]);
    await change({ added: [], removed: [folder("one")] });
    assert.deepEqual(await units(), ["of-two.service"]);
    assert.equal(await client.stop(), 0);
  });
});
