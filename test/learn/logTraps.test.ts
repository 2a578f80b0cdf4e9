import { deepEqual, equal } from "node:assert/strict";
import type { Needs } from "../../server/src/learn/needs.ts";
import type { LogContext } from "../../server/src/learn/reader.ts";
import { readNeeds } from "../../server/src/learn/readNeeds.ts";

/** Reads lines without their times as the log of a command of root. */
function needsFrom(lines: readonly string[], context: Partial<LogContext> = {}): Needs {
  const text = lines.map((line, index) => `${line.replace(" ", ` ${1000 + index}.000000 `)}\n`).join("");
  return readNeeds([{ log: "ExecStart", ...context, chunks: [text] }]);
}

describe("a log of strace", () => {
  it("joins calls that other processes interrupt", () => {
    const needs = needsFrom([
      '10 openat(AT_FDCWD</>, "/a", O_RDONLY <unfinished ...>',
      '11 openat(AT_FDCWD</>, "/b", O_RDONLY <unfinished ...>',
      "10 <... openat resumed>) = 3</a>",
      "11 <... openat resumed>) = -1 ENOENT (No such file or directory)",
    ]);
    deepEqual(Object.keys(needs.paths["/a"]?.used ?? {}), ["read"]);
    deepEqual(Object.keys(needs.paths["/b"]?.failed ?? {}), ["ENOENT"]);
    equal(needs.paths["/a"]?.used.read?.at, "ExecStart:1");
    equal(needs.unread.lines, 0);
  });
});
