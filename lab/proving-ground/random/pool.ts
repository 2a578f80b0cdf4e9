import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DAEMONS } from "../daemons.ts";
import { OUTSIDE } from "../outside.ts";
import { run } from "../run.ts";

/** The packages that are drawn from, with the day on which they were written. */
const POOL = join(import.meta.dirname, "pool.txt");

/** What debhelper makes a package depend on that brings a service, and what most daemons need for their user and their start. */
const OF_SERVICES =
  /\b(?:init-system-helpers|systemd-standalone-sysusers|lsb-base|sysvinit-utils|adduser|libsystemd0)\b/;

/** What its first line says of a package that has a daemon. */
const DAEMON =
  /\b(?:daemon|server|service|exporter|proxy|agent|monitor\w*|gateway|relay|router|bot|tracker|broker)s?\b/i;

const PART_OF_OTHERS = /^Section: (?:libs|doc|oldlibs|debug|x11|gnome|kde|xfce|fonts|libdevel|devel)$/m;

/** Writes the pool again: all packages of this machine's release that depend on what services depend on and call themselves one. */
export async function writePool(): Promise<number> {
  const { output } = await run(["apt-cache", "dumpavail"], { seconds: 300 });
  const names = output.split("\n\n").flatMap((paragraph) => {
    const name = /^Package: (.*)/m.exec(paragraph)?.[1];
    if (name === undefined || /-(?:common|doc|data|dbg|dev|tests?)$/.test(name) || PART_OF_OTHERS.test(paragraph))
      return [];
    const needs = [...paragraph.matchAll(/^(?:Pre-)?Depends: (.*)/gm)].map((it) => it[1]).join(", ");
    const says = /^Description(?:-en)?: (.*)/m.exec(paragraph)?.[1] ?? "";
    return OF_SERVICES.test(needs) && DAEMON.test(says) ? [name] : [];
  });
  const all = [...new Set(names)].toSorted();
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(
    POOL,
    `# Packages of Debian that depend on what services depend on and call themselves one, by apt's index of ${day}.\n# Made by npm run proving-ground -- --pool.\n${all.join("\n")}\n`,
  );
  return all.length;
}

/** The pool in the order in which a seed draws it, without what any table of ours names. */
export function drawnPackages(seed: string): readonly string[] {
  const listed = listedPackages();
  const pool = readFileSync(POOL, "utf8").split("\n");
  const rank = (name: string): string => createHash("sha256").update(`${seed} ${name}`).digest("hex");
  return pool
    .filter((it) => it !== "" && !it.startsWith("#") && !listed.has(it))
    .map((name) => ({ name, rank: rank(name) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ name }) => name);
}

/** Units that a table of ours names, whichever package brings them. */
export function listedUnits(): ReadonlySet<string> {
  return new Set([...[...DAEMONS, ...OUTSIDE].map((it) => it.unit), ...measuredRows().map((it) => it.unit)]);
}

function listedPackages(): ReadonlySet<string> {
  return new Set([...[...DAEMONS, ...OUTSIDE].flatMap((it) => it.packages), ...measuredRows().map((it) => it.package)]);
}

interface Row {
  readonly unit: string;
  readonly package: string;
}

const measuredRows = (): readonly Row[] =>
  ["data/measured/daemons.json", "data/measured/left-out.json"].flatMap((path) =>
    existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as { readonly rows: readonly Row[] }).rows : [],
  );
