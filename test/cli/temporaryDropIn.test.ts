import assert from "node:assert/strict";
import { carryOutErrand, type Errand } from "../../server/src/cli/errand.ts";
import { ending } from "../../server/src/cli/outcome.ts";
import { putBackPath, watchdogOf } from "../../server/src/cli/putBackScript.ts";
import { settled, systemctl } from "../../server/src/cli/systemctl.ts";
import { changeForAWhile, temporaryDropIn } from "../../server/src/cli/temporaryDropIn.ts";
import { fakeSystemd } from "../kit/fakeSystemd.ts";
import { memoryMachine } from "../kit/memoryMachine.ts";

const UNIT = "x.service";
const FRAGMENT = "/etc/systemd/system/x.service";
const FILES = { [FRAGMENT]: "[Service]\nExecStart=/bin/x\n", "/proc/4711/stat": `4711 (a b) ${"S ".repeat(50)}` };
const go = new AbortController().signal;

/** Starts the unit with two texts, one after the other. */
const ERRAND: Errand = {
  async act(machine, takeBack) {
    const changed = await changeForAWhile(machine, takeBack, { unit: UNIT, by: "try", rubbish: ["/var/lib/rubbish"] });
    await machine.write("/var/lib/rubbish/log", "");
    for (const text of ["[Service]\nA=1\n", "[Service]\nA=2\n"]) {
      await changed.set(text);
      await systemctl(machine, "restart", UNIT);
      assert.deepEqual(await settled(machine, UNIT, 10), { works: true, state: "active (running)" });
    }
    await changed.putBack();
    return ending("", [], false);
  },
};

describe("a drop-in for a while", () => {
  for (const wasActive of [true, false])
    it(`leaves ${wasActive ? "an active" : "an inactive"} unit as it was, at whatever step it fails or is stopped`, async () => {
      let steps = 0;
      const counted = memoryMachine({ files: FILES, ...fakeSystemd(UNIT, { wasActive }), before: () => steps++ });
      assert.equal((await carryOutErrand(ERRAND, counted, go)).status, 0);
      assert.ok(steps > 20);
      for (const how of ["fails", "is stopped"])
        for (let k = 0; k < steps; k++) {
          const stop = new AbortController();
          const systemd = fakeSystemd(UNIT, { wasActive });
          const machine = memoryMachine({
            files: FILES,
            program: systemd.program,
            before(step, action) {
              if (step !== k) return;
              if (how === "is stopped") stop.abort(new Error("interrupted by SIGINT"));
              else if (!action.startsWith("run /bin/sh") && !action.startsWith("stat /run")) throw new Error("broken");
            },
          });
          await carryOutErrand(ERRAND, machine, stop.signal);
          if (!machine.actions.some((it) => it.startsWith("run systemctl show"))) continue;
          const { active, loaded, runsWith } = systemd.unit();
          const expected = wasActive ? FILES[FRAGMENT] : undefined;
          assert.deepEqual([active, loaded, runsWith], [wasActive, FILES[FRAGMENT], expected], `${how} at ${k}`);
          assert.deepEqual([...machine.files.keys()], Object.keys(FILES), `${how} at ${k}`);
        }
    });

  it("says who made it and how to remove it, before it changes anything", async () => {
    const systemd = fakeSystemd(UNIT);
    let text: string | undefined;
    const machine = memoryMachine({
      files: FILES,
      program: (argv, it) => {
        text ??= it.files.get(temporaryDropIn(UNIT, "try"));
        return systemd.program(argv, it);
      },
    });
    await carryOutErrand(ERRAND, machine, go);
    assert.match(
      text ?? "",
      /^# Made by `unit-warden try x\.service` \(process 4711\) on 1970-.*\n# .*sudo sh \/run\/unit-warden\//,
    );
    const watched = machine.actions.findIndex((it) => it.startsWith("run systemd-run"));
    assert.ok(watched < machine.actions.indexOf(`write ${putBackPath(UNIT)}`));
    assert.ok(watched < machine.actions.indexOf(`write ${temporaryDropIn(UNIT, "try")}`));
    // Where systemd reads the file of a transient unit again, a $ is two.
    assert.doesNotMatch(machine.actions[watched] ?? "", /\$/);
  });

  it("puts back first what a killed run left", async () => {
    const systemd = fakeSystemd(UNIT);
    const left = { [temporaryDropIn(UNIT, "learn")]: "[Service]\nB=1\n" };
    const script = `#!/bin/sh\nfi\nrm -f ${Object.keys(left)[0]}\nsystemctl daemon-reload\nsystemctl restart ${UNIT} || status=1\nrm -f ${putBackPath(UNIT)}\n`;
    const machine = memoryMachine({ files: { ...FILES, ...left, [putBackPath(UNIT)]: script }, ...systemd });
    await carryOutErrand(ERRAND, machine, go);
    assert.deepEqual([...machine.files.keys()], Object.keys(FILES));
    assert.equal(systemd.unit().runsWith, FILES[FRAGMENT]);
  });

  it("changes nothing where another run is at work", async () => {
    const systemd = fakeSystemd(UNIT);
    const machine = memoryMachine({ files: FILES, program: systemd.program });
    systemd.program(["systemd-run", `--unit=${watchdogOf(UNIT)}`], machine);
    const { messages } = await carryOutErrand(ERRAND, machine, go);
    assert.match(messages.join(), /another run of unit-warden is at work on x\.service/);
    assert.deepEqual([...machine.files.keys()], Object.keys(FILES));
  });
});
