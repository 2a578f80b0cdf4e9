import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { inject } from "postject";
import { MANUAL_DATA } from "../server/src/manual/bundle.ts";
import { CORE, LOADS_MCP, MCP } from "./bundle.ts";

const { values } = parseArgs({ options: { node: { type: "string", default: process.execPath } } });

/** The place in the binary of Node.js that says whether a program is in it; Node.js documents it. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/** The architectures of Linux for which Node.js is made, by the number in the header of a program. */
const ARCHITECTURES: Readonly<Record<number, string>> = { 62: "x64", 183: "arm64" };

/** Licences that belong to the program besides that of Node.js. */
const LICENCES = ["LICENSE", "dist/THIRD-PARTY-NOTICES.txt", "licenses/LGPL-2.1.txt"];

/**
 * Puts what has been built into a copy of Node.js: executables/ gets a folder with one program, which needs nothing else, and the licences.
 * Without --node it is the Node.js that runs; another one must have the same version, and may be for another architecture.
 */
async function main(node: string): Promise<void> {
  const binary = readFileSync(node);
  const architecture = ARCHITECTURES[binary.readUInt16LE(18)];
  if (binary.toString("latin1", 1, 4) !== "ELF" || !architecture)
    throw new Error(`${node} is no program for Linux on ${Object.values(ARCHITECTURES).join(" or ")}`);
  // What one version of Node.js prepares, another one may not understand.
  if (!binary.includes(`/node-${process.version}.tar.gz`))
    throw new Error(`${node} has another version than ${process.version}, which runs this`);
  const folder = join("executables", `linux-${architecture}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const program = join(folder, "unit-warden");
  writeFileSync(program, binary);
  await inject(program, "NODE_SEA_BLOB", preparedProgram(resolve(node) === process.execPath), { sentinelFuse: FUSE });
  chmodSync(program, 0o755);
  for (const it of LICENCES) cpSync(it, join(folder, it.replace(/^.*\//, "")));
  cpSync(licenceOf(node), join(folder, "LICENSE-Node.js.txt"));
  console.log(program);
}

/** What Node.js starts: the one bundle and the manual, and V8's compiled code where it is this Node.js that will read it. */
function preparedProgram(useCodeCache: boolean): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-executable-"));
  try {
    const main = join(folder, "main.js");
    const output = join(folder, "blob");
    writeFileSync(main, programText());
    const manual = resolve("dist", MANUAL_DATA);
    const assets = existsSync(manual) ? { [MANUAL_DATA]: manual } : {};
    const config = join(folder, "config.json");
    writeFileSync(config, JSON.stringify({ main, output, assets, useCodeCache, disableExperimentalSEAWarning: true }));
    const { status, stderr } = spawnSync(process.execPath, ["--experimental-sea-config", config], { encoding: "utf8" });
    if (status !== 0) throw new Error(`Node.js prepared no program: ${stderr}`);
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The core and what it loads later, as one text: a single executable has no files next to it. */
function programText(): string {
  const core = readFileSync(CORE, "utf8");
  if (core.match(LOADS_MCP)?.length !== 1) throw new Error(`${CORE} does not load ${MCP} in one place`);
  const later = `function unitWardenMcp(){const module={exports:{}};${readFileSync(MCP, "utf8")}\nreturn module.exports}`;
  return `${core.replace(LOADS_MCP, "unitWardenMcp()")}\n${later}\nunitWarden.runCommandLine();\n`;
}

/** Where Node.js and Debian's packages of it put the licence of Node.js and all that is in it. */
function licenceOf(node: string): string {
  const prefix = dirname(dirname(resolve(node)));
  const places = ["LICENSE", "share/doc/node/LICENSE", "share/doc/nodejs/LICENSE", "share/doc/nodejs/copyright"];
  const found = places.map((it) => join(prefix, it)).find(existsSync);
  if (!found) throw new Error(`There is no licence of Node.js in ${places.join(", ")} below ${prefix}`);
  return found;
}

void main(values.node);
