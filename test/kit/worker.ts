import assert from "node:assert/strict";
import { createContext, runInContext } from "node:vm";

/** A message of the protocol. */
export interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly params?: unknown;
}

/** The worker's bundle in a world that has what a web worker has, and nothing of Node. */
export class Worker {
  readonly #scope: { onmessage?: (event: { data: unknown }) => void; readonly postMessage: (data: Message) => void };
  readonly #received: Message[] = [];
  /** The methods of all requests of the server. */
  readonly asked: string[] = [];
  #wake: () => void = () => {};

  /** Requests with a method of `answers` are answered by it, all others are left to `next`. */
  constructor(source: string, answers: Readonly<Record<string, (params: never) => unknown>> = {}) {
    const scope = {
      postMessage: (message: Message) => {
        const received = structuredClone(message);
        this.#received.push(received);
        const { id, method, params } = received;
        if (id !== undefined && method !== undefined) {
          this.asked.push(method);
          const answer = answers[method];
          if (answer) void Promise.resolve(answer(params as never)).then((result) => this.send({ id, result }));
        }
        this.#wake();
      },
      /** The runtime listens to errors so, and to messages by onmessage. */
      addEventListener: () => undefined,
      console,
      setTimeout,
      clearTimeout,
      TextDecoder,
      TextEncoder,
      Blob,
      Response,
      DecompressionStream,
      URL,
      crypto,
      performance,
      structuredClone,
    };
    this.#scope = scope;
    runInContext(source, createContext(Object.assign(scope, { self: scope })));
  }

  /** Sends a message as the page does: as a copy, which arrives after what the worker is doing now. */
  send(message: object): void {
    const data = structuredClone({ jsonrpc: "2.0", ...message });
    setImmediate(() => {
      assert.ok(this.#scope.onmessage, "the worker does not listen");
      this.#scope.onmessage({ data });
    });
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

  /** Sends a request and waits for its answer. */
  async request(id: number, method: string, params: object): Promise<unknown> {
    this.send({ id, method, params });
    return (await this.next((it) => it.id === id)).result;
  }
}
