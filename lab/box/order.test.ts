import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { foundIn } from "../../test/kit/among.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { skip } from "../../test/kit/skip.ts";

const FOLDER = "/etc/systemd/system/";
const EARLY = "[Unit]\nDefaultDependencies=no\n";

describe(`starts and stops in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, () => {
  let box: Box | undefined;

  before(function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    box = startBox();
  });

  after(() => box?.stop());

  /** Puts units into the box, and says which codes the first of them has. */
  function put(files: Readonly<Record<string, string>>): readonly string[] {
    for (const [name, text] of Object.entries(files)) box?.put(FOLDER + name, text);
    box?.run("systemctl", "daemon-reload");
    return foundIn(files, Object.keys(files)[0] ?? "", { version: 257 }).map(({ code }) => code);
  }

  const run = (...command: readonly string[]) => box?.run(...command) ?? { status: -1, output: "", errors: "" };
  const start = (name: string): number => run("systemctl", "start", name).status;
  const isActive = (name: string): boolean => run("systemctl", "is-active", "--quiet", name).status === 0;

  it("reference/network-online: the target is inactive once the service runs, unless it is wanted", () => {
    const files = (more: string) => ({
      "net.service": `[Unit]\n${more}After=network-online.target\n[Service]\nExecStart=/bin/sleep 100\n[Install]\nWantedBy=multi-user.target\n`,
    });
    assert.deepEqual(put(files("")), ["reference/network-online"]);
    assert.equal(start("net.service"), 0);
    assert.equal(isActive("network-online.target"), false);
    run("systemctl", "stop", "net.service");
    assert.deepEqual(put(files("Wants=network-online.target\n")), []);
    assert.equal(start("net.service"), 0);
    assert.equal(isActive("network-online.target"), true);
  });

  it("reference/gone-unit: an order does nothing, a requirement makes the start fail", () => {
    const files = (line: string) => ({ "log.service": `[Unit]\n${line}\n[Service]\nExecStart=/bin/sleep 100\n` });
    for (const name of ["syslog.target", "dbus.target"]) {
      for (const [directive, status] of [
        ["After", 0],
        ["Wants", 0],
        ["Requires", 5],
      ] as const) {
        assert.deepEqual(put(files(`${directive}=${name}`)), ["reference/gone-unit"]);
        assert.equal(start("log.service"), status, directive);
        run("systemctl", "stop", "log.service");
      }
    }
  });

  it("reference/timer-without-install: the timer cannot be enabled", () => {
    const service = { "t.service": "[Service]\nExecStart=/bin/true\n" };
    const timer = "[Timer]\nOnCalendar=daily\n";
    const enabled = (): string => {
      run("systemctl", "enable", "t.timer");
      return run("systemctl", "is-enabled", "t.timer").output.trim();
    };
    assert.deepEqual(put({ "t.timer": timer, ...service }), ["reference/timer-without-install"]);
    assert.equal(enabled(), "static");
    assert.deepEqual(put({ "t.timer": `${timer}[Install]\nWantedBy=timers.target\n`, ...service }), []);
    assert.equal(enabled(), "enabled");
  });

  it("reference/timer-once: the timer has a next time only where its service does not stay active", () => {
    const files = (more: string) => ({
      "once.timer": "[Timer]\nOnCalendar=*:*:*\nAccuracySec=1us\n[Install]\nWantedBy=timers.target\n",
      "once.service": `${EARLY}StartLimitIntervalSec=0\n[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo >>/run/once'\n${more}`,
    });
    const runs = (): number => {
      run("rm", "-f", "/run/once");
      start("once.timer");
      run("sleep", "4");
      run("systemctl", "stop", "once.timer", "once.service");
      return Number(run("sh", "-c", "wc -l </run/once").output);
    };
    assert.deepEqual(put(files("RemainAfterExit=yes\n")), ["reference/timer-once"]);
    assert.equal(runs(), 1);
    assert.deepEqual(put(files("")), []);
    assert.ok(runs() > 1);
  });

  it("unit/stop-at-once: ExecStop= runs before anybody stops the service", () => {
    const files = (more: string) => ({
      "one.service": `[Service]\nType=oneshot\nExecStart=/usr/bin/touch /run/one\nExecStop=/usr/bin/touch /run/one-stop\n${more}`,
    });
    const stopped = (): boolean => {
      run("rm", "-f", "/run/one-stop");
      assert.equal(start("one.service"), 0);
      return run("test", "-e", "/run/one-stop").status !== 0 || isActive("one.service");
    };
    assert.deepEqual(put(files("[Install]\nWantedBy=multi-user.target\n")), ["unit/stop-at-once"]);
    assert.equal(stopped(), false);
    assert.deepEqual(put(files("RemainAfterExit=yes\n[Install]\nWantedBy=multi-user.target\n")), []);
    assert.equal(stopped(), true);
  });

  it("unit/init-script: the daemon of the script is killed but for Type=forking", () => {
    box?.put("/etc/init.d/claim", "#!/bin/sh\nsetsid sleep 4711 >/dev/null 2>&1 &\n");
    run("chmod", "+x", "/etc/init.d/claim");
    const files = (type: string) => ({
      "sysv.service": `${EARLY}[Service]\n${type}ExecStart=/etc/init.d/claim start\n`,
    });
    const lives = (): boolean => {
      start("sysv.service");
      run("sleep", "1");
      return run("pgrep", "-f", "sleep 4711").status === 0;
    };
    assert.deepEqual(put(files("")), ["unit/init-script"]);
    assert.equal(lives(), false);
    assert.deepEqual(put(files("Type=forking\n")), []);
    assert.equal(lives(), true);
  });

  it("unit/no-shutdown: shutdown.target stops only what conflicts with it", () => {
    const service = "[Service]\nExecStart=/bin/sleep 100\nExecStop=/usr/bin/touch /run/%N-stop\n";
    assert.deepEqual(put({ "lives.service": EARLY + service }), ["unit/no-shutdown"]);
    assert.deepEqual(put({ "before.service": `${EARLY}Before=shutdown.target\n${service}` }), ["unit/no-shutdown"]);
    assert.deepEqual(
      put({ "ends.service": `${EARLY}Conflicts=shutdown.target\nBefore=shutdown.target\n${service}` }),
      [],
    );
    for (const name of ["lives", "before", "ends"]) assert.equal(start(`${name}.service`), 0);
    box?.put(
      `${FOLDER}down.service`,
      `${EARLY}Requires=shutdown.target\nAfter=shutdown.target\n[Service]\nType=oneshot\nExecStart=/bin/true\n`,
    );
    run("systemctl", "daemon-reload");
    run("systemctl", "start", "--job-mode=replace-irreversibly", "down.service");
    const ended = (name: string): boolean => run("test", "-e", `/run/${name}-stop`).status === 0;
    assert.deepEqual(["lives", "before", "ends"].map(ended), [false, false, true]);
  });
});
