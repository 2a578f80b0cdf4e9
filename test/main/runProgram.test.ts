import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { runProgram } from "../../server/src/main/runProgram.ts";

describe("programs that are run", () => {
  it("end by themselves, with their status and output", async () => {
    assert.deepEqual(await runProgram(["sh", "-c", "cat; exit 4"], { input: "a\n", seconds: 60 }), {
      status: 4,
      stdout: "a\n",
      stderr: "",
    });
  });

  it("are ended where their time is over, as timeout(1) does", async () => {
    assert.equal((await runProgram(["sleep", "60"], { seconds: 0.1 })).status, 124);
  });

  it("are killed where they take no notice", async () => {
    const stubborn = "trap '' TERM; while :; do sleep 0.05; done";
    assert.equal((await runProgram(["sh", "-c", stubborn], { seconds: 0.3 })).status, 124);
  });

  it("are ended where who waits for them gives up", async () => {
    const giveUp = new AbortController();
    const ran = runProgram(["sleep", "60"], { stop: giveUp.signal });
    giveUp.abort();
    assert.equal((await ran).status, 128 + 15);
  });

  it("are not waited for where what they left behind holds their output open", async () => {
    assert.deepEqual((await runProgram(["sh", "-c", "sleep 5 & echo done"])).stdout, "done\n");
  });
});
