import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { learnCall, planCall, type Starter, shownCall, tryCall } from "../../client/learn/learnLines.ts";
import { learnCommand } from "../../server/src/cli/commands/learn.ts";
import { tryCommand } from "../../server/src/cli/commands/try.ts";

const ROOT: Starter = { node: "/opt/code/code", cli: "/ext/dist/cli.js", sudo: undefined };
const USER: Starter = { ...ROOT, sudo: "/usr/bin/sudo" };
const WISH = { unit: "x.service", exercise: " curl 'http://localhost/a b' " };

describe("the command lines of learning", () => {
  it("start our own command line with the program of the editor, and no shell", () => {
    assert.deepEqual(learnCall(ROOT, WISH), {
      program: "/opt/code/code",
      args: ["/ext/dist/cli.js", "learn", "--verify", "--exercise=curl 'http://localhost/a b'", "--", "x.service"],
      env: { ELECTRON_RUN_AS_NODE: "1" },
    });
    const { args } = tryCall(ROOT, { unit: "x.service", exercise: "", profile: "basic" });
    assert.deepEqual(args, ["/ext/dist/cli.js", "try", "--profile=basic", "--likely", "--", "x.service"]);
  });

  it("ask sudo where the editor does not run as root, which passes no environment on", () => {
    const { program, args, env } = learnCall(USER, { ...WISH, save: "/home/a/-x.tar.gz" });
    assert.deepEqual([program, env], ["/usr/bin/sudo", {}]);
    assert.deepEqual(args.slice(0, 5), ["--", "env", "ELECTRON_RUN_AS_NODE=1", "/opt/code/code", "/ext/dist/cli.js"]);
    assert.ok(args.includes("--save=/home/a/-x.tar.gz"));
  });

  it("let the run count over what is known, where the reader says so", () => {
    assert.deepEqual(learnCall(ROOT, { unit: "x.service", exercise: "", trustsRun: true }).args.slice(1), [
      ...["learn", "--verify", "--trust-run", "--", "x.service"],
    ]);
  });

  it("are asked for their plan without root, of the same service and exercise", () => {
    const exercise = "--exercise=curl 'http://localhost/a b'";
    assert.deepEqual(planCall(USER, "learn", WISH), {
      program: "/opt/code/code",
      args: ["/ext/dist/cli.js", "learn", "--verify", exercise, "--dry-run", "--", "x.service"],
      env: { ELECTRON_RUN_AS_NODE: "1" },
    });
    const { args } = planCall(USER, "try", { ...WISH, profile: "basic" });
    assert.deepEqual(args.slice(1), ["try", "--profile=basic", "--likely", exercise, "--dry-run", "--", "x.service"]);
  });

  it("leave root to the other machine, where one is named", () => {
    const { program, args } = learnCall(USER, { ...WISH, host: "root@web1" });
    assert.deepEqual([program, args.slice(0, 4)], [ROOT.node, [ROOT.cli, "learn", "--verify", "--ssh=root@web1"]]);
    assert.equal(
      shownCall(USER, "learn", { unit: "x.service", exercise: "", host: "root@web1" }),
      "unit-warden learn --ssh root@web1 x.service --verify",
    );
  });

  it("are shown as a reader would type them", () => {
    assert.equal(
      shownCall(USER, "learn", WISH),
      "sudo unit-warden learn x.service --verify --exercise 'curl '\\''http://localhost/a b'\\'''",
    );
    const saved = shownCall(ROOT, "learn", { unit: "x.service", exercise: "", save: "/home/a b/x.tar.gz" });
    assert.equal(saved, "unit-warden learn x.service --verify --save '/home/a b/x.tar.gz'");
    assert.equal(shownCall(ROOT, "try", { unit: "x.service", exercise: "" }), "unit-warden try x.service");
  });

  it("use options that the commands have", () => {
    const known = (args: readonly string[], options: object): void => {
      for (const it of args) {
        const [, name] = /^--([a-z-]+)(?:=|$)/.exec(it) ?? [];
        if (name !== undefined) assert.ok(name in options, it);
      }
    };
    known(learnCall(ROOT, { ...WISH, save: "/a", host: "b", trustsRun: true }).args, learnCommand.options);
    known(tryCall(ROOT, WISH).args, tryCommand.options);
    known(planCall(ROOT, "learn", WISH).args, learnCommand.options);
    known(planCall(ROOT, "try", WISH).args, tryCommand.options);
  });
});
