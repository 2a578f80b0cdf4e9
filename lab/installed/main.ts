/**
 * What a user gets, in empty folders, without this project and without a network: the npm package, the extension and the single
 * executable, as `npm run package` and `npm run executable` make them, the package for Arch Linux and the hooks for pre-commit.
 * Usage: node --import=tsx lab/installed/main.ts
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isInstalled } from "../../test/kit/programs.ts";
import { runMain } from "../../test/kit/runMain.ts";
import {
  bareEnvironment,
  finish,
  inEmptyFolder,
  knowsNoPathOf,
  type Step,
  useCommandLine,
  useMcp,
  useServer,
} from "./kit.ts";
import { archPackage, hooks, release } from "./recipes.ts";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };
const VSIX = resolve("unit-warden.vsix");
const TARBALL = resolve(`unit-warden-${version}.tgz`);

let passed = 0;
let failed = 0;

const step: Step = async (name, work) => {
  try {
    await work();
    passed++;
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${name}\n    ${error instanceof Error ? error.stack : error}`);
  }
};

const digests = (): string[] =>
  [VSIX, TARBALL].map((it) => createHash("sha256").update(readFileSync(it)).digest("hex"));

async function packages(): Promise<void> {
  await step("Both packages have the same bytes when they are made again elsewhere in the world", () => {
    const argv = ["run", "--silent", "package"];
    finish("npm", argv);
    const first = digests();
    finish("sh", ["-c", `umask 077; npm ${argv.join(" ")}`], { env: { ...process.env, TZ: "Asia/Kathmandu" } });
    assert.deepEqual(digests(), first);
  });
}

async function npmPackage(folder: string): Promise<void> {
  const env = bareEnvironment(folder);
  await step("The npm package installs into an empty folder, without a network", () => {
    // npm takes a folder above that holds a package for the one to install into.
    finish("npm", ["install", "--no-fund", "--prefix", folder, TARBALL], { cwd: folder, env });
    assert.deepEqual(
      readdirSync(join(folder, "node_modules")).filter((it) => !it.startsWith(".")),
      ["unit-warden"],
    );
    knowsNoPathOf(join(folder, "node_modules/unit-warden"));
  });
  await step("npx unit-warden checks and explains", () =>
    useCommandLine({ command: "npx", argv: ["unit-warden"], env }, folder),
  );
  for (const argv of [["--stdio"], ["lsp"], ["lsp", "--stdio"]])
    await step(`npx unit-warden ${argv.join(" ")} serves an editor`, () =>
      useServer({ command: "npx", argv: ["unit-warden", ...argv], env }, folder),
    );
  await step("npx unit-warden mcp serves an agent", () =>
    useMcp({ command: "npx", argv: ["unit-warden"], env }, folder),
  );
  await step("The npm package has all licences", () => {
    const own = join(folder, "node_modules/unit-warden");
    for (const it of ["LICENSE", "licenses/LGPL-2.1.txt", "dist/THIRD-PARTY-NOTICES.txt"])
      assert.ok(existsSync(join(own, it)), it);
  });
}

async function extension(folder: string): Promise<void> {
  await step("The extension is unpacked, and its files are all that its manifest names", () => {
    finish("unzip", ["-q", VSIX, "-d", folder]);
    const manifest = JSON.parse(readFileSync(join(folder, "extension/package.json"), "utf8"));
    for (const it of [manifest.main, manifest.browser, manifest.icon])
      assert.ok(existsSync(join(folder, "extension", it)));
    knowsNoPathOf(folder);
  });
  const server = { command: process.execPath, argv: ["extension/dist/server.js", "--stdio"], env: { HOME: folder } };
  await step("The server of the extension serves an editor", () => useServer(server, folder));
  const cli = { command: process.execPath, argv: ["extension/dist/cli.js"], env: { HOME: folder } };
  await step("The command line of the extension checks and explains", () => useCommandLine(cli, folder));
}

async function executable(folder: string): Promise<void> {
  const env = { PATH: "/nowhere", HOME: folder };
  const command = join(folder, "unit-warden");
  await step("The single executable is made", () => {
    finish("npm", ["run", "--silent", "executable"]);
    copyFileSync(`executables/linux-${process.arch}/unit-warden`, command);
  });
  await step("The single executable checks and explains, with no Node.js on the PATH", () =>
    useCommandLine({ command, argv: [], env }, folder),
  );
  await step("The single executable serves an editor", () => useServer({ command, argv: ["--stdio"], env }, folder));
  await step("The single executable serves an agent", () => useMcp({ command, argv: [], env }, folder));
  await step("The single executable completes for shells", () => {
    assert.match(finish(command, ["completion", "bash"], { cwd: folder, env }), /unit-warden/);
  });
}

/** The one for the other architecture: made with a Node.js of this version from npm, and run where QEMU and its libraries are. */
async function otherExecutable(folder: string): Promise<void> {
  const other = process.arch === "x64" ? "arm64" : "x64";
  const name = `node-linux-${other}@${process.versions.node}`;
  const { status } = spawnSync("npm", ["pack", "--silent", "--pack-destination", folder, name]);
  if (status !== 0) return console.log(`skipped: npm has no ${name} to make an executable for ${other} with`);
  const [archive = ""] = readdirSync(folder);
  finish("tar", ["-xzf", join(folder, archive), "-C", folder]);
  const program = `executables/linux-${other}/unit-warden`;
  await step(`The single executable for ${other} is made here`, () => {
    finish(process.execPath, ["--import=tsx", "build/executable.ts", "--node", join(folder, "package/bin/node")]);
    assert.ok(existsSync(`executables/linux-${other}/LICENSE-Node.js.txt`));
  });
  const [machine, libraries] =
    other === "arm64" ? ["aarch64", "/usr/aarch64-linux-gnu"] : ["x86_64", "/usr/x86_64-linux-gnu"];
  if (!isInstalled(`qemu-${machine}`) || !existsSync(libraries))
    return console.log(`skipped: there is no qemu-${machine} with the libraries of ${other} to run its executable`);
  const empty = join(folder, "empty");
  mkdirSync(empty);
  copyFileSync(program, join(empty, "unit-warden"));
  const emulated = { command: `qemu-${machine}`, argv: ["-L", libraries, join(empty, "unit-warden")] };
  await step(`The single executable for ${other} checks and explains`, () =>
    useCommandLine({ ...emulated, env: { PATH: process.env.PATH, HOME: empty } }, empty),
  );
}

async function main(): Promise<number> {
  await packages();
  await inEmptyFolder(npmPackage);
  await inEmptyFolder(extension);
  await inEmptyFolder((folder) => archPackage(step, folder, TARBALL, version));
  await inEmptyFolder((folder) => hooks(step, folder));
  if (process.platform !== "linux") console.log("skipped: single executables are made on Linux");
  else {
    await inEmptyFolder(executable);
    await inEmptyFolder(otherExecutable);
  }
  await inEmptyFolder((folder) => release(step, folder, version));
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

runMain(main);
