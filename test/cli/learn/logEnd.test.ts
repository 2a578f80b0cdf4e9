import assert from "node:assert/strict";
import { carryOutErrand } from "../../../server/src/cli/errand.ts";
import { processEnds } from "../../../server/src/learn/log/ends.ts";
import { type FakeSystemdOptions, fakeSystemd } from "../../kit/fakeSystemd.ts";
import { type MemoryMachine, type MemoryMachineOptions, memoryMachine } from "../../kit/memoryMachine.ts";
import { errandOf, FILES, OBSERVED, printed, TEXT, UNIT } from "../../kit/observable.ts";

const go = new AbortController().signal;

/** Learns with a service that does something to its logs. */
async function learnt(
  argv: readonly string[],
  on: (verb: string, log: string, machine: MemoryMachine) => void,
  more: { readonly machine?: MemoryMachineOptions; readonly systemd?: FakeSystemdOptions } = {},
) {
  const systemd = fakeSystemd(UNIT, {
    ...OBSERVED,
    ...more.systemd,
    acts(verb, text, machine) {
      OBSERVED.acts?.(verb, text, machine);
      const log = /-o (\S+\/ExecStart-1\.strace)/.exec(text)?.[1];
      if (log !== undefined) on(verb, log, machine);
    },
  });
  const machine = memoryMachine({ files: FILES, program: systemd.program, ...more.machine });
  const ending = await carryOutErrand(errandOf("learn", ...argv), machine, go);
  return { ending, machine, systemd };
}

const PLAIN = { KillMode: "control-group", KillSignal: "15" };
const withProperties = (properties: Readonly<Record<string, string>>): FakeSystemdOptions => {
  return { properties: { ...OBSERVED.properties, ...properties } };
};

describe("a log that ends early", () => {
  const cases: Readonly<Record<string, [Parameters<typeof learnt>[1], RegExp, Parameters<typeof learnt>[2]?]>> = {
    "where there was no room before": [
      () => undefined,
      /has room for 0\.2 MB, and a log may take 64/,
      { machine: { room: () => 200 * 1024 } },
    ],
    "where the disk filled up in between": [
      (_, __, machine) => machine.files.set("/full", ""),
      /has room for 1 MB only, so that a log ends early/,
      { machine: { room: (_, machine) => (machine.files.has("/full") ? 2 ** 20 : 2 ** 40) } },
    ],
    "of which strace complained in the journal": [
      () => undefined,
      /strace could not write all of it: No space left on device/,
      {
        systemd: {
          program: (argv, machine) =>
            argv.some((it) => it.startsWith("strace: "))
              ? { stdout: "/usr/bin/strace: /var/lib/x/ExecStart-1.strace: No space left on device\n" }
              : OBSERVED.program?.(argv, machine),
        },
      },
    ],
    "in the middle of a line": [
      (verb, log, machine) => {
        if (verb === "stop") machine.files.set(log, `${machine.files.get(log)}100 1000.4 openat(AT_FDCWD</>, "/etc/p`);
      },
      /the log of ExecStart ends in the middle of a line/,
      { systemd: withProperties(PLAIN) },
    ],
    "and does not show how a process ended": [
      (verb, log, machine) => {
        if (verb === "start") machine.files.set(log, "77 1000.4 getppid() = 1\n");
      },
      /does not show how process 77 ended/,
    ],
    "whose process strace has left": [
      (verb, log, machine) => {
        machine.files.set("/proc/100/status", "Name:\tx\nState:\tS (sleeping)\nTracerPid:\t0\n");
        if (verb === "start") machine.files.set(log, "100 1000.4 getppid() = 1\n");
      },
      /strace does not observe process 100 any more/,
    ],
    "and has nothing of the main process": [
      (_, log, machine) => {
        machine.files.set("/proc/100/status", "Name:\tx\nState:\tS (sleeping)\nTracerPid:\t99\n");
        machine.files.set(log, "");
      },
      /does not show the main process 100/,
    ],
    "that was removed": [(_, log, machine) => machine.files.delete(log), /not the file any more that was made for it/],
    "with bytes that strace never writes": [
      (_, log, machine) => machine.files.set(log, `${"\0".repeat(9)}100 1000.4 getppid() = 1\n`),
      /has bytes that strace never writes/,
    ],
  };
  for (const [what, [on, reason, more]] of Object.entries(cases))
    it(`${what} proves nothing: that is said, with status 1, and all is put back`, async () => {
      const { ending, machine, systemd } = await learnt(["x", "--yes", "--verify", "--write"], on, more);
      assert.match(printed(ending), /^# x\.service: nothing is derived: [^\n]+\n$/);
      assert.match(printed(ending), reason);
      assert.equal(ending.status, 1);
      if (machine.actions.some((it) => it.includes("restart")))
        assert.equal(machine.said.at(-1), "x.service is as it was");
      assert.ok([...machine.files.keys()].every((it) => it in FILES || /^\/(?:full|proc\/100)/.test(it)));
      assert.equal(systemd.unit().runsWith, TEXT);
    });

  it("is none where what is killed leaves a line as it is", async () => {
    const cut = (verb: string, log: string, machine: MemoryMachine): void => {
      if (verb === "stop") machine.files.set(log, `${machine.files.get(log)}100 1000.4 openat(AT_FDCWD</>, "/etc/p`);
    };
    for (const other of [{ KillMode: "mixed" }, { KillMode: "process" }, { KillSignal: "9" }]) {
      const { ending } = await learnt(["x", "--yes"], cut, { systemd: withProperties({ ...PLAIN, ...other }) });
      assert.match(printed(ending), /seen +NoNewPrivileges=yes/, JSON.stringify(other));
    }
  });

  it("proves nothing in a second run either", async () => {
    let starts = 0;
    const { ending } = await learnt(["x", "--yes", "--verify"], (verb, log, machine) => {
      if (verb === "start" && ++starts === 2) machine.files.delete(log);
    });
    assert.match(ending.messages.join(), /nothing is proven: the log of ExecStart-1 is not the file any more/);
    assert.doesNotMatch(printed(ending), /proven/);
    assert.match(printed(ending), /seen +NoNewPrivileges=yes/);
  });

  it("ends days of observation, and learn stop cleans up", async () => {
    const systemd = fakeSystemd(UNIT, OBSERVED);
    const machine = memoryMachine({ files: FILES, program: systemd.program });
    assert.equal((await carryOutErrand(errandOf("learn", "start", "x", "--yes"), machine, go)).status, 0);
    const log = [...machine.files.keys()].find((it) => it.endsWith(".strace")) ?? "";
    machine.files.set(log, "\0");
    const collected = await carryOutErrand(errandOf("learn", "collect", "x"), machine, go);
    assert.match(collected.messages.join(), /bytes that strace never writes/);
    assert.equal(systemd.unit().runsWith, TEXT);
    assert.match(
      printed(await carryOutErrand(errandOf("learn", "status", "x"), machine, go)),
      /bytes that strace never writes: nothing will be derived/,
    );
    const stopped = await carryOutErrand(errandOf("learn", "stop", "x", "--write"), machine, go);
    assert.deepEqual(
      [stopped.status, printed(stopped)],
      [1, "# x.service: nothing is derived: the log of ExecStart-1 has bytes that strace never writes\n"],
    );
    assert.deepEqual([...machine.files.keys()].sort(), Object.keys(FILES).sort());
  });
});

describe("what was learnt", () => {
  it("is printed and kept where it cannot be written", async () => {
    const before = (_: number, action: string): void => {
      if (/^write \/etc\/systemd/.test(action))
        throw Object.assign(new Error("EROFS: read-only file system, open 'x'"), { code: "EROFS", path: "x" });
    };
    const { ending, machine } = await learnt(["x", "--yes", "--write"], () => undefined, { machine: { before } });
    assert.equal(ending.status, 2);
    assert.match(printed(ending), /\nNoNewPrivileges=yes\n/);
    assert.match(
      ending.messages.join(),
      /the settings could not be written: x: read-only file system; they are printed, and what was learnt is kept in \/var\/lib\/unit-warden\/learn\/x\.service\.learnt\.json/,
    );
    assert.ok(machine.files.has("/var/lib/unit-warden/learn/x.service.learnt.json"));
  });

  for (const argv of [
    ["learn", "x", "--write"],
    ["learn", "x", "--save", "/srv/x.tar.gz"],
    ["try", "x", "--write"],
  ])
    it(`is not begun where its target cannot be written: ${argv.join(" ")}`, async () => {
      const { program } = fakeSystemd(UNIT, OBSERVED);
      const before = (_: number, action: string): void => {
        if (action.startsWith("tryWrite "))
          throw Object.assign(new Error("EROFS: read-only file system, open 'x'"), { code: "EROFS" });
      };
      const machine = memoryMachine({ files: FILES, program, before });
      const { status, messages } = await carryOutErrand(errandOf(...argv, "--yes"), machine, go);
      assert.equal(status, 2);
      assert.match(messages.join(), /^\/\S+ cannot be written: read-only file system; nothing was changed$/);
      assert.ok(!machine.actions.some((it) => it.includes("restart")));
    });
});

describe("the ends of processes", () => {
  it("are followed through threads that take the place of others", () => {
    const ends = processEnds();
    ends.add("1 1.0 getppid() = 0\n2 1.1 getppid() = 1\n3 1.2 execve(\n1 1.3 +++ superseded by execve in pid 3 +++\n");
    assert.deepEqual(ends.alive(), [1, 2]);
    ends.add("1 1.4 getppid() = 0\n2 1.5 +++ killed by SIGKILL +++\n");
    assert.deepEqual(ends.alive(), [1]);
    ends.add("1 1.6 +++ exited with 0 +++\nno line of strace\n");
    assert.deepEqual(ends.alive(), []);
  });
});
