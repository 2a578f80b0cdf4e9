import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { baseRatesText } from "../../build/baseRates.ts";

describe("base rates", () => {
  it("are counted from the daemons that were measured", () => {
    const measured = readFileSync("data/measured/daemons.json", "utf8");
    assert.equal(
      readFileSync("data/measured/base-rates.json", "utf8"),
      baseRatesText(measured),
      "npm run base-rates counts them anew",
    );
  });
});
