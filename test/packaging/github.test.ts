import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { validateAction } from "@action-validator/core";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { parse } from "yaml";
import { makeNpmPackage } from "../../build/npmPackage.ts";
import { built } from "../kit/built.ts";
import { itWith, printed } from "../kit/programs.ts";

const SCRIPT = "packaging/github/check.sh";
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };
const PLAIN = "[Service]\nExecStart=/usr/bin/shop\n";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly env?: Readonly<Record<string, string>>; readonly run?: string }[];
  };
}

const action = parse(readFileSync("action.yml", "utf8")) as Action;

describe("the action", () => {
  it("is valid", () => assert.deepEqual(validateAction(readFileSync("action.yml", "utf8")).errors, []));

  it("takes the npm package of this version", () => assert.equal(action.inputs.version?.default, version));

  it("gives its inputs as variables alone, so that none of them is read as a script", () => {
    const given = action.runs.steps.flatMap((it) => Object.values(it.env ?? {})).join("\n");
    for (const name of Object.keys(action.inputs)) assert.ok(given.includes(`inputs.${name} `), name);
    for (const { run = "" } of action.runs.steps) assert.doesNotMatch(run, /\$\{\{/);
  });

  itWith("shellcheck", "has a script without complaints of shellcheck", () => {
    printed("shellcheck", [SCRIPT]);
  });
});

describe("the script of the action", () => {
  let folder: string;
  let repository: string;
  let packed: string;
  let tool: string;
  before(async () => {
    await built();
    packed = mkdtempSync(join(tmpdir(), "unit-warden-packed-"));
    tool = makeNpmPackage(packed);
  });
  after(() => rmSync(packed, { recursive: true, force: true }));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unit-warden-action-"));
    repository = join(folder, "repository");
    mkdirSync(join(repository, "units"), { recursive: true });
    for (const it of ["output", "summary.md"]) writeFileSync(join(folder, it), "");
    git("init", "--quiet", "--initial-branch=main");
    git("remote", "add", "origin", repository);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const git = (...argv: readonly string[]): string =>
    printed("git", ["-c", "user.name=x", "-c", "user.email=x@example.org", ...argv], repository);
  const write = (name: string, text: string): void => writeFileSync(join(repository, "units", name), text);
  const commit = (): string => {
    git("add", "--all");
    git("commit", "--quiet", "--message=x");
    return git("rev-parse", "HEAD").trim();
  };
  const written = (name: string): string => readFileSync(join(folder, name), "utf8");

  /** The exit status and what was printed. */
  function runScript(inputs: Readonly<Record<string, string>> = {}): [number | null, string] {
    const given = {
      PATHS: "units\n",
      PROFILE: "off",
      TARGET: "",
      BASELINE: "",
      FAIL_ON: "error",
      SARIF: "true",
      SUMMARY: "true",
      BASE: "",
    };
    const { status, stdout, stderr } = spawnSync("bash", [resolve(SCRIPT)], {
      cwd: repository,
      encoding: "utf8",
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        RUNNER_TEMP: folder,
        GITHUB_OUTPUT: join(folder, "output"),
        GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
        VERSION: `file:${tool}`,
        ...given,
        ...inputs,
      },
    });
    return [status, stdout + stderr];
  }

  it("writes a SARIF report, and leaves the verdict to the last step", () => {
    write("shop.service", `${PLAIN}Restrat=no\n`);
    assert.deepEqual(runScript(), [0, "Something is found that fails the check. Code scanning shows it.\n"]);
    const { sarif, status } = Object.fromEntries(
      written("output")
        .trim()
        .split("\n")
        .map((it) => it.split("=")),
    );
    assert.equal(status, "1");
    const { runs } = JSON.parse(readFileSync(sarif, "utf8"));
    assert.equal(runs[0].results[0].ruleId, "directive/unknown");
    assert.equal(written("summary.md"), "");
  });

  it("annotates the lines where nothing is to be uploaded", () => {
    write("shop.service", `${PLAIN}Restrat=no\n`);
    const [status, text] = runScript({ SARIF: "false" });
    assert.equal(status, 0);
    assert.match(text, /^::error file=units\/shop\.service,line=3/m);
    assert.equal(written("output"), "status=1\n");
  });

  it("checks for a target, and leaves out what a baseline knows", () => {
    write("shop.service", `${PLAIN}ProtectClock=yes\nRestrat=no\n`);
    const [, text] = runScript({ SARIF: "false", TARGET: "rhel-8", FAIL_ON: "" });
    assert.match(text, /^::error .*ProtectClock=/m);
    printed(
      process.execPath,
      [resolve("dist/cli.js"), "check", "--profile", "off", "--update-baseline", "--baseline", "known.json", "units"],
      repository,
    );
    const [status, rest] = runScript({ SARIF: "false", BASELINE: "known.json", FAIL_ON: "warning" });
    assert.equal(status, 0, rest);
    assert.doesNotMatch(rest, /^::error/m);
    assert.match(written("output"), /^status=0$/m);
  });

  it("lists the exposures that a pull request changes", () => {
    write("shop.service", PLAIN);
    write("same.service", PLAIN);
    const base = commit();
    write("shop.service", `${PLAIN}NoNewPrivileges=yes\nProtectSystem=strict\nPrivateTmp=yes\n`);
    write("new one.service", PLAIN);
    commit();
    const [status, text] = runScript({ BASE: base });
    assert.equal(status, 0, text);
    const rows = written("summary.md")
      .split("\n")
      .filter((it) => it.startsWith("| `"));
    assert.equal(rows.length, 2, written("summary.md"));
    assert.match(rows[1] ?? "", /^\| `units\/shop\.service` \| 9\.\d UNSAFE \| 8\.\d EXPOSED \|$/);
    assert.match(written("summary.md"), /^### Exposure of services\n\n(?:.*\n)+\n1 service keeps its exposure\.\n$/);
    assert.equal(git("worktree", "list").trim().split("\n").length, 1);
  });

  it("knows that all services are new where the folder is", () => {
    writeFileSync(join(repository, "README"), "");
    const base = commit();
    mkdirSync(join(repository, "units"), { recursive: true });
    write("shop.service", PLAIN);
    commit();
    assert.deepEqual(runScript({ BASE: base }), [0, ""]);
    assert.match(written("summary.md"), /^\| `units\/shop\.service` \| – \| 9\.\d UNSAFE \|$/m);
  });

  it("checks where the commit before cannot be fetched, as without credentials, and says what is missing", () => {
    write("shop.service", PLAIN);
    commit();
    git("remote", "set-url", "origin", join(folder, "nowhere"));
    const [status, text] = runScript({ BASE: "0".repeat(40) });
    assert.equal(status, 0, text);
    assert.match(text, /^::warning title=Unit Warden::The commit before this change cannot be fetched: /m);
    assert.match(written("output"), /^status=0$/m);
    assert.equal(written("summary.md"), "");
  });

  it("takes any file name as one", () => {
    const names = ["a b.service", "$(touch x).service", "q'\"`;.service", "-n.service", "*.service"];
    for (const it of names) write(it, PLAIN);
    const paths = names.map((it) => `units/${it}\n`).join("");
    const base = commit();
    const [status, text] = runScript({ PATHS: paths, SARIF: "false", FAIL_ON: "never", BASE: base });
    assert.equal(status, 0, text);
    assert.equal(text.match(/^::\w+ file=[^,]*/gm)?.length, names.length - 1, text);
    assert.equal(git("status", "--porcelain"), "");
  });

  it("fails for wrong inputs, and runs none of them", () => {
    write("shop.service", PLAIN);
    for (const inputs of [{ PROFILE: "none" }, { FAIL_ON: "never --fix" }, { PATHS: "nowhere; touch x\n--fix" }]) {
      const [status, text] = runScript(inputs);
      assert.equal(status, 2, text);
    }
    assert.equal(git("status", "--porcelain").trim(), "?? units/");
  });

  it("runs nothing that the repository brings along", () => {
    write("shop.service", `${PLAIN}Restrat=no\n`);
    const ran = join(folder, "ran");
    const program = `#!/bin/sh\ntouch '${ran}'\n`;
    for (const it of [".bin", "unit-warden/dist"]) mkdirSync(join(repository, "node_modules", it), { recursive: true });
    for (const it of [".bin/unit-warden", ".bin/npm", "unit-warden/dist/cli.js"])
      writeFileSync(join(repository, "node_modules", it), program, { mode: 0o755 });
    writeFileSync(join(repository, "shell"), program, { mode: 0o755 });
    const npmrc = `script-shell=${join(repository, "shell")}\nregistry=http://127.0.0.1:9/\n`;
    for (const it of [repository, folder]) writeFileSync(join(it, ".npmrc"), npmrc);
    const scripts = { preinstall: `touch '${ran}'`, install: `touch '${ran}'` };
    const marked = makeNpmPackage(folder, { scripts });
    const [status, text] = runScript({ VERSION: `file:${marked}` });
    assert.equal(status, 0, text);
    assert.match(written("output"), /^status=1$/m);
    assert.equal(existsSync(ran), false);
  });

  it("fails where the program cannot be installed, and uploads nothing", () => {
    write("shop.service", PLAIN);
    const [status, text] = runScript({ VERSION: `file:${join(folder, "nowhere.tgz")}` });
    assert.equal(status, 3, text);
    assert.match(text, /^::error title=Unit Warden::The npm package .* cannot be installed: nothing is checked\.$/m);
    assert.equal(written("output"), "");
  });

  it("says in the summary that nothing was checked, and uploads nothing", () => {
    writeFileSync(join(repository, "units/README"), "");
    const [status] = runScript();
    assert.equal(status, 2);
    assert.match(written("summary.md"), /^### The check is not complete\n\n {4}.*no file to check/);
    assert.equal(written("output"), "status=2\n");
  });

  it("says in the summary which files of the change configure the check", () => {
    write("shop.service", PLAIN);
    const manifest = join(repository, "package.json");
    writeFileSync(manifest, "{}");
    const base = commit();
    writeFileSync(join(repository, "units/.unit-warden.json"), '{ "profile": "off" }');
    commit();
    runScript({ BASE: base });
    const own = /^### Configuration of the check\n\nThis change also .*\n\n((?: {4}.*\n)+)\n### Exposure/;
    assert.equal(own.exec(written("summary.md"))?.[1], "    units/.unit-warden.json\n");
    writeFileSync(join(folder, "summary.md"), "");
    writeFileSync(manifest, '{ "unitWarden": { "failOn": "never" } }');
    commit();
    runScript({ BASE: base });
    assert.equal(own.exec(written("summary.md"))?.[1], "    units/.unit-warden.json\n    package.json\n");
  });
});
