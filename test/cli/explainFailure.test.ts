import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import type { Outcome } from "../../server/src/cli/outcome.ts";
import { EXIT_STATUSES } from "../../server/src/facts/exitStatuses.ts";
import { SIGNALS } from "../../server/src/facts/signals.ts";
import { RESULTS } from "../../server/src/failures/meanings.ts";
import { memoryHost, runOn } from "../kit/memoryHost.ts";

const FILES = {
  "/u/x.service": "[Service]\nExecStart=/usr/bin/x\nReadWritePaths=/run/x\nProtectSystem=strict\n",
  "/u/x.service.d/a.conf": "[Service]\nProtectHome=yes\n",
};

function explain(argv: readonly string[], piped = ""): Outcome {
  const terminal = { colours: false, progress: () => undefined, width: 100 };
  return runOn(["explain", ...argv], memoryHost(FILES, { piped }), terminal);
}

describe("cli explain: failures", () => {
  it("says one reason of several settings once", () => {
    const { stdout } = explain(["226/NAMESPACE", "/u/x.service"]);
    assert.equal(stdout.match(/a mount namespace, which/g)?.length, 1, stdout);
    assert.match(
      stdout,
      /^Each of these needs a mount namespace, which a container may not allow\.\n\S*x\.service:4: ProtectSystem=strict \(possible\)\n {4}-> .*\n\S*a\.conf:2: ProtectHome=yes /m,
    );
  });

  it("explains a status, a signal or a result in any spelling", () => {
    for (const [name, title] of [
      ["226/NAMESPACE", "226/NAMESPACE"],
      ["226", "226/NAMESPACE"],
      ["NAMESPACE", "226/NAMESPACE"],
      ["status=226/NAMESPACE", "226/NAMESPACE"],
      ["code=exited, status=226/NAMESPACE", "226/NAMESPACE"],
      ["31/SYS", "31/SYS"],
      ["SIGSYS", "31/SYS"],
      ["code=dumped, status=31/SYS", "31/SYS"],
      ["Result=watchdog", "Result=watchdog"],
      ["start-limit-hit", "Result=start-limit-hit"],
      ["9", "9"],
      ["9/KILL", "9/KILL"],
      ["137", "137"],
    ] as const) {
      const { stdout, stderr, status } = explain([name]);
      assert.deepEqual([stdout.split("\n", 1)[0], stderr, status], [title, "", 0], name);
    }
  });

  it("knows all of them, and says what to do about systemd's own", () => {
    const statuses = EXIT_STATUSES.map((it) => `${it.number}/${it.name}`);
    const names = [...statuses, ...SIGNALS.map((it) => it.name), ...RESULTS.keys()];
    const { stdout, stderr, status } = explain(names);
    assert.deepEqual([stderr, status], ["", 0]);
    assert.doesNotMatch(stdout, /undefined|`/);
    assert.match(stdout, /Settings that can cause this: ReadWritePaths=, /);
  });

  it("names the settings of a unit with the lines that they stand in", () => {
    const { stdout, stderr, status } = explain(["226/NAMESPACE", "/u/x.service"]);
    assert.deepEqual([stderr, status], ["", 0]);
    assert.match(stdout, /^226\/NAMESPACE\n/);
    assert.match(
      stdout,
      /\n\/u\/x\.service:3: ReadWritePaths=\/run\/x \(likely\)\n {4}ReadWritePaths= names paths that must exist, unless a “-” stands before them\.\n {4}-> Change to ReadWritePaths=-\/run\/x\n/,
    );
  });

  it("reads standard input", () => {
    const { stdout } = explain(["-", "/u/x.service"], "x: open /home/u/f: Permission denied\n");
    assert.match(stdout, /\/u\/x\.service\.d\/a\.conf:2: ProtectHome=yes \(sure\)\n/);
    const bare = explain(["-"], "x.service: Main process exited, code=exited, status=203/EXEC\n");
    assert.match(bare.stdout, /^203\/EXEC\n/);
  });

  it("prints JSON for programs", () => {
    const { stdout } = explain(["-", "/u/x.service", "--format", "json"], "x: open /etc/f: Read-only file system\n");
    const { causes, failures, ...rest } = JSON.parse(stdout) as Record<"causes" | "failures", readonly object[]>;
    assert.deepEqual(rest, {
      version: 1,
      path: "/u/x.service",
      statuses: [],
      signals: [],
      results: [],
      systemCalls: [],
      explanations: [],
      lines: ["x: open /etc/f: Read-only file system"],
    });
    const { version, path, ...details } = rest as Record<string, unknown>;
    assert.deepEqual([version, path], [1, "/u/x.service"]);
    assert.deepEqual(failures, [{ kind: "failure", present: true, count: 1, ...details, causes }]);
    assert.deepEqual(causes, [
      {
        directive: "ProtectSystem",
        setting: "ProtectSystem=strict",
        certainty: "sure",
        reason: "ProtectSystem=strict makes /etc/f read-only for the commands of the unit",
        path: "/u/x.service",
        line: 3,
        lines: ["x: open /etc/f: Read-only file system"],
        fixes: [{ title: "Add ReadWritePaths=/etc", sets: ["ReadWritePaths=/etc"] }],
      },
    ]);
  });

  it("prints a block for each failure of a log, the last start first", () => {
    const log = readFileSync("test/failures/logs/shop-three-failures.log", "utf8").replaceAll(
      "shop.service",
      "x.service",
    );
    const { stdout, status } = explain(["-", "/u/x.service"], log);
    assert.equal(status, 0);
    const titles = stdout.split("\n").filter((it) => /^(?:Last|Earlier) failure|^\d+\/[A-Z]+$/.test(it));
    assert.deepEqual(titles, [
      "Last failure, Nov 30 13:24:43",
      "31/SYS",
      "Earlier failure, Nov 30 13:24:42",
      "1/FAILURE",
      "Earlier failure, Nov 30 13:24:41",
      "1/FAILURE",
    ]);
    assert.match(stdout, /\/u\/x\.service:4: ProtectSystem=strict \(sure\)\n {4}.*\n {4}\| .*Read-only file system/);
    assert.match(stdout, /see the messages of the program\.\n\n {4}\| .*Address already in use/);
    const bare = explain(["-"], log).stdout;
    assert.deepEqual(
      bare.split("\n").filter((it) => titles.includes(it)),
      titles,
    );
  });

  it("says of a unit that runs that its failures are past", () => {
    const log = readFileSync("test/failures/logs/loop-then-running.log", "utf8").replaceAll(
      "loop.service",
      "x.service",
    );
    const { stdout } = explain(["-", "/u/x.service"], log);
    assert.match(
      stdout,
      /^x\.service is running, since Nov 30 13:28:06\. The failure below is an earlier one\.\n\nEarlier failure, 5 times, from Nov 30 13:28:02 to Nov 30 13:28:05\n/,
    );
    const { causes, now, failures } = JSON.parse(explain(["-", "/u/x.service", "--format", "json"], log).stdout);
    assert.deepEqual([causes, now], [[], { state: "running", since: "Nov 30 13:28:06" }]);
    assert.deepEqual([failures.length, failures[0].present, failures[0].count], [1, false, 5]);
    const status = explain(["-", "/u/x.service"], "ActiveState=active\nActiveEnterTimestamp=Mon 2026-11-30\n");
    assert.deepEqual([status.stdout, status.status], ["x.service is running, since Mon 2026-11-30.\n", 0]);
  });

  it("says so where no setting leads there", () => {
    const { stdout, status } = explain(["1/FAILURE", "/u/x.service"]);
    assert.equal(status, 0);
    assert.match(stdout, /No setting of this unit is known to cause it/);
  });

  it("says what it needs", () => {
    for (const [argv, piped, said] of [
      [["-", "/u/x.service"], "all is well\n", /No failure found in the input/],
      [["-"], "all is well\n", /nothing here tells of/],
      [["226", "/u/none.service"], "", /none\.service/],
      [["-", "x.txt"], "226\n", /no name of a unit file/],
      [["226", "--format", "json"], "", /--format json is for a failure/],
      [["NAMESPAEC"], "", /nothing to explain/],
    ] as const) {
      const { stdout, stderr, status } = explain(argv, piped);
      assert.deepEqual([stdout, status], ["", 2]);
      assert.match(stderr, said);
    }
  });
});
