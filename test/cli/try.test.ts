import assert from "node:assert/strict";
import { temporaryDropIn } from "../../server/src/cli/temporaryDropIn.ts";
import { readLearnt } from "../../server/src/learn/learntFile.ts";
import { needsPath } from "../../server/src/units/learntText.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { FILES, tryOn, UNIT } from "../kit/tryRun.ts";

const KEPT = "/etc/systemd/system/x.service.d/50-unit-warden.conf";
const LEARNT = "/etc/systemd/system/x.service.d/x.service.learnt.json";

const sets = (text: string, ...lines: readonly string[]): boolean => lines.every((it) => text.includes(`\n${it}\n`));

describe("unit-warden try", () => {
  it("says that all settings hold, and puts the service back", async () => {
    const { stdout, status, machine, systemd } = await tryOn(["x", "--drop-in", "/d.conf"]);
    assert.match(
      stdout,
      /^# x\.service: 4 of 4 settings hold, exposure 9\.\d → 8\.\d\n# the service is as it was before\n\n\[Service\]\n/,
    );
    assert.deepEqual([status, [...machine.files.keys()]], [0, Object.keys(FILES)]);
    assert.equal(systemd.unit().runsWith, UNIT);
  });

  it("says which drop-in is not there", () => {
    const { stderr, status } = runOver(memoryHost({}), "try", "x", "--drop-in", "/nowhere.conf");
    assert.match(stderr, /^unit-warden: \/nowhere\.conf: there is no such file\n/);
    assert.equal(status, 2);
  });

  it("finds the setting that it does not work with", async () => {
    const starts = (text: string): boolean => !sets(text, "MemoryDenyWriteExecute=yes");
    const { stdout, status } = await tryOn(["x.service", "--drop-in", "/d.conf"], { starts });
    assert.match(stdout, /3 of 4 settings hold, 1 not at all/);
    assert.match(stdout, /^# {3}not MemoryDenyWriteExecute=yes: it failed with result exit-code$/m);
    assert.ok(!sets(stdout, "MemoryDenyWriteExecute=yes") && sets(stdout, "ProtectHome=yes"));
    assert.equal(status, 1);
  });

  it("asks a service only once that takes a question and never answers", async () => {
    let isMute = false;
    let asked = 0;
    const { stdout, machine } = await tryOn(["x", "--drop-in", "/d.conf", "--exercise", "use it"], {
      acts: (verb, text) => {
        if (verb === "start") isMute = sets(text, "MemoryDenyWriteExecute=yes");
      },
      program: ([name, , command]) => {
        if (name !== "/bin/sh" || command !== "use it") return {};
        asked++;
        return isMute ? { status: 124 } : {};
      },
    });
    assert.match(stdout, /^# {3}not MemoryDenyWriteExecute=yes: `use it` gets no answer in time after the start$/m);
    const starts = machine.actions.filter((it) => it === "run systemctl restart x.service").length;
    assert.ok(asked <= starts, `asked ${asked} times in ${starts} starts`);
  });

  it("reads in the journal what to open", async () => {
    let isBroken = false;
    const { stdout } = await tryOn(["x", "--drop-in", "/d.conf"], {
      starts: (text) => {
        isBroken = sets(text, "ProtectSystem=strict") && !sets(text, "ReadWritePaths=/srv/data");
        return !isBroken;
      },
      program: ([name]) =>
        name === "journalctl" && isBroken ? { stdout: "x: /srv/data/f: Read-only file system\n" } : {},
    });
    const said =
      "ProtectSystem=strict ReadWritePaths=/srv/data in place of ProtectSystem=strict: it failed with result exit-code; ProtectSystem=strict makes /srv/data/f read-only for the commands of the unit";
    assert.ok(stdout.includes(`\n#   ${said}\n`), stdout);
    assert.match(stdout, /1 in a weaker form/);
  });

  it("takes an error line that a setting explains for a failure, if it is new", async () => {
    const line = "x: /srv/data/f: Read-only file system\n";
    for (const before of [false, true]) {
      let isStrict = false;
      const { machine } = await tryOn(["x", "--drop-in", "/d.conf"], {
        acts: (verb, text) => {
          if (verb === "start") isStrict = sets(text, "ProtectSystem=strict") && !text.includes("ReadWritePaths");
        },
        program: ([name]) => (name === "journalctl" && (isStrict || before) ? { stdout: line } : {}),
      });
      const tries = machine.said.filter((it) => it.startsWith("try "));
      assert.match(tries[0] ?? "", before ? /: works$/ : /: it logs an error; ProtectSystem=strict makes/);
    }
  });

  it("exercises the service, after a reload too, and takes a failing exercise for a failure", async () => {
    const commands: string[] = [];
    let runsWith = "";
    const { stdout } = await tryOn(["x", "--drop-in", "/d.conf", "--exercise", "ask x"], {
      properties: { CanReload: "yes" },
      acts: (verb, text) => {
        commands.push(verb);
        runsWith = text;
      },
      program: ([name, , command]) => {
        if (name !== "/bin/sh") return {};
        commands.push(command ?? "");
        return { status: sets(runsWith, "PrivateTmp=yes") ? 22 : 0 };
      },
    });
    assert.deepEqual(commands.slice(1, 6), ["start", "ask x", "reload", "ask x", "stop"]);
    assert.match(stdout, /^# {3}not PrivateTmp=yes: `ask x` ends with 22 after the start$/m);
  });

  it("blames nothing where the service does not work anyway", async () => {
    const one = await tryOn(["x", "--drop-in", "/d.conf"], { starts: () => false, wasActive: false });
    assert.match(
      one.stderr,
      /x\.service does not work without any new setting either: it failed with result exit-code/,
    );
    const two = await tryOn(["x", "--drop-in", "/d.conf", "--exercise", "ask"], {
      program: ([name]) => (name === "/bin/sh" ? { status: 7 } : {}),
    });
    assert.match(two.stderr, /does not work without any new setting either: `ask` ends with 7/);
    for (const { status, machine } of [one, two]) {
      assert.equal(status, 2);
      assert.ok(!machine.actions.includes(`write ${temporaryDropIn("x.service", "try")}`));
      assert.deepEqual([...machine.files.keys()], Object.keys(FILES));
    }
  });

  it("keeps what works where that is wanted, once more tried as it is kept", async () => {
    const starts = (text: string): boolean => !sets(text, "ProtectHome=yes");
    const { stdout, machine, systemd } = await tryOn(["x", "--drop-in", "/d.conf", "--write"], { starts });
    assert.match(stdout, /kept in \/etc\/systemd\/system\/x\.service\.d\/50-unit-warden\.conf/);
    const kept = machine.files.get(KEPT) ?? "";
    assert.ok(sets(kept, "ProtectSystem=strict", "ProtectHome=tmpfs"), kept);
    assert.ok(systemd.unit().active && systemd.unit().runsWith?.includes(kept));
    assert.deepEqual([...machine.files.keys()], [...Object.keys(FILES), KEPT, needsPath(LEARNT), LEARNT]);
    const old = { [KEPT]: "[Service]\r\nNice=5\r\n" };
    const again = await tryOn(["x", "--drop-in", "/d.conf", "--write"], { machine: { files: { ...FILES, ...old } } });
    const crlf = again.machine.files.get(KEPT) ?? "";
    assert.match(crlf, /^\[Service\]\r\nNice=5\r\n\r\n.*\r\nPrivateTmp=yes\r\n/s, "line ends stay as they are");
    assert.doesNotMatch(crlf, /[^\r]\n/);
    const read = readLearnt(machine.files.get(LEARNT) ?? "");
    assert.ok("learnt" in read);
    assert.deepEqual(
      read.learnt.settings.map((it) => `${it.grade} ${it.key}=${it.value}: ${it.evidence}`),
      [
        "seen ProtectSystem=strict: held in a trial, started",
        "seen ProtectHome=tmpfs: held in a trial, started; with ProtectHome=yes it failed with result exit-code",
        "refused ProtectHome=yes: in a trial it failed with result exit-code",
        "seen PrivateTmp=yes: held in a trial, started",
        "seen MemoryDenyWriteExecute=yes: held in a trial, started",
      ],
    );
  });

  it("does not keep what no longer works once it is in its place", async () => {
    const { stderr, status, machine, systemd } = await tryOn(["x", "--drop-in", "/d.conf", "--write"], {
      starts: (text) => !text.includes("Tried by"),
    });
    assert.match(stderr, /with \/etc\/.*50-unit-warden\.conf it failed with result exit-code: it is not kept/);
    assert.deepEqual([status, [...machine.files.keys()]], [2, Object.keys(FILES)]);
    assert.equal(systemd.unit().runsWith, UNIT);
  });

  it("tries no more than it said", async () => {
    const { machine, stdout } = await tryOn(["x", "--drop-in", "/d.conf", "--tries", "2"], {
      starts: (text) => !sets(text, "ProtectHome=yes") && !sets(text, "ProtectHome=tmpfs"),
    });
    const restarts = machine.actions.filter((it) => it === "run systemctl restart x.service").length;
    assert.match(machine.said.join("\n"), /x\.service is restarted at least 3 times if all goes well, at most 4,/);
    // The first one and two tries; the script that puts it back has one more.
    assert.equal(restarts, 3);
    assert.match(stdout, /were not reached/);
  });

  it("asks first where somebody sits at a terminal", async () => {
    const { status, stderr, machine } = await tryOn(["x", "--drop-in", "/d.conf"], { machine: { answer: false } });
    assert.equal(status, 2);
    assert.match(stderr, /nothing is changed/);
    assert.ok(machine.actions.every((it) => /^run systemctl (?:show|cat|--version|is-active)/.test(it)));
  });

  it("needs to be told so where nobody can be asked", async () => {
    const { status, stderr } = await tryOn(["x", "--drop-in", "/d.conf"], { machine: { answer: undefined as never } });
    assert.equal(status, 2);
    assert.match(stderr, /there is no terminal to ask on: --yes does it without a question/);
  });

  for (const wasActive of [true, false])
    for (const how of ["fails", "is stopped"])
      it(`leaves ${wasActive ? "an active" : "an inactive"} service as it was where it ${how}, at every step`, async () => {
        const starts = (text: string): boolean => !sets(text, "ProtectHome=yes");
        const argv = ["x", "--drop-in", "/d.conf", "--write"];
        let steps = 0;
        await tryOn(argv, { starts, wasActive, machine: { before: () => steps++ } });
        assert.ok(steps > 100, `${steps}`);
        for (let k = 0; k < steps; k++) {
          const stop = new AbortController();
          let isBroken = false;
          const before = (step: number, action: string): void => {
            if (step !== k) return;
            isBroken =
              how === "is stopped" ||
              !/^(?:run \/bin\/sh|stat \/run\/unit-warden|run systemctl stop unit-warden-)/.test(action);
            if (how === "is stopped") stop.abort(new Error("interrupted by SIGINT"));
            else if (isBroken) throw new Error("broken");
          };
          const { status, stderr, machine, systemd } = await tryOn(argv, {
            starts,
            wasActive,
            stop: stop.signal,
            machine: { before },
          });
          const isKept = status !== 2;
          assert.deepEqual(
            [...machine.files.keys()],
            [...Object.keys(FILES), ...(isKept ? [KEPT, needsPath(LEARNT), LEARNT] : [])],
            `at ${k}: ${stderr} ${machine.actions.slice(-5).join("; ")}`,
          );
          if (!machine.actions.some((it) => it.startsWith("run systemctl show"))) continue;
          const { active, loaded, runsWith } = systemd.unit();
          if (!isKept)
            assert.deepEqual([active, loaded, runsWith], [wasActive, UNIT, wasActive ? UNIT : undefined], `at ${k}`);
          else assert.equal(active, wasActive, `at ${k}`);
        }
      });
});
