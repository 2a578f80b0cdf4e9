import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { brokenByItself, type Observed, type TriedState } from "../../server/src/cli/try/verdict.ts";

const observed = (active: string, ...journal: readonly string[]): Observed => {
  const state: TriedState = { active, result: "success", restarts: 0, mainStatus: "0", skipped: false };
  return { started: state, last: state, exercises: [], reload: undefined, stopped: state, journal };
};

const CONDITION = "one of its conditions is not met, so that it does not run";

describe("a service that systemd starts with success", () => {
  for (const [line, reason] of [
    ["x.service skipped, unmet condition check ConditionPathExists=/x", CONDITION],
    ["X was skipped because of an unmet condition check (ConditionPathExists=/x).", CONDITION],
    ["Condition check resulted in X being skipped.", CONDITION],
    ["x@1.service: Got no socket.", "it does not run without a socket that starts it"],
  ] as const)
    it(`does not run where the journal says: ${line}`, () => {
      const logged = `Nov 28 07:37:42 box ${line.endsWith("socket.") ? "systemd-executor[7]" : "systemd[1]"}: ${line}`;
      assert.equal(brokenByItself(observed("inactive", logged))?.reason, reason);
      assert.equal(brokenByItself(observed("active", logged)), undefined, "it runs");
      assert.equal(brokenByItself(observed("inactive", logged.replace(/ \S+\[\d\]/, " x[12]"))), undefined);
    });
});
