import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { built } from "../kit/built.ts";
import { HOST_KINDS_GROWN, UNIT_KINDS_GROWN } from "./kinds.ts";

const MEGABYTE = 1_000_000;
const RUNS = 5;
const KINDS = { ...UNIT_KINDS_GROWN, ...HOST_KINDS_GROWN };

/** What a program took: seconds of the processor in user and system mode, and the peak of its memory in megabytes. */
interface Cost {
  readonly seconds: number;
  readonly peak: number;
}

/** The commands that a file is named to; what they print and how they end is not looked at. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  check: ["check"],
  "check json": ["check", "--format", "json"],
  "check --fix": ["check", "--fix", "--diff"],
  security: ["security"],
  harden: ["harden", "--profile", "strict"],
  format: ["format", "--check"],
  show: ["show"],
  sandbox: ["sandbox"],
};

/** Writes in Markdown what each built command takes for a megabyte of each kind of file, in a process of its own: the median of its runs. */
export async function printCommandCosts(only: string | undefined): Promise<void> {
  await built();
  const names = Object.keys(KINDS).filter((it) => only === undefined || it === only);
  const root = mkdtempSync(join(tmpdir(), "unit-warden-growth-"));
  try {
    console.log(`seconds of the processor and peak of memory in MB, of a file of 1 MB; an empty one has *none*\n`);
    console.log(
      `| kind | ${Object.keys(COMMANDS).join(" | ")} |\n|${" --- |".repeat(Object.keys(COMMANDS).length + 1)}`,
    );
    printRow("none", join(root, "none/x.service"), "[Service]\n");
    for (const name of names) {
      const { path, make } = KINDS[name] ?? assert.fail(name);
      printRow(name, join(root, name.replaceAll(" ", "-"), path), make(MEGABYTE));
    }
  } finally {
    rmSync(root, { recursive: true });
  }
}

function printRow(name: string, path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  const cells = Object.values(COMMANDS).map((argv) => shown(medianCost([...argv, path])));
  console.log(`| ${name} | ${cells.join(" | ")} |`);
}

const shown = ({ seconds, peak }: Cost): string => `${seconds.toFixed(2)} s ${peak.toFixed(0)}`;

function medianCost(argv: readonly string[]): Cost {
  const costs = Array.from({ length: RUNS }, () => costOf(argv));
  const middle = (of: (it: Cost) => number): number => costs.map(of).sort((a, b) => a - b)[RUNS >> 1] ?? Number.NaN;
  return { seconds: middle((it) => it.seconds), peak: middle((it) => it.peak) };
}

/** Leaves what a program took besides its standard output. */
const METER = `process.on("exit", () => require("node:fs").writeFileSync(process.env.COST_FILE, JSON.stringify(process.resourceUsage())));`;

function costOf(argv: readonly string[]): Cost {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-cost-"));
  const [meter, cost] = [join(folder, "meter.cjs"), join(folder, "cost.json")];
  try {
    writeFileSync(meter, METER);
    const env = { ...process.env, COST_FILE: cost };
    const { stderr } = spawnSync(process.execPath, ["--require", meter, "dist/cli.js", ...argv], {
      stdio: ["ignore", "ignore", "pipe"],
      env,
      encoding: "utf8",
    });
    assert.doesNotMatch(stderr, /at .*:\d+:\d+/);
    const used = JSON.parse(readFileSync(cost, "utf8")) as NodeJS.ResourceUsage;
    return { seconds: (used.userCPUTime + used.systemCPUTime) / 1e6, peak: used.maxRSS / 1024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
