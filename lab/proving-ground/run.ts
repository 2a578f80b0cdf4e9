import { spawn } from "node:child_process";

/** What a program that has ended leaves behind. */
export interface Ended {
  /** Its exit status, -1 where a signal ended it or its time was over. */
  readonly status: number;
  /** Both of its streams. */
  readonly output: string;
}

/** Runs a program with some text as input, for so many seconds at most, also where what it started still holds its streams. */
export function run(argv: readonly string[], { input = "", seconds = 120 } = {}): Promise<Ended> {
  const [program = "", ...args] = argv;
  return new Promise((resolve) => {
    const child = spawn(program, args);
    const streams = [child.stdout, child.stderr];
    const limit = setTimeout(() => {
      child.kill("SIGKILL");
      for (const stream of streams) stream.destroy();
    }, seconds * 1000);
    let output = "";
    for (const stream of streams) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", (error) => resolve({ status: -1, output: error.message }));
    child.on("close", (status) => {
      clearTimeout(limit);
      resolve({ status: status ?? -1, output });
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
