/**
 * Runs inside of the box, on standard input of Node.js: `node - SUBJECT`, the subject as JSON. Prints what was done with the daemon
 * and what came of it, as JSON.
 */
import { writeSync } from "node:fs";
import { disturbing } from "./disturbing.ts";
import { files } from "./files.ts";
import { rotating } from "./rotating.ts";
import type { Subject } from "./subject.ts";
import { talking } from "./talking.ts";

const PARTS = { talk: talking, disturb: disturbing, rotate: rotating, files };

async function act(): Promise<void> {
  const subject = JSON.parse(process.argv[2] ?? "{}") as Subject;
  writeSync(1, JSON.stringify(await PARTS[subject.part](subject)));
  // Sockets of clients that nobody answers may still be open.
  process.exit(0);
}

// Of connections that a daemon breaks.
process.on("uncaughtException", () => undefined);
act().catch((error: unknown) => {
  writeSync(2, error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
});
