import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { before, describe, it } from "mocha";
import { built } from "../kit/built.ts";

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly params?: unknown;
}

/** The worker's bundle in a world that has what a web worker has, and nothing of Node. */
class Worker {
  readonly #scope: { onmessage?: (event: { data: unknown }) => void; readonly postMessage: (data: Message) => void };
  readonly #received: Message[] = [];
  #wake: () => void = () => {};

  constructor(source: string) {
    const scope = {
      postMessage: (message: Message) => {
        this.#received.push(structuredClone(message));
        this.#wake();
      },
      /** The runtime listens to errors so, and to messages by onmessage. */
      addEventListener: () => undefined,
      console,
      setTimeout,
      clearTimeout,
      TextDecoder,
      TextEncoder,
      URL,
      crypto,
      performance,
    };
    this.#scope = scope;
    runInContext(source, createContext(Object.assign(scope, { self: scope })));
  }

  /** Sends a message as the page does: as a copy. */
  send(message: object): void {
    assert.ok(this.#scope.onmessage, "the worker does not listen");
    this.#scope.onmessage({ data: structuredClone({ jsonrpc: "2.0", ...message }) });
  }

  /** Waits for the next message that fits, and passes over those before it. */
  async next(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      for (let message = this.#received.shift(); message; message = this.#received.shift())
        if (fits(message)) return message;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async request(id: number, method: string, params: object): Promise<unknown> {
    this.send({ id, method, params });
    return (await this.next((it) => it.id === id)).result;
  }
}

describe("server in a web worker", () => {
  before(built);

  it("greets, judges and explains", async () => {
    const worker = new Worker(readFileSync("dist/server.web.js", "utf8"));
    const answer = await worker.request(1, "initialize", { processId: null, rootUri: null, capabilities: {} });
    assert.match(JSON.stringify(answer), /"hoverProvider":true/);
    worker.send({ method: "initialized", params: {} });

    const uri = "vscode-vfs://github/owner/repo/x.service";
    const text = "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n";
    worker.send({
      method: "textDocument/didOpen",
      params: { textDocument: { uri, languageId: "systemd", version: 1, text } },
    });
    const published = await worker.next((it) => it.method === "textDocument/publishDiagnostics");
    assert.match(JSON.stringify(published.params), /"directive\/unknown"/);

    const hover = await worker.request(2, "textDocument/hover", {
      textDocument: { uri },
      position: { line: 1, character: 3 },
    });
    assert.match(JSON.stringify(hover), /ExecStart=/);
    assert.equal(await worker.request(3, "shutdown", {}), null);
  });

  it("is made of nothing that only Node has", () => {
    assert.doesNotMatch(readFileSync("dist/server.web.js", "utf8"), /\brequire\("|"node:/);
  });
});
