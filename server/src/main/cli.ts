import { run, wantsColours } from "../cli/main.ts";
import { nodeHost } from "./nodeHost.ts";
import { progressBar } from "./progress.ts";

const argv = process.argv.slice(2);
// A reader that has seen enough, such as `head`, ends the program without a word.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));
if (argv[0] === "lsp" || argv[0]?.startsWith("--stdio")) {
  void import("./node.ts");
} else {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const colours = wantsColours(process.stdout, process.env);
  const { stdout, stderr, status } = run(argv, nodeHost, { colours, progress: progressBar(process.stderr, Date.now) });
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  process.exitCode = status;
}
