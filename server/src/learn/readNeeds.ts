import { joinLogs } from "./merge.ts";
import type { Needs } from "./needs.ts";
import { processUsers } from "./process/processUsers.ts";
import { type LogContext, needsReader } from "./reader.ts";

/** The log of one command of a run, whole or in pieces, with what differs from the other commands. */
export interface RunLog extends LogContext {
  readonly chunks: Iterable<Uint8Array | string>;
}

/** Reads the logs of one run, in the order in which the commands were started first. */
export function readNeeds(logs: Iterable<RunLog>): Needs {
  const processes = processUsers();
  const needs: Needs[] = [];
  for (const log of logs) {
    const reader = needsReader({ processes, ...log });
    for (const chunk of log.chunks) reader.add(chunk);
    needs.push(reader.end());
  }
  return joinLogs(needs);
}
