import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { ErrorCodes, type Message, StreamMessageReader } from "vscode-languageserver-protocol/node";
import { bytesOf } from "../../../test/kit/bytes.ts";
import type { Random } from "../../../test/kit/random.ts";
import { type Json, madeBy } from "../../../test/kit/shrunk.ts";
import { oddMessage, SANE } from "../lsp/messages.ts";
import { fuzzTarget } from "../target.ts";

/** What is sent to a server that is just started: whether it is greeted first, messages, and bytes that are none. */
type Conversation = {
  readonly greeted: boolean;
  readonly messages: readonly Json[];
  readonly bytes: string;
  readonly end: Ending;
};
type Ending = "exit" | "shutdown" | "closed" | "asked";

/** Nobody waits longer for a server. */
const PATIENCE = 60_000;
/** The errors that LSP and JSON-RPC have for what a client does wrong, and for what it takes back. */
const ALLOWED_ERRORS = [-32700, -32600, -32601, -32602, -32002, -32800, -32801, -32802, -32803];

const BROKEN_BYTES = [
  "Content-Length: x\r\n\r\n{}", "Content-Length: -5\r\n\r\n{}", "Content-Length: 1e3\r\n\r\n{}", "Content-Length: 2\r\n\r\n}{",
  "Content-Length: 5\r\n\r\n{}", "{}", "\r\n\r\n", "Content-Length: 2\n\n{}", "Content-Length: 0\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
  "Content-Length: 99999999999\r\n\r\n{}", "Content-Type: x\r\n\r\n{}", "\udcff\udcfe", "Content-Length: 3\r\n\r\n\"\udcff\"",
  "Content-Length: 2\r\nContent-Type: x; charset=none\r\n\r\n{}",
]; // biome-ignore format: a table of samples

/** Whatever is sent: each request has one answer, nothing is an internal error, and the server lives or ends as LSP says. */
export const protocol = fuzzTarget<Conversation>({
  name: "protocol",
  input: madeBy((random: Random) => ({
    greeted: random.chance(0.9),
    messages: Array.from({ length: 1 + random.below(12) }, (_, i) => oddMessage(random, i + 10)),
    bytes: random.chance(0.2) ? random.pick(BROKEN_BYTES) : "",
    end: random.pick(["exit", "shutdown", "closed", "asked", "asked"] as const),
  })),
  async run({ greeted, messages, bytes, end }) {
    const talk = new Talk();
    try {
      if (greeted) await talk.greet();
      const before = greeted ? await talk.ask("before", "textDocument/documentSymbol", SYMBOLS) : undefined;
      for (const it of messages) talk.send(it);
      if (bytes !== "") {
        talk.sendBytes(bytes);
        await talk.closed(undefined);
        return;
      }
      await talk.expectAnswers(messages);
      if (!greeted && !JSON.stringify(messages).includes('"initialize"'))
        talk.expectOnlyErrors(ErrorCodes.ServerNotInitialized, ErrorCodes.InvalidParams);
      if (end === "closed") {
        await talk.closed(undefined);
      } else if (end === "exit") {
        talk.send({ jsonrpc: "2.0", method: "exit" });
        await talk.ended(1);
      } else if (greeted && end === "shutdown") {
        await talk.ask("end", "shutdown", null);
        const late = await talk.ask("late", "textDocument/documentSymbol", SYMBOLS);
        assert.deepEqual(
          [late.result, late.error?.code],
          [undefined, ErrorCodes.InvalidRequest],
          "a request after shutdown is no error",
        );
        talk.send({ jsonrpc: "2.0", method: "exit" });
        await talk.ended(0);
      } else if (greeted && !touchesSane(messages)) {
        const after = await talk.ask("after", "textDocument/documentSymbol", SYMBOLS);
        assert.deepEqual(after.result, before?.result, "another document is answered in another way afterwards");
      }
      talk.expectQuiet();
    } finally {
      talk.kill();
    }
  },
});

const SYMBOLS = { textDocument: { uri: SANE.uri } };

const touchesSane = (messages: readonly Json[]): boolean =>
  messages.some(
    (it) => JSON.stringify(it).includes(SANE.uri) && /didChange|didClose|didOpen|onfiguration/.test(JSON.stringify(it)),
  );

type Answer = { readonly id: unknown; readonly result?: unknown; readonly error?: { code: number; message: string } };

/** A server of its own, with all that it answers. */
class Talk {
  readonly #child: ChildProcessWithoutNullStreams = spawn(process.execPath, ["dist/server.js", "--stdio"]);
  readonly #answers: Answer[] = [];
  #stderr = "";
  #wake: () => void = () => {};

  constructor() {
    this.#child.stderr.on("data", (chunk: Buffer) => {
      this.#stderr += chunk.toString();
    });
    this.#child.on("exit", () => this.#wake());
    this.#child.stdin.on("error", () => undefined);
    new StreamMessageReader(this.#child.stdout).listen((message: Message) => {
      const it = message as unknown as Answer & { method?: string };
      if (it.method === undefined) this.#answers.push(it);
      else if (it.id !== undefined) this.send({ jsonrpc: "2.0", id: it.id as number, result: null });
      this.#wake();
    });
  }

  send(message: Json): void {
    const body = Buffer.from(JSON.stringify(message));
    this.#child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#child.stdin.write(body);
  }

  sendBytes(text: string): void {
    this.#child.stdin.write(bytesOf(text));
  }

  async greet(): Promise<void> {
    await this.ask("greeting", "initialize", { processId: null, rootUri: null, capabilities: {} });
    this.send({ jsonrpc: "2.0", method: "initialized", params: {} });
    const textDocument = { ...SANE, languageId: "systemd", version: 1 };
    this.send({ jsonrpc: "2.0", method: "textDocument/didOpen", params: { textDocument } });
  }

  async ask(id: string, method: string, params: Json): Promise<Answer> {
    this.send({ jsonrpc: "2.0", id, method, ...(params === null ? {} : { params }) });
    await this.#until(() => this.#answers.some((it) => it.id === id), `${method} has no answer`);
    return this.#answers.find((it) => it.id === id) as Answer;
  }

  /** Waits for one answer to each request; after them no error may be ours. */
  async expectAnswers(messages: readonly Json[]): Promise<void> {
    const ids = messages.flatMap((it) => (isRequest(it) ? [it.id] : []));
    for (const id of ids)
      await this.#until(() => this.#answers.some((it) => it.id === id), `request ${id} has no answer`);
    for (const { id, error } of this.#answers)
      assert.ok(!error || ALLOWED_ERRORS.includes(error.code), `request ${id} fails: ${JSON.stringify(error)}`);
    // What was made smaller may have an id twice.
    for (const id of ids.length === new Set(ids).size ? ids : [])
      assert.equal(this.#answers.filter((it) => it.id === id).length, 1, `request ${id} has two answers`);
  }

  expectOnlyErrors(...codes: readonly number[]): void {
    for (const { id, error } of this.#answers)
      assert.ok(error && codes.includes(error.code), `request ${id} is answered too early`);
  }

  /** Closes the pipe; the server ends by itself. */
  async closed(status: number | undefined): Promise<void> {
    this.#child.stdin.end();
    await this.ended(status);
  }

  async ended(status: number | undefined): Promise<void> {
    await this.#until(
      () => this.#child.exitCode !== null || this.#child.signalCode !== null,
      "the server does not end",
    );
    this.expectQuiet();
    const ended = this.#child.exitCode ?? this.#child.signalCode;
    if (status === undefined) assert.ok(ended === 0 || ended === 1 || ended === 2, `the server ends with ${ended}`);
    else assert.equal(ended, status, "the server ends with another status than LSP says");
  }

  /** Demands that nothing of our sources was printed. */
  expectQuiet(): void {
    assert.doesNotMatch(this.#stderr, /\n\s+at /, "the server prints a stack");
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  async #until(holds: () => boolean, otherwise: string): Promise<void> {
    const late = Date.now() + PATIENCE;
    while (!holds()) {
      const isGone = this.#child.exitCode !== null || this.#child.signalCode !== null;
      assert.ok(!isGone, `${otherwise}, as the server has ended: ${this.#stderr.slice(0, 2000)}`);
      assert.ok(Date.now() < late, otherwise);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

const isRequest = (it: Json): it is { id: number; method: string } =>
  typeof it === "object" && it !== null && "id" in it && "method" in it && typeof it.method === "string";
