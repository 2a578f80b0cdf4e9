import type { Needs } from "../../server/src/learn/needs.ts";
import { type LogContext, needsReader } from "../../server/src/learn/reader.ts";

/** Lines `PID CALL`, each a second after the one before, as strace writes them to a file. */
export const timedLines = (lines: readonly string[]): string =>
  lines.map((line, index) => `${line.replace(" ", `   ${1000 + index}.250000 `)}\n`).join("");

/** What such lines show as the log of a command, of root if nothing else is said. */
export function needsOfLines(lines: readonly string[], context: Partial<LogContext> = {}): Needs {
  const reader = needsReader({ log: "ExecStart", ...context });
  reader.add(timedLines(lines));
  return reader.end();
}
