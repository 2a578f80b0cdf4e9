import assert from "node:assert/strict";
import { commandFor, otherInstance } from "../../../server/src/cli/learn/otherInstance.ts";

describe("another instance of a template", () => {
  it("has the name of the template, and is none of itself or of other units", () => {
    assert.equal(otherInstance("x@a.service", "b-2"), "x@b-2.service");
    assert.throws(() => otherInstance("x@a.service", "a"), /names x@a\.service itself/);
    assert.throws(() => otherInstance("x.service", "a"), /instances of a template, which x\.service is not/);
    assert.throws(() => otherInstance("x@a.service", "b c"), /not the name of a unit/);
  });

  it("is exercised by the commands that name the first one", () => {
    const of = (command: string) => commandFor(command, "x@main.service", "x@two.service");
    assert.equal(of("ask --port 1 /run/x-main/socket main"), "ask --port 1 /run/x-two/socket two");
    assert.equal(of("ask domain /maintenance"), undefined);
  });
});
