import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";

const CODE_SERVER = "4.139.1"; // VS Code 1.139.1
const NODE = "24.21.0"; // what this code-server runs on, whatever runs the test

/** The two files that start a code-server: its own Node and its entry script. */
export interface CodeServer {
  readonly node: string;
  readonly entry: string;
}

/** The cached code-server, installed from the npm registry first if it is not there (half a minute, 800 MB). */
export async function codeServer(log: (line: string) => void): Promise<CodeServer> {
  const target = join(cacheFolder(), `code-server-${CODE_SERVER}`);
  if (!isInstalled(target)) {
    log(`Installing code-server ${CODE_SERVER} into ${target} ...`);
    await installAtomically(target);
  }
  return filesOf(target);
}

/** The Chromium or Chrome in PATH; throws a message that says how to get one. */
export function chromium(): string {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter).filter(Boolean)];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (found === undefined) {
    throw new Error(`No ${names.join(", ")} in PATH. On Debian and Ubuntu: apt-get install chromium`);
  }
  return found;
}

/** The project's own package, made anew when anything that goes into it is newer. */
export function packagedExtension(log: (line: string) => void): string {
  const file = resolve("unit-warden.vsix");
  const made = newest(file);
  if (made === 0 || Math.max(...PACKAGED.map(newest)) > made) {
    log(`unit-warden.vsix is ${made === 0 ? "missing" : "out of date"}: npm run package ...`);
    const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", "package"], { encoding: "utf8" });
    if (status !== 0 || newest(file) === 0) {
      throw new Error(`npm run package failed, so there is no extension to test:\n${stdout}${stderr}`);
    }
  }
  return file;
}

const PACKAGED = [
  ...["dist", "client", "l10n", "server", "syntaxes", "icons", "snippets", "docs", "walkthrough", "build", "examples"],
  ...[
    "language-configuration.json",
    "package.json",
    "package.nls.json",
    "package.nls.de.json",
    "README.md",
    "CHANGELOG.md",
    ".vscodeignore",
  ],
];

/** When a file, or the newest file in a folder, was last changed; 0 if there is none. */
function newest(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function cacheFolder(): string {
  const { UNIT_WARDEN_CACHE: own, XDG_CACHE_HOME: caches } = process.env;
  return own || join(caches || join(homedir(), ".cache"), "unit-warden");
}

function nodePackage(): string {
  if (process.platform !== "linux") throw new Error("The editor test runs on Linux only");
  return `node-linux-${process.arch}`;
}

function filesOf(folder: string): CodeServer {
  const modules = join(folder, "node_modules");
  return { node: join(modules, nodePackage(), "bin/node"), entry: join(modules, "code-server/out/node/entry.js") };
}

const isInstalled = (folder: string): boolean => Object.values(filesOf(folder)).every((file) => existsSync(file));

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Builds in a sibling folder that is renamed at the end, so a broken install never counts as one. */
async function installAtomically(target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const building = await mkdtemp(`${target}.tmp-`);
  try {
    await install(building);
    if (!isInstalled(building)) throw new Error(`npm installed no code-server in ${building}`);
    await rename(building, target).catch((error: unknown) => {
      if (!isInstalled(target)) throw error; // else another run was faster
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/**
 * No install scripts, then the two native modules that the extension host cannot do without. The rest of code-server's
 * native modules (kerberos, sqlite3 ...) serve no test and would take two minutes to build.
 */
async function install(folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  const vscode = join(modules, "code-server/lib/vscode");
  const quiet = ["--loglevel=error", "--no-audit", "--no-fund"];
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  await npm(folder, process.env, [
    "install",
    ...quiet,
    "--ignore-scripts",
    "--save-exact",
    `${nodePackage()}@${NODE}`,
    `code-server@${CODE_SERVER}`,
  ]);
  const env = {
    ...process.env,
    PATH: `${join(modules, nodePackage(), "bin")}${delimiter}${process.env.PATH ?? ""}`,
    npm_config_nodedir: join(modules, nodePackage()), // its include/node: node-gyp would download the headers
  };
  await npm(vscode, env, ["install", ...quiet, "--ignore-scripts", "--omit=dev"]);
  await npm(vscode, env, ["rebuild", "--loglevel=error", "@vscode/spdlog", "@vscode/native-watchdog"]);
  await npm(join(vscode, "extensions"), env, ["install", ...quiet, "--ignore-scripts", "--omit=dev"]);
}

function npm(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (data) => {
      output += String(data);
    });
    child.stderr.on("data", (data) => {
      output += String(data);
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ${args.join(" ")} in ${cwd} failed with status ${code}:\n${output}`));
    });
  });
}
