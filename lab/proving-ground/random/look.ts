import type { Box } from "../box.ts";
import type { Daemon } from "../daemon.ts";
import { exposureOf } from "../hardened.ts";
import { withLayer } from "../layer.ts";
import { putTool } from "../learn/tool.ts";
import { listeningOf, probesOf } from "../measure/measureDaemon.ts";
import { askFor, attempt, type Patience, withDaemon } from "../trial.ts";
import { act, type Target } from "./act.ts";
import { INSTANCES } from "./draw.ts";
import { MARK } from "./inside/files.ts";
import type { Done } from "./inside/subject.ts";

/** A daemon as it works as shipped. */
export interface Looked {
  readonly daemon: Daemon;
  readonly target: Target;
  readonly exposure: string;
  readonly seconds: { readonly start: number; readonly answer: number };
  /** What works as shipped: with the same answer each time. */
  readonly actions: readonly Done[];
  /** The paths that it makes, with what they are. */
  readonly made: readonly Done[];
  readonly complaints: readonly string[];
  readonly rotation: readonly Done[];
  /** Whether its own way to reload ends it, as some have it. */
  readonly diesOfReload: boolean;
  /** Of a template, a second instance that works as shipped. */
  readonly second?: string;
}

/** How long a daemon that nobody knows may take as shipped, in seconds. */
export const PATIENT: Patience = { start: 20, answer: 25 };

/** How long a daemon must run by itself until it is looked at, in seconds. */
const SETTLE = 3;

/** Starts a daemon as shipped, finds out what to ask it, and does all that is done with it; a sentence where it does not work. */
export async function lookAt(daemon: Daemon, acts?: Target["acts"]): Promise<Looked | string> {
  try {
    return await withLayer(daemon, (root) => lookOver(daemon, root, acts));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return text.startsWith("apt-get")
      ? "the package cannot be installed here"
      : (text.split("\n")[0] ?? "").slice(0, 120);
  }
}

function lookOver(drawn: Daemon, root: string, acts: Target["acts"]): Promise<Looked | string> {
  return withDaemon(drawn, root, undefined, async (box, files) => {
    await box.run(["touch", MARK]);
    const outcome = await attempt(box, drawn, PATIENT, "start");
    if (!outcome.works) return `it does not run as shipped: ${outcome.says || outcome.answer}`;
    await pause(SETTLE);
    const listening = await listeningOf(box, drawn, files);
    const daemon = drawn.probes.length > 0 ? drawn : { ...drawn, probes: probesOf(listening) };
    const { status } = await askFor(box, daemon.probes, PATIENT.answer);
    const still = await box.show(daemon.unit, "ActiveState", "NRestarts");
    if (status !== 0 || still.ActiveState !== "active" || still.NRestarts !== "0")
      return "it does not stay, or does not take connections";
    await putTool(box, daemon);
    const target = {
      ...listening,
      unit: daemon.unit,
      package: daemon.packages[0],
      isKnown: daemon === drawn,
      ...(acts && { acts }),
    };
    const talk = stable(await act(box, target, "talk"), await act(box, target, "talk"));
    const found = await act(box, target, "files");
    if (!(await attempt(box, daemon, PATIENT, "restart")).works) return "it does not come back after a restart";
    const canReload = (await box.show(daemon.unit, "CanReload")).CanReload === "yes";
    const diesOfReload = canReload && !(await attempt(box, daemon, PATIENT, "reload")).works;
    if (diesOfReload) await attempt(box, daemon, PATIENT, "restart");
    const rotation = working(await act(box, target, "rotate"));
    const disturbed = working(await act(box, target, "disturb"));
    const second = await secondInstance(box, daemon);
    const calls = disturbed.flatMap(({ what }) => /^the command (.*)/.exec(what)?.[1] ?? []);
    return {
      daemon,
      target: { ...target, calls },
      exposure: exposureOf(files, []),
      seconds: outcome.seconds,
      actions: [...distinct(talk), ...disturbed],
      made: found.filter((it) => it.what !== "complaint"),
      complaints: found.filter((it) => it.what === "complaint").map((it) => it.answer),
      rotation,
      diesOfReload,
      ...(second === undefined ? {} : { second }),
    };
  });
}

const working = (done: readonly Done[]): readonly Done[] => done.filter((it) => !it.answer.startsWith("!"));

function stable(first: readonly Done[], again: readonly Done[]): readonly Done[] {
  const answers = new Map(again.map((it) => [it.what, it.answer]));
  return working(first).filter((it) => answers.get(it.what) === it.answer);
}

/** Of requests to one place that get the same answer, the first is enough. */
function distinct(all: readonly Done[]): readonly Done[] {
  const seen = new Set<string>();
  return all.filter(({ what, answer }) => {
    const key = `${what.replace(/^.* to /, "")}: ${answer}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew || !what.includes(" to ");
  });
}

async function secondInstance(box: Box, daemon: Daemon): Promise<string | undefined> {
  const [first, second] = INSTANCES;
  if (!daemon.unit.includes(`@${first}.`)) return undefined;
  const unit = daemon.unit.replace(`@${first}.`, `@${second}.`);
  await box.run(["systemctl", "stop", daemon.unit]);
  const outcome = await attempt(box, { ...daemon, unit }, PATIENT, "start");
  return outcome.works ? unit : undefined;
}

const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
