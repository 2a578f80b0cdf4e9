import type { Box } from "../box.ts";
import type { Daemon } from "../daemon.ts";
import { TRIED } from "../examine.ts";
import { exposureOf, harden } from "../hardened.ts";
import { withLayer } from "../layer.ts";
import { type LearnCall, learnIn } from "../learn/learnDaemon.ts";
import { noteRun, reboot } from "../learn/reboot.ts";
import { putTool } from "../learn/tool.ts";
import { failure } from "../report.ts";
import { attempt, type Outcome, type Patience, tryDaemon, type UnitFiles, withDaemon } from "../trial.ts";
import { act } from "./act.ts";
import { type Compared, comparedActions, comparedFiles } from "./compared.ts";
import { MARK } from "./inside/files.ts";
import type { Looked } from "./look.ts";

/** "works", or what went wrong. */
export type Verdict = string;

/** How a daemon does with what this product makes of it. */
export interface TriedDrawn {
  readonly profiles: readonly { readonly profile: string; readonly exposure: string; readonly verdict: Verdict }[];
  /** Why nothing was learnt. */
  readonly refused?: string;
  readonly seconds: number;
  /** How learning ended, and the last that it said. */
  readonly said: string;
  readonly settings: LearnCall["settings"];
  readonly learnt?: {
    readonly exposure: string;
    readonly dropIn: string;
    /** After a reboot on the machine where it was learnt, and after a restart. */
    readonly restarted: Verdict;
    /** On a machine where it never ran. */
    readonly fresh: Verdict;
    readonly rotated: Verdict;
    /** Of a template that works as shipped with a second instance. */
    readonly second?: Verdict;
    readonly actions: readonly Compared[];
  };
}

/** How long an exercise asks until there is an answer, in seconds. */
const ASKING = 15;

/** How long learning may take, in seconds. */
const LEARNING = 420;

/** Tries the profiles on a daemon that works as shipped, learns it, and does with it what learning did not see. */
export function tryDrawn(looked: Looked): Promise<TriedDrawn> {
  const { daemon } = looked;
  const patience = patienceFor(looked);
  return withLayer(daemon, async (root) => {
    const { files, call, dropIn, restarted } = await learnt(looked, root, patience);
    const profiles = await tryProfiles(daemon, root, patience, files);
    const head = {
      profiles,
      seconds: call.seconds,
      said: `status ${call.status}: ${call.said.slice(-2500)}`,
      settings: call.settings,
    };
    if (dropIn === undefined) return { ...head, refused: call.refused ?? lastLine(call.said) };
    const later = await withDaemon(daemon, root, { dropIn }, (box) => tryLater(box, looked, patience));
    return { ...head, learnt: { exposure: exposureOf(files, [dropIn]), dropIn, restarted, ...later } };
  });
}

/** The same daemon under the profiles of today, with what was learnt of it before. */
export async function withProfilesAgain({ looked, tried }: { looked: Looked; tried: TriedDrawn }): Promise<TriedDrawn> {
  const patience = patienceFor(looked);
  return withLayer(looked.daemon, async (root) => {
    const files = await withDaemon(looked.daemon, root, undefined, (_, found) => Promise.resolve(found));
    return { ...tried, profiles: await tryProfiles(looked.daemon, root, patience, files) };
  });
}

const patienceFor = ({ seconds }: Looked): Patience => ({
  start: 30 + 4 * seconds.start,
  answer: 15 + 3 * seconds.answer,
});

const lastLine = (text: string): string => text.trim().split("\n").at(-1)?.slice(0, 300) ?? "";

const verdictOf = (outcome: Outcome): Verdict => (outcome.works ? "works" : failure(outcome));

/** Learns a daemon on a machine where it never ran, and starts it again there. */
function learnt({ daemon, diesOfReload }: Looked, root: string, patience: Patience) {
  return withDaemon(daemon, root, undefined, async (box, files) => {
    await noteRun(box);
    await putTool(box, daemon, ASKING);
    const { call, dropIn } = await learnIn(box, daemon, diesOfReload ? ["--no-reload"] : [], LEARNING);
    if (dropIn === undefined) return { files, call, dropIn, restarted: "" };
    await reboot(box, daemon.unit);
    const started = await attempt(box, daemon, patience, "start");
    const again = started.works ? await attempt(box, daemon, patience, "restart") : started;
    return { files, call, dropIn, restarted: verdictOf(again) };
  });
}

async function tryProfiles(
  daemon: Daemon,
  root: string,
  patience: Patience,
  files: UnitFiles,
): Promise<TriedDrawn["profiles"]> {
  const seen = new Map([[files.text, "works"]]);
  const found: TriedDrawn["profiles"][number][] = [];
  for (const profile of TRIED) {
    const { text, exposure } = harden(files, profile);
    const verdict = seen.get(text) ?? verdictOf(await tryDaemon(daemon, root, patience, text));
    seen.set(text, verdict);
    found.push({ profile, exposure, verdict });
  }
  return found;
}

/** What comes later in the life of a daemon: another machine, clients of other kinds, the night, administrators and crashes. */
async function tryLater(box: Box, looked: Looked, patience: Patience) {
  const { daemon, target } = looked;
  await box.run(["touch", MARK]);
  await putTool(box, daemon, ASKING);
  const started = await attempt(box, daemon, patience, "start");
  if (!started.works) {
    const broken = looked.actions.map((it) => ({ ...it, learnt: "! it does not start" }));
    return { fresh: verdictOf(started), rotated: "it does not start", actions: broken };
  }
  const talked = await comparedActions(looked.actions, () => act(box, target, "talk"));
  const made = await comparedFiles(looked, () => act(box, target, "files"));
  const again = await attempt(box, daemon, patience, "restart");
  const rotation = await comparedActions(looked.rotation, () => act(box, target, "rotate"));
  const lost = rotation.find((it) => it.learnt !== it.answer);
  const disturbed = await comparedActions(looked.actions, () => act(box, target, "disturb"));
  const second = looked.second === undefined ? undefined : await trySecond(box, daemon, looked.second, patience);
  return {
    fresh: verdictOf(again),
    rotated: lost === undefined ? "works" : `${lost.what}: ${lost.learnt}`,
    ...(second === undefined ? {} : { second }),
    actions: [...made, ...merged(looked, talked, disturbed)],
  };
}

/** Each action once, from the part in which it was done. */
function merged(looked: Looked, talked: readonly Compared[], disturbed: readonly Compared[]): readonly Compared[] {
  return looked.actions.map((it) => {
    const [talk, disturb] = [talked, disturbed].map((all) => all.find((next) => next.what === it.what));
    return (
      [talk, disturb].find((next) => next !== undefined && next.learnt !== "") ?? { ...it, learnt: "! was not done" }
    );
  });
}

/** The drop-in of a template is that of all its instances. */
async function trySecond(box: Box, daemon: Daemon, unit: string, patience: Patience): Promise<Verdict> {
  const folder = `/etc/systemd/system/${unit.replace(/@.*\./, "@.")}.d`;
  await box.run(["systemctl", "stop", daemon.unit]);
  await box.run(["sh", "-c", `mkdir -p ${folder}; cp /etc/systemd/system/${daemon.unit}.d/50-changed.conf ${folder}`]);
  await box.run(["systemctl", "daemon-reload"]);
  return verdictOf(await attempt(box, { ...daemon, unit }, patience, "start"));
}
