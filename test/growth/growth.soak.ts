import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { slowWork } from "../kit/slowWork.ts";
import { HOST_KINDS_GROWN, UNIT_KINDS_GROWN } from "./kinds.ts";
import { commandWork, hostedWork, languageOf } from "./work.ts";

const FEW = 600;
const TIMES = 10;

describe("cost of what is asked of a file", () => {
  for (const [name, { path, make }] of Object.entries(HOST_KINDS_GROWN)) {
    it(`grows with the text in an editor: ${name}`, () => {
      assert.ok(languageOf(path).units(make(FEW)).units.length > 1);
      const read = (text: string): unknown => languageOf(path).units(text);
      assert.deepEqual(
        slowWork(make(FEW), make(FEW * TIMES), read, (it) => hostedWork(path, it)),
        [],
      );
    }).timeout(300_000);
  }

  for (const [name, { path, make }] of Object.entries({ ...UNIT_KINDS_GROWN, ...HOST_KINDS_GROWN })) {
    it(`grows with the text at the command line: ${name}`, () => {
      const read = (text: string): unknown => text.split("\n");
      assert.deepEqual(
        slowWork(make(FEW), make(FEW * TIMES), read, (it) => commandWork(path, it)),
        [],
      );
    }).timeout(300_000);
  }
});
