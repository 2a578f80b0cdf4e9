import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { assess, exposureWith } from "../../server/src/security/exposure.ts";
import { expectLinear } from "../kit/growth.ts";
import { mangledUnit } from "../kit/mangled.ts";
import { unit } from "./kit.ts";

describe("security: any text", () => {
  it("is judged without an error, and by both functions alike", () => {
    fc.assert(
      fc.property(mangledUnit, fc.constantFrom(257, 262), (text, version) => {
        const it = unit(text, { version });
        assert.equal(exposureWith(it, []), assess(it).exposure);
      }),
    );
  });

  const run = "[Service]\nExecStart=/bin/true\n";
  const shapes: Readonly<Record<string, (size: number) => string>> = {
    "many devices": (size) => run + "DeviceAllow=/dev/null rw\n".repeat(size),
    "many credentials": (size) => run + Array.from({ length: size }, (_, i) => `LoadCredential=c${i}:/x\n`).join(""),
    "many filters": (size) => run + "SystemCallFilter=@system-service ~x\n".repeat(size / 4),
    "one long filter": (size) => `${run}SystemCallFilter=${"read ".repeat(size)}`,
  };
  for (const [name, make] of Object.entries(shapes)) {
    it(`takes time in proportion to its length: ${name}`, () => expectLinear(5000, make, (text) => assess(unit(text))));
  }
});
