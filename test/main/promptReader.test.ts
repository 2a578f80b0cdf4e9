import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { PromptReader } from "../../server/src/main/promptReader.ts";
import type { ProgramCommand } from "../../server/src/program/command.ts";

/** A thread that finds in each program its own path, and fails over one of them. */
const ANSWERING = `
const { workerData: { port, answered } } = require("node:worker_threads");
port.on("message", ({ key, commands: [{ path }] }) => {
  if (path === "/opt/bad") throw new Error("no such luck");
  port.postMessage({ key, reading: { files: [], unread: [{ path, why: "is here" }] } });
  Atomics.add(answered, 0, 1);
  Atomics.notify(answered, 0);
});`;

const command = (path: string): readonly ProgramCommand[] => [{ path, args: [], environment: {} }];

/** Longer than any answer takes. */
const PATIENT = 2 ** 31 - 1;
const NO_PATIENCE = 0;
const REST = 1;

const readerWith = (patience: number): PromptReader => new PromptReader({ code: ANSWERING, patience, rest: REST });

const found = (reader: PromptReader, path: string): string | undefined => {
  const [unread] = reader.read(command(path))?.unread ?? [];
  return unread && `${unread.path} ${unread.why}`;
};

describe("programs that are read beside other work", () => {
  it("are waited for", async () => {
    const reader = readerWith(PATIENT);
    assert.equal(found(reader, "/opt/one"), "/opt/one is here");
    assert.equal(found(reader, "/opt/two"), "/opt/two is here");
    assert.equal(reader.pending(), undefined);
  });

  it("are there later where that takes too long, and nobody waits for others meanwhile", async () => {
    const reader = readerWith(NO_PATIENCE);
    let told = 0;
    const read = new Promise<void>((resolve) => reader.onRead(() => ++told === 2 && resolve()));
    assert.equal(found(reader, "/opt/one"), undefined);
    assert.equal(found(reader, "/opt/two"), undefined);
    assert.equal(found(reader, "/opt/one"), undefined, "asked once more");
    await Promise.all([read, reader.pending()]);
    assert.equal(found(reader, "/opt/two"), "/opt/two is here");
    assert.equal(found(reader, "/opt/one"), "/opt/one is here");
    assert.equal(told, 2);
  });

  it("are read by a new thread after a rest", async () => {
    const reader = readerWith(PATIENT);
    assert.equal(found(reader, "/opt/one"), "/opt/one is here");
    await new Promise((resolve) => setTimeout(resolve, 2 * REST));
    assert.equal(found(reader, "/opt/two"), "/opt/two is here");
  });

  it("could not be read where the thread fails, and others are", async () => {
    const reader = readerWith(NO_PATIENCE);
    const failed = new Promise<void>((resolve) => reader.onRead(resolve));
    assert.equal(found(reader, "/opt/bad"), undefined);
    await failed;
    assert.equal(found(reader, "/opt/bad"), "/opt/bad could not be read");
    assert.equal(found(reader, "/opt/one"), undefined);
    await reader.pending();
    assert.equal(found(reader, "/opt/one"), "/opt/one is here");
  });
});
