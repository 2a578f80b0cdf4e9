import { bundledCommandLine } from "../../../test/kit/bundledCommandLine.ts";
import type { Box } from "../box.ts";
import type { Daemon } from "../daemon.ts";
import type { Ended } from "../run.ts";
import { ASK } from "../trial.ts";

/** Where our command line lies in a box: below /usr, where every sandbox lets it be. */
const PLACE = "/usr/lib/unit-warden-ground";

/** The shell command that asks a daemon, and that learning exercises it with. */
export const EXERCISE = `${PLACE}/ask`;

/** Puts the command line and the questions for a daemon into its box; how long these wait for an answer, in seconds. */
export async function putTool(box: Box, { probes }: Daemon, patience = 40): Promise<void> {
  await box.put(`${PLACE}/cli.js`, await bundledCommandLine());
  await box.put(`${PLACE}/ask.mjs`, ASK);
  await box.put(`${PLACE}/probes.json`, JSON.stringify(probes));
  await box.put(
    EXERCISE,
    `#!/bin/sh\nanswer=$(${process.execPath} ${PLACE}/ask.mjs ${patience} "$(cat ${PLACE}/probes.json)") && exit\necho "$answer" >&2; exit 1\n`,
  );
  await box.run(["chmod", "755", EXERCISE]);
}

/** Runs the command line in a box. */
export function unitWarden(box: Box, words: readonly string[], seconds = 1800): Promise<Ended> {
  return box.run([process.execPath, `${PLACE}/cli.js`, ...words], { seconds });
}
