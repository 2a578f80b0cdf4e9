import assert from "node:assert/strict";
import { carryOutErrand } from "../../../server/src/cli/errand.ts";
import type { Ending } from "../../../server/src/cli/outcome.ts";
import { type FakeSystemd, type FakeSystemdOptions, fakeSystemd } from "../../kit/fakeSystemd.ts";
import { type MemoryMachine, type MemoryMachineOptions, memoryMachine } from "../../kit/memoryMachine.ts";
import { errandOf, FILES, FRAGMENT, OBSERVED, printed, TEXT, UNIT } from "../../kit/observable.ts";

interface Run {
  readonly machine: MemoryMachine;
  readonly systemd: FakeSystemd;
  readonly ending: Ending;
}

async function learn(
  argv: readonly string[],
  options: {
    readonly systemd?: FakeSystemdOptions;
    readonly machine?: MemoryMachineOptions;
    readonly stop?: AbortSignal;
  } = {},
): Promise<Run> {
  const systemd = fakeSystemd(UNIT, { ...OBSERVED, ...options.systemd });
  const machine = memoryMachine({ files: FILES, program: systemd.program, ...options.machine });
  const errand = errandOf("learn", ...argv);
  return {
    machine,
    systemd,
    ending: await carryOutErrand(errand, machine, options.stop ?? new AbortController().signal),
  };
}

describe("learn", () => {
  it("observes, exercises, reloads, exercises and stops a service, in this order, and puts it back", async () => {
    const { machine, systemd, ending } = await learn(["x", "--yes", "--exercise", "use it"]);
    const steps = machine.actions.filter(
      (it) => /systemctl (?:restart|reload|stop) x|use it|zzzz|put-back(?! )/.test(it) && !it.includes("is-active"),
    );
    assert.deepEqual(
      steps.map((it) => it.replace(/ --[\s\S]*/, "")),
      [
        "run /bin/sh -c use it",
        "run systemd-run",
        "write /run/unit-warden/x.service.put-back",
        "write /run/systemd/system/x.service.d/zzzz-unit-warden-learn.conf",
        "run systemctl restart x.service",
        "run /bin/sh -c use it",
        "run systemctl reload x.service",
        "run /bin/sh -c use it",
        "run systemctl stop x.service",
        "run /bin/sh /run/unit-warden/x.service.put-back",
        "run systemctl stop unit-warden-put-back-x.service",
      ],
    );
    assert.deepEqual([...machine.files.keys()], Object.keys(FILES));
    assert.equal(systemd.unit().runsWith, TEXT);
    assert.match(printed(ending), /seen +NoNewPrivileges=yes[\s\S]*\n\[Service\]\n/);
    assert.match(printed(ending), /\nProtectHome=read-only\n/);
  });

  it("leaves the unit as it was at whatever step it fails or is stopped", async function () {
    this.timeout(180_000);
    const argv = ["x.service", "--yes", "--verify", "--exercise", "use it", "--for", "5s"];
    let steps = 0;
    const counted = fakeSystemd(UNIT, OBSERVED);
    await carryOutErrand(
      errandOf("learn", ...argv),
      memoryMachine({ files: FILES, program: counted.program, before: () => steps++ }),
      new AbortController().signal,
    );
    assert.ok(steps > 100, String(steps));
    for (const how of ["fails", "is stopped"])
      for (let k = 0; k < steps; k++) {
        const stop = new AbortController();
        const systemd = fakeSystemd(UNIT, OBSERVED);
        const machine = memoryMachine({
          files: FILES,
          program: systemd.program,
          before(step, action) {
            if (step !== k) return;
            if (how === "is stopped") stop.abort(new Error("interrupted by SIGTERM"));
            else if (!/^(?:run \/bin\/sh \/run|stat \/run\/unit|remove|run systemctl stop unit-)/.test(action))
              throw new Error("broken");
          },
        });
        await carryOutErrand(errandOf("learn", ...argv), machine, stop.signal);
        assert.deepEqual([...machine.files.keys()].sort(), Object.keys(FILES).sort(), `${how} at ${k}`);
        if (!machine.actions.some((it) => it.includes("systemctl show"))) continue;
        const { active, loaded, runsWith } = systemd.unit();
        assert.deepEqual([active, loaded, runsWith], [true, TEXT, TEXT], `${how} at ${k}`);
      }
  });

  it("proves what holds, and takes back what makes calls fail that did not fail before", async () => {
    const { ending, machine } = await learn(["x", "--yes", "--verify", "--exercise", "use it"]);
    assert.match(printed(ending), /proven +NoNewPrivileges=yes/);
    assert.match(
      printed(ending),
      /refused RestrictRealtime=yes: a second run failed under it: sched_setscheduler\(\) fails/,
    );
    assert.ok(machine.said.some((it) => it.startsWith("proof, run 1")));
  });

  it("stops at every call of a service whose own filters deny some, where a proof compares with it", async () => {
    const files = { ...FILES, [FRAGMENT]: `${TEXT}RestrictAddressFamilies=AF_UNIX\n` };
    const dropIns = async (...argv: string[]): Promise<string> => {
      let first = "";
      const acts = (verb: string, text: string): void => {
        if (verb === "start" && first === "" && text.includes(".strace")) first = text;
      };
      await learn(["x", "--yes", ...argv], { machine: { files }, systemd: { acts } });
      return first;
    };
    assert.match(await dropIns(), /--seccomp-bpf/);
    assert.doesNotMatch(await dropIns("--verify"), /--seccomp-bpf/);
  });

  it("proves nothing where nothing was asked of the service, and takes back what fails all the same", async () => {
    const { ending, machine } = await learn(["x", "--yes", "--verify", "--write"]);
    assert.ok(machine.said.some((it) => it.startsWith("without --exercise nothing is proven")));
    assert.doesNotMatch(printed(ending), /# +proven /);
    assert.match(printed(ending), /seen +NoNewPrivileges=yes/);
    assert.match(printed(ending), /refused RestrictRealtime=yes: a second run failed under it/);
    const written = machine.files.get(`/etc/systemd/system/${UNIT}.d/50-unit-warden-learnt.conf`) ?? "";
    assert.match(written, /\nNoNewPrivileges=yes\n/);
    assert.doesNotMatch(written, /RestrictRealtime=/);
  });

  it("never calls ProcSubset= proven for a service that reads files of the kernel", async () => {
    const acts: FakeSystemdOptions["acts"] = (verb, text, machine) => {
      OBSERVED.acts?.(verb, text, machine);
      const [path, log] = [...machine.files].find(([name]) => name.endsWith("ExecStart-1.strace")) ?? [];
      if (verb !== "start" || path === undefined || log === undefined || text.includes("ProcSubset=")) return;
      const read = `100 1000.35 openat(AT_FDCWD</>, "/proc/loadavg", O_RDONLY) = 3</proc/loadavg>\n`;
      machine.files.set(path, log.replace("100 1000.4", `${read}100 1000.41`));
    };
    const { ending } = await learn(["x", "--yes", "--verify", "--exercise", "use it"], { systemd: { acts } });
    assert.match(printed(ending), /refused ProcSubset=pid: uses \/proc\/loadavg/);
    assert.match(printed(ending), /proven +NoNewPrivileges=yes/);
  });

  it("takes back a setting under which the service does not start", async () => {
    const starts = (text: string): boolean => !text.includes("MemoryDenyWriteExecute=");
    const { ending, systemd } = await learn(["x", "--yes", "--verify", "--exercise", "use it"], {
      systemd: { starts },
    });
    assert.match(
      printed(ending),
      /refused MemoryDenyWriteExecute=yes: a second run failed under it: x\.service does not start/,
    );
    assert.match(printed(ending), /proven +ProtectClock=yes/);
    assert.doesNotMatch(printed(ending), /\nMemoryDenyWriteExecute=/);
    assert.equal(systemd.unit().runsWith, TEXT);
  });

  it("proves and writes nothing where a service fails under observation without any new setting too", async () => {
    // What is observed as a whole does not start, whatever is set.
    const starts = (text: string): boolean => !text.includes(".strace") || text.includes("--seccomp-bpf");
    const { ending, machine } = await learn(["x", "--yes", "--verify", "--write", "--exercise", "use it"], {
      systemd: { starts },
    });
    assert.match(
      ending.messages.join(),
      /nothing is proven, as it fails without any new setting too: x\.service does not start/,
    );
    assert.ok(machine.said.filter((it) => it.startsWith("proof, run")).length <= 2);
    assert.match(printed(ending), /seen +NoNewPrivileges=yes[\s\S]*# left out, as no run proved it: ProtectSystem=, /);
    assert.deepEqual([...machine.files.keys()], Object.keys(FILES));
    assert.equal(ending.status, 2);
  });

  it("leaves out what the runs of a proof did not come to", async () => {
    // Settings that break it together with any other one.
    const starts = (text: string): boolean => (text.match(/^(?:Protect|Restrict|Private)\w+=/gm) ?? []).length < 2;
    const { machine, ending } = await learn(["x", "--yes", "--verify", "--write", "--exercise", "use it"], {
      systemd: { starts },
    });
    const written = machine.files.get(`/etc/systemd/system/${UNIT}.d/50-unit-warden-learnt.conf`) ?? "";
    assert.ok(starts(written), written);
    assert.match(printed(ending), /# left out, as no run proved it: /);
  });

  it("writes the drop-in and what was learnt beside it, once the unit is put back", async () => {
    const { machine, ending } = await learn(["x", "--yes", "--write"]);
    const folder = `/etc/systemd/system/${UNIT}.d`;
    assert.match(machine.files.get(`${folder}/50-unit-warden-learnt.conf`) ?? "", /^# Learnt by[^\n]*\n\[Service\]\n/);
    const lines = (machine.files.get(`${folder}/50-unit-warden-learnt.conf`) ?? "").split("\n");
    for (const [i, line] of lines.entries())
      if (/^[A-Z]\w+=./.test(line)) assert.match(lines[i - 1] ?? "", /^# seen: \w/, line);
    assert.equal(JSON.parse(machine.files.get(`${folder}/${UNIT}.learnt.json`) ?? "").unit, UNIT);
    assert.ok(
      machine.actions.indexOf("run /bin/sh /run/unit-warden/x.service.put-back") <
        machine.actions.indexOf(`write ${folder}/50-unit-warden-learnt.conf`),
    );
    assert.equal(ending.status, 0);
  });

  it("observes without what it has learnt before, and only adds to that", async () => {
    const first = await learn(["x", "--yes", "--verify", "--write", "--exercise", "use it"]);
    const folder = `/etc/systemd/system/${UNIT}.d`;
    const files = { ...FILES, ...Object.fromEntries(first.machine.files) };
    const ran: string[] = [];
    const { acts } = OBSERVED;
    const again = await learn(["x", "--yes", "--write"], {
      machine: { files },
      systemd: {
        acts(verb, text, machine) {
          if (verb === "start") ran.push(text);
          acts?.(verb, text, machine);
        },
      },
    });
    assert.ok(
      again.machine.said.includes("50-unit-warden-learnt.conf stays where it is, and counts for nothing meanwhile"),
    );
    assert.ok(again.machine.said.includes("what a run showed before is kept: this one only adds to it"));
    const [observed = "", after = ""] = ran;
    assert.ok(observed.includes("strace") && !observed.includes("RestrictAddressFamilies="), observed);
    assert.ok(!after.includes("strace") && after.includes("RestrictAddressFamilies="), after);
    assert.deepEqual([...again.machine.files.keys()].sort(), [...first.machine.files.keys()].sort());
    const path = `${folder}/50-unit-warden-learnt.conf`;
    assert.match(
      printed(again.ending),
      /proven +NoNewPrivileges=yes[\s\S]*refused RestrictRealtime=yes: a second run failed/,
    );
    assert.ok(again.machine.said.includes("nothing was seen that was not known: what was learnt stays as it is"));
    for (const it of [`${folder}/${UNIT}.learnt.json`, `${folder}/${UNIT}.needs.json`, path])
      assert.equal(again.machine.files.get(it), first.machine.files.get(it), it);
  });

  it("saves a bundle from which the same settings are derived", async () => {
    const { machine, ending } = await learn(["x", "--yes", "--save", "/root/x.tgz"]);
    assert.equal(ending.status, 0, "what is kept is not left to do");
    const bundle = machine.files.get("/root/x.tgz") ?? "";
    const elsewhere = memoryMachine({ files: { "/b.tgz": bundle }, uid: 1000, platform: "darwin" });
    const derived = await carryOutErrand(
      errandOf("learn", "--bundle", "/b.tgz"),
      elsewhere,
      new AbortController().signal,
    );
    const settings = (text: string): string => text.slice(text.indexOf("[Service]"));
    assert.equal(settings(printed(derived)), settings(printed(ending)));
    assert.deepEqual(elsewhere.actions, []);
  });

  it("keeps what a proof showed in the bundle, for whoever called sudo to read", async () => {
    const owners = new Map<string, unknown>();
    const invoker = { uid: 1000, gid: 100 };
    const saved = ["x", "--yes", "--verify", "--exercise", "use it", "--save", "/home/a/x.tgz"];
    const { machine, ending } = await learn(saved, { machine: { invoker, owners } });
    assert.match(printed(ending), /proven +NoNewPrivileges=yes/);
    assert.deepEqual([...owners], [["/home/a/x.tgz", invoker]]);
    const files = { "/b.tgz": machine.files.get("/home/a/x.tgz") ?? "" };
    const elsewhere = memoryMachine({ files, uid: 1000, platform: "darwin" });
    const derived = await carryOutErrand(
      errandOf("learn", "--bundle", "/b.tgz"),
      elsewhere,
      new AbortController().signal,
    );
    const settings = (text: string): readonly string[] =>
      text.split("\n").filter((it) => /^# +(?:proven|refused|seen) /.test(it));
    assert.deepEqual(settings(printed(derived)), settings(printed(ending)));
  });

  const refusals: readonly (readonly [
    name: string,
    argv: readonly string[],
    options: Parameters<typeof learn>[1],
    message: RegExp,
  ])[] = [
    ["no root", ["x"], { machine: { uid: 1000 } }, /needs root: run it with sudo/],
    ["another system", ["x"], { machine: { platform: "darwin" } }, /on Linux/],
    [
      "no strace",
      ["x"],
      { machine: { files: { ...FILES, "/usr/bin/strace": undefined as never } } },
      /install the package strace/,
    ],
    ["no systemd", ["x"], { machine: { files: { [FRAGMENT]: TEXT } } }, /this machine was not booted with systemd/],
    [
      "Yama",
      ["x"],
      { machine: { files: { ...FILES, "/proc/sys/kernel/yama/ptrace_scope": "3\n" } } },
      /ptrace_scope is 3/,
    ],
    [
      "a container",
      ["x"],
      {
        systemd: {
          program: (argv, machine) =>
            argv[0]?.endsWith("strace")
              ? { status: 1, stderr: "strace: ptrace(PTRACE_TRACEME): Operation not permitted\n" }
              : OBSERVED.program?.(argv, machine),
        },
      },
      /as in a container without CAP_SYS_PTRACE: strace: ptrace/,
    ],
    ["no such unit", ["y"], {}, /unknown unit y\.service/],
    [
      "a service of users",
      ["y"],
      { machine: { files: { ...FILES, "/usr/lib/systemd/user/y.service": "" } } },
      /service of the user manager/,
    ],
    ["a masked unit", ["x"], { systemd: { properties: { LoadState: "masked" } } }, /is masked/],
    ["changed files", ["x"], { systemd: { properties: { NeedDaemonReload: "yes" } } }, /daemon-reload first/],
    ["a unit that refuses", ["x"], { systemd: { properties: { RefuseManualStop: "yes" } } }, /RefuseManualStart=/],
    ["another type", ["x.timer"], {}, /only services are observed/],
    ["a template", ["x@.service"], {}, /name an instance/],
    ["systemd's own", ["systemd-journald"], {}, /is not restarted/],
    [
      "a command in the shell of a user",
      ["x"],
      { machine: { files: { ...FILES, [FRAGMENT]: "[Service]\nType=oneshot\nExecStart=/bin/a ; |/bin/b\n" } } },
      /runs in the shell of a user/,
    ],
    ["an exercise that fails before", ["x", "--yes", "--exercise", "false"], {}, /has to work before/],
    ["nobody to ask", ["x"], {}, /--yes does it without a question/],
    ["a no", ["x"], { machine: { answer: false } }, /nothing is changed/],
  ];
  for (const [name, argv, options, message] of refusals)
    it(`changes nothing and says why: ${name}`, async () => {
      const systemd = fakeSystemd(UNIT, {
        ...OBSERVED,
        ...options?.systemd,
        properties: { ...OBSERVED.properties, ...options?.systemd?.properties },
      });
      const given = Object.entries(options?.machine?.files ?? FILES).filter(([, text]) => text !== undefined);
      const machine = memoryMachine({
        program: systemd.program,
        ...options?.machine,
        files: Object.fromEntries(given),
      });
      const ending = await carryOutErrand(errandOf("learn", ...argv), machine, new AbortController().signal);
      assert.match(ending.messages.join(), message);
      assert.equal(ending.messages.length, 1);
      assert.equal(ending.status, 2);
      assert.deepEqual(
        machine.actions.filter((it) =>
          /^(?:write|remove)|systemctl (?:start|stop|restart|reload|daemon)|systemd-run/.test(it),
        ),
        [],
      );
    });
});
