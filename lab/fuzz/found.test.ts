import { after, before, describe, it } from "mocha";
import { built } from "../../test/kit/built.ts";
import { skip } from "../../test/kit/skip.ts";
import { keptFiles, readFound } from "./found.ts";
import { TARGETS, targetOf } from "./targets.ts";

describe("what the fuzzers found", () => {
  before(built);
  after(async () => {
    for (const target of TARGETS) await target.end?.();
  });
  for (const file of keptFiles()) {
    const { target, message, input } = readFound(file);
    it(`stays mended: ${file}, ${message.split("\n", 1)[0]}`, async function () {
      const { missing, replay } = targetOf(target);
      const reason = missing?.();
      if (reason !== undefined) {
        skip(this, reason);
      }
      await replay(input);
    });
  }
});
