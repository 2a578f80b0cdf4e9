import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import type { Hover, MarkupContent } from "vscode-languageserver-protocol";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const REFRESHES = { capabilities: { workspace: { codeLens: { refreshSupport: true } } } };

describe("server: what is read after a document was opened", () => {
  let folder = "";
  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "unit-warden-programs-"));
    mkdirSync(join(folder, "x.service.d"));
    writeFileSync(join(folder, "x.service.d/a.conf"), "[Service]\nPrivateNetwork=yes\n");
    writeFileSync(join(folder, "zorb"), "#!/bin/sh\nsudo zorb\n");
    chmodSync(join(folder, "zorb"), 0o755);
  });
  after(() => {
    killLeftovers();
    rmSync(folder, { recursive: true });
  });

  it("is in the first hover as in the second", async () => {
    const client = await LspClient.start();
    const uri = pathToFileURL(join(folder, "x.service")).href;
    await client.open(uri, "[Service]\nExecStart=/bin/true\n");
    const first = await hoverAt(client, uri, 0);
    assert.equal(await hoverAt(client, uri, 0), first);
    assert.match(first, /9\.0/);
    assert.equal(await client.stop(), 0);
  });

  (process.platform === "linux" ? it : it.skip)(
    "is what programs show, which lenses are asked for again for where it takes longer",
    async () => {
      const client = await LspClient.start(REFRESHES);
      let wake = (): void => undefined;
      client.connection.onRequest("workspace/codeLens/refresh", () => {
        wake();
        return null;
      });
      const uri = "file:///etc/systemd/system/that-no-machine-has.service";
      await client.open(uri, `[Service]\nExecStart=${join(folder, "zorb")}\n`);
      for (;;) {
        const refreshed = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const text = await hoverAt(client, uri, 1);
        // Until then what is read of the machine, or of the program, may not be here in time.
        if (/Its files, which are only read:\n- .*zorb:2 starts sudo/.test(text)) break;
        await refreshed;
      }
      const page = await client.request("workspace/executeCommand", {
        command: "unitWarden.programMarkdown",
        arguments: [uri],
      });
      assert.match(String(page), /zorb:2 starts sudo/);
      assert.equal(await client.stop(), 0);
    },
  );
});

async function hoverAt(client: LspClient, uri: string, line: number): Promise<string> {
  const found: Hover | null = await client.request("textDocument/hover", {
    textDocument: { uri },
    position: { line, character: 1 },
  });
  return (found?.contents as MarkupContent | undefined)?.value ?? "";
}
