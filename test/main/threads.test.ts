import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { describe, it } from "mocha";
import type { Batch } from "../../server/src/cli/batch.ts";
import type { InputFile } from "../../server/src/cli/files.ts";
import { ending } from "../../server/src/cli/outcome.ts";
import { type BatchPlace, finishBatch } from "../../server/src/main/batches.ts";

const COUNT = 1000;

/** A batch that says which file it did; without threads it does so itself. */
function batchOf(count: number): Batch {
  const files = Array.from(
    { length: count },
    (_, i): InputFile => ({ path: `${i}.service`, unit: undefined, kind: "service" }),
  );
  return {
    find: () => ({ files, problems: [] }),
    work(file) {
      if (file.path === "7.service") throw new Error("no such luck");
      return `${file.path}\n`;
    },
    printer: () => ({
      as: "report",
      add: (result) => String(result),
      end: (problems) => ending("end\n", problems, false),
    }),
  };
}

/** A thread that does as the batch does, the second one slower than the first. */
const WORKING = `
const { parentPort, threadId } = require("node:worker_threads");
parentPort.on("message", ({ at, files }) => {
  const attempts = files.map(({ path }) =>
    path === "7.service" ? { problem: path + ": no such luck" } : { result: path + "\\n" });
  setTimeout(() => parentPort.postMessage({ at, attempts }), (threadId % 2) * 5);
});`;

interface Finished {
  readonly text: string;
  readonly messages: readonly string[];
  readonly status: number;
  readonly progress: readonly number[];
}

async function finished(threads: number, code = WORKING, count = COUNT): Promise<Finished> {
  let text = "";
  const progress: number[] = [];
  const stdout = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  const terminal: BatchPlace["terminal"] = { colours: false, progress: (done) => progress.push(done) };
  const ended = await finishBatch(batchOf(count), {
    stdout,
    terminal,
    threads: () => threads,
    thread: { code, data: {} },
    beforeText: () => undefined,
  });
  return { text: text + ended.stdout.map((it) => it.text).join(""), ...ended, progress };
}

describe("a batch in several threads", () => {
  it("is printed in the order of its files, whoever is done first, as in a single one", async () => {
    const [one, three] = [await finished(1), await finished(3)];
    assert.deepEqual(three, one);
    assert.equal(three.text.split("\n").length, COUNT + 1);
    assert.deepEqual([three.messages, three.status], [["7.service: no such luck"], 2]);
    assert.deepEqual(
      three.progress,
      Array.from({ length: COUNT }, (_, i) => i + 1),
    );
  });

  it("ends with a sentence where a thread cannot start, throws, or ends by itself", async () => {
    const said = async (code: string): Promise<string> => {
      const { messages, status } = await finished(2, code);
      assert.equal(status, 2);
      return messages.join("\n");
    };
    assert.equal(await said('throw new Error("boom")'), "a thread failed: boom");
    const late = 'require("node:worker_threads").parentPort.on("message", () => { throw new Error("late"); });';
    assert.equal(await said(late), "a thread failed: late");
    const quits = 'require("node:worker_threads").parentPort.on("message", () => process.exit(0));';
    assert.equal(await said(quits), "a thread failed: it ended before its work was done");
  });

  it("starts them while files are still looked for, and once they are many for sure", async () => {
    const many = batchOf(2000);
    const asked: number[] = [];
    const found: string[] = [];
    const batch: Batch = {
      ...many,
      mayBeMany: () => true,
      find(met) {
        for (let count = 1; count <= 2000; count++) met?.(count);
        found.push(`found after ${asked.join()}`);
        return many.find();
      },
    };
    let length = 0;
    const stdout = new Writable({
      write(chunk, _, done) {
        length += String(chunk).length;
        done();
      },
    });
    const ended = await finishBatch(batch, {
      stdout,
      terminal: { colours: false, progress: () => undefined },
      threads(files) {
        asked.push(files);
        return 2;
      },
      thread: { code: WORKING, data: {} },
      beforeText: () => undefined,
    });
    const left = ended.stdout.map((it) => it.text.length).reduce((all, it) => all + it, 0);
    assert.deepEqual(found, ["found after 1600"]);
    assert.equal(length + left, Array.from({ length: 2000 }, (_, i) => `${i}.service\n`).join("").length - 6);
  });

  it("prints what fits together, and waits until it is taken", async () => {
    const pieces: number[] = [];
    const told: number[] = [];
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk, _, done) {
        pieces.push(String(chunk).length);
        setImmediate(done);
      },
    });
    const count = 20_000;
    const terminal: BatchPlace["terminal"] = { colours: false, progress: () => undefined };
    const ended = await finishBatch(batchOf(count), {
      stdout: slow,
      terminal,
      threads: () => 1,
      thread: { code: "", data: {} },
      beforeText: (text) => told.push(text.length),
    });
    const left = ended.stdout.map((it) => it.text.length).reduce((all, it) => all + it, 0);
    assert.ok(pieces.length > 1 && pieces.every((it) => it < 1 << 17), String(pieces));
    assert.ok(left < 1 << 17);
    assert.deepEqual(told, pieces);
  });
});
