import { loadCore } from "./core.ts";
import { endWith } from "./sourceLines.ts";

/** What a thread says before it loads this: which command it helps, or that it reads programs for a server. */
const { unitWardenThread: helped } = globalThis as { unitWardenThread?: string };

/** The first word, for what may be a command; anything else is refused and keeps no code. */
const [word = ""] = process.argv.slice(2);
const runThread = (command: string): Promise<void> =>
  command === "programs"
    ? loadCore("server", { keeps: false }).runProgramThread()
    : loadCore(command, { keeps: false }).runThread();
const started =
  helped === undefined ? loadCore(/^[a-z]+$/.test(word) ? word : "help").runCommandLine() : runThread(helped);
started.catch(endWith);
