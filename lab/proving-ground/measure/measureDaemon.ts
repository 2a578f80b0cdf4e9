import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { unitDigest } from "../../../server/src/learn/unitDigest.ts";
import { factsOf } from "../../../server/src/service/facts.ts";
import type { Box } from "../box.ts";
import { type Daemon, describe, type Probe } from "../daemon.ts";
import { exposureOf, readFiles } from "../hardened.ts";
import { withLayer } from "../layer.ts";
import type { LearnCall } from "../learn/learnDaemon.ts";
import { learnIn, tryFresh, tryLearnt } from "../learn/learnDaemon.ts";
import { putTool } from "../learn/tool.ts";
import { askFor, attempt, type Patience, type UnitFiles, withDaemon } from "../trial.ts";
import type { Candidate } from "./candidates.ts";
import type { LeftOut, MeasuredRow } from "./measured.ts";

const LISTENERS = transformSync(readFileSync(join(import.meta.dirname, "listeners.ts"), "utf8"), { loader: "ts" }).code;

/** How long a daemon that nobody knows may take as shipped, in seconds. */
const PATIENT: Patience = { start: 40, answer: 25 };

/** How long learning may take, in seconds. */
const LEARNING = 300;

/** How long a daemon must run by itself until it is looked at, in seconds. */
const SETTLE = 3;

/** Installs, starts, learns and exercises a daemon, proves what was learnt, and tries it again after a reboot. */
export async function measure({ daemon, asked }: Candidate): Promise<MeasuredRow | LeftOut> {
  const head = { unit: daemon.unit, package: daemon.packages[0] };
  try {
    return { ...head, ...(await withLayer(daemon, (root) => measureOver(daemon, asked, root))) };
  } catch (error) {
    console.log(`${daemon.unit}: ${String(error)}`);
    const text = error instanceof Error ? error.message : String(error);
    return { ...head, reason: text.startsWith("apt-get") ? "the package cannot be installed here" : firstLine(text) };
  }
}

type Measured = Omit<MeasuredRow, "unit" | "package"> | Omit<LeftOut, "unit" | "package">;

async function measureOver(daemon: Daemon, isKnown: boolean, root: string): Promise<Measured> {
  const known = isKnown ? { daemon, asked: "question" as const } : await lookAt(daemon, root);
  if ("reason" in known) return known;
  // It never ran in this box, so that what it makes at its first start is among what it needs.
  const { files, version, call, dropIn, reloads } = await withDaemon(
    known.daemon,
    root,
    undefined,
    async (box, files) => {
      const version = (await box.run(["dpkg-query", "-W", daemon.packages[0]])).output.trim().split("\t").at(-1) ?? "";
      return { files, version, ...(await learnt(box, known.daemon)) };
    },
  );
  if (dropIn === undefined) {
    console.log(`${daemon.unit}: ${call.said.trim().split("\n").at(-1)}`);
    return { reason: withoutLine(call.refused ?? "it does not run as shipped, or nothing holds that was learnt") };
  }
  const closed = homesClosed(dropIn);
  const isClosed = call.settings.some(hasEmptyHomes) && (await failureOf(known.daemon, root, closed)) === undefined;
  const failure = isClosed ? undefined : await failureOf(known.daemon, root, dropIn);
  if (failure) return { reason: failure };
  const settings = (isClosed ? withHomesClosed(call.settings) : call.settings).filter((it) => it.part === "settings");
  const shipped = { ...files, dropIns: files.dropIns.filter((_, i) => files.isPackaged[i]) };
  const unit = readFiles(shipped, shipped.text);
  const { programs, user } = factsOf(unit);
  return {
    version,
    digest: unitDigest(unit),
    programs: [...new Set(programs.flatMap((it) => (it.setting === "ExecStart" ? [it.path] : [])))],
    ...(user === undefined ? {} : { user }),
    exercised: [...known.daemon.probes.map(describe), ...(reloads ? ["reload"] : []), "restart"],
    asked: known.asked,
    exposure: [exposureOf(files, []), exposureOf(files, [isClosed ? closed : dropIn])],
    settings: settings.filter((it) => it.grade === "proven").map((it) => `${it.key}=${it.value}`),
    refused: Object.fromEntries(
      settings.filter((it) => it.grade === "refused").map((it) => [it.key, withoutLine(it.evidence)]),
    ),
  };
}

/** Why a daemon does not work with settings; undefined where it does, also after a reboot. */
async function failureOf(daemon: Daemon, root: string, dropIn: string): Promise<string | undefined> {
  for (const [when, again] of [
    ["at its first start", tryFresh],
    ["after a reboot", tryLearnt],
  ] as const) {
    const { works, answer, says } = await again(daemon, root, PATIENT, dropIn);
    if (works) continue;
    console.log(`${daemon.unit}: ${answer}: ${says}`);
    return `it does not work with what was learnt ${when}`;
  }
  return undefined;
}

/** Homes in which a daemon found nothing are closed in place of empty, where it works so as well. */
const homesClosed = (dropIn: string): string => dropIn.replace("ProtectHome=tmpfs", "ProtectHome=yes");

const withHomesClosed = (settings: LearnCall["settings"]): LearnCall["settings"] =>
  settings.map((it) => (hasEmptyHomes(it) ? { ...it, value: "yes" } : it));

const hasEmptyHomes = ({ key, value, grade }: LearnCall["settings"][number]): boolean =>
  key === "ProtectHome" && value === "tmpfs" && grade === "proven";

/** Starts a daemon that has no question of its own as it is shipped, and finds out what to ask. */
async function lookAt(
  daemon: Daemon,
  root: string,
): Promise<{ readonly daemon: Daemon; readonly asked: "answer" | "start" } | { readonly reason: string }> {
  return withDaemon(daemon, root, undefined, async (box, files) => {
    const outcome = await attempt(box, daemon, PATIENT, "start");
    if (!outcome.works) {
      console.log(`${daemon.unit}: ${outcome.answer}: ${outcome.says}`);
      return { reason: "it does not run as shipped, without settings of its own" };
    }
    await pause(SETTLE);
    const probes = probesOf(await listeningOf(box, daemon, files));
    const { status, answer } = await askFor(box, probes, PATIENT.answer);
    const still = await box.show(daemon.unit, "ActiveState", "NRestarts");
    if (status !== 0 || still.ActiveState !== "active" || still.NRestarts !== "0")
      return { reason: "it does not stay, or does not take connections" };
    return { daemon: { ...daemon, probes }, asked: /answers|pong/.test(answer) ? "answer" : "start" };
  });
}

/** Learns a daemon in its box; what is written is read back. */
async function learnt(box: Box, daemon: Daemon): Promise<Awaited<ReturnType<typeof learnIn>> & { reloads: boolean }> {
  await putTool(box, daemon);
  const reloads = (await box.show(daemon.unit, "CanReload")).CanReload === "yes";
  return { ...(await learnIn(box, daemon, ["--trust-run"], LEARNING)), reloads };
}

/** What a daemon listens on, and its name on the bus. */
export interface Listening {
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
  readonly sockets: readonly string[];
  readonly bus?: string;
}

/** Lists what a daemon that runs listens on. */
export async function listeningOf(box: Box, { unit }: Daemon, { text }: UnitFiles): Promise<Listening> {
  const { ControlGroup: group = "" } = await box.show(unit, "ControlGroup");
  const { status, output } = await box.run([process.execPath, "--input-type=module", "-", group], { input: LISTENERS });
  if (status !== 0) throw new Error(`its sockets cannot be listed: ${output.trim().slice(-200)}`);
  const bus = /^BusName=(\S+)/m.exec(text)?.[1];
  return { ...(JSON.parse(output) as Listening), ...(bus === undefined ? {} : { bus }) };
}

/** What a daemon that has no question of its own is asked: what every server is, over all that it listens on. */
export function probesOf({ tcp, udp, sockets, bus: name }: Listening): readonly Probe[] {
  return [
    ...[...tcp, ...sockets.slice(0, 4)].map((place): Probe => ({ kind: "greet", place })),
    ...udp.map((port): Probe => ({ kind: "knock", port })),
    ...(name === undefined ? [] : [pingOf(name)]),
  ];
}

const pingOf = (name: string): Probe => ({
  kind: "command",
  line: `busctl --timeout=5 call ${name} / org.freedesktop.DBus.Peer Ping && echo pong`,
});

/** Lines of the log and names of files are others in each run. */
const withoutLine = (evidence: string): string =>
  evidence.replace(
    /(?<=a second run failed under it).*|: Exec\w+:\d+$| \(Exec\w+:\d+.*|, such as .*|(?<=^uses AF_\w+) .*/gs,
    "",
  );

const firstLine = (text: string): string => text.split("\n")[0]?.slice(0, 120) ?? "";

const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
