import assert from "node:assert/strict";
import { carryOutErrand, type Errand } from "../../server/src/cli/errand.ts";
import { ending } from "../../server/src/cli/outcome.ts";
import { changeForAWhile } from "../../server/src/cli/temporaryDropIn.ts";
import { lockPath, lockUnit } from "../../server/src/cli/unitLock.ts";
import { type FakeSystemdOptions, fakeSystemd } from "../kit/fakeSystemd.ts";
import { type MemoryMachineOptions, memoryMachine } from "../kit/memoryMachine.ts";
import { errandOf, FILES, OBSERVED, UNIT } from "../kit/observable.ts";

const go = new AbortController().signal;

/** Changes the unit and puts it back. */
const ERRAND: Errand = {
  async act(machine, takeBack) {
    await lockUnit(machine, takeBack, UNIT, "try");
    const changed = await changeForAWhile(machine, takeBack, { unit: UNIT, by: "try" });
    await changed.set("[Service]\nA=1\n");
    await machine.run(["systemctl", "restart", UNIT]);
    await changed.putBack();
    return ending("", [], false);
  },
};

async function done(errand: Errand, systemd: FakeSystemdOptions, machine: MemoryMachineOptions = {}) {
  const { program } = fakeSystemd(UNIT, { ...OBSERVED, ...systemd });
  const place = memoryMachine({ files: FILES, program, ...machine });
  return { place, ...(await carryOutErrand(errand, place, go)) };
}

describe("the lock of a unit", () => {
  const holder = { ...FILES, [lockPath(UNIT)]: "unit-warden try, process 12\n" };
  for (const argv of [
    ["learn", "x", "--yes"],
    ["learn", "start", "x", "--yes"],
    ["learn", "stop", "x"],
    ["try", "x", "--yes"],
  ])
    it(`refuses ${argv.slice(0, 2).join(" ")} in one sentence, with nothing changed, where another run has it`, async () => {
      const machine = { files: holder, locked: [lockPath(UNIT)] };
      const { status, messages, place } = await done(errandOf(...argv), {}, machine);
      assert.equal(status, 2);
      assert.deepEqual(messages, [
        "another run of unit-warden is at work on x.service (unit-warden try, process 12): wait for its end, or end it",
      ]);
      assert.deepEqual(place.said, []);
      assert.deepEqual([...place.files], Object.entries(holder));
      assert.ok(!place.actions.some((it) => /systemctl (?:restart|stop|start|daemon-reload)/.test(it)));
    });

  it("is one for all names of a unit", async () => {
    const properties = { ...OBSERVED.properties, Id: "real.service" };
    const { messages } = await done(ERRAND, { properties }, { locked: [lockPath("real.service")] });
    assert.match(messages.join(), /another run of unit-warden is at work on x\.service/);
  });

  describe("where the collector of an observation, which found trouble, has it", () => {
    const collecting = { ...FILES, [lockPath(UNIT)]: "unit-warden learn collect, process 12\n" };
    it("is waited for", async () => {
      const locked = [lockPath(UNIT)];
      const before = (_: number, action: string): void => {
        if (action.startsWith("sleep")) locked.pop();
      };
      const { status, messages } = await done(ERRAND, {}, { files: collecting, locked, before });
      assert.deepEqual([status, messages], [0, []]);
    });

    it("is not waited for without end", async () => {
      const { messages } = await done(ERRAND, {}, { files: collecting, locked: [lockPath(UNIT)] });
      assert.match(messages.join(), /another run of unit-warden is at work on x\.service \(unit-warden learn collect,/);
    });
  });

  it("is free again after the end, well or not", async () => {
    const { program } = fakeSystemd(UNIT, OBSERVED);
    let isBroken = true;
    const machine = memoryMachine({
      files: FILES,
      program: (argv, it) => {
        if (isBroken && argv.includes("restart")) throw new Error("broken");
        return program(argv, it);
      },
    });
    assert.equal((await carryOutErrand(ERRAND, machine, go)).status, 2);
    isBroken = false;
    for (let i = 0; i < 2; i++) assert.equal((await carryOutErrand(ERRAND, machine, go)).status, 0);
  });
});

describe("the end of a run", () => {
  it("says that the unit is as it was, where it is", async () => {
    const { status, place } = await done(ERRAND, {});
    assert.equal(status, 0);
    assert.equal(place.said.at(-1), "x.service is as it was");
  });

  it("says what is not as it was, and fails", async () => {
    let isEnabled = true;
    const own: FakeSystemdOptions = {
      starts: (text) => text.includes("A=1"),
      acts: () => {
        isEnabled = false;
      },
    };
    const { program } = fakeSystemd(UNIT, { ...OBSERVED, ...own });
    const { status, messages, said } = await (async () => {
      const machine = memoryMachine({
        files: FILES,
        program: (argv, it) => {
          const ran = program(argv, it);
          const state = isEnabled ? "enabled" : "disabled";
          return {
            ...ran,
            ...(ran?.stdout && { stdout: ran.stdout.replace("UnitFileState=", `UnitFileState=${state}`) }),
          };
        },
      });
      return { ...(await carryOutErrand(ERRAND, machine, go)), said: machine.said };
    })();
    assert.equal(status, 2);
    assert.match(
      messages.join("\n"),
      /^x\.service is not as it was before: it was active \(running\) and is failed \(exit-code\); UnitFileState was enabled and is disabled: systemctl status x\.service tells more$/m,
    );
    assert.ok(!said.includes("x.service is as it was"));
  });
});
