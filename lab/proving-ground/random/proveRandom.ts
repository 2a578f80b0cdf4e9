import { writeFileSync } from "node:fs";
import { endBoxesOnSignals } from "../box.ts";
import type { Daemon } from "../daemon.ts";
import { removeLayer } from "../layer.ts";
import { run } from "../run.ts";
import { drawnDaemon } from "./draw.ts";
import { lookAt } from "./look.ts";
import { NAMED, type NamedDaemon } from "./named.ts";
import { namedPageOf } from "./namedPage.ts";
import { drawnPackages, listedUnits } from "./pool.ts";
import { randomPageOf } from "./randomPage.ts";
import { isBroken, linesOf, tallyRandom } from "./randomReport.ts";
import { type Kept, NO_DAEMON, type Store, storeOf } from "./store.ts";
import { tryDrawn, withProfilesAgain } from "./tryDrawn.ts";

/** How daemons are drawn and tried. */
export interface RandomOptions {
  readonly seed: string;
  /** So many that work as shipped. */
  readonly count: number;
  readonly jobs: number;
  /** Packages or units that are tried instead of drawn ones. */
  readonly only: readonly string[] | undefined;
  /** Whether what broke before is tried again. */
  readonly again: boolean;
  /** Whether only the profiles are tried again on what was tried before. */
  readonly profiles: boolean;
  /** As `systemd 257`. */
  readonly system: string;
}

const PAGE = "reports/random-daemons.md";
/** The seed under which those that people named are kept. */
const NAMED_SEED = "named";
const NAMED_PAGE = "reports/named-daemons.md";

/**
 * Draws daemons by a seed until enough of them work as shipped, and tries what this product makes of them. What is known of a
 * package is kept, so that an interrupted run goes on; ends as tests do, with how many passed and failed.
 */
export async function proveRandom(options: RandomOptions): Promise<void> {
  endBoxesOnSignals();
  await run(["apt-get", "update", "-qq"], { seconds: 300 });
  const store = storeOf(options.seed);
  const sources = options.only ? options.only.map((it) => named(it, options.seed)) : drawn(options.seed, store);
  const kept: Kept[] = [];
  const enough = (): boolean => !options.only && kept.filter((it) => it.tried).length >= options.count;
  const work = async (): Promise<void> => {
    for (let next = sources.shift(); next && !enough(); next = sources.shift()) {
      const known = store.read(next.package);
      const isDone = known?.leftOut !== undefined || (known?.tried && !(options.again && isBroken(known)));
      const isKept = known && isDone && !options.only;
      const found = isKept ? await renewed(known, options, store) : await tryOne(next, known, store);
      kept.push(found);
      for (const line of linesOf(found)) console.log(line);
      // An interrupted run leaves a page of what it came to.
      if (options.seed === NAMED_SEED) writeFileSync(NAMED_PAGE, namedPageOf(withKnown(kept, store), options.system));
      else if (!options.only) writeFileSync(PAGE, randomPageOf(kept, options));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(2, options.jobs)) }, work));
  const { works, broke, medians } = tallyRandom(kept);
  console.log(`median exposure: ${medians.join(" → ")}`);
  console.log(`${works} passed, ${broke} failed`);
  if (broke > 0) process.exitCode = 1;
}

/** What is kept, with the profiles tried again where that is asked for. */
async function renewed(kept: Kept, { profiles }: RandomOptions, store: Store): Promise<Kept> {
  const { looked, tried } = kept;
  if (!profiles || !looked || !tried) return kept;
  const now = { ...kept, tried: await withProfilesAgain({ looked, tried }) };
  store.write(now);
  return now;
}

/** A package, and what is to be tried of it; looked up when it is its turn or a little before. */
interface Source {
  readonly package: string;
  readonly daemon: () => Promise<Daemon | undefined>;
  readonly acts?: NamedDaemon["acts"];
}

/** A package by its name, with the unit that the draw would take of it. */
function named(name: string, seed: string): Source {
  const known = NAMED.find(
    ({ daemon: { packages, unit } }) => [packages[0], unit].includes(name) || unit === `${name}.service`,
  );
  if (!known)
    return { package: name, daemon: () => drawnDaemon(name, seed, seed === NAMED_SEED ? new Set() : listedUnits()) };
  const { daemon, acts } = known;
  return { package: daemon.packages[0], daemon: async () => daemon, acts };
}

/** What was tried now, and what is known of all others that have a name. */
function withKnown(kept: readonly Kept[], store: Store): readonly Kept[] {
  const names = new Set([...NAMED.map((it) => it.daemon.packages[0]), ...kept.map((it) => it.package)]);
  return [...names].flatMap((name) => kept.find((it) => it.package === name) ?? store.read(name) ?? []);
}

/** So many packages are looked into before it is their turn: most have no service, and boxes need not wait for them. */
const AHEAD = 16;

function drawn(seed: string, store: Store): { readonly shift: () => Source | undefined } {
  const listed = listedUnits();
  const order = drawnPackages(seed);
  const found = new Map<string, Promise<Daemon | undefined>>();
  let last: Promise<unknown> = Promise.resolve();
  const look = (name: string): Promise<Daemon | undefined> => {
    const known = found.get(name);
    if (known) return known;
    const next = last.then(() => drawnDaemon(name, seed, listed));
    found.set(name, next);
    last = next.catch(() => undefined);
    return next;
  };
  let at = 0;
  return {
    shift: () => {
      const name = order[at++];
      if (name === undefined) return undefined;
      for (const it of order.slice(at, at + AHEAD)) if (!store.read(it)) void look(it).catch(() => undefined);
      return { package: name, daemon: () => look(name) };
    },
  };
}

async function tryOne(source: Source, known: Kept | undefined, store: Store): Promise<Kept> {
  const keep = (kept: Kept): Kept => {
    store.write(kept);
    return kept;
  };
  const daemon = known?.looked?.daemon ?? (await source.daemon());
  if (!daemon) return keep({ package: source.package, leftOut: NO_DAEMON });
  const head = { package: source.package, unit: daemon.unit };
  const whole: Daemon = {
    ...daemon,
    packages: [daemon.packages[0], ...new Set([...daemon.packages.slice(1), "logrotate"])],
  };
  const looked = known?.looked ?? (await lookAt(whole, source.acts));
  if (typeof looked === "string") {
    removeLayer(whole);
    return keep({ ...head, leftOut: looked });
  }
  keep({ ...head, looked });
  try {
    return keep({ ...head, looked, tried: await tryDrawn(looked) });
  } catch (error) {
    // The machine failed, not the daemon: the next run tries it again.
    console.log(`${source.package}: ${String(error)}`);
    return { ...head, looked };
  }
}
