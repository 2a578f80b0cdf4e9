import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const NODE = "/usr/bin/node /opt/shop/server.js --port 3000";

const run = (...argv: readonly string[]) => runOver(memoryHost({}), "new", ...argv);

describe("cli new", () => {
  it("prints a service that is hardened for its command, and what is left to do", () => {
    const { stdout, stderr, status } = run("service", "shop", "--exec", NODE, "--user", "shop", "--port", "3000");
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^\[Unit\]\nDescription=shop\nAfter=network\.target\n\n\[Service\]\nType=exec\nExecStart=\/usr\/bin\/node /,
    );
    assert.match(stdout, /\n# File system\nProtectSystem=strict\n/);
    assert.equal(
      stderr,
      "unit-warden: note: The user shop must exist: useradd --system --shell /usr/sbin/nologin shop creates it.\n",
    );
  });

  it("makes what check has nothing to say about, for each profile", () => {
    for (const profile of ["off", "basic", "strict", "isolated"]) {
      const host = memoryHost({});
      const made = runOver(
        host,
        "new",
        "timer",
        "shop",
        "--exec",
        NODE,
        "--on-calendar",
        "daily",
        "--profile",
        profile,
        "--output",
        "/u",
      );
      assert.deepEqual([made.status, made.stdout], [0, "/u/shop.service\n/u/shop.timer\n"]);
      const checked = runOver(host, "check", "--profile", profile, "--fail-on", "advice", "/u");
      assert.deepEqual([checked.stdout, checked.status], ["2 files: nothing to report\n", 0], profile);
      const again = runOver(host, "harden", "--profile", profile === "off" ? "basic" : profile, "/u/shop.service");
      assert.equal(again.status, profile === "off" ? 1 : 0);
    }
  });

  it("gives several files a heading each", () => {
    const { stdout } = run("socket", "shop", "--exec", "/usr/bin/shop", "--listen", "/run/shop.sock", "--user", "root");
    assert.match(
      stdout,
      /^# shop\.service\n\[Unit\]\n[\s\S]*\n\n# shop\.socket\n\[Unit\]\n[\s\S]*\nListenStream=\/run\/shop\.sock\n/,
    );
  });

  it("takes a service with what starts it as the timer or socket itself", () => {
    const service = run("service", "shop", "--exec", "/usr/bin/shop", "--on-calendar", "daily");
    assert.deepEqual(service, run("timer", "shop.timer", "--exec", "/usr/bin/shop", "--on-calendar", "daily"));
    const socket = run("service", "shop.service", "--exec", "/usr/bin/shop", "--socket", "8080");
    assert.deepEqual(socket, run("socket", "shop", "--exec", "/usr/bin/shop", "--listen", "8080"));
    assert.doesNotMatch(run("service", "shop", "--exec", "/usr/bin/shop", "--by-hand").stdout, /\[Install\]/);
  });

  it("never overwrites a file, and then writes none of them", () => {
    const host = memoryHost({ "/u/shop.timer": "mine" });
    const made = runOver(host, "new", "timer", "shop", "--exec", NODE, "--on-calendar", "daily", "--output", "/u/");
    assert.deepEqual(made, {
      stdout: "",
      stderr: "unit-warden: /u/shop.timer exists already: nothing is written\n",
      status: 2,
    });
    assert.deepEqual(host.written, []);
  });

  it("writes an empty drop-in of a unit", () => {
    const host = memoryHost({});
    assert.match(run("drop-in", "nginx").stdout, /^# Drop-in of nginx\.service: .*\n\n\[Service\]\n$/);
    assert.match(
      run("drop-in", "/usr/lib/systemd/system/apt-daily.timer").stdout,
      /^# Drop-in of apt-daily\.timer: .*\n\n\[Timer\]\n$/,
    );
    const made = runOver(host, "new", "drop-in", "getty@tty1.service", "--output", "/etc/systemd/system");
    assert.equal(made.stdout, "/etc/systemd/system/getty@tty1.service.d/override.conf\n");
    const checked = runOver(host, "check", "--fail-on", "advice", "/etc/systemd/system");
    assert.equal(checked.status, 0, checked.stdout);
    assert.equal(runOver(host, "new", "drop-in", "getty@tty1.service", "--output", "/etc/systemd/system").status, 2);
  });

  it("makes units of the user manager where they are written for it", () => {
    const host = memoryHost({});
    const folder = "/home/me/.config/systemd/user";
    assert.equal(runOver(host, "new", "service", "x", "--exec", "/usr/bin/x", "--output", folder).status, 0);
    const text = String(host.files.get(`${folder}/x.service`));
    assert.match(text, /\nWantedBy=default\.target\n/);
    assert.doesNotMatch(text, /User=/);
    assert.match(run("service", "x", "--exec", "/usr/bin/x", "--scope", "user").stdout, /WantedBy=default\.target/);
  });

  it("says whom it chose, unless one was named, and why another could not", () => {
    const notes = (exec: string, ...argv: readonly string[]) => run("service", "x", "--exec", exec, ...argv).stderr;
    assert.match(notes("/usr/bin/x"), /No user was chosen: it gets one that exists only while it runs/);
    assert.match(
      notes("/usr/bin/docker run nginx"),
      /it runs as root, as a user of its own is not safe for a client of a container engine: /,
    );
    assert.equal(notes("/usr/bin/x", "--dynamic-user"), "");
    assert.equal(notes("/usr/bin/x", "--user", "root"), "");
    const { stdout, stderr, status } = run("service", "x", "--exec", "/usr/bin/docker run nginx", "--dynamic-user");
    assert.deepEqual([stdout, status], ["", 2]);
    assert.match(
      stderr,
      /^unit-warden: A user of its own is not safe for a client of a container engine: .*; choose root\n/,
    );
  });

  it("refuses with status 2 what it cannot make, and says how the command is called", () => {
    const cases: readonly (readonly [RegExp, ...string[]])[] = [
      [/^unit-warden: "node" is not an absolute path: /, "service", "x", "--exec", "node server.js"],
      [/^unit-warden: The month "13" in OnCalendar=/, "timer", "x", "--exec", "/bin/x", "--on-calendar", "*-13-*"],
      [/^unit-warden: --exec is missing/, "service", "x"],
      [/^unit-warden: name the service\nunit-warden new --help lists its options\n$/, "service"],
      [/^unit-warden: new takes service, timer, socket or drop-in, not mount/, "mount", "x"],
      [/^unit-warden: new takes service, timer, socket or drop-in, not nothing/],
      [/^unit-warden: --on-calendar is missing/, "timer", "x", "--exec", "/bin/x"],
      [/^unit-warden: --listen is missing/, "socket", "x", "--exec", "/bin/x"],
      [/exclude each other/, "timer", "x", "--exec", "/bin/x", "--on-calendar", "daily", "--socket", "80"],
      [/exclude each other/, "service", "x", "--exec", "/bin/x", "--user", "a", "--dynamic-user"],
      [/^unit-warden: --port takes a port from 1 to 65535, not 0/, "service", "x", "--exec", "/bin/x", "--port", "0"],
      [/new takes one name; quote the command: --exec '… y'/, "service", "x", "y", "--exec", "/bin/x"],
      [/^unit-warden: new drop-in takes no --exec/, "drop-in", "x", "--exec", "/bin/x"],
      [/is not a valid unit name/, "drop-in", "a b"],
      [/^unit-warden: "a\/b" is not a valid service name/, "service", "a/b", "--exec", "/bin/x"],
    ];
    for (const [message, ...argv] of cases) {
      const { stdout, stderr, status } = run(...argv);
      assert.match(stderr, message, argv.join(" "));
      assert.deepEqual([stdout, status], ["", 2]);
    }
  });
});
