import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { clientModule, l10n } from "../kit/clientModule.ts";

type Options = typeof import("../../client/options.ts");

describe("client: what a server is told first", () => {
  it("is the state of the workspace when that server starts, not when the client was made", async () => {
    const workspace = { isTrusted: false, getConfiguration: () => ({ get: () => "off" }) };
    class EventEmitter {}
    const { clientOptions } = await clientModule<Options>("client/options.ts", { workspace, EventEmitter, l10n });
    const { initializationOptions } = clientOptions();
    assert.equal(initializationOptions().trusted, false);
    workspace.isTrusted = true;
    assert.equal(initializationOptions().trusted, true);
  });
});
