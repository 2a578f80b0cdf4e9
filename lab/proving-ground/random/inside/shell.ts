import { execFile } from "node:child_process";

/** How a shell command ended, with what it printed. */
export interface Ran {
  readonly status: number;
  readonly output: string;
}

/** Runs a line of shell without input; after so many seconds all that it started is killed, as a client that hangs holds its connection. */
export function shell(line: string, seconds = 20): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { timeout: (seconds + 5) * 1000, killSignal: "SIGKILL", maxBuffer: 1 << 24 } as const;
    const words = ["-s", "KILL", `${seconds}`, "sh", "-c", line];
    const child = execFile("timeout", words, options, (error, stdout, stderr) => {
      const status = error ? (typeof error.code === "number" ? error.code : -1) : 0;
      resolve({ status, output: `${stdout}${stderr}` });
    });
    child.stdin?.end();
  });
}

/** A word for the shell. */
export const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Waits. */
export const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
