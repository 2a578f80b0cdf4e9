import assert from "node:assert/strict";
import { carryOutErrand } from "../../../server/src/cli/errand.ts";
import { needsToJson } from "../../../server/src/learn/needsJson.ts";
import { needsPath } from "../../../server/src/units/learntText.ts";
import { type FakeSystemd, fakeSystemd } from "../../kit/fakeSystemd.ts";
import { type MemoryMachine, memoryMachine } from "../../kit/memoryMachine.ts";
import { errandOf, FILES, FRAGMENT, OBSERVED, printed, TEXT, UNIT } from "../../kit/observable.ts";
import { needsOf, sight } from "../../learn/kit.ts";

const go = new AbortController().signal;
const START = ["learn", "start", "x", "--yes"];

interface Place {
  readonly machine: MemoryMachine;
  readonly systemd: FakeSystemd;
}

function place(before?: (step: number, action: string) => void, files = FILES): Place {
  const systemd = fakeSystemd(UNIT, OBSERVED);
  return { systemd, machine: memoryMachine({ files, program: systemd.program, ...(before && { before }) }) };
}

/** Lets the collector work for so many rounds. */
async function collect({ machine }: Place, rounds: number): Promise<void> {
  const stop = new AbortController();
  const sleep = machine.sleep.bind(machine);
  let left = rounds;
  const timed = {
    ...machine,
    async sleep(seconds: number) {
      await sleep(seconds);
      if (--left === 0) stop.abort(new Error("interrupted by SIGTERM"));
    },
  };
  await carryOutErrand(errandOf("learn", "collect", "x"), timed, stop.signal);
}

describe("learn start, status and stop", () => {
  it("observe a service until it is told to end, and derive what all of the time showed", async () => {
    const it = place();
    const { machine, systemd } = it;
    assert.equal((await carryOutErrand(errandOf(...START), machine, go)).status, 0);
    assert.match(systemd.unit().runsWith ?? "", /Made by `unit-warden learn start x\.service`/);
    assert.ok(
      machine.actions.some((action) =>
        /systemd-run .*--unit=unit-warden-learn-x\.service .*learn collect/.test(action),
      ),
    );
    await collect(it, 15);
    const freed = machine.actions.filter((action) => action.startsWith("free "));
    assert.equal(freed.length, 0, "a log of less than a block is not freed");
    assert.match(
      printed(await carryOutErrand(errandOf("learn", "status", "x"), machine, go)),
      /since .*\n.*MB of logs[\s\S]*new last/,
    );
    const log = [...machine.files.keys()].find((path) => path.endsWith("ExecStart-1.strace")) ?? "";
    machine.files.set(
      log,
      `${machine.files.get(log)}100 1009.0 clock_settime(CLOCK_REALTIME, {tv_sec=1, tv_nsec=0}) = 0\n100 1009.1 +++ exited with 0 +++\n`,
    );
    await collect(it, 2);
    const ended = await carryOutErrand(errandOf("learn", "stop", "x"), machine, go);
    assert.match(printed(ended), /refused ProtectClock=yes[\s\S]*\nNoNewPrivileges=yes\n/);
    assert.equal(systemd.unit().runsWith, TEXT);
    const learnt = "/var/lib/unit-warden/learn/x.service.learnt.json";
    assert.deepEqual([...machine.files.keys()].sort(), [...Object.keys(FILES), learnt, needsPath(learnt)].sort());
  });

  it("say of a program that it loses the rights that it has by its file", async () => {
    const { machine } = place(undefined, { ...FILES, [FRAGMENT]: `${TEXT}User=daemon\n` });
    await carryOutErrand(errandOf(...START), machine, go);
    const status = async (): Promise<string> =>
      printed(await carryOutErrand(errandOf("learn", "status", "x"), machine, go));
    assert.doesNotMatch(await status(), /rights/);
    const programs = { "/usr/bin/ping": { privileged: true, sight: sight(1) } };
    machine.files.set("/var/lib/unit-warden/learn/x.service.days/needs.json", needsToJson(needsOf({ programs })));
    assert.match(await status(), /\n\/usr\/bin\/ping gets no rights of its own while strace runs as the user/);
  });

  it("prove what days have shown in runs of their own", async () => {
    const { machine, systemd } = place();
    await carryOutErrand(errandOf(...START), machine, go);
    await collect({ machine, systemd }, 2);
    const ended = await carryOutErrand(errandOf("learn", "stop", "x", "--verify", "--exercise", "use it"), machine, go);
    assert.match(printed(ended), /proven +NoNewPrivileges=yes[\s\S]*refused RestrictRealtime=yes: a second run failed/);
    assert.ok(machine.actions.includes("run /bin/sh -c use it"));
    assert.equal(systemd.unit().runsWith, TEXT);
    const learnt = "/var/lib/unit-warden/learn/x.service.learnt.json";
    assert.deepEqual([...machine.files.keys()].sort(), [...Object.keys(FILES), learnt, needsPath(learnt)].sort());
  });

  it("can be ended again where the proof cannot begin", async () => {
    const { machine, systemd } = place();
    await carryOutErrand(errandOf(...START), machine, go);
    await collect({ machine, systemd }, 2);
    const failing = await carryOutErrand(
      errandOf("learn", "stop", "x", "--verify", "--exercise", "false"),
      machine,
      go,
    );
    assert.match(failing.messages.join(), /false ended with 1 .*the exercise has to work before it is observed/);
    assert.equal(systemd.unit().runsWith, TEXT);
    assert.match(printed(await carryOutErrand(errandOf("learn", "stop", "x"), machine, go)), /\nNoNewPrivileges=yes\n/);
  });

  it("free what was read, up to the last whole block", async () => {
    const it = place();
    await carryOutErrand(errandOf(...START), it.machine, go);
    const log = [...it.machine.files.keys()].find((path) => path.endsWith("ExecStart-1.strace")) ?? "";
    const line = "100 1001.0 getppid() = 1\n";
    it.machine.files.set(log, line.repeat(400));
    await collect(it, 15);
    const [first = ""] = it.machine.actions.filter((action) => action.startsWith("free "));
    assert.match(first, /^free 8192 of .*ExecStart-1\.strace$/);
  });

  it("leave the unit as it was where the start fails or is stopped, at any step", async () => {
    let steps = 0;
    await carryOutErrand(errandOf(...START), place(() => steps++).machine, go);
    for (const how of ["fails", "is stopped"])
      for (let k = 0; k < steps; k++) {
        const stop = new AbortController();
        const { machine, systemd } = place((step, action) => {
          if (step !== k) return;
          if (how === "is stopped") stop.abort(new Error("interrupted by SIGINT"));
          else if (!/^(?:run \/bin\/sh \/run|remove)/.test(action)) throw new Error("broken");
        });
        const { status } = await carryOutErrand(errandOf(...START), machine, stop.signal);
        if (status === 0) continue;
        assert.deepEqual([...machine.files.keys()].sort(), Object.keys(FILES).sort(), `${how} at ${k}`);
        if (machine.actions.some((action) => action.includes("restart")))
          assert.equal(systemd.unit().runsWith, TEXT, `${how} at ${k}`);
      }
  });

  it("leave the unit as it was where the start is killed, at any step", async () => {
    let steps = 0;
    await carryOutErrand(errandOf(...START), place(() => steps++).machine, go);
    for (let k = 0; k < steps; k++) {
      let step = 0;
      const { machine, systemd } = place(() => {
        if (step++ === k) throw new Error("killed");
      });
      // Nobody is left to take anything back.
      await errandOf(...START)
        .act(machine, () => async () => undefined)
        .catch(() => undefined);
      systemd.watch(machine);
      assert.deepEqual([...machine.files.keys()].sort(), Object.keys(FILES).sort(), `killed at ${k}`);
      if (machine.actions.some((action) => action.includes("systemctl show")))
        assert.deepEqual([systemd.unit().active, systemd.unit().runsWith], [true, TEXT], `killed at ${k}`);
    }
  });

  for (const upFor of [0, 4])
    it(`put a service back that ends ${upFor} s after each start under strace and is started again`, async () => {
      const { machine, systemd } = place();
      let since: number | undefined;
      const run = machine.run.bind(machine);
      const restarting: MemoryMachine = {
        ...machine,
        async run(argv, options) {
          const ran = await run(argv, options);
          if (argv[0] === "journalctl") return { ...ran, stdout: "Started x.service.\ncannot be traced\n" };
          if (!argv.includes("show") || !systemd.unit().runsWith?.includes("strace")) return ran;
          since ??= machine.now();
          const cycles = Math.floor((machine.now() - since) / (upFor + 1));
          const isUp = (machine.now() - since) % (upFor + 1) < upFor;
          const state = isUp ? "active" : "activating";
          const stdout = ran.stdout
            .replace(/^ActiveState=.*/m, `ActiveState=${state}`)
            .replace(/^SubState=.*/m, `SubState=${isUp ? "running" : "auto-restart"}`)
            .replace(/^Result=.*/m, `Result=${isUp ? "success" : "exit-code"}`)
            .replace(/^MainPID=.*/m, `MainPID=${isUp ? 100 + cycles : 0}`)
            .replace(/^NRestarts=.*/m, `NRestarts=${cycles}`);
          return { ...ran, stdout };
        },
      };
      const { status, messages } = await carryOutErrand(errandOf(...START), restarting, go);
      assert.equal(status, 2);
      assert.match(
        messages.join(),
        /^x\.service does not start: .*started again 3 times by Restart=, .*cannot be traced$/,
      );
      assert.deepEqual([...machine.files.keys()].sort(), Object.keys(FILES).sort());
      assert.deepEqual([systemd.unit().active, systemd.unit().runsWith], [true, TEXT]);
      assert.ok(machine.now() - (since ?? 0) < 60, "it is not waited for to the end of time");
    });

  it("say of a service that it was started again while it is observed", async () => {
    const { machine } = place();
    await carryOutErrand(errandOf(...START), machine, go);
    const run = machine.run.bind(machine);
    const status = async (restarts: string): Promise<string> => {
      const counted: MemoryMachine = {
        ...machine,
        run: async (argv) => ({
          ...(await run(argv)),
          ...(argv.includes("--property=NRestarts") && { stdout: `NRestarts=${restarts}\n` }),
        }),
      };
      return printed(await carryOutErrand(errandOf("learn", "status", "x"), counted, go));
    };
    assert.match(await status("2"), /started again by Restart= so often: 2\n/);
    assert.doesNotMatch(await status("0"), /Restart=/);
  });

  it("undo a start that was killed together with its watchdog", async () => {
    const { machine, systemd } = place((_, action) => {
      if (/^write .*state\.json$/.test(action)) throw new Error("killed");
    });
    await errandOf(...START)
      .act(machine, () => async () => undefined)
      .catch(() => undefined);
    machine.freeLocks();
    await machine.run(["systemctl", "stop", "unit-warden-put-back-x.service"]);
    const ended = await carryOutErrand(errandOf("learn", "stop", "x"), machine, go);
    assert.equal(printed(ended), "x.service was not observed yet; it is as it was\n");
    assert.equal(systemd.unit().runsWith, TEXT);
    assert.equal(machine.files.has("/run/unit-warden/x.service.put-back"), false);
  });

  it("keep other runs away from the service meanwhile", async () => {
    const { machine, systemd } = place();
    await carryOutErrand(errandOf(...START), machine, go);
    for (const argv of [START, ["learn", "x", "--yes"]]) {
      const { messages } = await carryOutErrand(errandOf(...argv), machine, go);
      assert.match(messages.join(), /x\.service is under observation/);
    }
    assert.match(systemd.unit().runsWith ?? "", /learn start/);
  });

  it("can be ended after a reboot, which ended the observation", async () => {
    const it = place();
    const { machine } = it;
    await carryOutErrand(errandOf(...START), machine, go);
    await collect(it, 1);
    for (const path of [...machine.files.keys()])
      if (path.startsWith("/run/") && !(path in FILES)) machine.files.delete(path);
    assert.match(printed(await carryOutErrand(errandOf("learn", "status", "x"), machine, go)), /ended, as by a reboot/);
    assert.match(printed(await carryOutErrand(errandOf("learn", "stop", "x"), machine, go)), /\nNoNewPrivileges=yes\n/);
  });

  it("say where nothing is observed", async () => {
    const { machine } = place();
    const status = await carryOutErrand(errandOf("learn", "status", "x"), machine, go);
    assert.deepEqual([status.status, printed(status)], [1, "x.service is not under observation\n"]);
    assert.match(
      (await carryOutErrand(errandOf("learn", "stop", "x"), machine, go)).messages.join(),
      /not under observation/,
    );
  });
});
