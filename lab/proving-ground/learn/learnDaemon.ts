import type { Learnt, LearntSetting } from "../../../server/src/learn/learnt.ts";
import type { Box } from "../box.ts";
import type { Daemon } from "../daemon.ts";
import { exposureOf, harden } from "../hardened.ts";
import { withLayer } from "../layer.ts";
import { attempt, type Outcome, type Patience, withDaemon } from "../trial.ts";
import { PATIENT, startAfterReboot } from "./reboot.ts";
import { EXERCISE, putTool, unitWarden } from "./tool.ts";
import type { UnseenResult } from "./tryUnseen.ts";

/** What learning gave, and how the daemon does with it. */
export interface Tried {
  readonly dropIn: string;
  readonly exposure: string;
  /** In a fresh copy of the machine, as after a reboot: started, asked, reloaded, asked, restarted, asked. */
  readonly outcome: Outcome;
}

/** One call of `learn`. */
export interface LearnCall {
  readonly status: number;
  /** Its progress. */
  readonly said: string;
  readonly seconds: number;
  /** So many runs the proof took. */
  readonly runs: number;
  readonly settings: readonly Pick<LearntSetting, "key" | "value" | "grade" | "evidence" | "part">[];
  readonly refused?: string;
}

/** All that was seen of a daemon. */
export interface LearnReport {
  readonly unit: string;
  readonly package: string;
  readonly shipped?: { readonly exposure: string; readonly outcome: Outcome };
  readonly basic?: string;
  readonly strict?: string;
  readonly call?: LearnCall;
  readonly learnt?: Tried;
  readonly userCall?: LearnCall;
  /** With its own user, where that was proven. */
  readonly withUser?: Tried;
  /** What it was asked for besides, under what was learnt. */
  readonly unseen?: readonly UnseenResult[];
  /** Why it could not be tried. */
  readonly error?: string;
}

/** Learns and proves a daemon with the command line in a box, and asks it again in a fresh one. */
export async function learnDaemon(daemon: Daemon): Promise<LearnReport> {
  const head = { unit: daemon.unit, package: daemon.packages[0] };
  try {
    return await withLayer(daemon, async (root) => ({ ...head, ...(await learnOver(daemon, root)) }));
  } catch (error) {
    return { ...head, error: error instanceof Error ? error.message : String(error) };
  }
}

async function learnOver(daemon: Daemon, root: string): Promise<Omit<LearnReport, "unit" | "package">> {
  const seen = await withDaemon(daemon, root, undefined, async (box, files) => {
    const outcome = await attempt(box, daemon, PATIENT, "start");
    const shipped = { exposure: exposureOf(files, []), outcome };
    if (!outcome.works) return { files, shipped };
    await putTool(box, daemon);
    const plain = await learnIn(box, daemon, []);
    if (!plain.call.settings.some((it) => it.part === "user" && it.grade !== "refused"))
      return { files, shipped, plain };
    await box.run(["rm", "-r", dropInFolder(daemon)]);
    await box.run(["systemctl", "daemon-reload"]);
    const user = await learnIn(box, daemon, ["--with", "user"]);
    return { files, shipped, plain, user };
  });
  const { files, shipped, plain, user } = seen;
  const report = {
    shipped,
    basic: harden(files, "basic").exposure,
    strict: harden(files, "strict").exposure,
    ...(plain && { call: plain.call }),
    ...(user && { userCall: user.call }),
  };
  const { start, answer } = shipped.outcome.seconds;
  const patience = { start: 20 + 4 * start, answer: 10 + 3 * answer };
  const tried = async (dropIn: string): Promise<Tried> => ({
    dropIn,
    exposure: exposureOf(files, [dropIn]),
    outcome: await tryLearnt(daemon, root, patience, dropIn),
  });
  const learnt = plain?.dropIn === undefined ? undefined : await tried(plain.dropIn);
  const isUser = user?.dropIn !== undefined && /^User=/m.test(user.dropIn);
  const withUser = isUser ? await tried(user.dropIn) : undefined;
  return { ...report, ...(learnt && { learnt }), ...(withUser && { withUser }) };
}

/** Starts, asks, reloads and restarts a daemon with one more drop-in, in a fresh copy of the machine on which it ran as shipped. */
export function tryLearnt(daemon: Daemon, root: string, patience: Patience, dropIn: string): Promise<Outcome> {
  return withDaemon(daemon, root, undefined, async (box) =>
    goOn(box, daemon, patience, await startAfterReboot(box, daemon, patience, dropIn)),
  );
}

/** The same on a machine where the daemon never ran, so that it makes its files under these settings. */
export function tryFresh(daemon: Daemon, root: string, patience: Patience, dropIn: string): Promise<Outcome> {
  return withDaemon(daemon, root, { dropIn }, async (box) =>
    goOn(box, daemon, patience, await attempt(box, daemon, patience, "start")),
  );
}

/** Reloads and restarts a daemon after a start that worked. */
async function goOn(box: Box, daemon: Daemon, patience: Patience, first: Outcome): Promise<Outcome> {
  const canReload = (await box.show(daemon.unit, "CanReload")).CanReload === "yes";
  const second = first.works && canReload ? await attempt(box, daemon, patience, "reload") : first;
  return second.works ? attempt(box, daemon, patience, "restart") : second;
}

const dropInFolder = ({ unit }: Daemon): string => `/etc/systemd/system/${unit}.d`;

/** Calls `learn` as an administrator would; the drop-in that it wrote, if any. */
export async function learnIn(
  box: Box,
  daemon: Daemon,
  words: readonly string[],
  seconds?: number,
): Promise<{ readonly call: LearnCall; readonly dropIn: string | undefined }> {
  const begun = Date.now();
  const exercise = ["--exercise", EXERCISE, "--verify", "--write", "--yes"];
  const { status, output } = await unitWarden(box, ["learn", daemon.unit, ...exercise, ...words], seconds);
  const folder = dropInFolder(daemon);
  const read = async (name: string): Promise<string | undefined> => {
    const { status: found, output: text } = await box.run(["cat", `${folder}/${name}`]);
    return found === 0 ? text : undefined;
  };
  const json = await read(`${daemon.unit}.learnt.json`);
  const learnt = json === undefined ? undefined : (JSON.parse(json) as Learnt);
  const refused = learnt?.refused ?? /^# nothing is derived: (.*)/m.exec(output)?.[1];
  const call: LearnCall = {
    status,
    said: output.slice(-20_000),
    seconds: Math.round((Date.now() - begun) / 1000),
    runs: output.match(/: proof, run /g)?.length ?? 0,
    settings: (learnt?.settings ?? []).map(({ key, value, grade, evidence, part }) => ({
      key,
      value,
      grade,
      evidence,
      // The file leaves out what most have.
      part: part ?? "settings",
    })),
    ...(refused === undefined ? {} : { refused }),
  };
  return { call, dropIn: await read("50-unit-warden-learnt.conf") };
}
