import { carryOutErrand, type Errand } from "../cli/errand.ts";
import type { Ending } from "../cli/outcome.ts";
import { nodeMachine } from "./nodeMachine.ts";
import { carryOutBySsh } from "./sshErrand.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** How an errand ended, and the signal that ended it early. */
interface Done {
  readonly ending: Ending;
  readonly signal: NodeJS.Signals | undefined;
}

/** Does an errand on this machine, or over ssh on another. A signal lets it put back what it changed first; more of them change nothing. */
export async function doErrand(errand: Errand): Promise<Done> {
  const stop = new AbortController();
  let signal: NodeJS.Signals | undefined;
  const onSignal = (it: NodeJS.Signals): void => {
    signal ??= it;
    stop.abort(new Error(`interrupted by ${signal}`));
  };
  // Where the terminal is gone, what is said there fails, which must not end this before all is put back.
  const ignore = (): void => undefined;
  process.stderr.on("error", ignore);
  for (const it of SIGNALS) process.on(it, onSignal);
  try {
    const { host } = errand;
    const ending = await (host === undefined
      ? carryOutErrand(errand, nodeMachine, stop.signal)
      : carryOutBySsh(errand, host, nodeMachine, stop.signal));
    return { ending, signal };
  } finally {
    for (const it of SIGNALS) process.off(it, onSignal);
    process.stderr.off("error", ignore);
  }
}
