import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
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
