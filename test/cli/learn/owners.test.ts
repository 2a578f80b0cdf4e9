import assert from "node:assert/strict";
import { carryOutErrand } from "../../../server/src/cli/errand.ts";
import { giveBack, noteOwners, ownersPath } from "../../../server/src/cli/learn/owners.ts";
import { type FakeSystemdOptions, fakeSystemd } from "../../kit/fakeSystemd.ts";
import { memoryMachine } from "../../kit/memoryMachine.ts";
import { errandOf, FILES, OBSERVED, printed, TEXT, UNIT } from "../../kit/observable.ts";
import { serviceOf } from "../../learn/kit.ts";

const SCRIPT = ownersPath(UNIT);
const LISTING = "0:4 2750 d \0" + "0:4 640 f log\0" + "33:33 644 f old/a [b]'*\n\0";
const service = {
  name: UNIT,
  text: "",
  unit: serviceOf([], "x@a.service"),
  hides: [],
  canReload: false,
  isActive: true,
};

const machineWith = (listing: string, lists = "") =>
  memoryMachine({
    files: { "/var/log/x-a/log": "", "/var/lib/x/db": "" },
    program: ([program]) =>
      program === "find" ? { stdout: listing } : program === "getfacl" ? { stdout: lists } : undefined,
  });

describe("owners of directories that a proof gives to a user", () => {
  it("are noted by paths, in a script that gives them back", async () => {
    const machine = machineWith(LISTING);
    const noted = await noteOwners(machine, service, ["User=x", "LogsDirectory=x-%i", "CacheDirectory=x", "UMask=77"]);
    assert.deepEqual(noted, { noted: ["/var/log/x-a"] });
    const lines = machine.files.get(SCRIPT)?.split("\n") ?? [];
    assert.deepEqual(lines.slice(3, 7), [
      "find /var/log/x-a/. \\( -path /var/log/x-a/. -o -path /var/log/x-a/./log \\) -execdir chown -h 0:4 {} + || failed=1",
      "find /var/log/x-a/. \\( -path '/var/log/x-a/./old/a \\[b]'\\''\\*",
      "' \\) -execdir chown -h 33:33 {} + || failed=1",
      "chmod 2750 /var/log/x-a/. || failed=1",
    ]);
  });

  for (const [why, listing, lists] of [
    ["has files whose names cannot be noted", `${LISTING}0:0 644 f \ufffd\0`, ""],
    ["has files with the set-user-ID", `${LISTING}0:0 4755 f su\0`, ""],
    ["cannot be listed", "find: unknown -printf\n", ""],
    ["has more than 5000 files", "0:0 644 f a\0".repeat(5001), ""],
    ["has access control lists", LISTING, "# file: /var/lib/x\nuser:bin:r--\n"],
  ] as const)
    it(`are not given away where a directory ${why}`, async () => {
      const machine = machineWith(listing, lists);
      const noted = await noteOwners(machine, service, ["StateDirectory=x"]);
      assert.ok("objection" in noted && noted.objection.startsWith(`/var/lib/x ${why}`), JSON.stringify(noted));
      assert.equal(machine.files.has(SCRIPT), false);
    });

  it("are given back after a reboot, and the script stays where that fails", async () => {
    const machine = memoryMachine({ files: { [SCRIPT]: "" }, program: () => ({ status: 1, stderr: "no such user" }) });
    await assert.rejects(giveBack(machine, UNIT), /noted in \S+\.owners could not be put back: no such user/);
    assert.ok(machine.files.has(SCRIPT));
    await giveBack(memoryMachine(), UNIT);
  });
});

/** A service that becomes user 106 and keeps a log of its own. */
const DROPS: FakeSystemdOptions = {
  ...OBSERVED,
  acts(verb, text, machine) {
    const folder = /-o (\S+)\/ExecStart-1\.strace/.exec(text)?.[1];
    if (folder === undefined || verb !== "start") return;
    const lines = [
      '100 1000.0 execve("/usr/bin/x", ["x"], 0x7ff /* 3 vars */) = 0',
      '100 1000.1 openat(AT_FDCWD</>, "/var/log/x/log", O_WRONLY|O_APPEND) = 3</var/log/x/log>',
      ...(text.includes("User=x") ? [] : ["100 1000.2 setuid(106) = 0"]),
      "100 1000.4 +++ exited with 0 +++\n",
    ];
    machine.files.set(`${folder}/ExecStart-1.strace`, lines.join("\n"));
  },
  program(argv, machine) {
    if (argv[0] === "getent" && argv[1] === "passwd") return { stdout: "root:x:0:0::/:\nx:x:106:107::/:\n" };
    if (argv[0] === "find") return { stdout: LISTING };
    return OBSERVED.program?.(argv, machine);
  },
};

describe("learn --with user --verify", () => {
  const files = { ...FILES, "/var/log/x/log": "" };
  const argv = ["x", "--yes", "--verify", "--with", "user", "--exercise", "use it"];

  it("says what becomes of owners, notes them before the proof and puts them back with the service", async () => {
    const systemd = fakeSystemd(UNIT, DROPS);
    const machine = memoryMachine({ files, program: systemd.program });
    const ending = await carryOutErrand(errandOf("learn", ...argv), machine, new AbortController().signal);
    assert.match(printed(ending), /proven +User=x /);
    assert.match(printed(ending), /proven +LogsDirectory=x /);
    assert.ok(machine.said.some((it) => /^where it proves User=.* put back with the service$/.test(it)));
    const [noted, proof] = [/^noted who owns \/var\/log\/x,/, /^proof with User=, run 1/].map((pattern) =>
      machine.said.findIndex((it) => pattern.test(it)),
    );
    assert.ok(noted !== undefined && proof !== undefined && noted > 0 && noted < proof, machine.said.join("\n"));
    assert.deepEqual([...machine.files.keys()].sort(), Object.keys(files).sort());
    assert.equal(systemd.unit().runsWith, TEXT);
  });

  it("leaves neither a user nor owners behind at whatever step it is stopped or killed", async function () {
    this.timeout(300_000);
    let [steps, from] = [0, 0];
    const counted = memoryMachine({
      files,
      program: fakeSystemd(UNIT, DROPS).program,
      before(step, action) {
        steps = step;
        if (action.startsWith("run find")) from ||= step;
      },
    });
    await carryOutErrand(errandOf("learn", ...argv), counted, new AbortController().signal);
    assert.ok(from > 0 && steps - from > 20);
    for (const how of ["is stopped", "is killed"])
      for (let k = from; k <= steps; k++) {
        const stop = new AbortController();
        const systemd = fakeSystemd(UNIT, DROPS);
        let isDead = false;
        const machine = memoryMachine({
          files,
          program: systemd.program,
          before(step) {
            if (step === k) stop.abort(new Error("stopped"));
            isDead ||= step >= k && how === "is killed";
            if (isDead) throw new Error("killed");
          },
        });
        await carryOutErrand(errandOf("learn", ...argv), machine, stop.signal);
        if (how === "is killed") systemd.watch(machine);
        const left = [...machine.files.keys()].filter((it) => !(it in files));
        assert.deepEqual(left, [], `${how} at ${k}`);
        assert.equal(systemd.unit().runsWith, TEXT, `${how} at ${k}`);
      }
  });
});
