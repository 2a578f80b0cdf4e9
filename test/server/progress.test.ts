import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Connection } from "vscode-languageserver";
import { progressOf } from "../../server/src/server/progress.ts";

/** What a client is told, and a promise for the moment at which something is shown. */
function told(): { connection: Connection; lines: string[]; shown: Promise<void> } {
  const lines: string[] = [];
  let show: () => void = () => undefined;
  const shown = new Promise<void>((resolve) => {
    show = resolve;
  });
  const reporter = {
    begin: (title: string) => {
      lines.push(title);
      show();
    },
    report: (percentage: number) => lines.push(`${percentage}%`),
    done: () => lines.push("done"),
  };
  const createWorkDoneProgress = () => Promise.resolve(reporter);
  return { connection: { window: { createWorkDoneProgress } } as unknown as Connection, lines, shown };
}

describe("progress", () => {
  it("is shown of work that takes a while, each percentage once, and ends with it", async () => {
    const { connection, lines, shown } = told();
    const result = await progressOf(connection, () => true).during("Reading", async (report) => {
      await shown;
      for (const done of [1, 1, 4]) report(done, 8);
      return 7;
    });
    await Promise.resolve();
    assert.deepEqual([result, lines], [7, ["Reading", "12%", "50%", "done"]]);
  });

  it("ends with work that fails", async () => {
    const { connection, lines, shown } = told();
    const failing = progressOf(connection, () => true).during("Reading", async () => {
      await shown;
      throw new Error("no");
    });
    await assert.rejects(failing, /no/);
    assert.deepEqual(lines, ["Reading", "done"]);
  });

  it("is not shown of quick work, nor to a client that has no place for it", async () => {
    const { connection, lines } = told();
    assert.equal(await progressOf(connection, () => true).during("Reading", () => Promise.resolve(1)), 1);
    assert.equal(await progressOf(connection, () => false).during("Reading", () => Promise.resolve(2)), 2);
    assert.deepEqual(lines, []);
  });
});
