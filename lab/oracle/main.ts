import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CONFIG_KINDS, type ConfigKind } from "../../server/src/facts/configKinds.ts";
import { random } from "../../test/kit/random.ts";
import { collectedName, matrixRows, troubleOf } from "../conformance/configs.ts";
import { ask, type OraclePlaces } from "./ask.ts";
import { type KnownValues, randomFile } from "./randomFile.ts";
import { withMachineRoot } from "./roots.ts";

const { values: options } = parseArgs({
  options: {
    /** The folder with the oracle, its answers and facts. */
    families: { type: "string", default: "../shared/families" },
    /** The folder that `00_setup.sh` of the oracle filled. */
    roots: { type: "string", default: process.env.SYSTEMD_ROOTS ?? "" },
    /** How many files of each kind are tried. */
    files: { type: "string", default: "2000" },
    seed: { type: "string", default: String(randomInt(1_000_000_000)) },
    only: { type: "string" },
    systemd: { type: "string", default: "257,262" },
    verbose: { type: "boolean", default: false },
  },
});

/** What nobody has a root to ask about. */
const UNASKED: ReadonlySet<ConfigKind> = new Set(["oomrule", "component", "iocost.conf"]);
/** The programs that are started once for each file; fewer of these are tried. */
const SLOW: ReadonlySet<ConfigKind> = new Set(["nspawn", "repart", "transfer", "feature"]);
const FOLDER = (version: string): string => (version === "257" ? "t257" : "s262");

async function main(): Promise<void> {
  const oracle = join(process.cwd(), options.families, "oracle");
  const { roots } = options;
  const missing = whyNot(oracle, roots);
  if (missing) console.log(`skipped: ${missing}`);
  else if (roots !== "") compareAll({ oracle, roots }, options.systemd.split(","));
  else await withMachineRoot(async (made) => compareAll({ oracle, roots: made }, ["257"]));
}

/** Why nothing can be asked here; undefined where it can. */
function whyNot(oracle: string, roots: string): string | undefined {
  if (process.getuid?.() !== 0) return "only root can start systemd's programs in namespaces";
  if (!existsSync(oracle)) return `there is no ${oracle}`;
  if (roots !== "")
    return options.systemd
      .split(",")
      .map((it) => join(roots, "roots", FOLDER(it)))
      .find((it) => !existsSync(it));
  const { stdout } = spawnSync("systemctl", ["--version"], { encoding: "utf8" });
  return /^systemd 257\b/.test(stdout ?? "") ? undefined : "the machine has no systemd 257, and no --roots are named";
}

function compareAll(places: OraclePlaces, versions: readonly string[]): void {
  const seed = Number(options.seed);
  console.log(`seed ${seed}`);
  let failed = 0;
  let passed = 0;
  const kinds = CONFIG_KINDS.filter((it) => !UNASKED.has(it) && (options.only === undefined || it === options.only));
  for (const kind of kinds)
    for (const version of versions) {
      if (kind === "dns-delegate" && version === "257") continue;
      if (!answers(places, kind, version)) {
        console.log(`${kind} ${version}: skipped: its program does not run here`);
        continue;
      }
      const count = SLOW.has(kind) ? Math.ceil(Number(options.files) / 10) : Number(options.files);
      const differences = compare(places, kind, version, count, seed);
      console.log(`${kind} ${version}: ${count - differences.length}/${count}`);
      for (const it of options.verbose ? differences : differences.slice(0, 3))
        console.log(`    ${it.replaceAll("\n", "\n    ")}`);
      if (differences.length > 0) failed++;
      else passed++;
    }
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

/** Whether the program of a kind says what it says of any file: that a section is unknown. */
function answers(places: OraclePlaces, kind: ConfigKind, version: string): boolean {
  const name = `probe.${extensionOf(kind)}`;
  const said = ask(places, version, collectedName(kind), { [name]: "[Sections]\nKey=x\n" }, undefined);
  return (said.get(name) ?? []).length > 0;
}

const extensionOf = (kind: ConfigKind): string => (kind.endsWith(".conf") || kind === "repart" ? "conf" : kind);

function compare(places: OraclePlaces, kind: ConfigKind, version: string, count: number, seed: number): string[] {
  const chance = random(seed);
  const values = valuesOf(kind, version);
  const texts = Array.from({ length: count }, (_, i) => {
    const id = `r${String(i).padStart(5, "0")}`;
    return { id, name: `${id}.${extensionOf(kind)}`, text: randomFile(kind, id, values, chance) };
  });
  const files = Object.fromEntries(texts.map((it) => [it.name, it.text]));
  const names = kind === "netdev" ? Object.fromEntries(texts.map((it) => [it.id, it.name])) : undefined;
  const answers = ask(places, version, collectedName(kind), files, names);
  return texts.flatMap(({ id, name, text }) => {
    const messages = answers.get(name) ?? [];
    const trouble = troubleOf(kind, { id, family: kind, text }, { id, messages }, Number(version));
    return trouble.length === 0 ? [] : [`${trouble.join("\n")}\n${text}`];
  });
}

function valuesOf(kind: ConfigKind, version: string): KnownValues {
  const rows = matrixRows(join(options.families, "open", "matrix", version), kind);
  return new Map(
    rows.map(({ section, key, accepted, rejected }) => [
      `${section}.${key}`,
      { taken: accepted, refused: rejected.flatMap(([, its]) => its) },
    ]),
  );
}

void main();
