import type { MessagePort, Worker } from "node:worker_threads";
import type { ProgramCommand } from "../program/command.ts";
import type { ProgramReading } from "../program/reading.ts";
import type { LateReadings } from "../server/fileAccess.ts";

/** What a thread says that it is, which helps no command. */
export const PROGRAM_THREAD = "programs";

/** Programs to be read, with a name for them. */
export interface ProgramsRequest {
  readonly key: string;
  readonly commands: readonly ProgramCommand[];
}

/** What they show. */
export interface ProgramsAnswer {
  readonly key: string;
  readonly reading: ProgramReading;
}

/** What the thread is told at its start: how it is asked, and where it counts what it has answered. */
export interface ProgramThreadData {
  readonly port: MessagePort;
  readonly answered: Int32Array;
}

/** How programs are read during other work. */
export interface PromptOptions {
  /** What the thread runs. */
  readonly code: string;
  /** How long a question is waited for, in milliseconds. */
  readonly patience: number;
  /** After so many milliseconds without a question the thread ends, and its memory is free. */
  readonly rest: number;
}

/** Loaded with the first question: most sessions never have one. */
const threadModule = (): typeof import("node:worker_threads") => process.getBuiltinModule("node:worker_threads");

interface RunningThread extends ProgramThreadData {
  readonly worker: Worker;
  requested: number;
}

/** So many readings that came late wait to be asked for again. */
const MOST_KEPT = 1000;

/**
 * Reads programs in a thread, for which others wait a moment at most, and not at all while it is busy with those that took longer.
 * Invariant: each question is answered once, and what came late is kept until it is asked for again.
 */
export class PromptReader implements LateReadings {
  readonly #options: PromptOptions;
  readonly #requested = new Map<string, readonly ProgramCommand[]>();
  readonly #arrived = new Map<string, ProgramReading>();
  readonly #listeners = new Set<() => void>();
  #settle: (() => void)[] = [];
  #thread: RunningThread | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PromptOptions) {
    this.#options = options;
  }

  /** What programs show; undefined where it is not known in time, and read meanwhile. */
  read(commands: readonly ProgramCommand[]): ProgramReading | undefined {
    const key = JSON.stringify(commands);
    const isIdle = this.#requested.size === 0;
    if (!this.#arrived.has(key) && !this.#requested.has(key)) this.#ask(key, commands);
    this.#receive(isIdle ? key : undefined);
    const found = this.#arrived.get(key);
    this.#arrived.delete(key);
    return found;
  }

  pending(): Promise<void> | undefined {
    return this.#requested.size === 0 ? undefined : new Promise((resolve) => this.#settle.push(resolve));
  }

  onRead(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #ask(key: string, commands: readonly ProgramCommand[]): void {
    clearTimeout(this.#resting);
    this.#requested.set(key, commands);
    this.#thread ??= this.#start();
    this.#thread.requested++;
    this.#thread.port.postMessage({ key, commands } satisfies ProgramsRequest);
  }

  /** Takes the answers that are there, after a wait where it is for one; others are news for those who did not wait. */
  #receive(awaited: string | undefined): void {
    if (!this.#thread) return;
    const { port, answered, requested } = this.#thread;
    const { receiveMessageOnPort } = threadModule();
    const count = Atomics.load(answered, 0);
    if (awaited !== undefined && count < requested) Atomics.wait(answered, 0, count, this.#options.patience);
    for (let it = receiveMessageOnPort(port); it; it = receiveMessageOnPort(port)) {
      const { key, reading }: ProgramsAnswer = it.message;
      this.#take(key, reading);
      if (key !== awaited) setImmediate(() => this.#tell());
    }
  }

  #start(): RunningThread {
    const { MessageChannel, Worker } = threadModule();
    const { port1: port, port2 } = new MessageChannel();
    const answered = new Int32Array(new SharedArrayBuffer(4));
    const workerData: ProgramThreadData = { port: port2, answered };
    const worker = new Worker(this.#options.code, { eval: true, workerData, transferList: [port2] });
    port.on("message", ({ key, reading }: ProgramsAnswer) => {
      this.#take(key, reading);
      this.#tell();
    });
    worker.on("error", () => this.#fail());
    // Nobody waits for it at the end of the session.
    port.unref();
    worker.unref();
    return { worker, port, answered, requested: 0 };
  }

  #take(key: string, reading: ProgramReading): void {
    this.#requested.delete(key);
    this.#arrived.set(key, reading);
    const [oldest] = this.#arrived.size > MOST_KEPT ? this.#arrived.keys() : [];
    if (oldest !== undefined) this.#arrived.delete(oldest);
    if (this.#requested.size > 0) return;
    for (const settle of this.#settle.splice(0)) settle();
    this.#resting = setTimeout(() => this.#end(), this.#options.rest).unref();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** A thread that failed has read nothing of what it was asked. */
  #fail(): void {
    this.#end();
    for (const [key, commands] of [...this.#requested])
      this.#take(key, { files: [], unread: commands.map(({ path }) => ({ path, why: "could not be read" })) });
    this.#tell();
  }

  #end(): void {
    void this.#thread?.worker.terminate();
    this.#thread = undefined;
  }
}
