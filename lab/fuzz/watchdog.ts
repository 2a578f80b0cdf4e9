import { Worker } from "node:worker_threads";
import type { Found } from "./target.ts";

/** Nobody waits longer for one run: it hangs. */
const PATIENCE = 300_000;

/** What the thread of the watchdog is told: which run begins, or that none is under way. */
export interface Watched {
  readonly run: Omit<Found, "message"> | undefined;
  readonly patience: number;
}

/** Threads have no loader for TypeScript of their own. */
const LOAD = `
const { workerData } = require("node:worker_threads");
void import("tsx/esm/api").then(({ tsImport }) => tsImport(workerData, workerData));
`;

/** Keeps the input of a run that does not end, and ends the process: from a thread, as this one may be in a loop. */
export class Watchdog {
  readonly #thread = new Worker(LOAD, { eval: true, workerData: new URL("./watchdogThread.ts", import.meta.url).href });

  constructor() {
    this.#thread.unref();
  }

  /** Says which run begins; undefined where it has ended. */
  readonly watch = (run?: Watched["run"]): void => {
    this.#thread.postMessage({ run, patience: PATIENCE } satisfies Watched);
  };
}
