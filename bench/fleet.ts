import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

/** A text with the name of its file. */
interface FleetUnit {
  readonly name: string;
  readonly text: string;
}

/** Services of these paths, else made-up ones where there are none. */
export function fleetUnits(paths: readonly string[]): readonly FleetUnit[] {
  if (paths.length > 0) return paths.map((it) => ({ name: basename(it), text: readFileSync(it, "latin1") }));
  return Array.from({ length: 200 }, (_, i) => ({
    name: `app-${i}.service`,
    text: `[Unit]\nDescription=App ${i}\nAfter=network.target app-${i + 1}.service\n[Service]\nExecStart=/usr/bin/app --port ${8000 + i}\nUser=app\n${i % 2 === 0 ? "NoNewPrivileges=yes\n" : ""}[Install]\nWantedBy=multi-user.target\n`,
  }));
}

/** Writes as many services into folders of their own, each copy with a line that tells it from the others. */
function writeFleet(folder: string, units: readonly FleetUnit[], count: number): void {
  for (let i = 0; i < count; i++) {
    const unit = units[i % units.length];
    if (!unit) return;
    const at = `${folder}/${Math.floor(i / units.length)}/${i % units.length}`;
    mkdirSync(at, { recursive: true });
    writeFileSync(`${at}/${unit.name}`, `# Service ${i} of the fleet\n${unit.text}`, "latin1");
  }
}

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  "check --profile off": ["check", "--profile", "off"],
  security: ["security"],
};

/** What a run of a program takes. */
interface Taken {
  readonly seconds: number;
  /** Peak of resident memory in MB. */
  readonly memory: number;
}

/**
 * How the time for many services compares with that for a tenth of them, ten times, without the start of the program; and with
 * a bare Node.js that reads all files. Seconds and megabytes are for people.
 */
export function fleet(dist: string, folder: string, units: readonly FleetUnit[], count: number): string {
  const [few, many] = [`${folder}/few`, `${folder}/many`];
  writeFleet(few, units, count / 10);
  writeFleet(many, units, count);
  const bare = run(["-e", "0"], folder);
  const reading = run(["-e", READING, many], folder);
  const lines = Object.entries(COMMANDS).map(([name, argv]) => {
    const program = [`${dist}/cli.js`, ...argv];
    const [small, large] = [run([...program, few], folder), run([...program, many], folder)];
    const growth = (large.seconds - bare.seconds) / (10 * (small.seconds - bare.seconds));
    const toReading = large.seconds / reading.seconds;
    return `  ${name}: × ${growth.toFixed(2)} of linear, × ${toReading.toFixed(1)} of a Node.js that reads the files (${large.seconds.toFixed(1)} s, ${large.memory.toFixed(0)} MB)`;
  });
  return [`fleet: ${count} services in folders of their own, against ${count / 10}`, ...lines].join("\n");
}

const READING = `
const fs = require("node:fs");
const read = (folder) => fs.readdirSync(folder, { withFileTypes: true }).forEach((it) =>
  it.isDirectory() ? read(folder + "/" + it.name) : fs.readFileSync(folder + "/" + it.name, "utf8"));
read(process.argv[1]);`;

/** Writes the peak of memory of the process, all threads included, when it ends. */
const METER = `process.on("exit", () => require("node:fs").writeFileSync(process.env.FLEET_MEMORY, String(process.resourceUsage().maxRSS)));`;

function run(argv: readonly string[], folder: string): Taken {
  const [meter, memory] = [`${folder}/meter.cjs`, `${folder}/memory`];
  writeFileSync(meter, METER);
  const start = performance.now();
  const { error, signal } = spawnSync(process.execPath, ["--require", meter, ...argv], {
    stdio: "ignore",
    env: { ...process.env, FLEET_MEMORY: memory },
  });
  if (error || signal) throw error ?? new Error(`${argv.join(" ")} ended by ${signal}`);
  return { seconds: (performance.now() - start) / 1000, memory: (Number(readFileSync(memory, "utf8")) * 1024) / 1e6 };
}
