import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { parseAllDocuments } from "yaml";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };

type Documents = readonly [
  { readonly spec: { readonly inputs: Readonly<Record<string, { readonly default: string }>> } },
  {
    readonly "unit-warden": {
      readonly variables: Readonly<Record<string, string>>;
      readonly script: readonly [string];
    };
  },
];

const [{ spec }, { "unit-warden": job }] = parseAllDocuments(
  readFileSync("packaging/gitlab/unit-warden.yml", "utf8"),
).map((it) => it.toJS()) as unknown as Documents;

describe("the component for GitLab", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unit-warden-gitlab-"));
    // Installs a program that says how it was called, and fails as a check with findings does.
    const program = `#!/bin/sh\nfor it; do printf '[%s]' "$it"; done >>'${folder}/calls'\necho >>'${folder}/calls'\nexit 1\n`;
    const npm = `#!/bin/sh\nfor it; do last=$it; done\n[ "$last" != unit-warden@0 ] && [ "$PWD" != '${folder}' ] || exit 1\nshift; mkdir -p "$2/node_modules/unit-warden/dist"\n`;
    writeFileSync(join(folder, "npm"), npm, { mode: 0o755 });
    writeFileSync(join(folder, "node"), program, { mode: 0o755 });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The exit status of the job, and how the program was called. */
  function run(inputs: Readonly<Record<string, string>>): [number | null, readonly string[]] {
    const defaults = Object.entries(spec.inputs).map(([name, it]) => [name, it.default]);
    const values: Readonly<Record<string, string>> = { ...Object.fromEntries(defaults), ...inputs };
    const variables = Object.entries(job.variables).map(([name, it]) => [
      name,
      it.replace(/\$\[\[ inputs\.(\S+) \]\]/, (_, input: string) => values[input] ?? assert.fail(input)),
    ]);
    const env = { ...Object.fromEntries(variables), PATH: `${folder}:${process.env.PATH}` };
    const { status } = spawnSync("sh", ["-e", "-c", job.script[0]], { cwd: folder, env, encoding: "utf8" });
    const calls = existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8") : "";
    return [
      status,
      calls
        .replaceAll(/\[[^\]]*\/dist\/cli\.js\]/g, "")
        .trim()
        .split("\n"),
    ];
  }

  it("takes the npm package of this version", () => assert.equal(spec.inputs.version?.default, version));

  it("writes both reports and fails with the check, whose configuration says what no input does", () => {
    const [status, calls] = run({});
    assert.equal(status, 1);
    const start = "[check]";
    assert.deepEqual(calls, [`${start}[--format][gitlab][--][.]`, `${start}[--format][junit][--][.]`]);
  });

  it("fails where the program cannot be installed", () => {
    assert.deepEqual(run({ version: "0" }), [3, [""]]);
  });

  it("gives its inputs as one word each", () => {
    const [, calls] = run({
      paths: "units debian",
      target: "debian-12,rhel-9",
      baseline: "my known.json",
      "fail-on": "advice",
    });
    const given = "[--systemd][debian-12,rhel-9][--baseline][my known.json][--fail-on][advice]";
    assert.ok(calls[0]?.endsWith(`[check]${given}[--format][gitlab][--][units][debian]`), calls[0]);
  });
});
