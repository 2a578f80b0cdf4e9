import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { LONG_CONFIG_TEXTS } from "./kit/longConfigTexts.ts";
import { LONG_TEXTS } from "./kit/longTexts.ts";
import { slowWork } from "./kit/slowWork.ts";
import { openedUnit, unitWork } from "./kit/unitWork.ts";

const FEW = 200;
const TIMES = 10;

const TEXTS = { "/etc/systemd/system/x.service": LONG_TEXTS, ...LONG_CONFIG_TEXTS };

describe("cost", () => {
  for (const [path, shapes] of Object.entries(TEXTS))
    for (const [name, make] of Object.entries(shapes)) {
      it(`grows with the length of the text: ${name} of ${path.replace(/^.*\/x?/, "")}`, () => {
        const read = (text: string): unknown => openedUnit(path, text);
        const slow = slowWork(make(FEW), make(FEW * TIMES), read, (text) => unitWork(path, text));
        assert.deepEqual(slow, []);
      }).timeout(300_000);
    }
});
