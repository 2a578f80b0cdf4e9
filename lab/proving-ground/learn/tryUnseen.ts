import type { Daemon } from "../daemon.ts";
import { withLayer } from "../layer.ts";
import { askFor, attempt, withDaemon } from "../trial.ts";
import { PATIENT, startAfterReboot } from "./reboot.ts";
import { type Action, UNSEEN } from "./unseen.ts";

/** How an action went that learning did not see. */
export interface UnseenResult {
  readonly what: string;
  /** Whether it works as shipped; it counts only then. */
  readonly shipped: boolean;
  readonly learnt: boolean;
  readonly answer: string;
}

/** So long an action may take, in seconds. */
const ACTION = 12;

/** Does with the learnt settings of a daemon what it did not do while it was learnt; undefined where there is nothing to try. */
export async function tryUnseen(daemon: Daemon, dropIn: string): Promise<readonly UnseenResult[] | undefined> {
  const actions = UNSEEN[daemon.unit];
  if (!actions) return undefined;
  return withLayer(daemon, async (root) => {
    const shipped = await results(daemon, root, actions);
    const tried = await results(daemon, root, actions, dropIn);
    return actions.map(({ what }, i) => ({
      what,
      shipped: shipped[i]?.works === true,
      learnt: tried[i]?.works === true,
      answer: (shipped[i]?.works === true ? tried : shipped)[i]?.answer ?? "it does not start",
    }));
  });
}

async function results(
  daemon: Daemon,
  root: string,
  actions: readonly Action[],
  dropIn?: string,
): Promise<readonly { readonly works: boolean; readonly answer: string }[]> {
  return withDaemon(daemon, root, undefined, async (box) => {
    const isShipped = dropIn === undefined;
    const first = await (isShipped
      ? attempt(box, daemon, PATIENT, "start")
      : startAfterReboot(box, daemon, PATIENT, dropIn));
    if (!first.works) return actions.map(() => ({ works: false, answer: `it does not start: ${first.says}` }));
    const found: { works: boolean; answer: string }[] = [];
    for (const { probes } of actions) {
      const { status, answer } = await askFor(box, probes, ACTION);
      found.push({ works: status === 0, answer });
    }
    return found;
  });
}
