import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver-protocol";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

/** What a client says of itself, and how it answers the server. */
export interface ClientKind {
  readonly capabilities?: object;
  /** How to start the server; the one that the editors start where nothing is said. */
  readonly argv?: readonly string[];
  /** The program that gets them, and where it runs; Node.js in the folder of the project where nothing is said. */
  readonly program?: { readonly command: string; readonly cwd: string; readonly env: NodeJS.ProcessEnv };
  readonly initializationOptions?: unknown;
  /** The folder that is open, as a URI. */
  readonly folder?: string;
  /** The folders, where there are several. */
  readonly folders?: readonly string[];
  /** Answers workspace/configuration, of a folder where one is asked for; called anew each time. */
  readonly configuration?: (folder?: string) => unknown;
}

const RUNNING = new Set<ChildProcess>();

/** The requests of a server that say something and want nothing. */
const ANSWERED_BY_NULL = [
  "workspace/semanticTokens/refresh",
  "workspace/inlayHint/refresh",
  "workspace/diagnostic/refresh",
  "client/unregisterCapability",
  "window/workDoneProgress/create",
];

/** Ends the servers that a failed test left behind; for an `after` hook. */
export function killLeftovers(): void {
  for (const child of RUNNING) child.kill("SIGKILL");
}

/** An editor with the built server behind it: waits for messages, never for time. */
export class LspClient {
  readonly connection: MessageConnection;
  readonly child: ChildProcess;
  /** All that the server wrote to stderr. */
  stderr = "";
  /** All requests of the server, by method. */
  readonly asked: string[] = [];
  /** What was sent as progress, and as parts of answers. */
  readonly progress: unknown[] = [];
  readonly #stdout: Buffer[] = [];
  readonly #published: PublishDiagnosticsParams[] = [];
  readonly #logged: string[] = [];
  /** Fails when the server ends. */
  readonly #gone: Promise<never>;
  #wake: () => void = () => {};

  private constructor(kind: ClientKind) {
    const { command = process.execPath, ...where } = kind.program ?? {};
    this.child = spawn(command, kind.argv ?? ["dist/server.js", "--stdio"], { ...where, stdio: "pipe" });
    RUNNING.add(this.child);
    const { stdin, stdout, stderr } = this.child;
    assert.ok(stdin && stdout && stderr);
    stdout.on("data", (chunk: Buffer) => this.#stdout.push(chunk));
    stderr.on("data", (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    stdin.on("error", () => {});
    this.#gone = new Promise((_, reject) => {
      this.child.on("exit", () => {
        RUNNING.delete(this.child);
        reject(new Error(`the server ended: ${this.stderr}`));
        this.#wake();
      });
    });
    this.#gone.catch(() => undefined);
    this.connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.#published.push(params);
      this.#wake();
    });
    this.connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
      this.#logged.push(message);
    });
    this.connection.onRequest("workspace/configuration", ({ items }: { items: readonly { scopeUri?: string }[] }) => {
      this.asked.push("workspace/configuration");
      this.#wake();
      return items.map(({ scopeUri }) => kind.configuration?.(scopeUri));
    });
    this.connection.onRequest("client/registerCapability", () => {
      this.asked.push("client/registerCapability");
      this.#wake();
      return null;
    });
    for (const method of ANSWERED_BY_NULL)
      this.connection.onRequest(method, () => {
        this.asked.push(method);
        this.#wake();
        return null;
      });
    this.connection.onUnhandledProgress(({ value }) => {
      this.progress.push(value);
      this.#wake();
    });
    this.connection.listen();
  }

  /** Starts a server and greets it. */
  static async start(kind: ClientKind = {}): Promise<LspClient> {
    const client = new LspClient(kind);
    await client.request("initialize", {
      processId: process.pid,
      rootUri: kind.folder ?? null,
      ...(kind.folders && { workspaceFolders: kind.folders.map((uri) => ({ uri, name: uri })) }),
      capabilities: kind.capabilities ?? {},
      ...("initializationOptions" in kind ? { initializationOptions: kind.initializationOptions } : {}),
    });
    await client.notify("initialized", {});
    return client;
  }

  /** The answer of a new server to a greeting with any parameters. */
  static greeted(params: unknown): Promise<unknown> {
    return new LspClient({}).request("initialize", params);
  }

  /** Sends a request and waits for its answer; fails where the server ends before that. */
  request<T>(method: string, params?: unknown): Promise<T> {
    return Promise.race([this.connection.sendRequest<T>(method, params), this.#gone]);
  }

  /** Sends a notification; it is answered by nothing. */
  notify(method: string, params?: unknown): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  /** Sends the bytes of a message as they are. */
  raw(body: string): void {
    this.child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  /** Opens a document at version 1. */
  open(uri: string, text: string, languageId = "systemd"): Promise<void> {
    return this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  }

  /** The next diagnostics of a document that were not asked for yet; of one version where it is given. */
  async diagnostics(uri: string, version?: number): Promise<Diagnostic[]> {
    for (;;) {
      const at = this.#published.findIndex((it) => it.uri === uri && (version === undefined || it.version === version));
      const [found] = at < 0 ? [] : this.#published.splice(at, 1);
      if (found) return found.diagnostics;
      assert.equal(this.child.exitCode, null, `the server ended: ${this.stderr}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Waits until the server has sent a request for the `count`th time. */
  async isAsked(method: string, count = 1): Promise<void> {
    while (this.asked.filter((it) => it === method).length < count) {
      assert.equal(this.child.exitCode, null, `the server ended: ${this.stderr}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** What was published and not asked for; complete once an answer to a later request is here. */
  get unread(): readonly PublishDiagnosticsParams[] {
    return this.#published;
  }

  /** What the server logged through the protocol. */
  get logged(): readonly string[] {
    return this.#logged;
  }

  /** Says goodbye as the protocol wants it; the exit status of the server. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.child.once("exit", resolve));
    await this.request("shutdown");
    await this.notify("exit");
    return ended;
  }

  /** The messages on the server's standard output, which must hold nothing else. */
  messages(): unknown[] {
    let rest = Buffer.concat(this.#stdout);
    const found: unknown[] = [];
    while (rest.length > 0) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(rest.subarray(0, 64).toString("latin1"));
      assert.ok(head, `no LSP message: ${rest.subarray(0, 200).toString()}`);
      const end = head[0].length + Number(head[1]);
      found.push(JSON.parse(rest.subarray(head[0].length, end).toString()));
      rest = rest.subarray(end);
    }
    return found;
  }
}
