import { workerData } from "node:worker_threads";
import { readPrograms } from "../program/readProgram.ts";
import { nodeProgramFiles } from "./nodeProgramFiles.ts";
import type { ProgramsAnswer, ProgramsRequest, ProgramThreadData } from "./promptReader.ts";

/** Runs this thread: it reads the programs that it is told of, one after another, and keeps what files showed. */
export function serveReadings(): void {
  const { port, answered } = workerData as ProgramThreadData;
  const files = nodeProgramFiles("/");
  port.on("message", ({ key, commands }: ProgramsRequest) => {
    port.postMessage({ key, reading: readPrograms(commands, files) } satisfies ProgramsAnswer);
    Atomics.add(answered, 0, 1);
    Atomics.notify(answered, 0);
  });
}
