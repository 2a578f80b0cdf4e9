import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { RULE_REQUEST } from "../../server/src/server/protocol.ts";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

describe("server: pages of rules", () => {
  before(built);
  after(killLeftovers);

  it("are there for codes of findings, and for nothing else", async () => {
    const client = await LspClient.start();
    const ask = (params: unknown): Promise<string | null> => client.request(RULE_REQUEST, params);
    for (const code of ["directive/unknown", "quadlet/no-port", "hardening/protect-home"])
      assert.match(
        (await ask({ code })) ?? "",
        new RegExp(`^# ${code}\n\n\\*\\*.*\`# unit-warden: ignore ${code}`, "s"),
      );
    assert.equal(await ask({ code: "directive/odd" }), null);
    await assert.rejects(ask({}), /code is missing/);
    await client.stop();
  });
});
