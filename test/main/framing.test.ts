import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { framing } from "../../server/src/main/framing.ts";

/** What is found to be wrong with a stream that arrives in parts. */
function problemIn(...parts: readonly string[]): string | undefined {
  const follow = framing();
  for (const part of parts) {
    const problem = follow(Buffer.from(part));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const message = (body: string, more = ""): string => `Content-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

describe("headers of messages", () => {
  it("are followed however they are cut into parts", () => {
    const bodies = fc.array(
      fc.oneof(fc.string(), fc.constant("é\r\n\r\nContent-Length: x\r\n\r\n"), fc.constant("x".repeat(20_000))),
      {
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(
        bodies,
        fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1 }),
        fc.boolean(),
        (all, sizes, bad) => {
          const type = "content-type: application/vscode-jsonrpc; charset=utf-8\r\n";
          const stream = Buffer.from(
            all.map((it, i) => message(it, i % 2 === 0 ? type : "")).join("") +
              (bad ? "Content-Length: -1\r\n\r\n" : ""),
          );
          const follow = framing();
          const found: string[] = [];
          for (let at = 0, i = 0; at < stream.length && found.length === 0; i++) {
            const size = sizes[i % sizes.length] ?? 1;
            const problem = follow(stream.subarray(at, at + size));
            if (problem !== undefined) found.push(problem);
            at += size;
          }
          assert.deepEqual(found, bad ? ['Content-Length is "-1" instead of a number of bytes'] : []);
        },
      ),
    );
  });

  it("that cannot be read are named", () => {
    assert.match(problemIn("Content-Length: abc\r\n\r\n{}") ?? "", /^Content-Length is "abc" instead of/);
    assert.match(problemIn("Content-Length: 12x\r\n\r\n{}") ?? "", /"12x"/);
    assert.match(problemIn("Content-Length:\r\n\r\n{}") ?? "", /^Content-Length is ""/);
    assert.match(problemIn("Content-Length: 99999999999999\r\n\r\n") ?? "", /which is more than \d+ bytes$/);
    const twice = "Content-Length: 2\r\ncontent-length: 1\r\n\r\n{}";
    assert.match(problemIn(twice) ?? "", /has two Content-Lengths: "Content-Length: 2\\r/);
    assert.equal(problemIn(twice.replace("1", "2"), message("{}")), undefined);
    assert.match(problemIn("Content-Type: x\r\n\r\n") ?? "", /has no Content-Length/);
    assert.match(problemIn("GET / HTTP/1.1\r\n\r\n") ?? "", /without a colon: "GET/);
    assert.match(problemIn(message("{}"), "\r\n\r\n") ?? "", /without a colon/);
    assert.match(problemIn("\u001b[31mX\r\n\r\n") ?? "", /^[^\u001b]*$/);
    assert.match(problemIn(...("x".repeat(9_000).match(/.{1,1000}/g) ?? [])) ?? "", /longer than \d+ bytes$/);
    assert.match(problemIn("x".repeat(100_000)) ?? "", /longer than \d+ bytes$/);
  });

  it("may be those of an empty message", () => {
    assert.equal(problemIn("Content-Length: 0\r\n\r\n", message("{}")), undefined);
  });
});
