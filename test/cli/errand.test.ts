import assert from "node:assert/strict";
import { carryOutErrand, type Errand } from "../../server/src/cli/errand.ts";
import { ending } from "../../server/src/cli/outcome.ts";
import { memoryMachine } from "../kit/memoryMachine.ts";

/** Changes two files for a while. */
const ERRAND: Errand = {
  async act(machine, takeBack) {
    takeBack("remove /run/a by hand", (it) => it.remove("/run/a"));
    await machine.write("/run/a", "a");
    takeBack("remove /run/b by hand", (it) => it.remove("/run/b"));
    await machine.write("/run/b", "b");
    await machine.sleep(60);
    return ending("done\n", [], false);
  },
};

const go = new AbortController().signal;

describe("an errand", () => {
  it("takes back what it changed, the latest first", async () => {
    const machine = memoryMachine();
    assert.equal((await carryOutErrand(ERRAND, machine, go)).status, 0);
    assert.deepEqual(machine.actions, ["write /run/a", "write /run/b", "remove /run/b", "remove /run/a"]);
  });

  it("takes it back where an action fails, whichever it is", async () => {
    for (let k = 0; k < 3; k++) {
      const machine = memoryMachine({
        before: (step) => {
          if (step === k) throw new Error("no space left");
        },
      });
      const { status, messages } = await carryOutErrand(ERRAND, machine, go);
      assert.deepEqual([status, messages, [...machine.files.keys()]], [2, ["no space left"], []]);
      assert.ok(!machine.said.join().includes("no space left"), "the reason is printed once");
    }
  });

  it("takes it back when it is told to stop, and does nothing more", async () => {
    for (let k = 0; k < 3; k++) {
      const stop = new AbortController();
      const machine = memoryMachine({
        before: (step) => {
          if (step === k) stop.abort(new Error("interrupted by SIGINT"));
        },
      });
      const { messages } = await carryOutErrand(ERRAND, machine, stop.signal);
      assert.deepEqual([messages, [...machine.files.keys()]], [["interrupted by SIGINT"], []]);
    }
  });

  it("takes back the rest where one part cannot be, and says what is left to do", async () => {
    const machine = memoryMachine({
      before: (_, action) => {
        if (action === "remove /run/b") throw new Error("busy");
      },
    });
    const { status, messages } = await carryOutErrand(ERRAND, machine, go);
    assert.deepEqual([status, messages, [...machine.files.keys()]], [2, ["busy: remove /run/b by hand"], ["/run/b"]]);
  });

  it("takes back once what is taken back early", async () => {
    const machine = memoryMachine();
    const errand: Errand = {
      async act(_, takeBack) {
        const now = takeBack("", (it) => it.remove("/run/a"));
        await now();
        await now();
        return ending("", [], false);
      },
    };
    await carryOutErrand(errand, machine, go);
    assert.deepEqual(machine.actions, ["remove /run/a"]);
  });
});
