import { type ChildProcess, spawn } from "node:child_process";
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  MarkupKind,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

/** A language server as a process of its own, with one document open. */
export class StdioServer {
  readonly connection: ProtocolConnection;
  readonly #process: ChildProcess;
  readonly #uri: string;
  #version = 1;
  #published: () => void = () => {};

  constructor(args: readonly string[], uri: string) {
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.#process = child;
    this.#uri = uri;
    this.connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ version }) => {
      if (version === this.#version) this.#published();
    });
    this.connection.listen();
  }

  async open(text: string): Promise<void> {
    const capabilities = { textDocument: { hover: { contentFormat: [MarkupKind.Markdown] } } };
    await this.connection.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities });
    await this.connection.sendNotification(InitializedNotification.type, {});
    const published = this.#publishing();
    const textDocument = { uri: this.#uri, languageId: "systemd", version: this.#version, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    await published;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Gives the document another text, until its diagnostics are there. */
  async replace(text: string): Promise<void> {
    this.#version++;
    const published = this.#publishing();
    const textDocument = { uri: this.#uri, version: this.#version };
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument,
      contentChanges: [{ text }],
    });
    await published;
  }

  /** Types one character or takes it away again; the milliseconds until the diagnostics and the lenses are there. */
  async type(line: number, character: number, insert: boolean): Promise<number> {
    const start = performance.now();
    const published = this.edit(line, character, insert);
    const lenses = this.connection.sendRequest("textDocument/codeLens", { textDocument: { uri: this.#uri } });
    await Promise.all([published, lenses]);
    return performance.now() - start;
  }

  /** The same without the lenses. */
  async edit(line: number, character: number, insert: boolean): Promise<number> {
    const start = performance.now();
    this.#version++;
    const published = this.#publishing();
    const textDocument = { uri: this.#uri, version: this.#version };
    const end = { line, character: character + (insert ? 0 : 1) };
    const change = { range: { start: { line, character }, end }, text: insert ? "x" : "" };
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument,
      contentChanges: [change],
    });
    await published;
    return performance.now() - start;
  }

  /** Asks what may stand at a place; the milliseconds until the answer is there, and its size in bytes as JSON. */
  async complete(line: number, character: number): Promise<{ taken: number; size: number }> {
    const start = performance.now();
    const textDocument = { uri: this.#uri };
    const reply = await this.connection.sendRequest("textDocument/completion", {
      textDocument,
      position: { line, character },
    });
    return { taken: performance.now() - start, size: Buffer.byteLength(JSON.stringify(reply)) };
  }

  /** Asks what is under a place; the milliseconds until the answer is there, and the answer as JSON. */
  async hover(line: number, character: number): Promise<{ taken: number; text: string }> {
    const start = performance.now();
    const params = { textDocument: { uri: this.#uri }, position: { line, character } };
    const reply = await this.connection.sendRequest("textDocument/hover", params);
    return { taken: performance.now() - start, text: JSON.stringify(reply) };
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    await ended;
    this.connection.dispose();
  }

  #publishing(): Promise<void> {
    return new Promise((resolve) => {
      this.#published = resolve;
    });
  }
}
