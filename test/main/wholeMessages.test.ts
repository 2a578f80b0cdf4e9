import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { setTimeout } from "node:timers/promises";
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
  it("go out whole, and together what is written at the same time", async () => {
    const { stream, sent } = sink();
    joinMessages(stream);
    const writer = new StreamMessageWriter(stream);
    const messages = ["ä", "b".repeat(100_000)].map((method) => ({ jsonrpc: "2.0", method }));
    await Promise.all(messages.map((it) => writer.write(it)));
    await setTimeout(20);
    const whole = messages.map((it) => JSON.stringify(it));
    assert.deepEqual(sent, [whole.map((it) => `Content-Length: ${Buffer.byteLength(it)}\r\n\r\n${it}`).join("")]);
    await writer.write({ jsonrpc: "2.0" });
    await setTimeout(20);
    assert.equal(sent[1], 'Content-Length: 17\r\n\r\n{"jsonrpc":"2.0"}');
  });

  it("are told of once they are sent", async () => {
    const { stream } = sink();
    let count = 0;
    joinMessages(stream, () => count++);
    stream.write("a");
    stream.write("b");
    assert.equal(count, 0);
    await setTimeout(20);
    assert.equal(count, 1);
  });

  it("leave alone what is none", async () => {
    const { stream, sent } = sink();
    joinMessages(stream);
    let done = 0;
    stream.write("a", () => done++);
    stream.write(Buffer.from("b"), () => done++);
    assert.equal(done, 2);
    await setTimeout(20);
    assert.deepEqual(sent, ["ab"]);
    stream.end();
  });

  it("are not lost where the process ends before they are sent", () => {
    const { stream, sent } = sink();
    const flush = joinMessages(stream);
    stream.write("Content-Length: 1\r\n\r\n");
    stream.write("a");
    assert.deepEqual(sent, []);
    flush();
    assert.deepEqual(sent, ["Content-Length: 1\r\n\r\na"]);
    flush();
    assert.equal(sent.length, 1);
  });
});
