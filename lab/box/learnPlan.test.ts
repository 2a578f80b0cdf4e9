import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { bundledCommandLine } from "../../test/kit/bundledCommandLine.ts";
import { skip } from "../../test/kit/skip.ts";

/** The command line as the sources have it. */
const CLI = "/usr/lib/unit-warden-test/cli.js";

/** It takes a while to start and to stop. */
const SLOW = `[Service]
Type=exec
ExecStartPre=/bin/sleep 0.4
ExecStart=/bin/sleep 3600
ExecReload=/bin/true
ExecStop=/bin/sleep 0.3
TimeoutStopSec=20
`;

const WITH = (ties: string): string => `[Unit]\n${ties}\n[Service]\nExecStart=/bin/sleep 3600\n`;

const UNITS = {
  "slow.service": SLOW,
  "a.service": WITH("Requires=slow.service\nAfter=slow.service"),
  "b.service": WITH("BindsTo=a.service\nAfter=a.service"),
  "c.service": WITH("PartOf=slow.service"),
  "bad.service": WITH("").replace("/bin/sleep", "/bin/sh -c 'test -e /run/good || exit 7; exec sleep \"$0\"'"),
  "told.service": `${WITH("OnFailure=alarm.service")}ExecStartPre=/bin/test -e /run/good\n`,
  "alarm.service": "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo >>/run/alarms'\n",
  "off.service": WITH("Requires=slow.service"),
} as const;

describe(`the plan of learning in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, function () {
  this.timeout(300_000);
  let box: Box | undefined;
  const inside = (): Box => {
    assert.ok(box);
    return box;
  };

  before(async function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    const program = await bundledCommandLine();
    box = startBox();
    box.run("mkdir", "-p", "/usr/lib/unit-warden-test");
    box.put(CLI, program);
    for (const [name, text] of Object.entries(UNITS)) box.put(`/etc/systemd/system/${name}`, text);
    box.run("systemctl", "daemon-reload");
    // Whoever is not root asks systemd over the bus.
    box.run("systemctl", "start", "dbus.socket");
    box.run("systemctl", "start", "a.service", "b.service", "c.service");
    box.run("systemctl", "restart", "slow.service");
  });
  after(() => box?.stop());

  it("tells anybody the truth of restarts, of the time away and of what stops along", () => {
    const { run } = inside();
    const LEARN = ["node", CLI, "learn", "slow.service", "--verify", "--exercise", "true"];
    const others = ["a.service", "b.service", "c.service", "off.service"];
    const states = (): string => run("systemctl", "is-active", "slow.service", ...others).output;
    const [before, since] = [states(), run("date", "+%s.%N").output.trim()];
    const shown = run("setpriv", "--reuid=65534", "--clear-groups", ...LEARN, "--dry-run");
    assert.equal(shown.status, 0, shown.errors);
    const [, least, most, from, to, unit] =
      /slow\.service is restarted at least (\d+) times if all goes well, at most (\d+), and is away for about ([\d.]+) s to ([\d.]+) (s|min) in all/.exec(
        shown.output,
      ) ?? assert.fail(shown.output);
    assert.match(
      shown.output,
      /its last start took 0\.[4-9] s, its last stop took 0\.[3-9] s, a stop may take up to 20 s/,
    );
    assert.match(
      shown.output,
      /\nthese stop and start with it: a\.service \(Requires=\), c\.service \(PartOf=\), b\.service \(BindsTo=\)\n/,
    );
    const learnt = run(...LEARN, "--yes");
    assert.match(learnt.output, /proven +NoNewPrivileges=yes/, learnt.errors);
    for (const it of shown.output.split("\n").slice(0, -2)) assert.ok(learnt.errors.includes(`${it}\n`), it);
    assert.equal(states(), before);
    const { starts, away } = outagesOf(run("journalctl", "-u", "slow", "-o", "short-unix", "-S", `@${since}`).output);
    assert.ok(starts >= Number(least) && starts <= Number(most), `${starts} starts: ${shown.output}`);
    const longest = Number(to) * (unit === "min" ? 60 : 1);
    assert.ok(away >= Number(from) && away <= longest, `${away} s away: ${shown.output}`);
  });

  describe("of a service that has failed", () => {
    const state = (unit: string): string =>
      inside().run("systemctl", "show", "-p", "ActiveState,Result,ExecMainStatus,DropInPaths", unit).output;
    const fail = (unit: string, how: string): void => {
      inside().run("sh", "-c", `rm -f /run/good; ${how}; touch /run/good`);
      assert.match(state(unit), /ActiveState=failed/);
    };

    const unlike = (lines: string, start: string): string =>
      `mkdir /run/systemd/system/bad.service.d; printf '[Service]\\n${lines}\\n' >/run/systemd/system/bad.service.d/a.conf; systemctl daemon-reload; ${start}; rm -r /run/systemd/system/bad.service.d; systemctl daemon-reload`;

    for (const [what, how] of [
      ["a status", "systemctl start bad; sleep 0.3"],
      ["its time", unlike("Type=notify\\nTimeoutStartSec=1", "touch /run/good; systemctl start bad")],
      ["its watchdog", unlike("Type=simple\\nWatchdogSec=200ms", "touch /run/good; systemctl start bad; sleep 1")],
      ["its protocol", unlike("Type=notify\\nExecStart=\\nExecStart=true", "systemctl start bad")],
      ["want of a file", unlike("EnvironmentFile=/run/none", "systemctl start bad")],
      ["a signal", "touch /run/good; systemctl start bad; systemctl kill -s KILL bad; sleep 0.3"],
    ] as const)
      for (const by of what.startsWith("a ") ? ["learn", "try", "script"] : ["learn"])
        it(`leaves it failed by ${what} after ${by}`, () => {
          const { run, put } = inside();
          fail("bad.service", how);
          const before = state("bad.service");
          if (by === "script") put("/root/observe.sh", run("node", CLI, "learn", "--script", "bad").output);
          const words = {
            learn: `node ${CLI} learn bad`,
            try: `node ${CLI} try bad --tries 1`,
            script: "sh /root/observe.sh",
          };
          const ended = run("sh", "-c", `cd /root; ${words[by as keyof typeof words]} --yes`);
          assert.ok(ended.status < 2, ended.errors);
          if (by !== "script")
            assert.match(ended.errors, /bad\.service is not running: .*[\s\S]*put (?:it )?back as it is now, failed/);
          assert.equal(state("bad.service"), before);
          run("systemctl", "reset-failed", "bad");
        });

    it("says that it is stopped then, where a failure starts another unit", () => {
      const { run } = inside();
      fail("told.service", "systemctl start told; sleep 0.3");
      const alarms = run("cat", "/run/alarms").output;
      assert.equal(alarms, "\n");
      const learnt = run("node", CLI, "learn", "told", "--yes");
      assert.match(learnt.errors, /told\.service is not as it was before: it was failed \(exit-code\) and is inactive/);
      assert.match(learnt.errors, /stopped: it is failed now, and each failure starts alarm\.service \(OnFailure=\);/);
      assert.equal(run("cat", "/run/alarms").output, alarms);
      assert.match(state("told.service"), /ActiveState=inactive/);
    });
  });

  it("starts what stopped along again from a plain script too, also by way of another unit", () => {
    const { run, put } = inside();
    const states = (): string =>
      run("systemctl", "is-active", "slow.service", "a.service", "b.service", "c.service").output;
    const before = states();
    put("/root/observe.sh", run("node", CLI, "learn", "--script", "slow.service", "--no-reload").output);
    const ended = run("sh", "-c", "cd /root && sh ./observe.sh --yes");
    assert.equal(ended.status, 0, ended.errors);
    assert.doesNotMatch(ended.errors, /reload/);
    assert.equal(states(), before);
  });
});

/** How often a service was started, and how many seconds it was not there, as the journal tells it. */
function outagesOf(journal: string): { readonly starts: number; readonly away: number } {
  let [starts, away, stopping] = [0, 0, 0];
  for (const line of journal.split("\n")) {
    const time = Number.parseFloat(line);
    if (line.includes(": Stopping ") && stopping === 0) stopping = time;
    if (!line.includes(": Started ")) continue;
    starts++;
    if (stopping > 0) away += time - stopping;
    stopping = 0;
  }
  return { starts, away };
}
