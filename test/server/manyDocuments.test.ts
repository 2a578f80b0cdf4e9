import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { MessageConnection, PublishDiagnosticsParams } from "vscode-languageserver-protocol/node";
import { inProcess } from "../kit/inProcess.ts";
import { memoryFiles } from "../kit/memoryFiles.ts";

const FEW = 20;
const MANY = 80;
/** Linear work gives 1, quadratic work 4; the rest is room for other work of this process. */
const LIMIT = 2.5;
const ATTEMPTS = 3;

const uriOf = (i: number): string => `file:///work/units/u${i}.service`;

/** Each names the next one, so that what is known of one counts for another. */
const textOf = (i: number): string =>
  `[Unit]\nAfter=u${i + 1}.service\nWants=u${i + 1}.service\n\n[Service]\nExecStart=/usr/bin/app${i}\nUser=app\nStateDirectory=a${i}\n`;

/** An editor and its server, both in this process, and a folder of units. */
class Rig {
  /** What the server looked at: files and folders. */
  readonly asked: string[] = [];
  readonly size: number;
  readonly #client: MessageConnection;
  readonly #told = new Set<string>();
  #wake: () => void = () => undefined;

  private constructor(size: number) {
    this.size = size;
    const texts = Object.fromEntries(this.#all().map((i) => [uriOf(i), textOf(i)]));
    this.#client = inProcess(memoryFiles(texts, this.asked));
    this.#client.onNotification("textDocument/publishDiagnostics", ({ uri }: PublishDiagnosticsParams) => {
      this.#told.add(uri);
      this.#wake();
    });
    this.#client.listen();
  }

  static async start(size: number): Promise<Rig> {
    const rig = new Rig(size);
    const workspace = { didChangeWatchedFiles: { dynamicRegistration: true } };
    await rig.#client.sendRequest("initialize", { processId: null, rootUri: null, capabilities: { workspace } });
    await rig.notify("initialized", {});
    return rig;
  }

  #all(): number[] {
    return Array.from({ length: this.size }, (_, i) => i);
  }

  notify(method: string, params: object): Promise<void> {
    return this.#client.sendNotification(method, params);
  }

  /** Sends something about each document at once; settles once all was said of all of them. */
  async each(method: string, params: (uri: string, i: number) => object): Promise<void> {
    this.#told.clear();
    for (const i of this.#all()) await this.notify(method, params(uriOf(i), i));
    while (this.#told.size < this.size)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    // What came before it is done.
    await this.#client.sendRequest("textDocument/documentSymbol", { textDocument: { uri: uriOf(0) } });
  }

  open(): Promise<void> {
    return this.each("textDocument/didOpen", (uri, i) => ({
      textDocument: { uri, languageId: "systemd", version: 1, text: textOf(i) },
    }));
  }

  stop(): Promise<unknown> {
    return this.#client.sendRequest("shutdown").finally(() => this.#client.dispose());
  }
}

/** The processor time of some work with few and with many documents: how many times as much each of the many takes. */
async function ratioOf(work: (rig: Rig) => Promise<unknown>, before: (rig: Rig) => Promise<unknown>): Promise<number> {
  const each = async (size: number): Promise<number> => {
    const rig = await Rig.start(size);
    await before(rig);
    const start = process.cpuUsage();
    await work(rig);
    const { user, system } = process.cpuUsage(start);
    await rig.stop();
    return (user + system) / size;
  };
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && best >= LIMIT; attempt++)
    best = Math.min(best, (await each(MANY)) / (await each(FEW)));
  return best;
}

const open = (rig: Rig): Promise<void> => rig.open();
const nothing = (): Promise<void> => Promise.resolve();

describe("many open documents", () => {
  before(async () => {
    const rig = await Rig.start(FEW);
    await rig.open();
    await rig.stop();
  });

  it("are opened at a cost that grows with their number", async () => {
    const ratio = await ratioOf(open, nothing);
    assert.ok(ratio < LIMIT, `each costs ${ratio.toFixed(1)} times as much`);
  }).timeout(300_000);

  it("are edited at a cost that grows with their number", async () => {
    let version = 1;
    const edited = (rig: Rig): Promise<void> => {
      version++;
      return rig.each("textDocument/didChange", (uri, i) => ({
        textDocument: { uri, version },
        contentChanges: [{ text: `[Unit]\nWants=v${version}.service\n${textOf(i)}` }],
      }));
    };
    const ratio = await ratioOf(edited, open);
    assert.ok(ratio < LIMIT, `each costs ${ratio.toFixed(1)} times as much`);
  }).timeout(300_000);

  it("are not all read again for each file that changes on disk", async () => {
    const rig = await Rig.start(MANY);
    await rig.open();
    rig.asked.length = 0;
    await rig.each("workspace/didChangeWatchedFiles", (uri) => ({ changes: [{ uri, type: 2 }] }));
    assert.ok(rig.asked.length < MANY * MANY, `${rig.asked.length} files and folders for ${MANY} changes`);
    assert.ok(rig.asked.length >= MANY, "the files are read again");
    await rig.stop();
  }).timeout(300_000);
});
