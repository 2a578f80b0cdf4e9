import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { Figure } from "./figure.ts";

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

/** Writes as many services into folders of their own, each copy with a line that distinguishes it from the others. */
function writeFleet(folder: string, units: readonly FleetUnit[], count: number): void {
  for (let i = 0; i < count; i++) {
    const unit = units[i % units.length];
    if (!unit) return;
    const at = `${folder}/${Math.floor(i / units.length)}/${i % units.length}`;
    mkdirSync(at, { recursive: true });
    writeFileSync(`${at}/${unit.name}`, `# Service ${i} of the fleet\n${unit.text}`, "latin1");
  }
}

/** What is measured, and how many seconds it may take for as many services as are the target. */
const COMMANDS: readonly { readonly name: string; readonly argv: readonly string[]; readonly seconds: number }[] = [
  { name: "check --profile off", argv: ["check", "--profile", "off"], seconds: 10 },
  { name: "security", argv: ["security"], seconds: 5 },
];

/** How many services the targets speak of. */
const MANY = 20_000;

/** How much more than ten times as long ten times as many services may take. */
const LINEAR = 1.2;

/** The peak of memory that many services may need, in MB. */
const MOST_MEMORY = 400;

/** What a run of a program takes. */
interface Taken {
  readonly seconds: number;
  /** Peak of resident memory in MB. */
  readonly memory: number;
}

/**
 * What many services take: time and memory, how the time compares with ten times that for a tenth of them, without the start
 * of the program, and with a bare Node.js that reads all files.
 */
export function fleet(dist: string, folder: string, units: readonly FleetUnit[]): readonly Figure[] {
  const [few, many] = [`${folder}/few`, `${folder}/many`];
  writeFleet(few, units, MANY / 10);
  writeFleet(many, units, MANY);
  const bare = run(["-e", "0"], folder);
  const reading = run(["-e", READING, many], folder);
  return COMMANDS.flatMap(({ name, argv, seconds }) => {
    const program = [`${dist}/cli.js`, ...argv];
    const [small, large] = [run([...program, few], folder), run([...program, many], folder)];
    const growth = (large.seconds - bare.seconds) / (10 * (small.seconds - bare.seconds));
    const what = `\`${name}\` of ${MANY} services`;
    return [
      { what: `${what}, time`, value: large.seconds, target: seconds, unit: "s" },
      { what: `${what}, time / ten times that of a tenth of them`, value: growth, target: LINEAR },
      { what: `${what}, time / a Node.js that reads the files`, value: large.seconds / reading.seconds },
      { what: `${what}, peak of memory`, value: large.memory, target: MOST_MEMORY, unit: "MB" },
    ];
  });
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
