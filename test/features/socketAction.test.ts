import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CodeAction, TextDocumentEdit } from "vscode-languageserver-types";
import { socketActions } from "../../server/src/features/socketAction.ts";
import { findingsOf } from "../kit/fixture.ts";
import { MACHINE_VERSION, verify } from "../kit/systemd.ts";
import { open } from "../kit/view.ts";

const URI = "file:///etc/systemd/system/x.service";

/** The actions at the cursor of a fixture. */
function actions(source: string, uri = URI): CodeAction[] {
  const { view, cursor } = open(source);
  return socketActions(view, uri, { start: cursor, end: cursor });
}

/** The text of the file that an action writes. */
function written(action: CodeAction | undefined): string {
  const change = action?.edit?.documentChanges?.[1] as TextDocumentEdit | undefined;
  const [edit] = change?.edits ?? [];
  return edit && "newText" in edit ? edit.newText : "";
}

describe("the action that writes a socket unit", () => {
  it("stands on the port, and creates a file beside the service", () => {
    const [action, ...more] = actions("[Service]\nExecStart=/usr/sbin/x --port 8$00\n".replace("8$00", "$080"));
    assert.deepEqual(more, []);
    assert.equal(
      action?.title,
      "Write x.socket for port 80 (the program must get its socket from systemd, otherwise the port is already in use)",
    );
    const socket = "file:///etc/systemd/system/x.socket";
    assert.deepEqual(action?.edit?.documentChanges?.[0], {
      kind: "create",
      uri: socket,
      options: { overwrite: false, ignoreIfExists: false },
    });
    const change = action?.edit?.documentChanges?.[1] as TextDocumentEdit;
    assert.deepEqual(change.textDocument, { uri: socket, version: null });
    assert.match(written(action), /^\[Socket\]\nListenStream=80\n$/m);
  });

  it("keeps the address of the port", () => {
    const listen = (words: string): string | undefined =>
      /ListenStream=(.*)/.exec(written(actions(`[Service]\nExecStart=/usr/sbin/x ${words}\n`)[0]))?.[1];
    assert.equal(listen("--listen $0127.0.0.1:80"), "127.0.0.1:80");
    assert.equal(listen("--listen=$0localhost:443"), "127.0.0.1:443");
    assert.equal(listen("--listen $0[::1]:80"), "[::1]:80");
    assert.equal(listen("--listen $00.0.0.0:80"), "80");
  });

  it("is not there off the port, for datagrams, other users, templates, and files that are no services", () => {
    for (const source of [
      "[Service]\nExec$0Start=/usr/sbin/x --port 80\n",
      "[Service]\nExecStart=/usr/sbin/x --port $053\n",
      "[Service]\nExecStart=/usr/sbin/x --port $08080\n",
      "[Service]\nExecStart=/usr/sbin/x udp:$080\n",
      "[Service]\nUser=x\nExecStart=/usr/sbin/x --port $080\n",
    ])
      assert.deepEqual(actions(source), [], source);
    const source = "[Service]\nExecStart=/usr/sbin/x --port $080\n";
    assert.deepEqual(actions(source, "file:///etc/systemd/system/x@.service"), []);
    assert.deepEqual(actions(source, "untitled:Untitled-1"), []);
  });

  it("writes a socket that has no finding and that systemd takes", () => {
    const service = "[Service]\nExecStart=/bin/true --port 80\n";
    const text = written(actions(service.replace("80", "$080"))[0]);
    assert.deepEqual(findingsOf(text, "x.socket"), []);
    if (MACHINE_VERSION !== undefined)
      assert.deepEqual(
        verify("x.socket", { "x.service": service, "x.socket": text }).filter((it) => it !== ""),
        [],
      );
  });
});
