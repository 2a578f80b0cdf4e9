import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { describe, it } from "mocha";
import { StreamMessageWriter } from "vscode-languageserver-protocol/node";
import { joinMessages } from "../../server/src/main/wholeMessages.ts";

/** What goes out at once, each time. */
function sink(): { readonly stream: Writable; readonly sent: string[] } {
  const sent: string[] = [];
  const stream = new Writable({
    writev(chunks, done) {
      sent.push(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)).toString());
      done();
    },
  });
  return { stream, sent };
}

describe("messages to the client", () => {
  it("go out whole, as the library writes them in two parts", async () => {
    const { stream, sent } = sink();
    joinMessages(stream);
    const writer = new StreamMessageWriter(stream);
    const messages = ["ä", "b".repeat(100_000)].map((method) => ({ jsonrpc: "2.0", method }));
    await Promise.all(messages.map((it) => writer.write(it)));
    const whole = messages.map((it) => JSON.stringify(it));
    assert.deepEqual(
      sent,
      whole.map((it) => `Content-Length: ${Buffer.byteLength(it)}\r\n\r\n${it}`),
    );
  });

  it("leave alone what is none", () => {
    const { stream, sent } = sink();
    joinMessages(stream);
    let done = 0;
    stream.write("a", () => done++);
    stream.write(Buffer.from("b"), () => done++);
    assert.deepEqual(sent, ["a", "b"]);
    stream.end();
  });

  it("tell the library of a stream that fails", async () => {
    const stream = new Writable({ write: (_, __, done) => done(new Error("gone")) });
    joinMessages(stream);
    stream.on("error", () => undefined);
    const writer = new StreamMessageWriter(stream);
    await assert.rejects(async () => writer.write({ jsonrpc: "2.0" } as never), /gone/);
  });
});
