import type { Learnt } from "../../learn/learnt.ts";
import type { LearntParts } from "../../learn/learntUnit.ts";
import { userName } from "../../learn/runContext.ts";
import type { Machine, Places } from "../machine.ts";
import { outageOf, outageText, type Restarts, stateAfter } from "../outage.ts";
import { placesOf } from "../places.ts";
import { isTemplateName, socketOf } from "./connections.ts";
import { MOST_BYTES, type RunPlan } from "./observedRun.ts";
import { MOST_RUNS } from "./prove.ts";
import type { ObservableService, Tools } from "./service.ts";

/** What an observation was asked for, as far as a plan names it. */
interface PlannedRequest {
  readonly plan: RunPlan;
  readonly verify: boolean;
  readonly write: boolean;
  readonly parts: LearntParts;
  /** Whether it is proven as on a new machine too. */
  readonly isFresh?: boolean;
  /** Another instance of its template as which it is proven too. */
  readonly other?: string | undefined;
}

/** How a service is observed, and what is known of earlier runs. */
interface PlannedTools extends Tools {
  readonly how: "quick" | "whole";
  readonly earlier: Learnt | undefined;
}

/** What `learn` is going to do, a sentence each. */
export async function learnPlan(
  machine: Machine,
  request: PlannedRequest,
  service: ObservableService,
  tools: PlannedTools,
): Promise<string[]> {
  const {
    plan: { commands, seconds, untilEnter },
    verify,
    write,
    parts,
    isFresh = false,
    other,
  } = request;
  const { strace, straceVersion, isQuick, how, earlier } = tools;
  const places = placesOf(machine);
  if (isTemplateName(service.name)) return connectionsPlan(request, service.name, tools, places);
  const { name, isActive, canReload } = service;
  const time = untilEnter ? "until you press Enter" : seconds > 0 ? `for ${Math.round(seconds)} s` : "";
  const waiting = time === "" ? "" : ", without waiting again";
  const exercise = commands.map((it) => `run ${it}`).join(", ");
  const reload = canReload ? ["reload it", ...(exercise === "" ? [] : ["exercise it again"])] : [];
  const steps = [exercise, time === "" ? "" : `let it work ${time}`, ...reload, "stop it"].filter(Boolean);
  const outage = await outageOf(machine, name);
  const first = { least: 1, most: mayRunTwice(service) ? 2 : 1 };
  const proof = verify ? proofRuns(parts, isFresh) : { least: 0, most: 0 };
  const back = isActive ? 1 : 0;
  const restarts = {
    least: first.least + proof.least + back,
    most: first.most + proof.most + back,
    slower: verify ? SLOWER.whole.most : SLOWER[how].most,
    pause: READING_SECONDS,
  };
  return [
    `this is going to restart ${name} under ${strace} ${straceVersion}, ${steps.join(", ")}, and derive settings`,
    ...(verify ? [`then restart it under these settings, some times if need be, and see what fails${waiting}`] : []),
    ...(verify && commands.length === 0 ? [UNPROVEN] : []),
    ...(verify && parts.user ? [OWNERS] : []),
    ...(isFresh ? [FRESH] : []),
    ...(other === undefined ? [] : [`${other} is started under the same settings too, and put back as it is now`]),
    ...outageText(name, outage, restarts),
    slowerText(how, isQuick, verify),
    sizeText(earlier, seconds, places),
    `then put it back as it is now, ${stateAfter(outage)}; a drop-in lies below ${places.temporary} until then`,
    ...(write ? [`and write the settings into a drop-in below ${places.kept}`] : []),
  ];
}

const UNPROVEN =
  "without --exercise nothing is proven: what holds then is only seen, as nothing was asked of the service";

/** The same where connections to a socket start the service: nothing is restarted. */
function connectionsPlan(
  { plan: { commands, seconds, untilEnter }, verify, write, parts }: PlannedRequest,
  name: string,
  { strace, straceVersion, isQuick, how, earlier }: PlannedTools,
  places: Places,
): string[] {
  const socket = socketOf(name);
  const time = untilEnter ? "until you press Enter" : seconds > 0 ? `for ${Math.round(seconds)} s` : "";
  const steps = [...commands.map((it) => `run ${it}`), ...(time === "" ? [] : [`wait ${time}`])].join(", ");
  const runs = proofRuns(parts).most;
  return [
    `this is going to observe the services of new connections to ${socket} under ${strace} ${straceVersion}, ${steps}, and derive settings`,
    ...(verify ? [`then the same under these settings, at most ${runs} times, and see what fails`] : []),
    `nothing is restarted: ${socket} goes on listening, and open connections go on as they are`,
    "new connections are served one after another meanwhile, also those of other clients",
    ...(verify ? ["what the settings do not allow fails for other clients as well"] : []),
    slowerText(how, isQuick, verify),
    sizeText(earlier, seconds, places),
    `then put ${name} back as it is now; a drop-in lies below ${places.temporary} until then`,
    ...(write ? [`and write the settings into a drop-in below ${places.kept}`] : []),
  ];
}

/** What an observation of days is going to do; the restart that ends it counts for `learn stop`. */
export async function daysPlan(
  machine: Machine,
  { name: unit, isActive }: ObservableService,
  { how, isQuick }: Pick<PlannedTools, "how" | "isQuick">,
): Promise<string[]> {
  const times = isActive ? 2 : 1;
  const restarts: Restarts = { least: times, most: times, slower: SLOWER[how].most, pause: 0 };
  return [
    `this is going to restart ${unit} under strace, and to observe it until unit-warden learn stop ${unit}, or a reboot`,
    ...outageText(unit, await outageOf(machine, unit), restarts),
    slowerText(how, isQuick, false),
    "its log is read and freed each minute, and ends the observation where it cannot be freed",
  ];
}

/** What the end of it is going to do. */
export async function stopPlan(
  machine: Machine,
  unit: string,
  { verify, write, parts, isFresh = false }: Omit<PlannedRequest, "plan">,
): Promise<string[]> {
  const proof = verify ? proofRuns(parts, isFresh) : { least: -1, most: -1 };
  const restarts = { least: proof.least + 2, most: proof.most + 2, slower: verify ? SLOWER.whole.most : 1 };
  return [
    `this is going to stop ${unit}, to put it back as it was before, and to derive settings from what was observed`,
    ...(verify ? ["then restart it under these settings, some times if need be, and see what fails"] : []),
    ...(verify && parts.user ? [OWNERS] : []),
    ...(isFresh ? [FRESH] : []),
    ...outageText(unit, await outageOf(machine, unit), { ...restarts, pause: READING_SECONDS }),
    ...(verify ? [slowerText("whole", true, false)] : []),
    ...(write ? [`and write the settings into a drop-in below ${placesOf(machine).kept}`] : []),
  ];
}

/**
 * How many times longer a service takes for its answers, measured with daemons of Debian: `quick` leaves calls that tell
 * nothing to the kernel, `whole` stops at all.
 */
const SLOWER = { quick: { least: 2, most: 5 }, whole: { least: 2, most: 24 } } as const;

/** So long the logs of a run may be read before the service is started again, in seconds, as measured. */
const READING_SECONDS = 5;

/** The runs of a proof: all settings hold at once, or none does without a run that shows that it works without any. */
function proofRuns({ user }: LearntParts, isFresh = false): { readonly least: number; readonly most: number } {
  // A service that keeps no state is not started more often.
  const fresh = isFresh ? FRESH_RUNS + MOST_RUNS + 1 : 0;
  return { least: user ? 2 : 1, most: MOST_RUNS + 1 + (user ? MOST_RUNS : 0) + fresh };
}

/** So often it may be started with less and less missing, until it starts. */
const FRESH_RUNS = 3;

/** Whether programs may lose rights under a strace of another user, for which the service is observed once more. */
const mayRunTwice = ({ unit }: ObservableService): boolean => !["root", undefined].includes(userName(unit));

function slowerText(how: "quick" | "whole", isQuick: boolean, verify: boolean): string {
  const { least, most } = SLOWER.whole;
  const quick = `its answers mostly take ${SLOWER.quick.least} to ${SLOWER.quick.most} times as long`;
  const proof = verify ? `, and up to ${most} times in the proof` : "";
  if (how === "quick") return `while it is observed ${quick}${proof}`;
  const why = isQuick ? "filters of its unit deny calls, which only show so" : "this kernel cannot pass by calls";
  return `while it is observed its answers take ${least} to ${most} times as long, as strace stops at every call: ${why}`;
}

/** What a start with some requests writes, of daemons of Debian from memcached to PostgreSQL, in MB; and bytes for a call. */
const USUAL_LOG = { least: 0.1, most: 1, line: 150 } as const;

/** The size of the log of a run, by what earlier runs wrote in their time. */
function sizeText(earlier: Learnt | undefined, seconds: number, { learnt }: Places): string {
  const bound = `at ${MOST_BYTES / 2 ** 30} GB the observation ends`;
  const last = earlier?.runs.at(-1);
  const where = `its log lies below ${learnt} until then`;
  if (!last || last.calls === 0)
    return `${where}: ${USUAL_LOG.least} to ${USUAL_LOG.most} MB for a start and some requests, and ${USUAL_LOG.line} bytes for each call after that; ${bound}`;
  const calls = last.calls * Math.max(1, seconds / Math.max(1, last.seconds));
  return `${where}: about ${Math.max(0.1, (calls * USUAL_LOG.line) / 1e6).toFixed(1)} MB, as the last run made ${last.calls} calls in ${Math.round(last.seconds)} s; ${bound}`;
}

const FRESH =
  "where it keeps state, logs or caches, it is also observed and proven as on a new machine, with at least 2 restarts more: they are moved aside for that, and put back with the service, after a crash by the next boot; --no-fresh leaves this out";

const OWNERS =
  "where it proves User=, systemd gives directories of the service in /var/lib, /var/cache, /var/log and /run, with all in them, to that user; their owners and modes are noted before, and put back with the service";
