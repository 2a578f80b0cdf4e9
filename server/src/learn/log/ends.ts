/** Follows which processes of a log have not ended by its last line. */
export interface ProcessEnds {
  /** Takes more of the log, cut at lines. */
  readonly add: (lines: string) => void;
  /** Those that made a call and did not end, at most as many as a machine has. */
  readonly alive: () => readonly number[];
}

/** More processes than a machine has are not followed. */
const MOST = 65536;

const OF_PROCESS = /^(\d{1,10}) +\d+\.\d+ (\+\+\+ (?:exited with|killed by|superseded by execve in pid (\d{1,10})))?/;

/** Begins with no process. */
export function processEnds(): ProcessEnds {
  const alive = new Set<number>();
  return {
    add(lines) {
      for (const line of lines.split("\n")) {
        const [, pid, end, successor] = OF_PROCESS.exec(line) ?? [];
        if (pid === undefined) continue;
        // Who runs a program in a thread goes on under the number of the first one.
        if (successor !== undefined) alive.delete(Number(successor));
        else if (end !== undefined) alive.delete(Number(pid));
        else if (alive.size < MOST) alive.add(Number(pid));
      }
    },
    alive: () => [...alive],
  };
}
