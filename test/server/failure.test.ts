import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { ExplainedFailure } from "../../server/src/server/protocol.ts";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";
import { applyLsp, open } from "../kit/view.ts";

const SERVICE = "file:///etc/systemd/system/x.service";
const TEXT = "[Service]\nExecStart=/bin/true\nReadWritePaths=/run/x\n";
const TOLD = "x.service: Failed to set up mount namespacing: /run/x: No such file or directory";

describe("server: failures", () => {
  before(built);
  after(killLeftovers);

  it("explains a failure with edits to choose from", async () => {
    const client = await LspClient.start();
    await client.open(SERVICE, TEXT);
    const answer = await client.request<ExplainedFailure>("unitWarden/explainFailure", { uri: SERVICE, text: TOLD });
    const [failure] = answer.failures;
    const [cause] = failure?.causes ?? [];
    assert.deepEqual([failure?.kind, failure?.isPresent, failure?.count], ["failure", true, 1]);
    assert.deepEqual([cause?.setting, cause?.certainty], ["ReadWritePaths=/run/x", "sure"]);
    assert.deepEqual(cause?.place, { uri: SERVICE, line: 2, label: "x.service:3" });
    assert.deepEqual(cause?.lines, [TOLD]);
    const edits = cause?.fixes[0]?.edit.changes?.[SERVICE] ?? [];
    assert.equal(applyLsp(open(TEXT), edits), TEXT.replace("/run/x", "-/run/x"));
    assert.match(answer.markdown, /^# Why x\.service failed\n/);
    assert.equal(await client.stop(), 0);
  });

  it("gives other editors the same as Markdown", async () => {
    const client = await LspClient.start();
    await client.open(SERVICE, TEXT);
    const execute = (...args: readonly unknown[]): Promise<unknown> =>
      client.request("workspace/executeCommand", { command: "unitWarden.failureMarkdown", arguments: args });
    const answer = await client.request<ExplainedFailure>("unitWarden/explainFailure", { uri: SERVICE, text: TOLD });
    assert.equal(await execute(SERVICE, TOLD), answer.markdown);
    assert.equal(await execute(SERVICE), null);
    assert.equal(await execute("file:///no/other.service", TOLD), null);
    assert.equal(await client.stop(), 0);
  });
});
