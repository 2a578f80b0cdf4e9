import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import type { Daemon } from "../daemon.ts";
import { withLayer } from "../layer.ts";
import { attempt, withDaemon } from "../trial.ts";
import { PATIENT } from "./reboot.ts";
import { putTool, unitWarden } from "./tool.ts";

/** What observing costs a daemon: answers in a second, each a median of some rounds. */
export interface Cost {
  readonly what: string;
  readonly without: number;
  /** While it is learnt. */
  readonly observed: number;
  /** While it is proven, when every call is stopped at. */
  readonly proven: number;
}

interface Load {
  readonly what: string;
  readonly unit: string;
  readonly port: number;
  readonly request: string;
  readonly answer: string;
  readonly keeps: boolean;
}

const GET = "GET /probe.txt HTTP/1.1\r\nHost: localhost\r\n";

const LOADS: readonly Load[] = [
  {
    what: "Redis, SET over open connections",
    unit: "redis-server.service",
    port: 6379,
    request: "SET probe 42\r\n",
    answer: "+OK",
    keeps: true,
  },
  {
    what: "nginx, GET over open connections",
    unit: "nginx.service",
    port: 80,
    request: `${GET}\r\n`,
    answer: "letter",
    keeps: true,
  },
  {
    what: "nginx, GET over a connection each",
    unit: "nginx.service",
    port: 80,
    request: `${GET}Connection: close\r\n\r\n`,
    answer: "letter",
    keeps: false,
  },
];

const ROUNDS = 3;

const LOAD = transformSync(readFileSync(join(import.meta.dirname, "load.ts"), "utf8"), { loader: "ts" }).code;

/**
 * Measures in the boxes of some daemons. The load is the exercise of `learn`, which runs it before it changes anything, while it
 * observes and, with `--verify`, while it proves, so that all three are of the same minutes.
 */
export async function costs(daemons: readonly Daemon[]): Promise<readonly Cost[]> {
  const found: Cost[] = [];
  for (const load of LOADS) {
    const daemon = daemons.find((it) => it.unit === load.unit);
    if (daemon) found.push(await withLayer(daemon, (root) => costOf(daemon, root, load)));
  }
  return found;
}

function costOf(daemon: Daemon, root: string, { what, port, request, answer, keeps }: Load): Promise<Cost> {
  return withDaemon(daemon, root, undefined, async (box) => {
    const started = await attempt(box, daemon, PATIENT, "start");
    if (!started.works) throw new Error(`${daemon.unit} does not start: ${started.says}`);
    await putTool(box, daemon);
    const words = [String(port), request, answer, keeps ? "yes" : "no"].map((it) => `'${JSON.stringify(it)}'`);
    await box.put("/usr/local/lib/load.mjs", LOAD);
    await box.put(
      "/usr/local/bin/load",
      `#!/bin/sh\n${process.execPath} /usr/local/lib/load.mjs ${words.join(" ")} >> /var/tmp/rates\n`,
    );
    await box.run(["chmod", "755", "/usr/local/bin/load"]);
    /** How many answers came in a second before anything was changed, after the start, after a reload, and so on. */
    const rates = async (words: readonly string[]): Promise<readonly number[]> => {
      await box.run(["rm", "-f", "/var/tmp/rates"]);
      await unitWarden(box, ["learn", daemon.unit, "--yes", ...words, "--exercise", "load"]);
      return (await box.run(["cat", "/var/tmp/rates"])).output.trim().split("\n").map(Number);
    };
    const rounds: { without: number; observed: number; proven: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const [without = Number.NaN, observed = Number.NaN] = await rates([]);
      const proven = (await rates(["--verify"])).at(-1) ?? Number.NaN;
      rounds.push({ without, observed, proven });
    }
    const middle = (of: (it: (typeof rounds)[number]) => number): number =>
      rounds.map(of).toSorted((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
    return {
      what,
      without: middle((it) => it.without),
      observed: middle((it) => it.observed),
      proven: middle((it) => it.proven),
    };
  });
}

/** One line for a terminal. */
export const costText = ({ what, without, observed, proven }: Cost): string =>
  `${what.padEnd(36)} ${without} a second; observed ${ratio(observed, without)}; proven ${ratio(proven, without)}`;

/** A part of a whole, with two digits. */
export const ratio = (of: number, whole: number): string => (of / whole).toFixed(2);
