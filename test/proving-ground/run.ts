import { spawn } from "node:child_process";

/** What a program that has ended leaves behind. */
export interface Ended {
  /** Its exit status, -1 where a signal ended it or its time was over. */
  readonly status: number;
  /** Both of its streams. */
  readonly output: string;
}

/** Runs a program with some text as input, for so many seconds at most. */
export function run(argv: readonly string[], { input = "", seconds = 120 } = {}): Promise<Ended> {
  const [program = "", ...args] = argv;
  return new Promise((resolve) => {
    const child = spawn(program, args, { timeout: Math.round(seconds * 1000), killSignal: "SIGKILL" });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", (error) => resolve({ status: -1, output: error.message }));
    child.on("close", (status) => resolve({ status: status ?? -1, output }));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
