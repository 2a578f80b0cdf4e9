import assert from "node:assert/strict";
import { carryOutErrand } from "../../server/src/cli/errand.ts";
import { outageOf, outageText } from "../../server/src/cli/outage.ts";
import { fakeSystemd } from "../kit/fakeSystemd.ts";
import { memoryMachine } from "../kit/memoryMachine.ts";
import { errandOf, FILES, OBSERVED, printed, UNIT } from "../kit/observable.ts";

/** What systemd says of units, by the name of the unit and of the property. */
type Shown = Readonly<Record<string, Readonly<Record<string, string>>>>;

function textOf(shown: Shown, restarts = { least: 3, most: 15, slower: 24, pause: 5 }): Promise<string> {
  const machine = memoryMachine({
    program: ([, verb, ...words]) => {
      const unit = shown[words.at(-1) ?? ""] ?? {};
      if (verb === "is-active") return { status: unit.ActiveState === "active" ? 0 : 3 };
      return {
        stdout: Object.entries(unit)
          .map((it) => `${it.join("=")}\n`)
          .join(""),
      };
    },
  });
  return outageOf(machine, "x.service").then((it) => outageText("x.service", it, restarts).join("\n"));
}

const TIMES = {
  ActiveState: "active",
  InactiveExitTimestampMonotonic: "20000000",
  ActiveEnterTimestampMonotonic: "20400000",
  ActiveExitTimestampMonotonic: "10000000",
  InactiveEnterTimestampMonotonic: "10100000",
  TimeoutStopUSec: "1min 30s",
};

describe("the plan of restarts", () => {
  it("tells from the last start and stop how long the service is away", async () => {
    assert.equal(
      await textOf({ "x.service": TIMES }),
      "x.service is restarted at least 3 times if all goes well, at most 15, and is away for about 1.5 s to 4 min in all: " +
        "its last start took 0.4 s, its last stop took 0.1 s, a stop may take up to 90 s (TimeoutStopSec=)",
    );
  });

  it("takes the bound where no stop was seen, and says that there is none", async () => {
    const never = { ...TIMES, InactiveEnterTimestampMonotonic: "0", ActiveExitTimestampMonotonic: "0" };
    assert.match(
      await textOf({ "x.service": never }, { least: 2, most: 2, slower: 1, pause: 0 }),
      /restarted 2 times, .*0\.8 s to 3 min in all: .*no stop of it was seen since the boot, a stop may take up to 90 s/,
    );
    const endless = { ...never, TimeoutStopUSec: "infinity" };
    assert.match(
      await textOf({ "x.service": endless }),
      /1\.2 s or longer in all: .*no TimeoutStopSec= bounds a stop$/,
    );
  });

  it("names what stops along, also by way of another unit, and nothing that does not run", async () => {
    const shown = {
      "x.service": { ...TIMES, RequiredBy: "a.service", ConsistsOf: "b.service off.service" },
      "a.service": { ActiveState: "active", BoundBy: "c.service x.service" },
      "b.service": { ActiveState: "active" },
      "c.service": { ActiveState: "active", RequiredBy: "a.service" },
      "off.service": { ActiveState: "inactive", RequiredBy: "b.service" },
    };
    assert.match(
      await textOf(shown),
      /\nthese stop and start with it: a\.service \(Requires=\), b\.service \(PartOf=\), c\.service \(BindsTo=\)$/,
    );
  });

  it("says of a service that does not run that nobody misses it", async () => {
    assert.equal(
      await textOf({ "x.service": { ActiveState: "inactive" } }),
      "x.service is not running: it is started at least 3 times if all goes well, at most 15, and nobody misses it meanwhile",
    );
  });
});

describe("--dry-run", () => {
  for (const argv of [
    ["learn", "x", "--verify", "--write", "--exercise", "use it"],
    ["learn", "start", "x"],
    ["try", "x"],
  ])
    it(`of ${argv.slice(0, 2).join(" ")} prints the plan for anybody, and changes nothing`, async () => {
      const systemd = fakeSystemd(UNIT, OBSERVED);
      const machine = memoryMachine({ files: FILES, program: systemd.program, uid: 1000 });
      const { signal } = new AbortController();
      const { status, messages, ...ending } = await carryOutErrand(errandOf(...argv, "--dry-run"), machine, signal);
      assert.deepEqual([status, messages, machine.said], [0, [], []]);
      assert.match(
        printed({ status, messages, ...ending }),
        /\nx\.service is restarted [\s\S]*\nnothing was changed\n$/,
      );
      assert.deepEqual(Object.fromEntries(machine.files), FILES);
      const acts = machine.actions.filter(
        (it) => !/^run (?:systemctl (?:show|cat|is-active|--version)|\S*strace|uname|systemd-detect-virt)/.test(it),
      );
      assert.deepEqual(acts, []);
    });

  it("says the same as the run itself before it begins", async () => {
    const run = async (last: string): Promise<readonly string[]> => {
      const machine = memoryMachine({ files: FILES, program: fakeSystemd(UNIT, OBSERVED).program });
      const ending = await carryOutErrand(
        errandOf("learn", "x", "--verify", last),
        machine,
        new AbortController().signal,
      );
      return last === "--yes" ? machine.said : printed(ending).trim().split("\n").slice(0, -1);
    };
    const plan = await run("--dry-run");
    assert.deepEqual((await run("--yes")).slice(0, plan.length), plan);
  });
});

describe("--no-reload", () => {
  for (const argv of [
    ["learn", "x", "--verify"],
    ["try", "x", "--profile", "strict"],
  ])
    it(`keeps ${argv[0]} from reloading the service`, async () => {
      const run = async (...more: readonly string[]) => {
        const machine = memoryMachine({ files: FILES, program: fakeSystemd(UNIT, OBSERVED).program });
        const ending = await carryOutErrand(errandOf(...argv, "--yes", ...more), machine, new AbortController().signal);
        return {
          text: printed(ending) + machine.said.join("\n"),
          reloads: machine.actions.filter((it) => it.startsWith("run systemctl reload")),
        };
      };
      assert.notEqual((await run()).reloads.length, 0);
      const { text, reloads } = await run("--no-reload");
      assert.deepEqual(reloads, []);
      if (argv[0] === "learn") assert.match(text, /Of ExecReload= nothing was observed/);
    });
});
