import { randomInt } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { random } from "../../../test/kit/random.ts";
import { randomUnit } from "../../../test/security/randomUnit.ts";
import { askAbout, type SystemdRoot, systemdIn } from "./askUnits.ts";
import { compareUnit } from "./compareUnit.ts";
import { everyWord } from "./everyWord.ts";
import { type AskedUnit, askedUnit } from "./randomUnit.ts";
import { valuePool } from "./valuePool.ts";

const { values: options } = parseArgs({
  options: {
    corpus: { type: "string", default: "../shared/corpus" },
    /** A folder whose subfolders are root directories with a systemd each; the machine's own one where it is missing. */
    roots: { type: "string" },
    /** How many units of each systemd are tried. */
    units: { type: "string", default: "1000" },
    seed: { type: "string", default: String(randomInt(1_000_000_000)) },
    systemd: { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});

/** As many as are put into one folder. */
const BATCH = 250;

function main(): void {
  if (process.getuid?.() !== 0) {
    console.log("skipped: only root can ask a systemd in another root directory");
    return;
  }
  const roots = systemds();
  if (roots.length === 0) console.log("skipped: there is no systemd to ask");
  const seed = Number(options.seed);
  console.log(`seed ${seed}`);
  const pool = valuePool(options.corpus);
  let failed = 0;
  for (const root of roots) if (!compareAll(root, pool, seed)) failed++;
  console.log(`${roots.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

function systemds(): readonly SystemdRoot[] {
  const { roots, systemd } = options;
  const folders = roots === undefined ? ["/"] : readdirSync(roots).map((it) => join(roots, it));
  return folders
    .filter((it) => existsSync(join(it, "usr/bin/systemd-analyze")) || existsSync(join(it, "bin/systemd-analyze")))
    .flatMap((it) => systemdIn(it) ?? [])
    .filter((it) => systemd === undefined || systemd.split(",").includes(String(it.version)))
    .toSorted((a, b) => a.version - b.version);
}

function compareAll(root: SystemdRoot, pool: ReturnType<typeof valuePool>, seed: number): boolean {
  const chance = random(seed);
  const count = Number(options.units);
  const tally = { units: 0, lines: 0, bad: 0, crashed: 0, differences: [] as string[] };
  for (let done = 0; done < count; done += BATCH) {
    const scope = chance.chance(0.2) ? "user" : "system";
    const units = Array.from({ length: Math.min(BATCH, count - done) }, (_, i) => {
      const id = `u${done + i}`;
      return chance.chance(0.25) ? renamed(randomUnit(chance), id) : askedUnit(id, pool, chance);
    });
    compareBatch(root, units, scope, tally);
  }
  const words = everyWord();
  for (let done = 0; done < words.length; done += BATCH)
    compareBatch(root, words.slice(done, done + BATCH), "system", tally);
  const { units, lines, bad, crashed, differences } = tally;
  const asked = units - crashed;
  console.log(
    `${root.build}: ${asked - bad}/${asked} units, ${lines} lines${crashed > 0 ? `, ${crashed} crash it` : ""}`,
  );
  for (const it of differences) console.log(`  ${it.replaceAll("\n", "\n  ")}`);
  return differences.length === 0;
}

interface Tally {
  units: number;
  lines: number;
  bad: number;
  crashed: number;
  readonly differences: string[];
}

function compareBatch(root: SystemdRoot, units: readonly AskedUnit[], scope: "system" | "user", tally: Tally): void {
  const said = askAbout(root, units, scope);
  tally.units += units.length;
  for (const unit of units) {
    if (!said.asked.has(unit.name)) {
      tally.crashed++;
      continue;
    }
    const found = compareUnit(unit, said, root.version, scope);
    tally.lines += found.lines;
    if (found.differences.length > 0) tally.bad++;
    for (const it of found.differences)
      tally.differences.push(`${scope} ${it}${options.verbose ? `\n${JSON.stringify(unit.files)}` : ""}`);
  }
}

/** A service under a name of its own, with the drop-ins that are its alone. */
function renamed({ name, files }: ReturnType<typeof randomUnit>, id: string): AskedUnit {
  const own = name.includes("@") ? `${id}${name.slice(name.indexOf("@"))}` : `${id}.service`;
  return {
    name: own,
    files: Object.fromEntries(
      Object.entries(files).flatMap(([path, text]) =>
        path === name || path.startsWith(`${name}.d/`) ? [[own + path.slice(name.length), text]] : [],
      ),
    ),
  };
}

main();
