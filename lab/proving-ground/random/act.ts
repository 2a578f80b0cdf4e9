import { join } from "node:path";
import { build } from "esbuild";
import type { Box } from "../box.ts";
import { EXERCISE } from "../learn/tool.ts";
import type { Listening } from "../measure/measureDaemon.ts";
import type { Done, Subject } from "./inside/subject.ts";

let bundled: Promise<string> | undefined;

/** The program that acts in a box, for Node.js as a module on its standard input. */
function program(): Promise<string> {
  bundled ??= build({
    entryPoints: [join(import.meta.dirname, "inside/main.ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    logLevel: "error",
  }).then(({ outputFiles }) => outputFiles?.[0]?.text ?? "");
  return bundled;
}

/** Whom to act on: a daemon, what it listens on, and the calls of its programs where they are known. */
export interface Target extends Listening {
  readonly unit: string;
  readonly package: string;
  readonly calls?: readonly string[];
  readonly acts?: Readonly<Record<string, string>>;
  /** Whether it has questions of its own. */
  readonly isKnown: boolean;
}

/** How long a part may take in seconds, whatever a daemon does. */
const PART = 1000;

/** Does one part of what is done with every daemon, in a box where the questions for it lie. */
export async function act(box: Box, target: Target, part: Subject["part"]): Promise<readonly Done[]> {
  const subject: Subject = {
    ...target,
    tcp: target.tcp.slice(0, 5),
    udp: target.udp.slice(0, 4),
    sockets: target.sockets.slice(0, 5),
    ...(target.isKnown ? { ask: EXERCISE } : {}),
    part,
  };
  const words = [process.execPath, "--input-type=module", "-", JSON.stringify(subject)];
  const { output, status } = await box.run(words, { input: await program(), seconds: PART });
  try {
    return JSON.parse(output) as readonly Done[];
  } catch {
    throw new Error(
      `acting on ${target.unit} (${part}): ${output.trim().slice(-400) || `nothing was answered, status ${status}`}`,
    );
  }
}
