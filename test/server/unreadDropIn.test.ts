import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { DocumentDiagnosticReport } from "vscode-languageserver-protocol/node";
import { NO_FILES } from "../../server/src/server/fileAccess.ts";
import { inProcess } from "../kit/inProcess.ts";

/** The codes that an editor is told of a text under a path. */
async function codesOf(path: string, text: string): Promise<readonly unknown[]> {
  const client = inProcess(NO_FILES);
  client.listen();
  const uri = `file:///u/${path}`;
  try {
    await client.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      capabilities: { textDocument: { diagnostic: {} } },
    });
    await client.sendNotification("initialized", {});
    await client.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "systemd", version: 1, text },
    });
    const report = await client.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
      textDocument: { uri },
    });
    return report.kind === "full" ? report.items.map((it) => it.code) : [];
  } finally {
    client.dispose();
  }
}

describe("server: drop-ins that systemd does not read", () => {
  it("are told by their folder and name", async () => {
    for (const name of ["override", "10-local.ini"])
      assert.deepEqual(await codesOf(`app.service.d/${name}`, "[Service]\nNice=1\n"), ["syntax/unread-drop-in"], name);
  });

  it("are no others", async () => {
    for (const [path, text] of [
      ["app.service.d/override.conf", "[Service]\nNice=1\n"],
      ["app.service.d/override", "How to use it\n"],
      ["app.service.d/override.conf.bak", "[Service]\nNice=1\n"],
    ] as const)
      assert.ok(!(await codesOf(path, text)).includes("syntax/unread-drop-in"), path);
  });
});
