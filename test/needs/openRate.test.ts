import assert from "node:assert/strict";
import RATES from "../../data/measured/open-rates.json" with { type: "json" };
import { openRateText } from "../../server/src/needs/openRate.ts";

describe("what measured daemons bear whose programs stay open", () => {
  it("is a reason where all of them do, and none where one does not", () => {
    for (const [setting, [borne, asked]] of Object.entries(RATES)) {
      const text = openRateText(setting);
      assert.equal(text !== undefined, borne === asked, setting);
      assert.ok(text === undefined || text.includes(`all ${asked} measured daemons`), text);
    }
    assert.equal(openRateText("ProtectSystem"), undefined);
  });
});
